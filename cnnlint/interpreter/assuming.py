"""Shapes that comments state of assigned values: used where nothing is known, held against what is."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cnnlint.dims import Dim, Expression, Shape, differ, equal, maximum, minimum, own_symbol, symbol, symbols, unknown_size
from cnnlint.failures import StatedShapeDiffers
from cnnlint.interpreter import attributes
from cnnlint.interpreter.demand import axes_of
from cnnlint.interpreter.machine import Frame, Machine, Promise
from cnnlint.interpreter.models import framework_of
from cnnlint.interpreter.sizing import FEWEST, MOST
from cnnlint.plugin.framework import Framework
from cnnlint.source import SourceText, StatedDims, StatedError, directives, ir, parse_dims
from cnnlint.values import MISSING, ModuleValue, Scope, Tensor, Unknown, Value

VERB = "shape"

_PREFIX = "_size that a comment names "
"""Before a name that no code binds, among the variables of a function; code can't spell it."""


@dataclass(frozen=True, slots=True)
class StatedOfLine:
    """The shape that a comment on `line` states; from above only of an assignment that begins on the line below."""

    dims: StatedDims
    text: str
    line: int
    is_above: bool


def stated_shapes(source: SourceText) -> dict[int, StatedOfLine]:
    """The stated shapes of a file, by the line of the assignment."""
    found: dict[int, StatedOfLine] = {}
    for directive in directives(source):
        if directive.verb != VERB or directive.problem is not None:
            continue
        line = directive.line
        while directive.alone and line + 1 < len(source.line_starts):
            line += 1
            text = source.lines(line, line).strip()
            if text and not text.startswith("#"):
                break
        try:
            dims = parse_dims(directive.arguments or "")
        except StatedError:
            continue  # said by `malformed-directive`
        found.setdefault(line, StatedOfLine(dims, directive.arguments or "", directive.line, directive.alone))
    return found


def shapes_of(machine: Machine, module: ModuleValue) -> Mapping[int, StatedOfLine]:
    """The stated shapes of a module, read once."""
    found = machine.stated_shapes.get(module)
    if found is None:
        found = stated_shapes(module.source) if isinstance(module.source, SourceText) else {}
        machine.stated_shapes[module] = found
    return found


def with_stated_shape(frame: Frame, node: ir.Assign | ir.AugmentedAssign, assigned: Value) -> Value:
    """The value that an assignment binds, as its comment completes it; a shape that differs is a finding, and the value stays."""
    shapes = shapes_of(frame.machine, frame.module)
    if not shapes:
        return assigned
    targets = node.targets if isinstance(node, ir.Assign) else (node.target,)
    for line in range(node.span.line, node.span.end_line + 1):
        stated = shapes.get(line)
        if stated is not None and (line == node.span.line or not stated.is_above):
            is_one = not any(isinstance(target, (ir.Display, ir.Starred)) for target in targets)
            return _completed(frame, node, assigned, stated) if is_one else assigned
    return assigned


def _completed(frame: Frame, node: ir.Assign | ir.AugmentedAssign, assigned: Value, stated: StatedOfLine) -> Value:
    machine = frame.machine
    has_leading = stated.dims.has_leading
    if isinstance(assigned, Unknown):
        framework = _framework(frame)
        if framework is None:
            return assigned
        machine.recorder.note_assumed(assigned)
        names = _Names(frame, stated.line)
        return Tensor(Shape(tuple(names.size(dim) for dim in stated.dims.dims), leading=has_leading), framework.arrays)
    if not isinstance(assigned, Tensor) or assigned.is_doubtful:
        return assigned
    known = assigned.shape
    names = _Names(frame, stated.line)
    names.take(stated.dims.dims, known)
    dims = tuple(names.size(dim) for dim in stated.dims.dims)
    if _differs(known, dims, has_leading):
        machine.recorder.report(StatedShapeDiffers(stated.text, Shape(dims, leading=has_leading), known), frame.here(node))
        return assigned
    shape = _merged(known, dims, has_leading)
    if shape is not known:
        machine.store.touch(assigned)
        assigned.contents = shape
    return assigned


def _framework(frame: Frame) -> Framework | None:
    """Whose tensor a value is of which nothing is known: the model's under way, else that which the file names first."""
    machine = frame.machine
    run = machine.recorder.active
    of_model = framework_of(machine, run.instance) if run is not None else None
    if of_model is not None or not isinstance(frame.module.source, SourceText):
        return of_model
    first: dict[int, Framework] = {}
    for framework in machine.registry.frameworks:
        if framework.is_loaded and framework.convention is not None:
            named = re.search(rf"\b(?:{'|'.join(map(re.escape, framework.roots))})\b", frame.module.source.text)
            if named is not None:
                first.setdefault(named.start(), framework)
    return first[min(first)] if first else None


def _differs(shape: Shape, dims: tuple[Dim, ...], has_leading: bool) -> bool:
    """Whether no values of the names make the stated shape the known one."""
    if not shape.leading and (len(shape) < len(dims) if has_leading else len(shape) != len(dims)):
        return True
    if shape.leading and not has_leading and len(shape.dims) > len(dims):
        return True
    pairs = zip(reversed(shape.dims), reversed(dims), strict=False)
    return any(differ(known, stated) for known, stated in pairs)


