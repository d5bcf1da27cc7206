"""Which steps of a file's models a question is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnnlint.dims import equal
from cnnlint.graph import Explanation, Occurrence
from cnnlint.interpreter import placing
from cnnlint.interpreter.history import History, Step
from cnnlint.interpreter.machine import Machine, Site
from cnnlint.interpreter.origins import Origins, is_size
from cnnlint.interpreter.runs import Run
from cnnlint.plugin.operation import tensors_within

if TYPE_CHECKING:
    from cnnlint.interpreter.candidates import Candidate


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a file is to be explained: the steps of a model or of all, of a layer, on a line, or of layers built with some arguments.

    `path` is the printed path of the file that the line is of, if it isn't the one that is analysed. Without any of these: what fails,
    else what the models give.
    """

    model: str = ""
    layer: str = ""
    line: int = 0
    path: str = ""
    arguments: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Explained:
    """What was asked for; the failures there; and the names of the file's models, their classes and the layers called in them."""

    found: tuple[Explanation, ...]
    occurrences: tuple[Occurrence, ...]
    models: tuple[str, ...]
    layers: tuple[str, ...]


def explained(
    machine: Machine, path: str, shown: Sequence[Candidate], asked: Asked, history: History, occurrences: Sequence[Occurrence]
) -> Explained:
    """What is asked for of the models of a file, which is `path`."""
    found: list[Explanation] = []
    layers: dict[str, None] = {}
    for model in shown:
        if model.run is None or (asked.model and asked.model not in names_of_candidate(model)):
            continue
        steps = [step for step in history.steps if step.run is model.run]
        layers.update(dict.fromkeys(step.subject for step in steps if step.layer is not None))
        origins = Origins(machine, model.run, model.name)
        found_here = chosen(machine, model.run, steps, asked, asked.path or path)
        if not found_here and (asked.layer or asked.line):  # a graph is built before anything runs
            found_here = chosen(machine, model.run, [step for step in history.steps if step.run is None], asked, asked.path or path)
        for step in found_here:
            found.append(origins.explanation(step, occurrence_of(step, occurrences)))
    near = [each for each in occurrences if not asked.line or stands_on(each, asked.path or path, asked.line)]
    told = [each.failure for each in found if each.failure is not None]
    is_wanted = asked.line or not (found or asked.layer or asked.arguments)
    others = [each for each in near if each not in told] if is_wanted else []
    names = tuple(name for model in shown for name in names_of_candidate(model))
    return Explained(tuple(found), tuple(others), names, tuple(layers))


def names_of_candidate(model: Candidate) -> tuple[str, str]:
    """What a model goes by: its variable, or its class."""
    return model.name, model.instance.cls.name


def chosen(machine: Machine, run: Run, steps: Sequence[Step], asked: Asked, path: str) -> list[Step]:
    """The steps that are asked for, in order."""
    if asked.arguments:
        steps = [step for step in steps if is_built_with(step, asked.arguments)]
    if asked.layer:
        exact = [step for step in steps if step.subject == asked.layer]
        return exact or [step for step in steps if step.layer is not None and step.subject.startswith(f"{asked.layer}.")][-1:]
    if asked.line:
        called = [step for step in steps if is_on(placing.visible(machine, step.site), path, asked.line)]
        built = [step for step in steps if step.layer is not None and is_on(placing.visible(machine, step.layer.site), path, asked.line)]
        outer = [step for step in steps if any(is_on(at, path, asked.line) for at in placing.outwards(step.site))]
        return called or built or outer[-1:]
    if asked.arguments:
        return list(steps)
    failing = [step for step in steps if step.failure is not None]
    given = tensors_within((run.output,))
    last = [step for step in steps if any(tensor in given for tensor in step.outputs)]
    return failing or last[-1:] or list(steps[-1:])


def is_built_with(step: Step, arguments: Sequence[tuple[str, int]]) -> bool:
    def has(name: str, size: int) -> bool:
        value = step.arguments.get(name)
        return is_size(value) and equal(value, size)  # type: ignore[arg-type]  # `is_size`

    return step.layer is not None and all(has(name, size) for name, size in arguments)


def is_on(site: Site | None, path: str, line: int) -> bool:
    return site is not None and site.path == path and site.node.span.line <= line <= site.node.span.end_line


def stands_on(occurrence: Occurrence, path: str, line: int) -> bool:
    places = (occurrence.place, *(note.place for note in occurrence.notes))
    return any(place.path == path and place.span.line <= line <= place.span.end_line for place in places)


def occurrence_of(step: Step, occurrences: Sequence[Occurrence]) -> Occurrence | None:
    """The finding of a step that failed."""
    return next((each for each in occurrences if step.failure is not None and each.failure is step.failure), None)
