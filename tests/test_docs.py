"""The documentation: what is written from the code is fresh, what it prints is true, what it links to is there."""

from __future__ import annotations

import pathlib
import re

import pytest

from benchmarks.console_blocks import Command, commands
from cnnlint.cli import main
from docs.build import ROOT, stale

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
TRIED = [(page.name, command) for page in PAGES for command in commands(page.read_text(encoding="utf-8")) if command.arguments[0] != "pip"]


def test_what_is_written_from_the_code_is_fresh() -> None:
    assert [file.relative_to(ROOT).as_posix() for file in stale()] == [], "run `python docs/build.py`"


@pytest.mark.parametrize(("page", "command"), TRIED, ids=[f"{page}: {command.text}" for page, command in TRIED])
def test_commands_print_what_the_page_says(
    page: str, command: Command, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    program, *arguments = command.arguments
    assert program == "cnnlint"
    assert main([*arguments, *(["--no-cache"] if arguments[0] in ("check", "fit", "summary") else [])]) in (0, 1)
    printed = capsys.readouterr()
    assert printed.err == ""
    assert command.is_printed_by(printed.out), printed.out


def test_the_pages_try_commands() -> None:
    assert {page for page, _ in TRIED} == {"README.md", "getting-started.md", "input-sizes.md"}


@pytest.mark.parametrize("page", [*PAGES, ROOT / "docs" / "rules" / "README.md"], ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: pathlib.Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)\s]+)\)", page.read_text(encoding="utf-8")):
        file, _, anchor = target.partition("#")
        linked = (page.parent / file).resolve() if file else page
        assert linked.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.*)$", linked.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in headings}, target


def test_a_difference_from_the_page_is_seen() -> None:
    (command,) = commands("```console\n$ cnnlint x\none\n...\nlast\n```\n")
    assert command == Command("cnnlint x", ("one", "...", "last"))
    assert command.is_printed_by("one\nlast\n") and command.is_printed_by("one\ntwo\nthree\nlast\n")
    assert not command.is_printed_by("one\nlast\nmore\n") and not command.is_printed_by("two\nlast\n")
