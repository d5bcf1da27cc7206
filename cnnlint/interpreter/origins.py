"""Where the sizes of a tensor come from: back through the steps that made it, to an argument, an input, or what is not known."""

from __future__ import annotations

from collections.abc import Iterator

from cnnlint.dims import Dim, Expression, Shape, equal
from cnnlint.graph import ArgumentOrigin, AxisOrigin, Explanation, Note, Occurrence, Origin, Place
from cnnlint.interpreter import placing
from cnnlint.interpreter.history import Step
from cnnlint.interpreter.machine import Machine, Site
from cnnlint.interpreter.runs import Run
from cnnlint.plugin.operation import tensors_within
from cnnlint.plugin.window import Window

MAKERS = ("out", "filters", "units", "embedding_dim", "hidden_size")
"""What the arguments that make a size are called, in whole or in part; any other only takes what arrives."""


class Origins:
    """The ways back of one run of a model, which goes by `name`."""

    def __init__(self, machine: Machine, run: Run, name: str) -> None:
        self.machine = machine
        self.run = run
        self.name = name
        self.inputs = {id(tensor) for tensor in tensors_within(run.inputs)}
        self.known: dict[tuple[int, int, int], Origin] = {}

    def arriving(self, step: Step, number: int, axis: int) -> Origin:
        """Where an axis of the tensor `number` comes from that a step gets."""
        tensor, source, size = step.inputs[number], step.sources[number], step.gets[number][axis]
        if id(tensor) in self.inputs:
            at = placing.visible(self.machine, self.run.site)
            return Origin("input", size, self.name, f"the input of `{self.name}`, {step.gets[number]}", None if at is None else at.place)
        if source is None or source is step:
            what = "a parameter" if tensor.requires_grad else "a tensor"
            return Origin("end", size, "", f"{what} of shape {step.gets[number]}", place_of(self.machine, step.site))
        outputs = [at for at, other in enumerate(source.outputs) if other is tensor]
        return self.made(source, outputs[0] if outputs else 0, axis)

    def made(self, step: Step, number: int, axis: int) -> Origin:
        """Where an axis of the tensor `number` comes from that a step gives."""
        key = (id(step), number, axis)
        if key not in self.known:
            self.known[key] = self.found(step, number, axis)
        return self.known[key]

    def found(self, step: Step, number: int, axis: int) -> Origin:
        shape = step.gives[number]
        size = shape[axis]
        place = place_of(self.machine, step.site)
        spatial = next((found for window in step.windows if (found := spatial_axis(window, shape, axis)) is not None), None)
        if spatial is None:
            argument = self.argument(step, size)
            if argument is not None:
                return argument
        same = [at for at, gets in enumerate(step.gets) if len(gets) == len(shape) and not gets.leading and equal(gets[axis], size)]
        if spatial is not None and not (same and equal(tuple(spatial[0].input)[spatial[1]], size)):
            window, which = spatial
            source = next((at for at, gets in enumerate(step.gets) if len(gets) == len(shape)), None)
            if source is not None:
                back = self.arriving(step, source, axis)
                return Origin("window", size, step.subject, arithmetic(window, which), self.layer_place(step) or place, (), (back,))
        if same:
            back = self.arriving(step, same[0], axis)
            return Origin(back.kind, back.size, back.subject, back.text, back.place, (step.subject, *back.through), back.sources)
        return self.combined(step, shape, axis, place) or Origin(
            "made", size, step.subject, f"made by `{step.subject}` of {shapes(step) or 'no tensor'}", place
        )

    def combined(self, step: Step, shape: Shape, axis: int, place: Place | None) -> Origin | None:
        """A size that is the product or the sum of others, or another axis moved here."""
        size = shape[axis]
        factors = shape.factors.get(axis - len(shape), shape.factors.get(axis, ()))
        for number, gets in enumerate(step.gets):
            start = run_of(factors, gets) if len(factors) > 1 else None
            if start is not None:
                parts = tuple(self.arriving(step, number, start + at) for at in range(len(factors)))
                return Origin("product", size, step.subject, " * ".join(map(bracketed, factors)), place, (), parts)
        alike = [number for number, gets in enumerate(step.gets) if len(gets) == len(shape)]
        if len(alike) > 1 and is_sum(step, alike, axis, size):
            parts = tuple(self.arriving(step, number, axis) for number in alike)
            return Origin("sum", size, step.subject, " + ".join(bracketed(step.gets[number][axis]) for number in alike), place, (), parts)
        moved = [(number, at) for number, gets in enumerate(step.gets) for at in range(len(gets)) if equal(gets[at], size)]
        if len(moved) == 1:
            back = self.arriving(step, *moved[0])
            return Origin("same", size, step.subject, f"axis {moved[0][1]} of {step.gets[moved[0][0]]}", place, (), (back,))
        return None

    def argument(self, step: Step, size: Dim) -> Origin | None:
        """The argument of a layer that makes a size."""
        for name, value in step.arguments.items():
            sizes = value if isinstance(value, tuple) else (value,)
            is_maker = any(word in name for word in MAKERS)
            if is_maker and step.layer is not None and any(is_size(each) and equal(each, size) for each in sizes):
                written = self.written(step, name)
                return Origin("argument", size, step.subject, f"`{name}`{written[0]}", written[1] or self.layer_place(step))
        return None

    def written(self, step: Step, name: str) -> tuple[str, Place | None]:
        """` = planes * 4` and its place, where that says more than the number."""
        made = placing.made_at(self.machine, step.layer, name) if step.layer is not None else None
        if made is None:
            return "", None
        if not self.machine.is_shown(made.site.path):
            return "", None
        place = Place(made.site.path, made.node.span)
        source = self.machine.source_of(made.site.path)
        span = made.node.span
        if source is None or span.line != span.end_line:
            return "", place
        text = source.lines(span.line, span.line)[span.column : span.end_column]
        return ("" if text.isdecimal() or len(text) > 60 or made.node is made.site.node else f" = `{text}`"), place

    def layer_place(self, step: Step) -> Place | None:
        return None if step.layer is None else place_of(self.machine, step.layer.site)

    def explanation(self, step: Step, failure: Occurrence | None) -> Explanation:
        """All that is told of a step."""
        axes = []
        for number, gets in enumerate(step.gets):
            if step.inputs[number].requires_grad and id(step.inputs[number]) not in self.inputs and step.layer is None:
                continue  # a weight that a function is given
            first = 1 if len(gets) > 1 else 0
            axes += [AxisOrigin(number, axis, self.arriving(step, number, axis)) for axis in range(first, len(gets))]
        return Explanation(
            self.name,
            step.subject,
            step.layer.cls.qualified if step.layer is not None else "",
            self.layer_place(step),
            place_of(self.machine, step.site),
            tuple(step.gets),
            tuple(step.gives),
            tuple(dict.fromkeys(arithmetic(window, which) for window in step.windows for which in range(len(tuple(window.output))))),
            tuple(self.arguments(step)),
            tuple(axes),
            failure,
        )

    def arguments(self, step: Step) -> Iterator[ArgumentOrigin]:
        """The sizes that a layer was built with, each with the places that lead to it."""
        if step.layer is None:
            return
        for name, value in step.arguments.items():
            if not is_size(value) or not any(word in name for word in ("in_", "out_", "num_features", *MAKERS[1:])):
                continue
            text, place = self.written(step, name)
            notes: list[Note] = [] if place is None else placing.path_notes(self.machine, step.layer.site, place, "")
            path = tuple(dict.fromkeys((*(() if place is None else (place,)), *(note.place for note in notes))))
            yield ArgumentOrigin(name, value, text.removeprefix(" = "), path)


