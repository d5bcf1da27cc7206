"""Branches that would meet if windows kept the size: the paddings that must be written for it, proven by the arithmetic of the branch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cnnlint.dims import Dim, Dims, Shape, equal
from cnnlint.failures import ConcatenationMismatch, LayerFailure, Unbroadcastable
from cnnlint.flows import Sliding
from cnnlint.formulas import window_output
from cnnlint.graph import Place, WrittenChange
from cnnlint.interpreter import placing
from cnnlint.interpreter.machine import Machine
from cnnlint.interpreter.syntax import text_at
from cnnlint.record import record
from cnnlint.source import SourceText, ir
from cnnlint.values import Instance, Tensor

if TYPE_CHECKING:
    from cnnlint.interpreter.runs import Run

KERNEL, PADDING = "kernel_size", "padding"


@record
class Link:
    """A step of a branch: the tensor that it gave, the one that it read, and the layer that it is a call of, if it is one."""

    gave: Tensor
    read: Tensor
    layer: Instance | None


def paddings(machine: Machine, failure: LayerFailure) -> tuple[WrittenChange, ...]:
    """What must be written so that the branches which a failure is about have one size; nothing where that is not proven."""
    run = machine.recorder.active
    operands = [operand for operand in failure.operands if isinstance(operand, Tensor)]
    if run is None or len(operands) < 2 or not isinstance(failure, (Unbroadcastable, ConcatenationMismatch)):
        return ()
    free = None if isinstance(failure, Unbroadcastable) else failure.axis
    largest = next((each for each in operands if not any(is_larger(other.shape, each.shape, free) for other in operands)), operands[0])
    others = {id(largest), *(id(link.read) for link in chain(run, largest))}
    changed: dict[Place, WrittenChange] = {}
    for operand in operands:
        if not is_larger(largest.shape, operand.shape, free):
            continue
        windows = shrinking(until(list(chain(run, operand)), others), largest.shape, free)
        changes = [change_of(machine, layer) for layer in windows]
        if not changes or not all(changes) or any(is_built_like(call.instance, windows) for call in run.calls):
            return ()
        changed.update({change.place: change for change in changes if change is not None})
    return tuple(changed.values())


def is_larger(one: Shape, other: Shape, free: int | None) -> bool:
    """Whether a shape has another size than one of its rank on an axis, `free` left out, and nowhere a smaller one."""
    sizes = list(pairs(one, other, free))
    known = [(a, b) for a, b in sizes if isinstance(a, int) and isinstance(b, int)]
    return len(one) == len(other) and len(known) == len(sizes) and all(a >= b for a, b in known) and any(a > b for a, b in known)


def pairs(one: Shape, other: Shape, free: int | None) -> Iterator[tuple[Dim, Dim]]:
    """The sizes of two shapes axis by axis, without the axis that may differ."""
    rank = len(one)
    return ((a, b) for axis, (a, b) in enumerate(zip(one, other, strict=False)) if free is None or axis != free % rank)


def chain(run: Run, tensor: Tensor) -> Iterator[Link]:
    """The steps that lead to a tensor, the last first, as long as each reads just one tensor."""
    while True:
        link = last_step(run, tensor)
        if link is None:
            return
        yield link
        tensor = link.read


def last_step(run: Run, tensor: Tensor) -> Link | None:
    for call in reversed(run.calls):
        if call.output is tensor and placing.declaration_of(call.instance) is not None and call.inputs != [tensor]:
            inputs = [value for value in call.inputs if isinstance(value, Tensor)]
            return Link(tensor, inputs[0], call.instance) if len(inputs) == len(call.inputs) == 1 else None
    for _, operations in reversed(run.applied):
        for applied in operations:
            if any(gave is tensor for gave in applied.gave):
                return Link(tensor, applied.read[0], None) if len(applied.read) == 1 and applied.read[0] is not tensor else None
    return None


def until(links: Sequence[Link], others: set[int]) -> list[Link]:
    """The steps since a branch left the other one, the first first; none if it never did."""
    for number, link in enumerate(links):
        if id(link.read) in others:
            return list(links[: number + 1])[::-1]
    return []


def shrinking(links: Sequence[Link], wanted: Shape, free: int | None) -> list[Instance]:
    """The layers whose windows lose a border, if the branch had the wanted shape without that; else none."""
    if not links:
        return []
    sizes = list(links[0].read.shape)
    found: list[Instance] = []
    for link in links:
        before, after, flow = link.read.shape, link.gave.shape, link.gave.flow
        if len(before) != len(after) or before.leading or after.leading:
            return []
        kept = list(after)
        if isinstance(flow, Sliding):
            padding = flow.padding
            if link.layer is not None and loses_border(flow):
                padding = Dims(kernel // 2 for kernel in flow.kernel)
                found.append(link.layer)
            windows = zip(flow.axes, flow.kernel, flow.stride, padding, flow.dilation, strict=True)
            for axis, kernel, stride, before_and_after, dilation in windows:
                output = window_output(sizes[axis], kernel, stride, before_and_after, dilation)
                assert not isinstance(output, Dims)  # of one axis
                kept[axis] = output
        elif not all(equal(a, b) for a, b in zip(before, after, strict=True)):
            return []
        else:
            kept = sizes
        sizes = kept
    return found if all(equal(a, b) for a, b in pairs(Shape(tuple(sizes)), wanted, free)) else []


def loses_border(flow: Sliding) -> bool:
    """Whether a window has no padding, and half of its kernel would keep the size at a stride of 1."""
    is_bare = all(equal(padding, 0) and equal(dilation, 1) for padding, dilation in zip(flow.padding, flow.dilation, strict=True))
    sizes = [kernel for kernel in flow.kernel if isinstance(kernel, int)]
    return is_bare and len(sizes) == len(tuple(flow.kernel)) and all(size % 2 for size in sizes) and any(size > 1 for size in sizes)


def is_built_like(module: Instance, layers: Sequence[Instance]) -> bool:
    """Whether a module is none of the layers, but built by the same call as one of them."""
    site = module.site
    return module not in layers and any(
        site is not None and layer.site is not None and (site.path, site.node.span) == (layer.site.path, layer.site.node.span)
        for layer in layers
    )


def change_of(machine: Machine, layer: Instance) -> WrittenChange | None:
    """Half of the kernel as the padding of the call that builds a layer; None where the call doesn't say the kernel itself."""
    site, declaration = layer.site, placing.declaration_of(layer)
    if site is None or declaration is None or not isinstance(site.node, ir.Call) or not machine.is_project_file(site.path):
        return None
    source = machine.source_of(site.path)
    names = [parameter.name for parameter in declaration.parameters]
    if source is None or not {KERNEL, PADDING} <= set(names) or any(given.stars for given in site.node.arguments):
        return None
    kernel = placing.argument_node(site.node, names, KERNEL, 0)
    half = None if kernel is None else half_of(source, kernel)
    if half is None:
        return None
    written = placing.argument_node(site.node, names, PADDING, 0)
    if written is not None:
        return WrittenChange(Place(source.path, written.span), half) if isinstance(written, ir.Constant) else None
    return WrittenChange(Place(source.path, site.node.arguments[-1].span).end, f", {PADDING}={half}")


def half_of(source: SourceText, kernel: ir.Node) -> str | None:
    """Half of a kernel in the author's style: `1` for 3, `(1, 2)` for `(3, 5)`, `k // 2` for a name."""
    match kernel:
        case ir.Constant(value=int(size)):
            return str(size // 2)
        case ir.Name() | ir.Attribute():
            return f"{text_at(source, kernel.span)} // 2"
        case ir.Display(kind="tuple", elements=elements):
            halves = [half_of(source, element) for element in elements]
            return None if None in halves else f"({', '.join(half for half in halves if half is not None)})"
    return None
