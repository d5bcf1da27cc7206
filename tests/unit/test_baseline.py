"""Known findings: recognised when lines move, forgotten when they are gone."""

from __future__ import annotations

import json
import pathlib
import sys

import pytest

from cnnlint.baseline import read_baseline, write_whole
from cnnlint.cli import main
from cnnlint.errors import CnnlintError

NET = """from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(8, 4)
        self.b = nn.Linear(5, 2)
        self.c = nn.Linear(2, 2)

    def forward(self, x):
        return self.c(self.b(self.a(x)))
"""
OPTIONS = ["--quiet", "--output-format", "concise"]


@pytest.fixture(autouse=True)
def folder(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cnnlint.toml").write_text('baseline = "known.json"\n')
    (tmp_path / "net.py").write_text(NET)
    (tmp_path / "other.py").write_text(NET)
    return tmp_path


def known(folder: pathlib.Path) -> list[tuple[str, str, int]]:
    return [(each["path"], each["code"], each["count"]) for each in json.loads((folder / "known.json").read_text())["findings"]]


def test_what_is_known_is_not_reported(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["baseline", "update"]) == 0
    assert capsys.readouterr().out == "known.json: 2 known findings, 0 before\n"
    assert known(folder) == [("net.py", "CNN202", 1), ("other.py", "CNN202", 1)]
    assert main(["check", *OPTIONS]) == 0
    (folder / "net.py").write_text("# a line more\n" + NET.replace("nn.Linear(5, 2)", "nn.Linear(5,  2)"))
    assert main(["check", *OPTIONS]) == 0


def test_what_is_new_is_reported(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["baseline", "update"]) == 0
    (folder / "net.py").write_text(NET.replace("nn.Linear(5, 2)", "nn.Linear(6, 2)"))
    assert main(["check", *OPTIONS]) == 1
    assert "net.py:8" in capsys.readouterr().out
    (folder / "net.py").write_text(NET + NET.replace("Net", "Second").replace("(5, 2)", "(5, 2)"))
    assert main(["check", *OPTIONS]) == 1, "the same line in another class is another finding"


def test_update_of_one_file_keeps_the_others(folder: pathlib.Path) -> None:
    assert main(["baseline", "update"]) == 0
    (folder / "net.py").write_text("from torch import nn\n")
    assert main(["baseline", "update", "net.py"]) == 0
    assert known(folder) == [("other.py", "CNN202", 1)]
    (folder / "other.py").unlink()
    assert main(["baseline", "update", "net.py"]) == 0
    assert known(folder) == []


def test_prune_only_forgets(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["baseline", "update", "net.py"]) == 0
    (folder / "net.py").write_text("from torch import nn\n")
    capsys.readouterr()
    assert main(["baseline", "prune"]) == 0
    assert capsys.readouterr().out == "known.json: 0 known findings, 1 before\n"
    assert known(folder) == []


def test_the_same_from_another_folder(folder: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["baseline", "update"]) == 0
    before = (folder / "known.json").read_bytes()
    (folder / "sub").mkdir()
    monkeypatch.chdir(folder / "sub")
    assert main(["check", "..", *OPTIONS]) == 0
    assert main(["baseline", "update", ".."]) == 0
    assert (folder / "known.json").read_bytes() == before


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "known.json: the baseline can't be read: No such file or directory; `cnnlint baseline update` writes it"),
        ("{", "known.json: this is no baseline; remove it, and run `cnnlint baseline update`"),
        ('{"version": 1}', "known.json: this is no baseline; remove it, and run `cnnlint baseline update`"),
        ('{"version": 9}', "known.json: the baseline is of version 9, not 1; run `cnnlint baseline update`"),
    ],
)
def test_a_baseline_that_cannot_be_used(folder: pathlib.Path, text: str | None, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    if text is not None:
        (folder / "known.json").write_text(text)
    assert main(["check"]) == 2
    assert capsys.readouterr().err == f"cnnlint: {message}\n"
    with pytest.raises(CnnlintError):
        read_baseline(folder / "known.json")


def test_without_one_it_says_where_to_name_it(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "cnnlint.toml").unlink()
    assert main(["baseline", "update"]) == 2
    assert capsys.readouterr().err.startswith('cnnlint: baseline: none is configured; add `baseline = "cnnlint-baseline.json"`')
    assert main(["baseline", "update", "--baseline", "mine.json"]) == 0
    assert main(["check", "--baseline", "mine.json", *OPTIONS]) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="permissions and links are others there")
def test_a_file_is_written_whole_where_it_lies(folder: pathlib.Path) -> None:
    target = folder / "real.json"
    target.write_text("old")
    target.chmod(0o640)
    (folder / "link.json").symlink_to(target)
    write_whole(folder / "link.json", b"new")
    assert (target.read_text(), target.stat().st_mode & 0o777) == ("new", 0o640)
    assert (folder / "link.json").is_symlink()
    assert not list(folder.glob(".*.json.*"))
    with pytest.raises(CnnlintError, match=r"^gone/x.json: can't be written: "):
        write_whole(pathlib.Path("gone/x.json"), b"")
