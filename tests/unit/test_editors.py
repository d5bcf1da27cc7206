"""What `docs/editors.md` has editors look for is what the concise format prints."""

from __future__ import annotations

import json
import pathlib
import re

import pytest

from cnnlint.cli import main

PAGE = (pathlib.Path(__file__).parents[2] / "docs" / "editors.md").read_text(encoding="utf-8")
MODEL = "import torch\nfrom torch import nn\n\nnn.Linear(2, 3)(torch.zeros(1, 4))\n"
MESSAGE = "`Linear` expects 2 input features, but gets 4 [feature-mismatch]"
FILES = {
    "net.py": MODEL,
    "my nets/a b.py": MODEL,
    "train.ipynb": json.dumps({"cells": [{"cell_type": "code", "source": MODEL}]}),
}


def block(language: str) -> str:
    match = re.search(rf"^```{language}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    assert match is not None
    return match[1]


@pytest.fixture(params=FILES)
def printed(
    request: pytest.FixtureRequest, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> str:
    """The line of a finding in a file."""
    monkeypatch.chdir(tmp_path)
    file = tmp_path / request.param
    file.parent.mkdir(exist_ok=True)
    file.write_text(FILES[request.param], encoding="utf-8")
    assert main(["check", request.param, "--quiet", "--output-format", "concise"]) == 1
    (line,) = capsys.readouterr().out.splitlines()
    return line


def test_problem_matcher(printed: str) -> None:
    (task,) = json.loads(block("json"))["tasks"]
    pattern = task["problemMatcher"]["pattern"]
    match = re.match(pattern["regexp"], printed)
    assert match is not None
    found = {name: match[group] for name, group in pattern.items() if name != "regexp"}
    assert found.pop("file") in FILES
    assert found == {"line": "4", "column": "11", "code": "CNN202", "message": MESSAGE}


def test_flymake(printed: str) -> None:
    text = re.search(r'\(pattern "(.*)"\)', block("elisp"))
    assert text is not None
    # The dialect of Emacs: groups are escaped, and so are backslashes in its strings.
    pattern = text[1].replace("\\\\(", "(").replace("\\\\)", ")")
    match = re.match(pattern, printed)
    assert match is not None
    assert match.groups()[1:] == ("4", "11", f"CNN202 {MESSAGE}")


def test_output_filter(printed: str) -> None:
    template = re.search(r"Output filters \| `(.*?)` \|", PAGE)
    assert template is not None
    fields = {"$FILE_PATH$": "(?P<path>.+?)", "$LINE$": r"(?P<line>\d+)", "$COLUMN$": r"(?P<column>\d+)", "$MESSAGE$": "(?P<message>.+)"}
    pattern = template[1]
    for field, part in fields.items():
        pattern = pattern.replace(field, part)
    match = re.fullmatch(pattern, printed)
    assert match is not None
    assert (match["line"], match["column"], match["message"]) == ("4", "11", f"CNN202 {MESSAGE}")


def test_errorformat(printed: str) -> None:
    (text,) = re.findall(r"^set errorformat=(.*)$", PAGE, re.MULTILINE)
    assert text == r"%f:%l:%c:\ %m"
    assert re.fullmatch(rf".+:4:11: CNN202 {re.escape(MESSAGE)}", printed)
