"""Changes of the source that may let a model take an input size for which it fails: whether they do is for a further analysis to say."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias

from cnnlint.diagnostics import Edit
from cnnlint.dims import Dim, greater
from cnnlint.failures import ConcatenationMismatch, EmptyOutput, FeatureMismatch, LayerFailure, ReshapeCount, Unbroadcastable
from cnnlint.graph import Place
from cnnlint.interpreter.chains import sizes_after
from cnnlint.interpreter.history import Step
from cnnlint.interpreter.machine import Machine, Site
from cnnlint.interpreter.placing import Made, argument_node, declaration_of, made_at
from cnnlint.interpreter.spelling import is_namespace, module_at, spelled_in
from cnnlint.interpreter.syntax import text_at
from cnnlint.interpreter.writing import call_at
from cnnlint.plugin.framework import Framework
from cnnlint.plugin.native import Refitting
from cnnlint.record import value
from cnnlint.source import SourceText, ir
from cnnlint.values import Instance

MOST_PADDING = 5
"""Paddings up to so much are tried where a kernel would allow more."""

Kind: TypeAlias = Literal["size", "padding", "pooling", "matching"]


@value
class Proposal:
    """A change, in words, and the edits that make it; those of one `kind` and `subject` together may be needed to mend a model."""

    kind: Kind
    subject: str
    message: str
    edits: tuple[Edit, ...]


def proposals(machine: Machine, framework: Framework, steps: Sequence[Step]) -> Iterator[Proposal]:
    """What may mend the failure that the steps of a run end with."""
    failing = next((number for number, step in enumerate(steps) if step.failure is not None), None)
    if failing is None:
        return
    step, refitting = steps[failing], framework.convention.refitting if framework.convention is not None else None
    failure = step.failure
    assert failure is not None
    yield from paddings(machine, steps[: failing + 1], failure)
    if refitting is not None:
        writer = Writer(machine, framework)
        yield from poolings(writer, refitting, steps[: failing + 1], failure)
        yield from matchings(writer, refitting, step, failure)


class Writer:
    """What stands in the project's files, and how they name what a framework has."""

    def __init__(self, machine: Machine, framework: Framework) -> None:
        self.machine = machine
        self.framework = framework

    def source(self, site: Site | None) -> SourceText | None:
        """The text of a site's file, if it is one of the project's."""
        return None if site is None or not self.machine.is_project_file(site.path) else self.machine.source_of(site.path)

    def spelled(self, site: Site, path: str) -> str:
        module = module_at(self.machine, site.path)
        return "" if module is None else spelled_in(self.machine, self.framework, module, path)

    def wrapped(self, site: Site, node: ir.Node, function: str, arguments: str) -> tuple[Edit, ...]:
        """The edits that make an expression the first argument of a function."""
        at = Place(site.path, node.span)
        return (Edit(at.start, f"{function}("), Edit(at.end, f"{arguments})"))


# Padding


