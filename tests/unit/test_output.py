"""Where reports go, and what a terminal is taken to show."""

from __future__ import annotations

import csv
import io
import json
import pathlib

import pytest

from cnnlint.cli import main
from cnnlint.cli.output import has_links, is_coloured
from cnnlint.cli.progress import Progress
from cnnlint.discovery import FoundFile
from cnnlint.engine import Run, check
from cnnlint.registry import load_registry

NET = "from torch import nn\n\nnet = nn.Sequential(nn.Linear(8, 4), nn.Linear(5, 2))\n"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def folder(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "net.py").write_text(NET)
    return tmp_path


def test_formats_with_a_file_are_written_besides_what_is_printed(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    formats = ["--output-format", "json:out.json", "--output-format", "concise", "--output-format", "junit:out.xml"]
    assert main(["net.py", "--quiet", *formats]) == 1
    assert capsys.readouterr().out == "net.py:3:48: CNN202 `1` expects 5 input features, but gets 4 [feature-mismatch]\n"
    assert json.loads((folder / "out.json").read_text(encoding="utf-8"))["files"] == 1
    assert (folder / "out.xml").read_text(encoding="utf-8").startswith("<?xml")


def test_without_a_printed_format_full_is_printed(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["net.py", "--quiet", "--output-format", "json:out.json"]) == 1
    assert capsys.readouterr().out.startswith("error[CNN202]: ")
    assert main(["summary", "net.py", "--input", "1,8", "--output-format", "csv:out.csv"]) == 1
    assert capsys.readouterr().out.startswith("net (net.py::net)")
    assert (folder / "out.csv").read_bytes().startswith(b"target,layer,type,")


@pytest.mark.parametrize(
    ("formats", "message"),
    [
        (["json", "sarif"], "--output-format sarif: only one format can be printed; give this one a file: sarif:FILE"),
        (["json:a", "sarif:a"], "--output-format: two formats would be written to a"),
        (["json:"], "--output-format json:: a file must follow the colon"),
        (["json:."], "--output-format json:.: . is a folder"),
        (["json:gone/out.json"], "--output-format json:gone/out.json: no such folder: gone"),
        (["sarfi:a"], "--output-format sarfi: no such format; did you mean `sarif`?"),
    ],
)
def test_formats_that_cannot_be(formats: list[str], message: str, folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["net.py", *(argument for text in formats for argument in ("--output-format", text))]) == 2
    assert capsys.readouterr() == ("", f"cnnlint: {message}\n")


def test_colour_on_demand(folder: pathlib.Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    formats = ["--quiet", "--output-format", "concise"]
    main(["net.py", *formats])
    plain = capsys.readouterr().out
    assert "\x1b" not in plain
    main(["net.py", *formats, "--color", "always", "--output-format", "full:out.txt"])
    assert "\x1b[1;31mCNN202\x1b[0m" in capsys.readouterr().out
    assert "\x1b" not in (folder / "out.txt").read_text(encoding="utf-8")
    monkeypatch.setenv("FORCE_COLOR", "1")
    main(["net.py", *formats, "--color", "never"])
    assert capsys.readouterr().out == plain


@pytest.mark.parametrize(
    ("choice", "stream", "variables", "expected"),
    [
        ("auto", io.StringIO(), {}, False),
        ("auto", Terminal(), {}, True),
        ("auto", Terminal(), {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ("auto", Terminal(), {"NO_COLOR": ""}, True),
        ("auto", Terminal(), {"TERM": "dumb"}, False),
        ("auto", io.StringIO(), {"FORCE_COLOR": "1"}, True),
        ("always", io.StringIO(), {"NO_COLOR": "1"}, True),
        ("never", Terminal(), {"FORCE_COLOR": "1"}, False),
    ],
)
def test_who_decides_on_colour(choice: str, stream: io.StringIO, variables: dict[str, str], expected: bool) -> None:
    assert is_coloured(choice, stream, variables) is expected


@pytest.mark.parametrize(
    ("stream", "variables", "expected"),
    [
        (Terminal(), {}, False),
        (Terminal(), {"VTE_VERSION": "7200"}, True),
        (Terminal(), {"VTE_VERSION": "4800"}, False),
        (Terminal(), {"TERM_PROGRAM": "vscode"}, True),
        (Terminal(), {"TERM_PROGRAM": "vscode", "CI": "true"}, False),
        (Terminal(), {"KITTY_WINDOW_ID": "1", "TERM": "screen-256color"}, False),
        (io.StringIO(), {"VTE_VERSION": "7200"}, False),
        (io.StringIO(), {"FORCE_HYPERLINK": "1"}, True),
    ],
)
def test_which_terminals_have_links(stream: io.StringIO, variables: dict[str, str], expected: bool) -> None:
    assert has_links(stream, variables) is expected


def test_links_lead_to_the_file(folder: pathlib.Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_HYPERLINK", "1")
    main(["net.py", "--quiet", "--color", "always"])
    assert (folder / "net.py").as_uri() in capsys.readouterr().out


def test_the_bar_of_a_long_run(monkeypatch: pytest.MonkeyPatch) -> None:
    now = iter([0.0, 0.5, 1.5, 1.5, 3.0, 3.0])
    monkeypatch.setattr("time.monotonic", lambda: next(now))
    stream = Terminal()
    with Progress(4, stream, is_wanted=True) as progress:
        for path in ("a.py", "b.py", "c.py"):
            progress.advance(path)
    drawn = stream.getvalue().split("\r")
    assert drawn[0] == "" and drawn[-1] == ""
    assert [text.strip() for text in drawn[1:-1]] == [
        "[######                  ] 1/4 b.py",
        "[############            ] 2/4 c.py",
        "",
    ]
    assert len(drawn[-2]) == len("[############            ] 2/4 c.py")


@pytest.mark.parametrize(("total", "stream", "is_wanted"), [(1, Terminal(), True), (9, io.StringIO(), True), (9, Terminal(), False)])
def test_no_bar_where_nobody_wants_it(total: int, stream: io.StringIO, is_wanted: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    now = iter(range(0, 100, 5))
    monkeypatch.setattr("time.monotonic", lambda: float(next(now)))
    with Progress(total, stream, is_wanted=is_wanted) as progress:
        progress.advance("a.py")
    assert stream.getvalue() == ""


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_file_is_told_of_and_what_holds_no_model_is_passed_over(jobs: int, folder: pathlib.Path) -> None:
    (folder / "plain.py").write_text("x = 1\n", encoding="utf-8")
    files = [FoundFile(folder / name, name, is_named=False) for name in ("net.py", "plain.py")]
    seen: list[str] = []
    report, faults = check(files, Run(load_registry(print), (), (), jobs=jobs), seen.append)
    assert (seen, faults) == (["net.py", "plain.py"], ())
    assert report.passed_over.files == ("plain.py",)


def test_a_model_that_its_framework_names_is_no_line_of_its_own(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    inner = "inner = keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(4, 3)], name='inner')\n"
    model = "model = keras.Sequential([keras.Input((8, 8, 3)), inner, layers.Flatten()])\n"
    (folder / "net.py").write_text(f"import keras\nfrom keras import layers\n{inner}{model}", encoding="utf-8")
    assert main(["summary", "net.py::model", "--depth", "1", "--output-format", "csv"]) == 0
    rows = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert [row["layer"] for row in rows if row["layer"]] == ["inner", "flatten"]
