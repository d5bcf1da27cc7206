"""Which findings a comment silences, and what it is worth itself."""

from __future__ import annotations

import pathlib

import pytest

from cnnlint.diagnostics import Diagnostic, Suppressed
from cnnlint.edits import edited
from cnnlint.graph import Note, Place
from cnnlint.registry import load_registry
from cnnlint.source import SourceText
from cnnlint.source.ir import Span
from cnnlint.suppressions import applied, ignoring_edits, suppressions_in

RULES = load_registry(print, only_rules=True).rules


def diagnostic(line: int, end_line: int | None = None, notes: tuple[int, ...] = (), code: str = "CNN201") -> Diagnostic:
    place = Place("net.py", Span(line, 0, end_line or line, 5))
    at = tuple(Note(Place("net.py", Span(note, 0, note, 1)), "called here") for note in notes)
    return Diagnostic(place, code, "channel-mismatch" if code == "CNN201" else "other", "error", "wrong", "", at)


def silenced(text: str, *diagnostics: Diagnostic) -> list[str | None]:
    """Of each diagnostic the reason why it is silent, None if it isn't."""
    outcome = applied(diagnostics, {"net.py": SourceText("net.py", text)}, RULES, lambda path, rule: True)
    reasons = {each.place: each.suppressed.reason for each in outcome.suppressed if each.suppressed}
    return [reasons.get(each.place) for each in diagnostics]


@pytest.mark.parametrize(
    "words", ["ignore[CNN201]", "ignore[channel-mismatch]", "ignore[cnn201]", "ignore[CNN9, CNN201]", "ignore [ CNN201 ]"]
)
def test_by_code_or_name(words: str) -> None:
    assert silenced(f"x = 1  # cnnlint: {words} because\n", diagnostic(1)) == ["because"]


@pytest.mark.parametrize("words", ["ignore[CNN202]", "ignore[CNN2]", "ignore", "ignore[]", "ignored[CNN201]"])
def test_nothing_else(words: str) -> None:
    assert silenced(f"x = 1  # cnnlint: {words}\n", diagnostic(1)) == [None]


def test_in_a_string_it_is_no_comment() -> None:
    assert silenced('x = """\n# cnnlint: ignore[CNN201]\ny = 1"""\n', diagnostic(1, 3), diagnostic(3)) == [None, None]


def test_behind_code_it_is_about_its_line() -> None:
    text = "f(\n    a,  # cnnlint: ignore[CNN201]\n    b,\n)\n"
    assert silenced(text, diagnostic(2), diagnostic(3), diagnostic(1, 4)) == ["", None, ""]


def test_alone_it_is_about_what_stands_below() -> None:
    text = "# cnnlint: ignore[CNN201] the whole\n\n# another comment\nf(\n    a,\n    b,\n)\ng()\n"
    assert silenced(text, diagnostic(4), diagnostic(6), diagnostic(8)) == ["the whole", "the whole", None]


def test_in_brackets_it_is_about_the_next_element() -> None:
    text = "f(\n    a,\n    # cnnlint: ignore[CNN201]\n    g(\n        1,\n    ),\n    b,\n)\n"
    assert silenced(text, diagnostic(2), diagnostic(4), diagnostic(5), diagnostic(7)) == [None, "", "", None]


def test_above_decorators_it_is_about_the_definition() -> None:
    text = "# cnnlint: ignore[CNN201]\n@first\n@second(\n    1,\n)\ndef f():\n    pass\n"
    assert silenced(text, diagnostic(6), diagnostic(7)) == ["", None]


def test_a_line_that_a_note_names_is_as_good() -> None:
    text = "x = 1\ny = 2  # cnnlint: ignore[CNN201] built so\n"
    assert silenced(text, diagnostic(1, notes=(2,)), diagnostic(1, notes=())) == ["built so", "built so"]
    assert silenced(text, diagnostic(1)) == [None]


def test_for_the_whole_file() -> None:
    text = "x = 1\ny = 2\n# cnnlint: file-ignore[CNN201] generated\n"
    assert silenced(text, diagnostic(1), diagnostic(2, code="CNN202")) == ["generated", None]


def test_in_another_tools_words() -> None:
    assert silenced("x = 1  # noqa: E501, CNN201\ny = 2  # noqa\n", diagnostic(1), diagnostic(2)) == ["", None]


