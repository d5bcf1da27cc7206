from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

from cnnlint.plugin import WhyReporter
from cnnlint.reporters._terminal import Line, one_line, place_style, width, write_lines

if TYPE_CHECKING:
    from cnnlint.graph import AxisOrigin, Explanation, Origin, Place
    from cnnlint.plugin import Printing, WhyReport
    from cnnlint.plugin.why_report import Answer, Problem

_PLACE = "blue"
_MOST_THROUGH = 3


class WhyTree(WhyReporter):
    """What arrives at a layer, and each of its sizes with the way back to where it is made."""

    name = "tree"

    def write(self, report: WhyReport, stream: TextIO, printing: Printing) -> None:
        write_lines(_lines(report, printing), stream, printing)


def _lines(report: WhyReport, printing: Printing) -> Iterator[Line]:
    if report.pasted is not None:
        yield ((one_line(report.pasted.error), "bold red"),)
        if report.pasted.meaning:
            yield ((f"  {one_line(report.pasted.meaning)}", ""),)
        if report.pasted.frame:
            yield (("  raised at ", ""), (one_line(report.pasted.frame), _PLACE))
        if report.pasted.help:
            yield (("  help: ", "bold"), (one_line(report.pasted.help), ""))
        if report.answers or report.problems:
            yield ()
    for number, answer in enumerate(report.answers):
        if number:
            yield ()
        yield from _answer(answer, printing)
    for number, problem in enumerate(report.problems):
        if number or report.answers:
            yield ()
        yield from _problem(problem, printing)
    if report.more:
        yield ()
        place = report.answers[0].explanation.called
        file = report.target.partition("::")[0] if place is None else place.path
        yield ((one_line(f"and {report.more} more; name one of them: {file}::{report.answers[0].explanation.model}.LAYER"), "dim"),)


def _answer(answer: Answer, printing: Printing) -> Iterator[Line]:
    about = answer.explanation
    kind = about.type.rpartition(".")[2]
    yield ((one_line(about.subject), "bold"), (f"  {kind}" if kind else "  an operation", ""), (f" of {one_line(about.model)}", "dim"))
    if about.built is not None:
        yield (("  built at   ", "dim"), _place(about.built, printing))
    if about.called is not None:
        yield (("  called at  ", "dim"), _place(about.called, printing))
    yield (("  gets       ", "dim"), (_shapes(about, "gets"), ""))
    how = f"  {'; '.join(about.how)}" if about.gives and about.how else ""
    yield (("  gives      ", "dim"), (_shapes(about, "gives") if about.gives else "nothing: it fails", ""), (one_line(how), "dim"))
    for argument in about.arguments:
        text = f", written {one_line(argument.text)}" if argument.text else ""
        places = [piece for place in argument.path for piece in ((", from ", "dim"), _place(place, printing))][1:]
        yield ((f"  {argument.name} = {argument.size}{text}  ", ""), *places)
    rows = [row for axes in _alike(about.axes) for row in _axis_rows(about, axes)]
    if rows:
        yield ()
        column = max(width(row[0]) for row in rows)
        for text, place in rows:
            pad = " " * (column - width(text) + 2)
            yield ((text, ""), *((((pad), ""), _place(place, printing)) if place is not None else ()))
    if answer.problem is not None:
        yield ()
        yield from _problem(answer.problem, printing)


def _problem(problem: Problem, printing: Printing) -> Iterator[Line]:
    place, code = _place(problem.place, printing), f"error[{problem.code}]" if problem.code else "error"
    yield ((code, "bold red"), (f": {one_line(problem.message)}", "bold"), ("  ", ""), place)
    if problem.fix:
        yield (("  fix: ", "bold"), (one_line(problem.fix), ""))
    if problem.help:
        yield (("  help: ", "bold"), (one_line(problem.help), ""))


def _shapes(about: Explanation, which: str) -> str:
    return ", ".join(map(str, getattr(about, which))) or "no tensor"


def _place(place: Place, printing: Printing) -> tuple[str, str]:
    style = place_style(place, printing)
    return (f"{one_line(place.shown)}:{place.span.line}", f"{_PLACE} {style}".strip())


def _alike(axes: tuple[AxisOrigin, ...]) -> list[list[AxisOrigin]]:
    """The axes of each tensor, those together that come about in the same way."""
    found: list[list[AxisOrigin]] = []
    for axis in axes:
        group = next((group for group in found if (group[0].number, group[0].origin) == (axis.number, axis.origin)), None)
        if group is None:
            found.append([axis])
        else:
            group.append(axis)
    return found


def _axis_rows(about: Explanation, axes: list[AxisOrigin]) -> Iterator[tuple[str, Place | None]]:
    first = axes[0]
    of = f" of input {first.number + 1}" if len(about.gets) > 1 else ""
    named = " and ".join(str(axis.axis) for axis in axes)
    yield f"{'axis' if len(axes) == 1 else 'axes'} {named}{of}: {first.origin.size}", None
    yield from _rows(first.origin, "  ", "  ", is_first=True)


def _rows(origin: Origin, lead: str, below: str, *, is_first: bool = False) -> Iterator[tuple[str, Place | None]]:
    """A line a step back; where several sizes make one, each goes back by itself."""
    while True:
        yield lead + _text(origin), origin.place
        lead = below
        if len(origin.sources) != 1:
            break
        origin = origin.sources[0]
    shown: list[Origin] = []
    for number, source in enumerate(origin.sources):
        is_last = number == len(origin.sources) - 1
        branch, more = ("└─ ", "   ") if is_last else ("├─ ", "│  ")
        if source in shown and source.sources:
            yield f"{below}{branch}{source.size}  likewise", None
        else:
            yield from _rows(source, below + branch, below + more)
        shown.append(source)


def _text(origin: Origin) -> str:
    through = [name for name in dict.fromkeys(origin.through) if name]
    behind = ""
    if through:
        shown = ", ".join(through[:_MOST_THROUGH])
        behind = f"  (then through {shown}{f' and {len(through) - _MOST_THROUGH} more' if len(through) > _MOST_THROUGH else ''})"
    match origin.kind:
        case "window" | "product" | "sum" | "same":
            text = f"{origin.subject}: {origin.text}"
        case "argument":
            text = f"{origin.text} of {origin.subject}"
        case _:
            text = origin.text
    return one_line(f"{origin.size}  {text}{behind}")
