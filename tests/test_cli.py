"""The command line: what it prints, how it exits, and what it imports."""

from __future__ import annotations

import json
import pathlib
import subprocess
import sys
import time

import pytest

from cnnlint import __version__
from cnnlint.cli import main

ROOT = pathlib.Path(__file__).parent.parent
SEQUENTIAL = "from torch import nn\n\nnet = nn.Sequential(nn.Linear(8, 4), nn.Linear({}, 2))\n"


@pytest.fixture
def folder(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def modules_after(*arguments: str) -> set[str]:
    """The modules that a run of the command has imported at its end."""
    program = f"import sys; from cnnlint.cli import main; main({list(arguments)!r}); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stderr.split())


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"cnnlint {__version__}\n"


def test_version_imports_nothing() -> None:
    assert not modules_after("--version") & {"argparse", "dataclasses", "importlib.metadata", "pluggy", "libcst", "rich", "re"}


@pytest.mark.parametrize("rule", ["channel-mismatch", "CNN101", "CNN403"])
def test_explain_imports_little(rule: str) -> None:
    heavy = {"libcst", "rich", "importlib.metadata", "cnnlint.dims", "cnnlint.graph", "cnnlint.source", "cnnlint.engine", "cnnlint_torch"}
    assert not modules_after("explain", rule) & heavy


@pytest.mark.slow
@pytest.mark.parametrize(("arguments", "other", "limit"), [(["--version"], "pass", 3.0), (["explain", "CNN101"], "import libcst", 0.5)])
def test_start_up_time(arguments: list[str], other: str, limit: float) -> None:
    def seconds(*command: str) -> float:
        times = []
        for _ in range(9):
            start = time.perf_counter()
            subprocess.run([sys.executable, *command], check=True, capture_output=True, cwd=ROOT)
            times.append(time.perf_counter() - start)
        return min(times)

    assert seconds("-m", "cnnlint", *arguments) <= limit * seconds("-c", other)


def test_explain(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "CNN303"]) == 0
    assert capsys.readouterr().out == (
        "missing-argument (CNN303), error, on by default\n\nA required argument is not given.\n\n"
        "Why is this bad?\n    The call raises.\n\nBad\n    Linear(128)\n\nGood\n    Linear(128, 10)\n\n"
        "References\n    The framework's page of the layer\n"
    )


def test_explain_all_and_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "--all"]) == 0
    explained = capsys.readouterr().out
    assert main(["rules"]) == 0
    for line in capsys.readouterr().out.splitlines():
        code, name = line.split()[:2]
        assert f"{name} ({code})" in explained


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["explain"], "explain: name one rule, or give --all; `cnnlint rules` lists them"),
        (["explain", "chanel-mismatch"], "no rule `chanel-mismatch`; did you mean `channel-mismatch`?"),
        (["check", "--select", "CNN999x"], "--select: no rule `CNN999x`"),
        (["check", "--output-format", "jsn"], "--output-format jsn: no such format; did you mean `json`?"),
        (["check", "--input", "net.py::Net"], "--input net.py::Net: expected TARGET=SHAPE, such as net.py::Net=1,3,224,224"),
        (["check", "--input", "net.py::Net=1,3"], "--input net.py::Net=1,3: net.py is not among the files that are checked"),
        (["check", "--selct", "CNN2"], "check: unrecognized arguments: --selct; did you mean `--select`?"),
        (["check", "--fail-on"], "check: argument --fail-on: expected one argument; see cnnlint check --help"),
        (["summary"], "summary: the following arguments are required: TARGET; see cnnlint summary --help"),
        (["sumary", "net.py"], "sumary: neither a command nor a path; did you mean `summary`?"),
        (["check", "--src", "nowhere"], "src: no such folder: nowhere"),
        (["check", "--python", "nowhere"], "python: no site-packages found for nowhere"),
    ],
)
def test_setup_errors(arguments: list[str], message: str, folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"cnnlint: {message}")
    assert len(error.splitlines()) == 1


