"""Lowering of statements other than definitions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cnnlint.source import ir
from cnnlint.source.lowering_expressions import BINARY_OPERATORS, lowered_annotation
from cnnlint.source.walk import StatementLowering, Walk


def _expression_statement(walk: Walk, node: Any, start: int) -> ir.Statement:
    value = walk.expression(node.value)
    return ir.ExpressionStatement(walk.span(start), value)


def _assign(walk: Walk, node: Any, start: int) -> ir.Statement:
    targets = []
    for item in node.targets:
        target = walk.expression(item.target)
        walk.scope.bind_target(target)
        targets.append(target)
        walk.token(1)
    value = walk.expression(node.value)
    return ir.Assign(walk.span(start), tuple(targets), value, None)


def _annotated_assign(walk: Walk, node: Any, start: int) -> ir.Statement:
    target = walk.expression(node.target)
    walk.scope.bind_target(target)
    annotation = lowered_annotation(walk, node.annotation, 1)
    value = None
    if node.value is not None:
        walk.token(1)
        value = walk.expression(node.value)
    return ir.Assign(walk.span(start), (target,), value, annotation)


def _augmented_assign(walk: Walk, node: Any, start: int) -> ir.Statement:
    target = walk.expression(node.target)
    walk.scope.bind_target(target)
    op = BINARY_OPERATORS[type(node.operator).__name__.removesuffix("Assign")]
    walk.token(len(op) + 1)
    value = walk.expression(node.value)
    return ir.AugmentedAssign(walk.span(start), target, op, value)


def _type_alias(walk: Walk, node: Any, start: int) -> ir.Statement:
    walk.position = start + 4
    name = walk.expression(node.name)
    walk.scope.bind_target(name)
    if node.type_parameters is not None:
        step_over_type_parameters(walk, node.type_parameters)
    walk.token(1)
    value = walk.expression(node.value)
    # A type alias is evaluated lazily and is no value that a model could use.
    return ir.Assign(walk.span(start), (name,), ir.NotModelled(value.span, "a type alias", frozenset()), None)


def step_over_type_parameters(walk: Walk, node: Any) -> frozenset[str]:
    """Step over `[T, *Ts, **P]` and return the names in it."""
    names = []
    walk.token(1)
    for item in node.params:
        parameter = item.param
        walk.token({"TypeVarTuple": 1, "ParamSpec": 2}.get(type(parameter).__name__, 0))
        name = parameter.name.value
        names.append(name)
        walk.token(len(name))
        if getattr(parameter, "bound", None) is not None:
            walk.token(1)
            walk.expression(parameter.bound)
        if item.default is not None:
            walk.token(1)
            walk.optional("*")
            walk.expression(item.default)
        walk.optional(",")
    walk.token(1)
    return frozenset(names)


def _delete(walk: Walk, node: Any, start: int) -> ir.Statement:
    walk.position = start + 3
    target = walk.expression(node.target)
    walk.scope.bind_target(target)
    targets = target.elements if isinstance(target, ir.Display) and target.kind == "tuple" else (target,)
    return ir.Delete(walk.span(start), targets)


def _return(walk: Walk, node: Any, start: int) -> ir.Statement:
    walk.position = start + 6
    value = None if node.value is None else walk.expression(node.value)
    return ir.Return(walk.span(start), value)


def _raise(walk: Walk, node: Any, start: int) -> ir.Statement:
    walk.position = start + 5
    exception = None if node.exc is None else walk.expression(node.exc)
    cause = None
    if node.cause is not None:
        walk.token(4)
        cause = walk.expression(node.cause.item)
    return ir.Raise(walk.span(start), exception, cause)


def _assert(walk: Walk, node: Any, start: int) -> ir.Statement:
    walk.position = start + 6
    test = walk.expression(node.test)
    message = None
    if node.msg is not None:
        walk.token(1)
        message = walk.expression(node.msg)
    return ir.Assert(walk.span(start), test, message)


def _jump(walk: Walk, node: Any, start: int) -> ir.Statement:
    kind = type(node).__name__.lower()
    walk.position = start + len(kind)
    return ir.Jump(walk.span(start), kind)


def _scoping(walk: Walk, node: Any, start: int) -> ir.Statement:
    kind = type(node).__name__.lower()
    walk.position = start + len(kind)
    names = []
    for index, item in enumerate(node.names):
        if index:
            walk.token(1)
        names.append(item.name.value)
        walk.token(len(item.name.value))
    walk.scope.claimed.update(names)
    return ir.Scoping(walk.span(start), kind, tuple(names))


def _import(walk: Walk, node: Any, start: int) -> ir.Statement:
    _step_over_lazy(walk, node)
    walk.token(6)
    names = _aliases(walk, node.names)
    walk.scope.bind_aliases(names, is_from=False)
    return ir.Import(walk.span(start), names)


def _import_from(walk: Walk, node: Any, start: int) -> ir.Statement:
    _step_over_lazy(walk, node)
    walk.token(4)
    for _ in node.relative:
        walk.token(1)
    module = "" if node.module is None else _dotted(walk.expression(node.module))
    walk.token(6)
    if not isinstance(node.names, Sequence):
        star = walk.token(1)
        names: tuple[ir.Alias, ...] = (ir.Alias(walk.span(star), "*", None),)
    else:
        has_parenthesis = walk.optional("(")
        names = _aliases(walk, node.names)
        if has_parenthesis:
            walk.token(1)
    walk.scope.bind_aliases(names, is_from=True)
    return ir.ImportFrom(walk.span(start), module, len(node.relative), names)


def _step_over_lazy(walk: Walk, node: Any) -> None:
    # A lazy import (PEP 810) binds what an eager one does; when it runs makes no difference to shapes.
    if type(node).__name__.startswith("Lazy"):
        walk.token(4)


def _aliases(walk: Walk, nodes: Sequence[Any]) -> tuple[ir.Alias, ...]:
    aliases = []
    for node in nodes:
        start = walk.here()
        name = _dotted(walk.expression(node.name))
        asname = None
        if node.asname is not None:
            walk.token(2)
            asname = _dotted(walk.expression(node.asname.name))
        aliases.append(ir.Alias(walk.span(start), name, asname))
        end = walk.position
        if not walk.optional(","):
            walk.position = end
    return tuple(aliases)


def _dotted(name: ir.Expression) -> str:
    parts = []
    while isinstance(name, ir.Attribute):
        parts.append(name.attr)
        name = name.value
    if isinstance(name, ir.Name):
        parts.append(name.id)
    return ".".join(reversed(parts))


def _if(walk: Walk, node: Any, start: int) -> ir.Statement:
    walk.position = start + 2
    if walk.text.startswith("elif", start):
        walk.position = start + 4
    test = walk.expression(node.test)
    body = walk.suite(node.body)
    is_elif = type(node.orelse) is type(node)
    orelse = (_if(walk, node.orelse, walk.clause(0)),) if is_elif else _clause(walk, node.orelse, 4)
    return ir.If(walk.span(start), test, body, orelse)


def _clause(walk: Walk, node: Any, keyword: int) -> tuple[ir.Statement, ...]:
    """The block after `else:` or `finally:`, if there is one."""
    if node is None:
        return ()
    walk.clause(keyword)
    return walk.suite(node.body)


def _while(walk: Walk, node: Any, start: int) -> ir.Statement:
    walk.position = start + 5
    test = walk.expression(node.test)
    body = walk.suite(node.body)
    orelse = _clause(walk, node.orelse, 4)
    return ir.While(walk.span(start), test, body, orelse)


def _for(walk: Walk, node: Any, start: int) -> ir.Statement:
    is_async = _is_async(walk, node)
    walk.token(3)
    target = walk.expression(node.target)
    walk.scope.bind_target(target)
    walk.token(2)
    iterable = walk.expression(node.iter)
    body = walk.suite(node.body)
    orelse = _clause(walk, node.orelse, 4)
    return ir.For(walk.span(start), target, iterable, body, orelse, is_async)


def _is_async(walk: Walk, node: Any) -> bool:
    if node.asynchronous is None:
        return False
    walk.token(5)
    return True


def _with(walk: Walk, node: Any, start: int) -> ir.Statement:
    is_async = _is_async(walk, node)
    walk.token(4)
    # `with (a): ...` has the parenthesis in the item, `with (a as b): ...` in the statement.
    has_parenthesis = type(node.lpar).__name__ == "LeftParen"
    if has_parenthesis:
        walk.token(1)
    items = []
    for item in node.items:
        item_start = walk.here()
        manager = walk.expression(item.item)
        target = None
        if item.asname is not None:
            walk.token(2)
            target = walk.expression(item.asname.name)
            walk.scope.bind_target(target)
        items.append(ir.WithItem(walk.span(item_start), manager, target))
        walk.optional(",")
    if has_parenthesis:
        walk.token(1)
    body = walk.suite(node.body)
    return ir.With(walk.span(start), tuple(items), body, is_async)


def _try(walk: Walk, node: Any, start: int) -> ir.Statement:
    walk.position = start + 3
    body = walk.suite(node.body)
    is_star = type(node).__name__ == "TryStar"
    handlers = tuple(_handler(walk, handler, is_star) for handler in node.handlers)
    orelse = _clause(walk, node.orelse, 4)
    final = _clause(walk, node.finalbody, 7)
    return ir.Try(walk.span(start), body, handlers, orelse, final, is_star)


def _handler(walk: Walk, node: Any, is_star: bool) -> ir.Handler:
    start = walk.clause(6)
    if is_star:
        walk.token(1)
    exception = None if node.type is None else walk.expression(node.type)
    name = None
    if node.name is not None:
        walk.token(2)
        target = walk.expression(node.name.name)
        walk.scope.bind_target(target)
        name = _dotted(target)
    body = walk.suite(node.body)
    return ir.Handler(walk.span(start), exception, name, body)


def _match(walk: Walk, node: Any, start: int) -> ir.Statement:
    walk.position = start + 5
    subject = walk.expression(node.subject)
    walk.token(1)
    cases = []
    for case in node.cases:
        case_start = walk.clause(4)
        pattern = walk.pattern(case.pattern)
        guard = None
        if case.guard is not None:
            walk.token(2)
            guard = walk.expression(case.guard)
        body = walk.suite(case.body)
        cases.append(ir.Case(walk.span(case_start), pattern, guard, body))
    return ir.Match(walk.span(start), subject, tuple(cases))


STATEMENTS: dict[str, StatementLowering] = {
    "Expr": _expression_statement,
    "Assign": _assign,
    "AnnAssign": _annotated_assign,
    "AugAssign": _augmented_assign,
    "TypeAlias": _type_alias,
    "Del": _delete,
    "Return": _return,
    "Raise": _raise,
    "Assert": _assert,
    "Pass": _jump,
    "Break": _jump,
    "Continue": _jump,
    "Global": _scoping,
    "Nonlocal": _scoping,
    "Import": _import,
    "ImportFrom": _import_from,
    "LazyImport": _import,
    "LazyImportFrom": _import_from,
    "If": _if,
    "While": _while,
    "For": _for,
    "With": _with,
    "Try": _try,
    "TryStar": _try,
    "Match": _match,
}
