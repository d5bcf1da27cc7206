"""Where sizes come from, for `cnnlint why`: of a layer, of a line, or of what a framework's pasted error is about."""

from __future__ import annotations

import pathlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from cnnlint.analysing import Run
from cnnlint.errors import CnnlintError, nearest
from cnnlint.graph import Explanation, Occurrence
from cnnlint.interpreter import Asked, BuildingFails, Explained, Target
from cnnlint.paths import display_path
from cnnlint.plugin import FailureRule, Finding, Meaning, Registry
from cnnlint.plugin.why_report import Answer, Pasted, Problem, WhyReport
from cnnlint.source import NotAnalysed, StatedInput, on_large_stack
from cnnlint.targets import parse_target

MOST_ANSWERS = 4
"""So many steps are told of; a line in a loop may stand for many."""

_frame = re.compile(r'^\s*File "(?P<path>[^"]+)", line (?P<line>\d+)(?:, in (?P<name>.+))?\s*$', re.MULTILINE)
_error = re.compile(r"^(?P<type>[A-Za-z_][\w.]*(?:Error|Exception|Warning)): ?(?P<text>.*)", re.MULTILINE | re.DOTALL)
_colour = re.compile(r"\x1b\[[\d;]*m")
_file = re.compile(r"^(?P<file>.+\.(?:py|ipynb))(?:[.:](?P<rest>.+))?$")


def why(text: str, inputs: tuple[StatedInput, ...], run: Run) -> WhyReport:
    """Explains what a target names: `net.py::Net.fc1`, `net.py:12`. Raises CnnlintError where there is no such thing."""
    try:
        return on_large_stack(lambda: _asked(text, inputs, run))
    except CnnlintError as error:
        raise CnnlintError(f"{text}: {error}") from None


def why_pasted(text: str, inputs: tuple[StatedInput, ...], run: Run) -> WhyReport:
    """Explains a framework's traceback, or its last line alone. Raises CnnlintError if there is no error in it."""
    return on_large_stack(lambda: _pasted(text, inputs, run))


# A target


def _asked(text: str, inputs: tuple[StatedInput, ...], run: Run) -> WhyReport:
    target, model, asked = question(text)
    explained = _explained(target, asked, inputs, run)
    if model and model not in explained.models:
        explained = _explained(replace(target, expression=model), replace(asked, model=""), inputs, run)
    report = _report(text, explained, run)
    if not report.answers and not report.problems:
        raise CnnlintError(_nothing(asked, explained))
    return report


def question(text: str) -> tuple[Target, str, Asked]:
    """What a text asks for: the target, the model's name or expression ("" for any), and the line or the layer."""
    place, separator, rest = text.partition("::")
    line, layer, model = 0, "", ""
    named = _file.match(place.strip())
    if named is not None and named["rest"] and not pathlib.Path(place.strip()).is_file():
        place = named["file"]
        line, layer = (int(named["rest"]), "") if named["rest"].isdecimal() else (0, named["rest"])
    if separator:
        model, _, below = rest.strip().rpartition(":")
        if model and below.isdecimal():
            line = int(below)
        else:
            model = rest.strip()
        closed = model.rfind(")") + 1
        name, dot, own = model[closed:].partition(".")
        model, layer = model[:closed] + name, own if dot else layer
    target = parse_target(place)
    return replace(target, text=text), model, Asked(model, layer, line)


def _nothing(asked: Asked, explained: Explained) -> str:
    """Why there is nothing to tell."""
    models = ", ".join(f"`{name}`" for name in dict.fromkeys(explained.models))
    if not explained.models:
        return "no model is called here; give one to build: FILE::Net(), and its input with --input"
    if asked.layer:
        return f"no layer `{asked.layer}` was called in {models}{nearest(asked.layer, explained.layers)}"
    if asked.line:
        return f"no layer or operation of {models} stands on line {asked.line}"
    return f"nothing was called in {models}; state its input with --input"


def _explained(target: Target, asked: Asked, inputs: Sequence[StatedInput], run: Run) -> Explained:
    analyser = run.analyser()
    known = () if target.file is None else tuple(each.known for each in run.about(target.file))
    try:
        return analyser.explain(target, asked, inputs, known)
    except BuildingFails as error:
        problem = _problem(error.occurrence, run.registry)
        raise CnnlintError(f"it can't be built: {error.occurrence.failure if problem is None else problem.message}") from None
    except NotAnalysed as error:
        raise CnnlintError(str(error)) from None
    finally:
        analyser.save()


