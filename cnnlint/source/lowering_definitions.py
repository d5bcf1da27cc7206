"""Lowering of function and class definitions."""

from __future__ import annotations

from typing import Any

from cnnlint.source import ir
from cnnlint.source.lowering_expressions import lowered_annotation, lowered_arguments, lowered_parameters
from cnnlint.source.lowering_statements import step_over_type_parameters
from cnnlint.source.scopes import Scope
from cnnlint.source.walk import StatementLowering, Walk


def docstring(body: tuple[ir.Statement, ...]) -> str | None:
    """The docstring that a body begins with, as it is written."""
    match body:
        case (ir.ExpressionStatement(value=ir.Constant(value=str() as text)), *_):
            return text
        case _:
            return None


def _decorators(walk: Walk, node: Any) -> tuple[ir.Expression, ...]:
    decorators = []
    for decorator in node.decorators:
        walk.token(1)
        decorators.append(walk.expression(decorator.decorator))
    return tuple(decorators)


def _function(walk: Walk, node: Any, start: int) -> ir.Statement:
    decorators = _decorators(walk, node)
    start = walk.here()
    is_async = node.asynchronous is not None
    if is_async:
        walk.token(5)
    walk.token(3)
    name = node.name.value
    name_start = walk.token(len(name))
    name_span = walk.span(name_start)
    walk.scope.bound.add(name)
    _bind_type_parameters(walk, node)
    walk.token(1)
    parameters = lowered_parameters(walk, node.params)
    walk.token(1)
    returns = lowered_annotation(walk, node.returns, 2)
    scope = walk.scope = Scope(walk.scope)
    scope.bound.update(parameter.name for parameter in parameters)
    body = walk.suite(node.body)
    walk.scope = scope.outer or scope
    return ir.FunctionDefinition(
        walk.span(start),
        name,
        name_span,
        parameters,
        body,
        decorators,
        returns,
        is_async,
        scope.has_yield,
        scope.locals(),
        docstring(body),
    )


def _class(walk: Walk, node: Any, start: int) -> ir.Statement:
    decorators = _decorators(walk, node)
    start = walk.token(5)
    name = node.name.value
    name_start = walk.token(len(name))
    name_span = walk.span(name_start)
    walk.scope.bound.add(name)
    _bind_type_parameters(walk, node)
    arguments: tuple[ir.Argument, ...] = ()
    if walk.optional("("):
        arguments = lowered_arguments(walk, [*node.bases, *node.keywords])
        walk.token(1)
    scope = walk.scope = Scope(walk.scope)
    body = walk.suite(node.body)
    walk.scope = scope.outer or scope
    return ir.ClassDefinition(walk.span(start), name, name_span, arguments, body, decorators, docstring(body))


def _bind_type_parameters(walk: Walk, node: Any) -> None:
    if node.type_parameters is None:
        return
    start = walk.here()
    names = step_over_type_parameters(walk, node.type_parameters)
    # They have a scope of their own in Python. Binding them beside the definition is enough: they serve annotations.
    walk.scope.bound.update(names)
    walk.before_statement.append(ir.NotModelled(walk.span(start), "type parameters", names))


DEFINITIONS: dict[str, StatementLowering] = {"FunctionDef": _function, "ClassDef": _class}
