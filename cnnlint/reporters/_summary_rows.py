"""The lines of a summary: layer calls, modules at the depth that was asked for, and equal blocks in a row folded into one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cnnlint.record import value

if TYPE_CHECKING:
    from cnnlint.dims import Dim, Shape
    from cnnlint.graph import BlockCall, LayerCall, Memory, Model, ReceptiveField, ReceptiveFields
    from cnnlint.plugin import Printing


@value
class SummaryLine:
    """A line of a summary: one call of a layer, or of a module with all that is in it; `times` equal ones stand in a row.

    `memory` are the bytes that it makes, None where they aren't asked for; `field` is the receptive field of what it gives, by axis.
    """

    name: str
    type: str
    call: int
    inputs: tuple[Shape | None, ...]
    outputs: tuple[Shape | None, ...]
    params: Dim | None
    macs: Dim | None
    memory: Dim | None
    field: tuple[ReceptiveField | None, ...]
    times: int = 1


@dataclass(slots=True)
class _Node:
    """A call with the calls inside of it, in order of time; equal to another if all but the names and ordinals is."""

    line: SummaryLine
    children: list[_Node] = field(default_factory=list)

    def looks(self) -> tuple[object, ...]:
        line = self.line
        sizes = (_text(line.inputs), _text(line.outputs), str(line.params), str(line.macs), str(line.memory))
        return (line.type, *sizes, tuple(child.looks() for child in self.children))


def summary_lines(
    model: Model, printing: Printing, memory: Memory | None = None, fields: ReceptiveFields | None = None
) -> list[SummaryLine]:
    """The lines of a model in order of time, as deep and as folded as `printing` says."""
    sizes: Sequence[Dim | None] = (None,) * len(model.calls) if memory is None or not memory.calls else memory.calls
    seen: Sequence[tuple[ReceptiveField | None, ...]] = ((),) * len(model.calls) if fields is None else fields.calls
    leaves = [_leaf(call, size, field) for call, size, field in zip(model.calls, sizes, seen, strict=True)]
    if printing.depth is None and not printing.is_folded:
        return leaves
    return list(_lines(_tree(model, leaves), printing, depth=1))


def range_of_names(first: str, last: str) -> str:
    """`layer1.1-3` for `layer1.1` and `layer1.3`; `a..b` where the last part is no number."""
    prefix, dot, number = first.rpartition(".")
    end = last.rpartition(".")[2]
    return f"{prefix}{dot}{number}-{end}" if number.isdecimal() and end.isdecimal() else f"{first}..{last}"


def _leaf(call: LayerCall, memory: Dim | None, field: tuple[ReceptiveField | None, ...]) -> SummaryLine:
    layer = call.layer
    return SummaryLine(layer.name, layer.type, call.call, call.inputs, call.outputs, layer.params, call.macs, memory, field)


def _block(block: BlockCall, model: Model, leaves: Sequence[SummaryLine]) -> SummaryLine:
    """A module with what is in it: the parameters of all layers below its name, the MACs and bytes of the calls made in it."""
    name = block.layer.name
    inside = [layer.params for layer in model.layers if layer.name == name or not name or layer.name.startswith(f"{name}.")]
    macs = [line.macs for line in leaves[block.first : block.end] if line.macs is not None]
    memory = [line.memory for line in leaves[block.first : block.end]]
    params = None if None in inside else _sum(inside)
    total, made = _sum(macs) if macs else None, None if None in memory else _sum(memory)
    field = leaves[block.end - 1].field if block.end > block.first else ()
    return SummaryLine(name, block.layer.type, block.call, block.inputs, block.outputs, params, total, made, field)


def _sum(counts: Sequence[Dim | None]) -> Dim:
    total: Dim = 0
    for count in counts:
        total = total if count is None else total + count
    return total


def _tree(model: Model, leaves: Sequence[SummaryLine]) -> list[_Node]:
    """The calls directly in the model, each with those inside of it."""
    top = _Node(SummaryLine("", "", 1, (), (), None, None, None, ()))
    open_blocks: list[tuple[_Node, int]] = [(top, len(model.calls) + 1)]
    own = model.layers[0] if model.layers else None  # some frameworks name the model itself as well
    waiting = [block for block in model.blocks if block.layer.name and block.layer is not own and block.end > block.first]
    for number, leaf in enumerate(leaves):
        while open_blocks[-1][1] <= number:
            open_blocks.pop()
        while waiting and waiting[0].first <= number:
            block = waiting.pop(0)
            node = _Node(_block(block, model, leaves))
            open_blocks[-1][0].children.append(node)
            open_blocks.append((node, block.end))
        open_blocks[-1][0].children.append(_Node(leaf))
    return top.children


def _lines(nodes: list[_Node], printing: Printing, depth: int) -> Iterator[SummaryLine]:
    for same in _runs(nodes) if printing.is_folded else ([node] for node in nodes):
        first, last = same[0], same[-1]
        if first.children and (printing.depth is None or depth < printing.depth):
            inner = list(_lines(first.children, printing, depth + 1))
        else:
            inner = [first.line]
        for line in inner:
            yield _repeated(line, first.line.name, last.line.name, len(same))


def _runs(nodes: list[_Node]) -> Iterator[list[_Node]]:
    """The nodes, those that look the same and follow each other together; only the first call of a layer counts as such."""
    run: list[_Node] = []
    for node in nodes:
        if run and node.line.call == 1 and run[0].line.call == 1 and node.looks() == run[0].looks():
            run.append(node)
            continue
        if run:
            yield run
        run = [node]
    if run:
        yield run


def _repeated(line: SummaryLine, first: str, last: str, times: int) -> SummaryLine:
    """A line of the first of several equal blocks, for all of them."""
    if times == 1:
        return line
    name = range_of_names(first, last) + line.name.removeprefix(first)
    sizes = (line.inputs, line.outputs, line.params, line.macs, line.memory, line.field)
    return SummaryLine(name, line.type, line.call, *sizes, line.times * times)


def _text(shapes: Sequence[Shape | None]) -> str:
    return ", ".join(map(str, shapes))
