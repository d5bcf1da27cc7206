"""A step that is one too many, as the source has it: the call that applies it, or the layer in its container."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cnnlint.graph import Place, WrittenChange
from cnnlint.interpreter import placing
from cnnlint.interpreter.machine import Machine, Site, site_at
from cnnlint.interpreter.syntax import is_same, nodes_below, text_at
from cnnlint.source import SourceText, ir
from cnnlint.values import Tensor

if TYPE_CHECKING:
    from cnnlint.interpreter.runs import CallRecord

_end_of_item = re.compile(r"\s*,?\s*(#.*)?\s*")

ATOMS = (ir.Name, ir.Attribute, ir.Call, ir.Subscript, ir.Constant, ir.Display)
"""What may stand for a call wherever that stands."""


def removal(machine: Machine, tensor: Tensor) -> WrittenChange | None:
    """How the step that made a tensor is taken out of the source; None where that isn't a call or a layer of a file of the project."""
    record, outer = maker(machine, tensor)
    if record is None:
        return bypassed(machine, site_at(machine.recorder.sites.get(tensor)), is_layer=False)
    if outer is not None and outer.site is not None and record.site is not None and outer.site.place == record.site.place:
        return taken_out(machine, record.instance.site, outer.instance.site)
    return bypassed(machine, record.site, is_layer=True)


def maker(machine: Machine, tensor: Tensor) -> tuple[CallRecord | None, CallRecord | None]:
    """The call of a framework's layer that gave a tensor, and the one that it is part of."""
    recorder = machine.recorder
    runs = [*recorder.runs, *(() if recorder.active is None else (recorder.active,))]
    for run in reversed(runs):
        for number in range(len(run.calls) - 1, -1, -1):
            record = run.calls[number]
            if record.output is tensor and placing.declaration_of(record.instance) is not None:
                around = (each for each in reversed(run.calls[:number]) if each.depth == record.depth - 1)
                return record, next(around, None)
    return None, None


def bypassed(machine: Machine, site: Site | None, *, is_layer: bool) -> WrittenChange | None:
    """The operand of a call in its place; an assignment that would then assign a variable to itself goes as a whole."""
    if site is None or not isinstance(site.node, ir.Call) or not machine.is_project_file(site.path):
        return None
    source = machine.source_of(site.path)
    if source is None:
        return None
    tree = machine.cache.lower(source)
    call = site.node
    operand = first_positional(call) if is_layer else operand_of(call, imported_names(tree))
    if operand is None:
        return None
    statement = lone_assignment(source, tree, call, operand)
    if statement is not None:
        return WrittenChange(lines_of(source, statement.span), "")
    text = text_at(source, operand.span)
    is_plain = isinstance(operand, ATOMS) or is_whole(tree, call)
    return WrittenChange(Place(source.path, call.span), text if is_plain else f"({text})")


def is_whole(tree: ir.Module, call: ir.Call) -> bool:
    """Whether a call is all of an argument, or of what a statement assigns or returns."""
    around = (node for node in nodes_below(tree) if isinstance(node, (ir.Argument, ir.Assign, ir.Return, ir.ExpressionStatement)))
    return any(node.value is not None and node.value.span == call.span for node in around)


def first_positional(call: ir.Call) -> ir.Expression | None:
    given = call.arguments[0] if call.arguments else None
    return None if given is None or given.keyword is not None or given.stars else given.value


def operand_of(call: ir.Call, imported: set[str]) -> ir.Expression | None:
    """What a function, or a method, is applied to: `x` in `F.softmax(x, dim=1)` and in `x.softmax(1)`."""
    match call.function:
        case ir.Name():
            return first_positional(call)
        case ir.Attribute(value=owner):
            root = owner
            while isinstance(root, ir.Attribute):
                root = root.value
            return first_positional(call) if isinstance(root, ir.Name) and root.id in imported else owner
    return None


def imported_names(tree: ir.Module) -> set[str]:
    """The names that imports of a file bind."""
    imports = (node for node in nodes_below(tree) if isinstance(node, (ir.Import, ir.ImportFrom)))
    return {(alias.asname or alias.name).partition(".")[0] for node in imports for alias in node.names}


def lone_assignment(source: SourceText, tree: ir.Module, call: ir.Call, operand: ir.Expression) -> ir.Assign | None:
    """The statement `x = softmax(x)`, if it stands on lines of its own and isn't all that its block has."""
    for block in blocks(tree):
        for statement in block if len(block) > 1 else ():
            if isinstance(statement, ir.Assign) and statement.value is not None and statement.value.span == call.span:
                is_alone = source.lines(statement.span.line, statement.span.end_line).strip() == text_at(source, statement.span)
                return statement if len(statement.targets) == 1 and is_same(statement.targets[0], operand) and is_alone else None
    return None


def blocks(tree: ir.Module) -> Iterator[Sequence[ir.Node]]:
    """Every list of statements of a file."""
    for node in nodes_below(tree):
        for name in ("body", "orelse", "final"):
            block = getattr(node, name, ())
            if isinstance(block, tuple):
                yield block


def lines_of(source: SourceText, span: ir.Span) -> Place:
    """The lines of a span with the line end before them, which a file has before all but its first line."""
    before = source.lines(span.line - 1, span.line - 1).rstrip("\r\n")
    after = source.lines(span.end_line, span.end_line).rstrip("\r\n")
    return Place(source.path, ir.Span(span.line - 1, len(before), span.end_line, len(after)))


def taken_out(machine: Machine, layer: Site | None, container: Site | None) -> WrittenChange | None:
    """A layer that is written among the arguments of its container, or in a list there, with its comma."""
    if layer is None or container is None or layer.path != container.path or not isinstance(container.node, ir.Call):
        return None
    source = machine.source_of(layer.path) if machine.is_project_file(layer.path) else None
    if source is None:
        return None
    arguments = [given.value for given in container.node.arguments if given.keyword is None]
    lists = [arguments, *(list(each.elements) for each in arguments if isinstance(each, ir.Display))]
    for items in lists:
        spans = [item.span for item in items]
        if layer.node.span in spans:
            return WrittenChange(Place(source.path, without(source, spans, spans.index(layer.node.span))), "")
    return None


def without(source: SourceText, spans: Sequence[ir.Span], number: int) -> ir.Span:
    """What is deleted so that one of several items is gone: its lines, if it has them to itself, else it and a comma."""
    span = spans[number]
    behind = source.lines(span.end_line, span.end_line)[span.end_column :]
    if not source.lines(span.line, span.line)[: span.column].strip() and _end_of_item.fullmatch(behind):
        return lines_of(source, span).span
    if number > 0:
        before = spans[number - 1]
        return ir.Span(before.end_line, before.end_column, span.end_line, span.end_column)
    if len(spans) > 1:
        return ir.Span(span.line, span.column, spans[1].line, spans[1].column)
    return span
