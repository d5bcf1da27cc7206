"""Which diagnostics the comments of their files silence, and which comments silence nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cnnlint.diagnostics import Diagnostic, Edit, Fix, Suppressed
from cnnlint.errors import closest
from cnnlint.graph import Place
from cnnlint.plugin import Finding, Rule
from cnnlint.record import value
from cnnlint.source import SourceText
from cnnlint.source.ir import Span
from cnnlint.suppressions.comments import Suppression, SuppressionItem, suppressions_in

UNUSED = "unused-suppression"
UNKNOWN = "unknown-code-in-suppression"


@value
class Applied:
    """The diagnostics that remain, those that comments silence, and what is wrong with the comments: findings by their rule's name."""

    kept: tuple[Diagnostic, ...]
    suppressed: tuple[Diagnostic, ...]
    about_comments: tuple[tuple[str, Finding], ...]


@dataclass(slots=True)
class _File:
    source: SourceText
    suppressions: list[Suppression]
    used: set[SuppressionItem] = field(default_factory=set)


def applied(
    diagnostics: Sequence[Diagnostic],
    sources: Mapping[str, SourceText],
    rules: Iterable[type[Rule]],
    is_judged: Callable[[str, str], bool],
) -> Applied:
    """Apply the comments of `sources`, the texts by path, to the diagnostics.

    `is_judged` says for a path and a rule's name whether a suppression of it there that silences nothing is of no use: the rule
    ran, and all of the file was understood.
    """
    files = {path: _File(source, suppressions_in(source)) for path, source in sources.items()}
    kept, suppressed = [], []
    for diagnostic in diagnostics:
        reason = _reason(diagnostic, files)
        if reason is None:
            kept.append(diagnostic)
        else:
            suppressed.append(diagnostic.silenced(Suppressed("comment", reason)))
    keys = {key.lower(): rule for rule in rules for key in (rule.code, rule.name)}
    about = [each for path, file in files.items() for each in _about(path, file, keys, is_judged)]
    return Applied(tuple(kept), tuple(suppressed), tuple(about))


def _reason(diagnostic: Diagnostic, files: Mapping[str, _File]) -> str | None:
    """The reason of the comment that silences a diagnostic, perhaps empty; None if there is none."""
    path = diagnostic.place.path
    file = files.get(path)
    if file is None or not file.suppressions:
        return None
    spans = [diagnostic.place.span, *(note.place.span for note in diagnostic.notes if note.place.path == path)]
    found: str | None = None
    for suppression in file.suppressions:
        named = [item for item in suppression.items if item.text.lower() in (diagnostic.code.lower(), diagnostic.name)]
        if named and any(suppression.covers(span.line, span.end_line) for span in spans):
            file.used.update(named)
            found = found or suppression.reason
    return found


def _about(path: str, file: _File, keys: Mapping[str, type[Rule]], is_judged: Callable[[str, str], bool]) -> Iterator[tuple[str, Finding]]:
    for suppression in file.suppressions:
        for item in suppression.items:
            rule = keys.get(item.text.lower())
            place = _place(path, file.source, item.start, item.end)
            if rule is None and suppression.is_own:
                close = nearest_rule(item.text, keys)
                yield UNKNOWN, Finding(place, f"`{item.text}` is no rule{close}", fix=_without(path, file.source, suppression, item))
            elif rule is not None and item not in file.used and rule.name not in (UNUSED, UNKNOWN) and is_judged(path, rule.name):
                message = f"nothing is silenced by `{item.text}` here"
                yield UNUSED, Finding(place, message, fix=_without(path, file.source, suppression, item))


def nearest_rule(text: str, keys: Mapping[str, type[Rule]]) -> str:
    """`; did you mean ...` with the code or name most like a text, as the rule has it; nothing if none is like it."""
    close = closest(text.lower(), keys)
    return f"; did you mean `{close.upper() if close in keys and keys[close].code.lower() == close else close}`?" if close else ""


def _place(path: str, source: SourceText, start: int, end: int) -> Place:
    line, column = source.position(start)
    end_line, end_column = source.position(end)
    return Place(path, Span(line, column, end_line, end_column))


def _without(path: str, source: SourceText, suppression: Suppression, item: SuppressionItem) -> Fix:
    """The comment without one of its items, or no comment where it is the only one."""
    text = source.text
    others = [each for each in suppression.items if each is not item]
    if others:
        after = next((each for each in others if each.start > item.start), None)
        start, end = (item.start, after.start) if after is not None else (others[-1].end, item.end)
        return Fix(f"remove `{item.text}`", True, (Edit(_place(path, source, start, end), ""),))
    start, end = suppression.start, suppression.end
    line_start = source.offset(suppression.line, 0)
    before = text[line_start:start]
    line_end = source.line_starts[suppression.line] if suppression.line < len(source.line_starts) else len(text)
    if not before.strip() and not text[end:line_end].strip():
        start, end = line_start, min(line_end, len(text))
    else:
        start -= len(before) - len(before.rstrip())
    return Fix("remove the comment", True, (Edit(_place(path, source, start, end), ""),))
