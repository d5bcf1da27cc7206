"""The shape that a comment states of a value: sizes as Python writes them, over names of the code and of unknown sizes."""

from __future__ import annotations

import ast

from cnnlint.record import value
from cnnlint.source.stated import StatedError

_OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.FloorDiv, ast.Mod)
_FUNCTIONS = ("max", "min")


@value
class StatedDims:
    """The sizes of a shape as expressions of Python; `has_leading` if unnamed axes stand before them (`shape(..., 64)`)."""

    dims: tuple[ast.expr, ...]
    has_leading: bool


def parse_dims(text: str) -> StatedDims:
    """The shape that stands between the parentheses of `shape(...)`, such as `batch, 64, H // 4, W // 4`.

    Raises StatedError if it can't be read.
    """
    try:
        parsed = ast.parse(f"({text.strip().removesuffix(',')},)" if text.strip() else "()", mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise StatedError(f"expected sizes in `shape(...)`, such as `batch, 64, H // 4, W // 4`, but got `{text}`") from None
    assert isinstance(parsed, ast.Tuple)
    dims = tuple(parsed.elts)
    has_leading = bool(dims) and isinstance(dims[0], ast.Constant) and dims[0].value is Ellipsis
    dims = dims[1:] if has_leading else dims
    for dim in dims:
        _expect_size(dim)
    return StatedDims(dims, has_leading)


def _expect_size(node: ast.expr) -> None:
    match node:
        case ast.Constant(value=int(number)) if not isinstance(number, bool) and number >= 0:
            return None
        case ast.Name():
            return None
        case ast.Attribute(value=inner):
            if isinstance(inner, (ast.Name, ast.Attribute)):
                return _expect_size(inner)
        case ast.BinOp(left=left, op=operator, right=right) if isinstance(operator, _OPERATORS):
            _expect_size(left)
            return _expect_size(right)
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) if name in _FUNCTIONS and len(arguments) > 1:
            for argument in arguments:
                _expect_size(argument)
            return None
    raise StatedError(
        f"expected numbers and names with `+`, `-`, `*`, `//`, `%`, `max` and `min` in `shape(...)`, but got `{ast.unparse(node)}`"
    )