def test_nothing_found(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert capsys.readouterr() == ("", "cnnlint: no Python files or notebooks found\n")


def test_a_clean_model(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "net.py").write_text(SEQUENTIAL.format(4))
    assert main(["check", "--input", "net.py=1,8"]) == 0
    assert capsys.readouterr() == ("net: 46 parameters, 8 -> 2\n", "")
    assert main(["net.py", "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")


def test_a_finding(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "net.py").write_text(SEQUENTIAL.format(5))
    assert main(["--output-format", "concise", "--quiet"]) == 1
    assert capsys.readouterr().out == "net.py:3:48: CNN202 `1` expects 5 input features, but gets 4 [feature-mismatch]\n"
    assert main(["--ignore", "CNN202", "--quiet"]) == 0


def test_strict(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "net.py").write_text("import torch\nwhile True:\n    pass\n")
    assert main(["net.py", "--output-format", "concise", "--quiet"]) == 0
    assert main(["net.py", "--output-format", "json", "--quiet", "--strict"]) == 1
    (found,) = json.loads(capsys.readouterr().out.partition("\n")[2])["diagnostics"]
    assert (found["name"], found["severity"]) == ("not-analysed", "warning")
    assert main(["net.py", "--quiet", "--strict", "--exit-zero"]) == 0


def test_a_missing_path_is_said_after_the_rest(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "net.py").write_text(SEQUENTIAL.format(5))
    assert main(["nothing.py", "net.py", "--output-format", "json"]) == 2
    printed = capsys.readouterr()
    assert printed.err == "cnnlint: nothing.py: no such file or folder\n"
    assert [found["code"] for found in json.loads(printed.out)["diagnostics"]] == ["CNN202"]


def test_a_file_that_is_no_text(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "binary.py").write_bytes(b"\x89PNG\0\xff")
    (folder / "broken.py").write_text("import torch\nx = (\n")
    (folder / "net.py").write_text(SEQUENTIAL.format(5))
    main(["binary.py", "broken.py", "net.py", "--output-format", "json"])
    found = json.loads(capsys.readouterr().out)["diagnostics"]
    assert [(each["path"], each["name"]) for each in found] == [
        ("binary.py", "not-analysed"),
        ("broken.py", "syntax-error"),
        ("net.py", "feature-mismatch"),
    ]


def test_a_walk_passes_over_what_names_no_framework(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "script.py").write_text("x = (\n")
    assert main([]) == 0
    assert main(["script.py", "--quiet"]) == 1


def test_summary(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "net.py").write_text(SEQUENTIAL.format(4))
    assert main(["summary", "net.py", "gone.py", "net.py::net", "--input", "1,8", "--output-format", "json"]) == 1
    first, second, third = json.loads(capsys.readouterr().out)["models"]
    assert (first["name"], first["params"], first["outputs"], first["error"]) == ("net", 46, [[1, 2]], None)
    assert second["error"]["message"] == "no such file"
    assert third["target"] == "net.py::net"
    assert main(["summary", "net.py", "--input", "1,8"]) == 0


def test_budgets_of_the_configuration(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "net.py").write_text(SEQUENTIAL.format(4))
    (folder / "pyproject.toml").write_text('[tool.cnnlint.models."net.py::net"]\ninputs = "1,8"\nbudget = { params = 40 }\n')
    assert main(["net.py", "--output-format", "concise"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "net.py:3:1: CNN401 `net` has 46 parameters, but a budget of 40 [params-over-budget]",
        "net: 46 parameters, 8 -> 2",
    ]


def test_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(["--help"])
    assert exit_.value.code == 0
    assert "Never runs the code itself" in capsys.readouterr().out


def test_a_target_that_cannot_be_built(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = """
from torch import nn


class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc = nn.Linear(width, 10)
        self.conv = nn.Conv2d(6, 4, 3, groups=width)


def build(width):
    return Net(width)
"""
    (folder / "built.py").write_text(source, encoding="utf-8")
    assert main(["summary", "built.py::build", "built.py::Net(4)"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "built.py::build",
        "error: CNN805 building it fails: `build` needs `width`, which is not given",
        "",
        "built.py::Net(4)",
        "error: built.py:9: CNN305 building it fails: `nn.Conv2d`: `in_channels` must be divisible by groups: 6 % 4 = 2",
    ]


def test_a_misspelt_module_has_a_suggestion(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "nets").mkdir()
    (folder / "nets" / "resnet.py").write_text("from torch import nn\nnet = nn.Linear(8, 2)\n", encoding="utf-8")
    assert main(["summary", "nets.resnett::net"]) == 1
    error = "error: module `nets.resnett` is not found on the search path; did you mean `nets.resnet`?"
    assert capsys.readouterr().out.splitlines() == ["nets.resnett::net", error]


def test_models_of_several_files_are_told_apart(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = "from torch import nn\nnet = nn.Linear(8, 2)\n"
    for name in ("a.py", "b.py"):
        (folder / name).write_text(source, encoding="utf-8")
    assert main(["check", "a.py"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "net: 18 parameters, ... -> ...x2"
    assert main(["check", "a.py", "b.py"]) == 0
    assert [line.partition(" ")[0] for line in capsys.readouterr().out.splitlines()] == ["a.py::net:", "b.py::net:"]


def test_sizes_with_long_names_stand_apart(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = """
from torch import nn


class Block(nn.Module):
    def __init__(self, planes):
        super().__init__()
        self.conv = nn.Conv2d(planes, 2 * planes, 1)

    def forward(self, x):
        return self.conv(x)
"""
    (folder / "block.py").write_text(source, encoding="utf-8")
    assert main(["check", "block.py"]) == 0
    assert capsys.readouterr().out == "Block: 2*planes*planes + 2*planes parameters, planes x H x W -> (2*planes) x H x W\n"


def test_a_target_in_a_module_is_found_by_its_name_or_through_a_star(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    package = tmp_path / "zoo"
    package.mkdir()
    (package / "__init__.py").write_text("from .nets import *\n", encoding="utf-8")
    (package / "nets.py").write_text("from torch import nn\n\n\ndef net(classes=10):\n    return nn.Linear(8, classes)\n", encoding="utf-8")
    for target in ("zoo.nets::net(classes=5)", "zoo::net(classes=5)", "zoo::net"):
        main(["summary", target, "--src", str(tmp_path), "--input", "1,8"])
        assert ("45" if "=" in target else "90") in capsys.readouterr().out
