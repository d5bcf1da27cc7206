from __future__ import annotations

import json
from typing import TYPE_CHECKING, TextIO

from cnnlint.plugin import WhyReporter

if TYPE_CHECKING:
    from cnnlint.graph import Explanation, Origin, Place
    from cnnlint.plugin import Printing, WhyReport
    from cnnlint.plugin.why_report import Problem


class WhyJson(WhyReporter):
    """One object: what was asked, and each step with its shapes and origins. Sizes that are no numbers are strings."""

    name = "json"

    def write(self, report: WhyReport, stream: TextIO, printing: Printing) -> None:
        pasted = report.pasted
        shown = {
            "target": report.target,
            "pasted": None if pasted is None else {name: getattr(pasted, name) for name in pasted.__match_args__},
            "answers": [{**_explanation(each.explanation), "problem": _problem(each.problem)} for each in report.answers],
            "problems": [_problem(each) for each in report.problems],
            "more": report.more,
        }
        json.dump(shown, stream, indent=2, ensure_ascii=False)
        stream.write("\n")


def _explanation(about: Explanation) -> dict[str, object]:
    return {
        "model": about.model,
        "subject": about.subject,
        "type": about.type,
        "built": _place(about.built),
        "called": _place(about.called),
        "gets": [[_size(size) for size in shape.dims] for shape in about.gets],
        "gives": [[_size(size) for size in shape.dims] for shape in about.gives],
        "how": list(about.how),
        "arguments": [
            {"name": each.name, "size": _size(each.size), "written": each.text, "path": [_place(place) for place in each.path]}
            for each in about.arguments
        ],
        "axes": [{"input": each.number, "axis": each.axis, "origin": _origin(each.origin)} for each in about.axes],
    }


def _origin(origin: Origin) -> dict[str, object]:
    return {
        "kind": origin.kind,
        "size": _size(origin.size),
        "subject": origin.subject,
        "text": origin.text,
        "place": _place(origin.place),
        "through": list(origin.through),
        "sources": [_origin(source) for source in origin.sources],
    }


def _problem(problem: Problem | None) -> dict[str, object] | None:
    if problem is None:
        return None
    place = _place(problem.place)
    return {"code": problem.code, "message": problem.message, "place": place, "help": problem.help, "fix": problem.fix}


def _place(place: Place | None) -> dict[str, object] | None:
    if place is None:
        return None
    span = place.span
    return {"path": place.path, "line": span.line, "column": span.column + 1}


def _size(size: object) -> object:
    return size if isinstance(size, int) else str(size)
