"""What the configuration says of models and inputs, as somebody who writes it sees it."""

from __future__ import annotations

import json
import pathlib

import pytest

from cnnlint.cli import main

NET = """\
from torch import nn


class Net(nn.Module):
    def __init__(self, width=8):
        super().__init__()
        self.conv = nn.Conv2d(3, width, 3)

    def forward(self, x):
        return self.conv(x)
"""


@pytest.fixture
def folder(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "net.py").write_text(NET, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("configuration", "options", "shape"),
    [
        ("defaults.batch = 4\nmodels.'net.py::Net'.inputs = 'batch,3,8,8'", [], [4, 3, 8, 8]),
        ("defaults.batch = 4", ["--input", "batch,3,8,8"], [4, 3, 8, 8]),
        ("defaults.batch = 4", ["--input", "8"], [4, 3, 8, 8]),
        ("", ["--input", "8"], ["batch", 3, 8, 8]),
        ("defaults.layout = 'channels-first'", ["--input", "8"], ["batch", 3, 8, 8]),
    ],
)
def test_defaults_of_inputs(
    configuration: str, options: list[str], shape: list[object], folder: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "cnnlint.toml").write_text(configuration, encoding="utf-8")
    assert main(["summary", "net.py", "--output-format", "json", *options]) == 0
    (model,) = json.loads(capsys.readouterr().out)["models"]
    assert model["inputs"] == [shape]


def test_default_dtype(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "cnnlint.toml").write_text("defaults.dtype = 'int64'\nmodels.'net.py::Net'.inputs = '1,3,8,8'", encoding="utf-8")
    assert main(["check", "net.py", "--quiet", "--output-format", "concise"]) == 1
    assert "CNN209" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("Net", "args = { widht = 4 }", "`Net.__init__` has no parameter `widht`; did you mean `width`?"),
        ("Net(1.5)", "inputs = '1,3,8,8'", "`nn.Conv2d`: `out_channels` must be an int, but is the float 1.5"),
        ("Nett(3)", "inputs = '1,3,8,8'", "`Nett` is not defined; did you mean `Net`?"),
    ],
)
def test_what_cannot_be_built(name: str, value: str, reason: str, folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "cnnlint.toml").write_text(f"models.'net.py::{name}'.{value}\n", encoding="utf-8")
    assert main(["check", "net.py", "--quiet"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == f'cnnlint: `models."net.py::{name}"` of cnnlint.toml: `{name}` can\'t be built: {reason}\n'


def test_a_target_is_no_path(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "net.py::Net"]) == 2
    message = "files are checked whole: give net.py (and `models` in the configuration), or `cnnlint summary` for one model"
    assert capsys.readouterr().err == f"cnnlint: net.py::Net: {message}\n"


def test_what_is_mended_by_removing_a_comment_gets_none(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (
        "from torch import nn, zeros\n\nnn.Linear(2, 3)(zeros(1, 4))\nx = 1  # cnnlint: ignore[CNN202]\ny = 1  # cnnlint: ignore[CNN999]\n"
    )
    (folder / "a.py").write_text(text, encoding="utf-8")
    assert main(["check", "a.py", "--quiet", "--output-format", "concise"]) == 1
    assert "a.py:5:26: CNN905 `CNN999` is no rule; did you mean `CNN905`?" in capsys.readouterr().out
    assert main(["check", "a.py", "--add-ignore"]) == 0
    assert (folder / "a.py").read_text(encoding="utf-8").splitlines()[2:4] == [
        "nn.Linear(2, 3)(zeros(1, 4))  # cnnlint: ignore[CNN202]",
        "x = 1  # cnnlint: ignore[CNN202]",
    ]