def test_beside_another_tools_comment() -> None:
    assert silenced("x = 1  # type: ignore[misc] # cnnlint: ignore[CNN201] both # noqa: E501\n", diagnostic(1)) == ["both"]


def test_other_line_ends() -> None:
    assert silenced("# cnnlint: ignore[CNN201]\r\nx = 1\r\n", diagnostic(2)) == [""]
    assert silenced("# cnnlint: ignore[CNN201]\rx = 1\r", diagnostic(2)) == [""]


def test_what_is_silent_says_how() -> None:
    (found,) = applied([diagnostic(1)], {"net.py": SourceText("net.py", "x  # noqa: CNN201\n")}, RULES, lambda *_: True).suppressed
    assert found.suppressed == Suppressed("comment")


def fixed(text: str, *diagnostics: Diagnostic) -> tuple[list[str], str]:
    """What is said about the comments of a text, and the text with all fixes."""
    source = SourceText("net.py", text)
    about = applied(diagnostics, {"net.py": source}, RULES, lambda path, rule: True).about_comments
    edits = [edit for _, finding in about if finding.fix for edit in finding.fix.edits]
    return [finding.message for _, finding in about], edited(text.encode(), source, edits).decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x = 1  # cnnlint: ignore[CNN202] because\ny\n", "x = 1\ny\n"),
        ("x = 1  # cnnlint: ignore[CNN202, CNN201]\n", "x = 1  # cnnlint: ignore[CNN201]\n"),
        ("x = 1  # cnnlint: ignore[CNN201, CNN202] why\n", "x = 1  # cnnlint: ignore[CNN201] why\n"),
        ("if x:\n    # cnnlint: ignore[CNN202]\n    y\n", "if x:\n    y\n"),
        ("x = 1  # cnnlint: ignore[CNN202] see #12 # noqa: E501\n", "x = 1 # noqa: E501\n"),
        ("x = 1  # noqa: CNN202\n", "x = 1\n"),
        ("x = 1  # noqa: E501, CNN202\n", "x = 1  # noqa: E501\n"),
        ("x = 1  # cnnlint: ignore[nonsense]\n", "x = 1\n"),
    ],
)
def test_what_is_of_no_use_is_removed(before: str, after: str) -> None:
    messages, text = fixed(before, diagnostic(1))
    assert len(messages) == 1
    assert text == after
    assert fixed(text, diagnostic(1)) == ([], text)


def test_what_is_of_no_use_is_said() -> None:
    text = "x = 1  # cnnlint: ignore[CNN202]\ny = 2  # cnnlint: ignore[chanel-mismatch]\n"
    assert fixed(text)[0] == ["nothing is silenced by `CNN202` here", "`chanel-mismatch` is no rule; did you mean `channel-mismatch`?"]


def test_where_the_rule_did_not_run_nobody_can_tell() -> None:
    source = SourceText("net.py", "x = 1  # cnnlint: ignore[CNN202]\n")
    assert applied([], {"net.py": source}, RULES, lambda path, rule: False).about_comments == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x = f()\n", "x = f()  # cnnlint: ignore[CNN201] later\n"),
        ("x = f()", "x = f()  # cnnlint: ignore[CNN201] later"),
        ("x = f()  # why\r\n", "x = f()  # why  # cnnlint: ignore[CNN201] later\r\n"),
        ("x = f()  # cnnlint: ignore[CNN999] so\n", "x = f()  # cnnlint: ignore[CNN999, CNN201] so\n"),
        ("x = f(\\\n    1)\n", "# cnnlint: ignore[CNN201] later\nx = f(\\\n    1)\n"),
        ('x = f("""\n  a""")\n', '# cnnlint: ignore[CNN201] later\nx = f("""\n  a""")\n'),
    ],
)
def test_comments_are_added(before: str, after: str) -> None:
    source = SourceText("net.py", before, newline="\r\n" if "\r" in before else "\n")
    text = edited(before.encode(), source, ignoring_edits(source, [diagnostic(1)], "later")).decode()
    assert text == after
    line = 1 if before.startswith("x = f()") else 2
    assert silenced(text, diagnostic(line)) == ["so" if "so" in after else "later"]


def test_comments_are_read_in_order_of_the_text() -> None:
    found = suppressions_in(SourceText("net.py", pathlib.Path(__file__).read_text(encoding="utf-8")))
    assert found == []
