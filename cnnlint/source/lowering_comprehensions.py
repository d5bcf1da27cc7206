"""Lowering of comprehensions and generator expressions, each a scope of its own."""

from __future__ import annotations

from typing import Any

from cnnlint.source import ir
from cnnlint.source.scopes import Scope
from cnnlint.source.walk import ExpressionLowering, Walk


def _bracketed_comprehension(walk: Walk, node: Any, start: int) -> ir.Expression:
    walk.position = start + 1
    kind = type(node).__name__.removesuffix("Comp").lower()
    scope = walk.scope = Scope(walk.scope, is_comprehension=True)
    element, value, what = None, None, None
    if hasattr(node, "elt"):
        element = walk.expression(node.elt)
    elif hasattr(node, "key"):
        element = walk.expression(node.key)
        walk.token(1)
        value = walk.expression(node.value)
    else:
        walk.token(2)
        walk.expression(node.value)
        what = "unpacking in a dict comprehension"
    clauses = _clauses(walk, node.for_in)
    walk.scope = scope.outer or scope
    walk.token(1)
    span = walk.span(start)
    if element is None:
        return ir.NotModelled(span, what or kind, frozenset())
    return ir.Comprehension(span, kind, element, value, clauses, scope.locals())


def _generator(walk: Walk, node: Any, start: int) -> ir.Expression:
    scope = walk.scope = Scope(walk.scope, is_comprehension=True)
    element = walk.expression(node.elt)
    clauses = _clauses(walk, node.for_in)
    walk.scope = scope.outer or scope
    return ir.Comprehension(walk.span(start), "generator", element, None, clauses, scope.locals())


def _clauses(walk: Walk, node: Any) -> tuple[ir.Clause, ...]:
    clauses = []
    while node is not None:
        start = walk.here()
        is_async = node.asynchronous is not None
        if is_async:
            walk.token(5)
        walk.token(3)
        target = walk.expression(node.target)
        walk.scope.bind_target(target)
        walk.token(2)
        iterable = walk.expression(node.iter)
        conditions = []
        for condition in node.ifs:
            walk.token(2)
            conditions.append(walk.expression(condition.test))
        clauses.append(ir.Clause(walk.span(start), target, iterable, tuple(conditions), is_async))
        node = node.inner_for_in
    return tuple(clauses)


COMPREHENSIONS: dict[str, ExpressionLowering] = {
    "ListComp": _bracketed_comprehension,
    "SetComp": _bracketed_comprehension,
    "DictComp": _bracketed_comprehension,
    "StarredDictComp": _bracketed_comprehension,
    "GeneratorExp": _generator,
}