def is_size(value: object) -> bool:
    return isinstance(value, (int, Expression)) and not isinstance(value, bool)


def place_of(machine: Machine, site: Site | None) -> Place | None:
    """The innermost place of the user's project on the way to a site."""
    at = placing.visible(machine, site)
    return None if at is None else at.place


def spatial_axis(window: Window, shape: Shape, axis: int) -> tuple[Window, int] | None:
    """The window and which of its axes an axis of its output is."""
    first = len(shape) - len(tuple(window.output))
    which = axis - first
    return (window, which) if which >= 0 and equal(tuple(window.output)[which], shape[axis]) else None


def arithmetic(window: Window, which: int) -> str:
    """`(32 - 5 + 2*0) / 1 + 1`; where the textbook's rule says nothing, only from what."""
    size, kernel, stride, before, after, dilation, output = (
        tuple(sizes)[which]
        for sizes in (
            window.input,
            window.kernel,
            window.stride,
            window.padding_before,
            window.padding_after,
            window.dilation,
            window.output,
        )
    )
    if not window.rounds:
        return f"from {size} by a window of {kernel}, stride {stride}"
    dilated = str(kernel) if equal(dilation, 1) else f"({dilation}*({kernel} - 1) + 1)"
    padding = f"2*{before}" if equal(before, after) else f"{before} + {after}"
    return f"({size} - {dilated} + {padding}) / {stride} + 1 = {output}"


def bracketed(size: Dim) -> str:
    """A size as it stands among others: in brackets if it is a sum or a quotient."""
    text = str(size)
    return text if text.isalnum() or text.isidentifier() else f"({text})"


def run_of(factors: tuple[Dim, ...], gets: Shape) -> int | None:
    """Where the factors stand one after another among the sizes of a shape, from its end."""
    for start in range(len(gets) - len(factors), -1, -1):
        if all(equal(gets[start + at], factor) for at, factor in enumerate(factors)):
            return start
    return None


def is_sum(step: Step, numbers: list[int], axis: int, size: Dim) -> bool:
    total: Dim = 0
    for number in numbers:
        total = total + step.gets[number][axis]
    return equal(total, size)


def shapes(step: Step) -> str:
    return ", ".join(map(str, step.gets))
