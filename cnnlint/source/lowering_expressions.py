"""Lowering of expressions other than strings and comprehensions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cnnlint.source import ir
from cnnlint.source.literals import NotALiteral, number_value
from cnnlint.source.scopes import Scope
from cnnlint.source.walk import ExpressionLowering, Walk

_CONSTANTS = {"None": None, "True": True, "False": False}

BINARY_OPERATORS = {
    "Add": "+",
    "Subtract": "-",
    "Multiply": "*",
    "Divide": "/",
    "FloorDivide": "//",
    "Modulo": "%",
    "Power": "**",
    "MatrixMultiply": "@",
    "BitAnd": "&",
    "BitOr": "|",
    "BitXor": "^",
    "LeftShift": "<<",
    "RightShift": ">>",
}
_UNARY_OPERATORS = {"Plus": "+", "Minus": "-", "BitInvert": "~", "Not": "not"}
_COMPARISONS = {
    "Equal": "==",
    "LessThan": "<",
    "LessThanEqual": "<=",
    "GreaterThan": ">",
    "GreaterThanEqual": ">=",
    "Is": "is",
    "In": "in",
}


def _name(walk: Walk, node: Any, start: int) -> ir.Expression:
    name = node.value
    walk.position = start + len(name)
    if name in _CONSTANTS:
        return ir.Constant(walk.span(start), _CONSTANTS[name])
    return ir.Name(walk.span(start), name)


def _number(walk: Walk, node: Any, start: int) -> ir.Expression:
    walk.position = start + len(node.value)
    try:
        return ir.Constant(walk.span(start), number_value(node.value))
    except NotALiteral as error:
        return ir.NotModelled(walk.span(start), f"a number literal ({error})", frozenset())


def _ellipsis(walk: Walk, node: Any, start: int) -> ir.Expression:
    walk.position = start + 3
    return ir.Constant(walk.span(start), ...)


def _attribute(walk: Walk, node: Any, start: int) -> ir.Expression:
    value = walk.expression(node.value)
    walk.token(1)
    attr = node.attr.value
    attr_start = walk.token(len(attr))
    return ir.Attribute(walk.span(start), value, attr, walk.span(attr_start))


def _subscript(walk: Walk, node: Any, start: int) -> ir.Expression:
    value = walk.expression(node.value)
    walk.token(1)
    first = walk.here()
    indices = []
    has_comma = False
    for element in node.slice:
        indices.append(_index(walk, element.slice))
        index_end = walk.position
        has_comma = walk.optional(",")
        if not has_comma:
            walk.position = index_end
    index = indices[0]
    if len(indices) > 1 or has_comma or isinstance(index, ir.Starred):
        index = ir.Display(walk.span(first), "tuple", tuple(indices))
    walk.token(1)
    return ir.Subscript(walk.span(start), value, index)


def _index(walk: Walk, node: Any) -> ir.Expression:
    if not hasattr(node, "lower"):
        if not node.star:
            return walk.expression(node.value)
        start = walk.token(1)
        value = walk.expression(node.value)
        return ir.Starred(walk.span(start), value)
    start = walk.here()
    lower = None if node.lower is None else walk.expression(node.lower)
    walk.token(1)
    upper = None if node.upper is None else walk.expression(node.upper)
    end = walk.position
    step = None
    if walk.optional(":"):
        step = None if node.step is None else walk.expression(node.step)
    else:
        walk.position = end
    return ir.Slice(walk.span(start), lower, upper, step)


def _call(walk: Walk, node: Any, start: int) -> ir.Expression:
    function = walk.expression(node.func)
    walk.token(1)
    arguments = lowered_arguments(walk, node.args)
    walk.token(1)
    return ir.Call(walk.span(start), function, arguments)


def lowered_arguments(walk: Walk, nodes: Sequence[Any]) -> tuple[ir.Argument, ...]:
    """The arguments between the parentheses of a call or a class, with their commas."""
    arguments = []
    for node in nodes:
        start = walk.here()
        stars = len(node.star)
        walk.position = start + stars
        keyword = None
        if node.keyword is not None:
            keyword = node.keyword.value
            walk.token(len(keyword))
            walk.token(1)
        value = walk.expression(node.value)
        arguments.append(ir.Argument(walk.span(start), value, keyword, stars))
        walk.optional(",")
    return tuple(arguments)


def _unary(walk: Walk, node: Any, start: int) -> ir.Expression:
    op = _UNARY_OPERATORS[type(node.operator).__name__]
    walk.position = start + len(op)
    operand = walk.expression(node.expression)
    return ir.Unary(walk.span(start), op, operand)


def _binary(walk: Walk, node: Any, start: int) -> ir.Expression:
    left = walk.expression(node.left)
    op = BINARY_OPERATORS[type(node.operator).__name__]
    walk.token(len(op))
    right = walk.expression(node.right)
    return ir.Binary(walk.span(start), op, left, right)


def _boolean(walk: Walk, node: Any, start: int) -> ir.Expression:
    kind = type(node.operator)
    op = kind.__name__.lower()
    chain = [node.right]
    left = node.left
    # `a and b and c` is `(a and b) and c` in libcst's tree, one node in Python's.
    while type(left) is type(node) and type(left.operator) is kind and not left.lpar:
        chain.append(left.right)
        left = left.left
    operands = [walk.expression(left)]
    for right in reversed(chain):
        walk.token(len(op))
        operands.append(walk.expression(right))
    return ir.Boolean(walk.span(start), op, tuple(operands))


def _comparison(walk: Walk, node: Any, start: int) -> ir.Expression:
    left = walk.expression(node.left)
    ops, rights = [], []
    for target in node.comparisons:
        kind = type(target.operator).__name__
        match kind:
            case "NotIn":
                op = "not in"
                walk.token(3)
                walk.token(2)
            case "IsNot":
                op = "is not"
                walk.token(2)
                walk.token(3)
            case "NotEqual":
                op = "!="
                walk.token(2)
            case _:
                op = _COMPARISONS[kind]
                walk.token(len(op))
        ops.append(op)
        rights.append(walk.expression(target.comparator))
    return ir.Compare(walk.span(start), left, tuple(ops), tuple(rights))


def _conditional(walk: Walk, node: Any, start: int) -> ir.Expression:
    body = walk.expression(node.body)
    walk.token(2)
    test = walk.expression(node.test)
    walk.token(4)
    orelse = walk.expression(node.orelse)
    return ir.Conditional(walk.span(start), test, body, orelse)


def _starred(walk: Walk, node: Any, start: int) -> ir.Expression:
    walk.position = start + 1
    value = walk.expression(node.value)
    return ir.Starred(walk.span(start), value)


def _tuple(walk: Walk, node: Any, start: int) -> ir.Expression:
    elements = _elements(walk, node.elements)
    return ir.Display(walk.span(start), "tuple", elements)


def _bracketed(walk: Walk, node: Any, start: int) -> ir.Expression:
    walk.position = start + 1
    elements = _elements(walk, node.elements)
    walk.token(1)
    return ir.Display(walk.span(start), type(node).__name__.lower(), elements)


def _elements(walk: Walk, nodes: Sequence[Any]) -> tuple[ir.Expression, ...]:
    elements = []
    for node in nodes:
        elements.append(walk.expression(node if hasattr(node, "lpar") else node.value))
        end = walk.position
        if not walk.optional(","):
            # An unparenthesised tuple ends with its last element, not with the blanks after it.
            walk.position = end
    return tuple(elements)


def _dict(walk: Walk, node: Any, start: int) -> ir.Expression:
    walk.position = start + 1
    items = []
    for element in node.elements:
        item_start = walk.here()
        if hasattr(element, "key"):
            key = walk.expression(element.key)
            walk.token(1)
        else:
            key = None
            walk.token(2)
        value = walk.expression(element.value)
        items.append(ir.DictItem(walk.span(item_start), key, value))
        walk.optional(",")
    walk.token(1)
    return ir.DictDisplay(walk.span(start), tuple(items))


def _lambda(walk: Walk, node: Any, start: int) -> ir.Expression:
    walk.position = start + 6
    parameters = lowered_parameters(walk, node.params)
    walk.token(1)
    scope = walk.scope = Scope(walk.scope)
    scope.bound.update(parameter.name for parameter in parameters)
    body = walk.expression(node.body)
    walk.scope = scope.outer or scope
    return ir.Lambda(walk.span(start), parameters, body, scope.locals())


def lowered_parameters(walk: Walk, node: Any) -> tuple[ir.Parameter, ...]:
    """The parameters of a lambda or a function, with their commas; defaults belong to the enclosing scope."""
    result: list[ir.Parameter] = []

    def one(parameter: Any, kind: str) -> None:
        start = walk.token(0)
        walk.position = start + (len(kind) if kind in ("*", "**") else 0)
        name = parameter.name.value
        walk.token(len(name))
        # As in libcst, the span is that of the stars and the name: what a message about a parameter points at.
        span = walk.span(start)
        annotation = lowered_annotation(walk, parameter.annotation, 1)
        default = None
        if parameter.default is not None:
            walk.token(1)
            default = walk.expression(parameter.default)
        result.append(ir.Parameter(span, name, kind, annotation, default))
        walk.optional(",")

    for parameter in node.posonly_params:
        one(parameter, "positional-only")
    if node.posonly_params:
        walk.token(1)
        walk.optional(",")
    for parameter in node.params:
        one(parameter, "ordinary")
    match type(node.star_arg).__name__:
        case "Param":
            one(node.star_arg, "*")
        case "ParamStar":
            walk.token(1)
            walk.optional(",")
        case _:
            pass
    for parameter in node.kwonly_params:
        one(parameter, "keyword-only")
    if node.star_kwarg is not None:
        one(node.star_kwarg, "**")
    return tuple(result)


def lowered_annotation(walk: Walk, node: Any, indicator: int) -> ir.Expression | None:
    """The annotation after its `:` or `->`, whose length is `indicator`."""
    if node is None:
        return None
    walk.token(indicator)
    return walk.expression(node.annotation)


def _named(walk: Walk, node: Any, start: int) -> ir.Expression:
    target = walk.expression(node.target)
    walk.token(2)
    value = walk.expression(node.value)
    span = walk.span(start)
    if not isinstance(target, ir.Name):
        return ir.NotModelled(span, "a `:=` without a plain name", frozenset())
    walk.scope.owner().bound.add(target.id)
    return ir.NamedExpression(span, target, value)


def _await(walk: Walk, node: Any, start: int) -> ir.Expression:
    walk.position = start + 5
    value = walk.expression(node.expression)
    return ir.Await(walk.span(start), value)


def _yield(walk: Walk, node: Any, start: int) -> ir.Expression:
    walk.position = start + 5
    walk.scope.owner().has_yield = True
    value, is_from = None, False
    if node.value is not None:
        is_from = hasattr(node.value, "item")
        if is_from:
            walk.token(4)
        value = walk.expression(node.value.item if is_from else node.value)
    return ir.Yield(walk.span(start), value, is_from)


EXPRESSIONS: dict[str, ExpressionLowering] = {
    "Name": _name,
    "Integer": _number,
    "Float": _number,
    "Imaginary": _number,
    "Ellipsis": _ellipsis,
    "Attribute": _attribute,
    "Subscript": _subscript,
    "Call": _call,
    "UnaryOperation": _unary,
    "BinaryOperation": _binary,
    "BooleanOperation": _boolean,
    "Comparison": _comparison,
    "IfExp": _conditional,
    "StarredElement": _starred,
    "Tuple": _tuple,
    "List": _bracketed,
    "Set": _bracketed,
    "Dict": _dict,
    "Lambda": _lambda,
    "NamedExpr": _named,
    "Await": _await,
    "Yield": _yield,
}