def paddings(machine: Machine, steps: Sequence[Step], failure: LayerFailure) -> Iterator[Proposal]:
    """Other paddings of the windows before a failure, the smallest changes first; those that can't mend it are left out."""
    for number, step in enumerate(steps):
        if not step.windows or step.layer is None:
            continue
        window = step.windows[-1]
        kernels = [size for size in window.kernel if isinstance(size, int)]
        present = {str(size) for size in (*window.padding_before, *window.padding_after)}
        made = padding_of(machine, step.layer)
        if made is None or not window.rounds or not kernels or is_shared(steps, step):
            continue
        most = min(MOST_PADDING, max(kernels) - 1 if window.has_weights else min(kernels) // 2)
        for padding in range(most + 1):
            if present != {str(padding)} and may_mend(steps, number, padding, failure):
                edit = padding_edit(machine, made, padding)
                if edit is not None:
                    yield Proposal("padding", step.subject, f"set `padding` of `{step.subject}` to {padding}", (edit,))


def is_shared(steps: Sequence[Step], step: Step) -> bool:
    """Whether what builds a step's layer makes other steps of the model as well, which a change there would change too."""
    layer = step.layer
    return layer is not None and any(
        other is not step and other.layer is not None and is_same_place(other.layer.site, layer.site) for other in steps
    )


def is_same_place(one: Site | None, other: Site | None) -> bool:
    return one is not None and other is not None and one.path == other.path and one.node.span == other.node.span


def padding_of(machine: Machine, layer: Instance) -> Made | None:
    """Where the padding of a layer is written: a literal, or the call that doesn't have it."""
    declaration = declaration_of(layer)
    if declaration is None or all(parameter.name != "padding" for parameter in declaration.parameters):
        return None
    made = made_at(machine, layer, "padding")
    if made is None or not machine.is_project_file(made.site.path):
        return None
    is_literal = all(isinstance(each, ir.Constant) for each in (made.node.elements if isinstance(made.node, ir.Display) else (made.node,)))
    is_call = isinstance(made.node, ir.Call) and layer.site is not None and made.node is layer.site.node
    return made if is_literal or (is_call and not any(given.stars for given in made.node.arguments)) else None  # type: ignore[attr-defined]


def padding_edit(machine: Machine, made: Made, padding: int) -> Edit | None:
    source = machine.source_of(made.site.path)
    if source is None:
        return None
    if not isinstance(made.node, ir.Call):
        return Edit(Place(source.path, made.node.span), str(padding))
    call = call_at(source, made.node)
    return Edit(call.end, f"{', ' if call.arguments else ''}padding={padding}")


def may_mend(steps: Sequence[Step], changed: int, padding: int, failure: LayerFailure) -> bool:
    """Whether the arithmetic of the windows that follow doesn't rule out that a padding mends a failure."""
    sizes = sizes_after(steps, changed, padding)
    if sizes is None:
        return True
    if any(greater(1, size) for size in sizes):
        return False
    features, axes = features_wanted(failure), flattened_axes(failure)
    if features is None or len(axes) <= len(sizes):
        return True
    return all(isinstance(size, int) for size in axes) and math.prod((*axes[: -len(sizes)], *sizes)) == features


def flattened_axes(failure: LayerFailure) -> tuple[Dim, ...]:
    """The sizes whose product the features of an example are."""
    match failure:
        case FeatureMismatch(factors=factors):
            return factors
        case ReshapeCount(shape=shape):
            return shape.dims[1:]
    return ()


# Pooling to a size


def poolings(writer: Writer, refitting: Refitting, steps: Sequence[Step], failure: LayerFailure) -> Iterator[Proposal]:
    """Pools to the size that a fully connected layer was built for, in the place of a pool with windows, or before what flattens."""
    step = steps[-1]
    if isinstance(failure, EmptyOutput) and step.layer is not None and step.gets:
        axes = len(step.gets[0]) - 2
        yield from adaptive(writer, refitting, steps, step, step.layer, (1,) * axes)
    flattening = flattened_by(step, failure)
    features = features_wanted(failure)
    if flattening is None or features is None:
        return
    shape = flattening.gets[0]
    size = side(features, shape.dims[1], len(shape) - 2)
    if size is None:
        return
    sizes = (size,) * (len(shape) - 2)
    pool = flattening.sources[0] if flattening.sources else None
    if pool is not None and pool.windows and pool.layer is not None:
        yield from adaptive(writer, refitting, steps, pool, pool.layer, sizes)
    yield from pooled_before(writer, refitting, flattening, sizes)


def features_wanted(failure: LayerFailure) -> Dim | None:
    """How many features a fully connected layer was built for, or a reshape makes of an example."""
    match failure:
        case FeatureMismatch(expected=expected):
            return expected
        case ReshapeCount(target=(*_, last)):
            return last
    return None


def flattened_by(step: Step, failure: LayerFailure) -> Step | None:
    """The step that makes one axis of the spatial ones, before the layer that fails; a reshape that fails is it itself."""
    if isinstance(failure, ReshapeCount):
        return step if step.gets and not step.gets[0].leading and 3 <= len(step.gets[0]) > len(failure.target) else None
    seen = 0
    source = step.sources[0] if step.sources else None
    while source is not None and seen < 100:
        if source.gets and source.gives and not source.gets[0].leading and 3 <= len(source.gets[0]) > len(source.gives[0]):
            return source
        source = source.sources[0] if source.sources else None
        seen += 1
    return None


def side(features: Dim, channels: Dim, axes: int) -> int | None:
    """The size whose power over the axes is the number of features a channel; None where there is none."""
    if not (isinstance(features, int) and isinstance(channels, int)) or channels < 1 or features % channels or axes < 1:
        return None
    return next((size for size in range(1, features + 1) if size**axes >= features // channels), 0) or None


def adaptive(
    writer: Writer, refitting: Refitting, steps: Sequence[Step], step: Step, layer: Instance, sizes: tuple[int, ...]
) -> Iterator[Proposal]:
    """The layer that pools to sizes for one with windows."""
    declaration, site = declaration_of(layer), layer.site
    path = refitting.adaptive.get(declaration.path) if declaration is not None else None
    if path is None or site is None or writer.source(site) is None or not isinstance(site.node, ir.Call) or is_shared(steps, step):
        return
    name = writer.spelled(site, path)
    if name:
        edit = Edit(Place(site.path, site.node.span), f"{name}({listed(sizes)})")
        yield Proposal("pooling", step.subject, f"let `{step.subject}` pool to {times(sizes)}", (edit,))


def pooled_before(writer: Writer, refitting: Refitting, flattening: Step, sizes: tuple[int, ...]) -> Iterator[Proposal]:
    """A pool before what flattens: as a layer in a sequence, or as a function around what is flattened."""
    message = f"pool to {times(sizes)} before `{flattening.subject}`"
    layer, site = flattening.layer, flattening.site
    built = layer.site if layer is not None else None
    if built is not None and writer.source(built) is not None:
        name = writer.spelled(built, refitting.pooling_layer.format(axes=len(sizes)))
        if name:
            edit = Edit(Place(built.path, built.node.span).start, f"{name}({listed(sizes)}), ")
            yield Proposal("pooling", flattening.subject, message, (edit,))
    if site is None or writer.source(site) is None or not isinstance(site.node, ir.Call):
        return
    node = flattened_node(writer.machine, site.node, site, is_layer=layer is not None)
    name = writer.spelled(site, refitting.pooling.format(axes=len(sizes)))
    if name and node is not None:
        yield Proposal("pooling", flattening.subject, message, writer.wrapped(site, node, name, f", {listed(sizes)}"))


def flattened_node(machine: Machine, call: ir.Call, site: Site, *, is_layer: bool) -> ir.Node | None:
    """The tensor of `x.flatten(1)`, `flatten(x, 1)` or, of a layer, `self.flatten(x)`."""
    function = call.function
    if isinstance(function, ir.Attribute) and not is_layer and not is_namespace(machine, module_at(machine, site.path), function.value):
        return function.value
    return argument_node(call, [], "input", 0) or next((given.value for given in call.arguments if not given.stars), None)


# Branches that meet


def matchings(writer: Writer, refitting: Refitting, step: Step, failure: LayerFailure) -> Iterator[Proposal]:
    """The smaller of two tensors that meet made as large as the other one; the larger smaller where only that can be written."""
    site = step.site
    source = writer.source(site)
    if site is None or source is None or not isinstance(failure, (ConcatenationMismatch, Unbroadcastable)) or len(step.gets) != 2:
        return
    operands = meeting(site.node)
    if operands is None or len(step.gets[0]) != len(step.gets[1]) or len(step.gets[0]) < 3:
        return
    axis = failure.differing if isinstance(failure, ConcatenationMismatch) else failure.axis
    first, second = step.gets[0].dims[axis], step.gets[1].dims[axis]
    is_first = greater(second, first)
    small, large = operands if is_first else (operands[1], operands[0])
    if not is_plain(large):
        small, large = large, small
    if not is_plain(large):
        return
    tensor, other = text_at(source, small.span), text_at(source, large.span)
    for way in refitting.matching:
        name = writer.spelled(site, way.path)
        if name and (is_plain(small) or not way.repeats):
            text = f"{name}({way.arguments(tensor, other, len(step.gets[0]) - 2)})"
            edit = Edit(Place(site.path, small.span), text)
            yield Proposal("matching", way.path, f"{way.text} `{tensor}` to the size of `{other}`", (edit,))


def meeting(node: ir.Node) -> tuple[ir.Node, ir.Node] | None:
    """The two expressions that an operator, or a call with a list of two, combines."""
    match node:
        case ir.Binary(left=left, right=right):
            return left, right
        case ir.Call(arguments=(ir.Argument(value=ir.Display(elements=(first, second))), *_)):
            return first, second
        case ir.Call(arguments=(ir.Argument(value=first, stars=0), ir.Argument(value=second, stars=0))):
            return first, second
    return None


def is_plain(node: ir.Node) -> bool:
    """Whether an expression may stand in the text twice: a name, an attribute or an item."""
    match node:
        case ir.Name():
            return True
        case ir.Attribute(value=inner):
            return is_plain(inner)
        case ir.Subscript(value=inner):
            return is_plain(inner)
    return False


def listed(sizes: Sequence[int]) -> str:
    return str(sizes[0]) if (len(set(sizes)) == 1 and sizes[0] == 1) or len(sizes) == 1 else f"({', '.join(map(str, sizes))})"


def times(sizes: Sequence[int]) -> str:
    return " x ".join(map(str, sizes))