def _report(text: str, explained: Explained, run: Run, pasted: Pasted | None = None) -> WhyReport:
    answers = [Answer(each, _problem(each.failure, run.registry)) for each in _each_once(explained.found)]
    shown = [each.problem for each in answers if each.problem is not None]
    problems = [problem for each in explained.occurrences if (problem := _problem(each, run.registry)) is not None and problem not in shown]
    more = max(0, len(answers) - MOST_ANSWERS)
    return WhyReport(text, tuple(answers[:MOST_ANSWERS]), tuple(problems), more, pasted)


def _each_once(found: Sequence[Explanation]) -> Iterator[Explanation]:
    seen: list[Explanation] = []
    for each in found:
        alike = replace_model(each)
        if alike not in seen:
            seen.append(alike)
            yield each


def replace_model(explanation: Explanation) -> Explanation:
    """The same of no model in particular."""
    fields = {name: getattr(explanation, name) for name in explanation.__match_args__}
    return Explanation(**{**fields, "model": ""})


def _problem(occurrence: Occurrence | None, registry: Registry) -> Problem | None:
    if occurrence is None:
        return None
    for rule in registry.rules:
        finding: Finding | None = rule().finding(occurrence) if issubclass(rule, FailureRule) else None
        if finding is not None:
            return Problem(rule.code, finding.message, finding.place, finding.help, "" if finding.fix is None else finding.fix.message)
    return None


# A pasted traceback


def _pasted(text: str, inputs: tuple[StatedInput, ...], run: Run) -> WhyReport:
    text = _colour.sub("", text.replace("\r\n", "\n"))
    found = list(_error.finditer(text))
    if not found:
        raise CnnlintError("standard input: there is no error in it; paste a traceback up to its last line, `RuntimeError: ...`")
    error = found[-1]
    lines = [line.strip() for line in error["text"].splitlines() if line.strip()] or [""]
    meaning = _meaning(error["text"], run.registry)
    telling = next((line for line in lines if _meaning(line, run.registry) is not None), lines[0])
    frames = [(path, int(frame["line"])) for frame in _frame.finditer(text) if (path := _own_file(frame["path"])) is not None]
    first_line = f"{error['type']}: {telling}".rstrip(": ")
    place = f"{display_path(frames[-1][0])}:{frames[-1][1]}" if frames else ""
    pasted = Pasted(first_line, "" if meaning is None else meaning.text, place, "" if meaning is None else meaning.help)
    for path, asked in _places(frames, meaning):
        try:
            explained = _explained(Target(str(path), path, None, None), asked, inputs, run)
        except CnnlintError:
            continue
        report = _report(display_path(path), explained, run, pasted)
        if report.answers or report.problems:
            return report
    if meaning is None and not frames:
        raise CnnlintError(f"standard input: nothing is known of `{first_line}`, and no file of its traceback is here")
    return WhyReport("-", (), (), 0, pasted)


def _meaning(text: str, registry: Registry) -> Meaning | None:
    """What the error says, by the first framework that knows it."""
    for framework in registry.frameworks:
        framework.load()
        for pattern, function in framework.messages:
            found = pattern.search(" ".join(text.split()))
            if found is not None:
                return function(found)
    return None


def _own_file(text: str) -> pathlib.Path | None:
    """The file of a frame, if it is the user's and here; of another machine's path, the longest end that is here."""
    path = pathlib.Path(text.replace("\\", "/"))
    if {"site-packages", "dist-packages"} & set(path.parts) or text.startswith("<"):
        return None
    parts = path.parts
    ends = [pathlib.Path(*parts[start:]) for start in range(len(parts)) if start or path.is_absolute()]
    return next((end for end in (path, *ends) if end.suffix == ".py" and end.is_file()), None)


def _places(frames: Sequence[tuple[pathlib.Path, int]], meaning: Meaning | None) -> Iterator[tuple[pathlib.Path, Asked]]:
    """Where to look, the likeliest first: from the script that was run, at the innermost frame; then by what the error says."""
    if not frames:
        return
    files = list(dict.fromkeys(path for path, _ in (frames[0], *reversed(frames))))
    innermost, line = frames[-1]
    if meaning is not None and meaning.layer:
        yield from ((path, Asked(layer=meaning.layer)) for path in files)
        return
    arguments = meaning.arguments if meaning is not None else ()
    for path in files:
        yield path, Asked(line=line, path=display_path(innermost), arguments=arguments)
    if arguments:
        yield from ((path, Asked(arguments=arguments)) for path in files)
    for path in files:
        yield path, Asked(line=line, path=display_path(innermost))