def _merged(shape: Shape, dims: tuple[Dim, ...], has_leading: bool) -> Shape:
    """The known shape, with what is not known of it as stated."""
    if not shape.leading and not any(_is_open(dim) for dim in shape.dims):
        return shape
    above = len(shape.dims) - len(dims)
    merged = [
        stated if _is_open(known) else known for known, stated in zip(shape.dims[max(above, 0) :], dims[max(-above, 0) :], strict=True)
    ]
    if shape.leading and not has_leading:
        return Shape((*dims[: max(-above, 0)], *merged))
    return Shape((*shape.dims[: max(above, 0)], *merged), leading=shape.leading)


def _is_open(dim: Dim) -> bool:
    return not isinstance(dim, int) and any(each.kind == "unknown" for each in symbols(dim))


class _Names:
    """What the names of a comment on a line stand for, in this order.

    A size that the code so calls; in a method of the model that is called, an axis of its input; the size for which a comment of the
    same call first used the name; else a size of its own.
    """

    def __init__(self, frame: Frame, line: int) -> None:
        self.frame = frame
        self.line = line
        self.own: dict[str, Dim] = {}

    def take(self, dims: tuple[ast.expr, ...], shape: Shape) -> None:
        """Let names that stand for nothing yet, alone on an axis whose size is known, stand for this size."""
        for stated, known in zip(reversed(dims), reversed(shape.dims), strict=False):
            if isinstance(stated, ast.Name) and not _is_open(known) and self.known(stated) is None:
                self.bind(stated.id, known)

    def size(self, node: ast.expr) -> Dim:
        """A stated size."""
        match node:
            case ast.Constant(value=int(number)):
                return number
            case ast.Name() | ast.Attribute():
                known = self.known(node)
                return self.fresh(ast.unparse(node)) if known is None else known
            case ast.BinOp(left=left, op=operator, right=right):
                return _OPERATORS[type(operator)](self.size(left), self.size(right))
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return (maximum if name == "max" else minimum)(*map(self.size, arguments))
            case _:
                raise TypeError(f"no size: {ast.dump(node)}")

    def known(self, node: ast.Name | ast.Attribute) -> Dim | None:
        found = _found(self.frame, node)
        if isinstance(found, Expression) or (isinstance(found, int) and not isinstance(found, bool)):
            return found
        name = ast.unparse(node)
        if name in self.own:
            return self.own[name]
        axis = _input_axis(self.frame, name)
        if axis is not None:
            return axis
        bound = self.frame.scope.contents.get(_PREFIX + name)
        if not isinstance(bound, tuple) or bound[0] == self.line:  # a comment in a loop is about each turn by itself
            return None
        size: Dim = bound[1]
        return size

    def fresh(self, name: str) -> Dim:
        self.bind(name, symbol(name) if _is_of_model(self.frame) else own_symbol(name))
        return self.own[name]

    def bind(self, name: str, size: Dim) -> None:
        self.own[name] = size
        scope = self.frame.scope
        if isinstance(scope, Scope) and self.frame.function is not None:
            self.frame.machine.store.touch(scope)
            scope.contents[_PREFIX + name] = (self.line, size)


def _divided(left: Dim, right: Dim) -> Dim:
    return unknown_size("a division by zero") if right == 0 else left // right


def _remainder(left: Dim, right: Dim) -> Dim:
    return unknown_size("a division by zero") if right == 0 else left % right


_OPERATORS: dict[type[ast.operator], Callable[[Dim, Dim], Dim]] = {
    ast.Add: lambda left, right: left + right,
    ast.Sub: lambda left, right: left - right,
    ast.Mult: lambda left, right: left * right,
    ast.FloorDiv: _divided,
    ast.Mod: _remainder,
}


def _is_of_model(frame: Frame) -> bool:
    """Whether a frame is that of a method of the model that code outside of all models called."""
    run = frame.machine.recorder.active
    if run is None or frame.function is None or not frame.function.definition.parameters:
        return False
    return frame.scope.contents.get(frame.function.definition.parameters[0].name) is run.instance


def _input_axis(frame: Frame, name: str) -> Dim | None:
    """The size of the axis of the model's input that the field so calls, where all inputs agree about it."""
    run = frame.machine.recorder.active
    if run is None or not _is_of_model(frame):
        return None
    found: list[Dim] = []
    for value in run.inputs:
        rank = value.shape.rank if isinstance(value, Tensor) else None
        if rank is not None and FEWEST <= rank <= MOST:
            axes = axes_of(value.framework, rank)
            found += [size for axis, size in zip(axes, value.shape.dims, strict=True) if axis == name]
    return found[0] if found and all(equal(size, found[0]) for size in found) else None


def _found(frame: Frame, node: ast.expr) -> Value:
    """The value of a name or an attribute where the assignment stands; MISSING if there is none."""
    if isinstance(node, ast.Attribute):
        owner = _found(frame, node.value)
        return MISSING if owner is MISSING else attributes.find_attribute(frame.machine, owner, node.attr)
    assert isinstance(node, ast.Name)
    scope: Scope | ModuleValue | None = frame.scope
    while scope is not None:
        if node.id in scope.contents:
            found = scope.contents[node.id]
            return frame.machine.importer.fulfil(found) if isinstance(found, Promise) else found
        scope = scope.parent
    return frame.machine.importer.own_name(frame.module, node.id)
