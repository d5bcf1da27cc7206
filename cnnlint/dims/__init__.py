"""Sizes: known ones are Python ints, the others expressions over symbols; and shapes made of them."""

from cnnlint.dims.atoms import Symbol, is_float
from cnnlint.dims.broadcasting import NotBroadcastable, broadcast
from cnnlint.dims.conditions import And, Comparison, Condition, Not, Or, compare, every, negate, some
from cnnlint.dims.evaluation import evaluate, evaluate_condition, substitute, substitute_condition, symbols
from cnnlint.dims.expression import Dim, Expression, Number, exactly_divided, own_symbol, symbol, unknown_number, unknown_size
from cnnlint.dims.functions import ceil, floor, maximum, minimum, opaque, rounded, square_root, truncate, where
from cnnlint.dims.proof import at_least, bounds, differ, divisible, equal, greater
from cnnlint.dims.reshaping import CountMismatch, reshape
from cnnlint.dims.shape import Shape
from cnnlint.dims.vector import Dims, product

__all__ = [
    "And",
    "Comparison",
    "Condition",
    "CountMismatch",
    "Dim",
    "Dims",
    "Expression",
    "Not",
    "NotBroadcastable",
    "Number",
    "Or",
    "Shape",
    "Symbol",
    "at_least",
    "bounds",
    "broadcast",
    "ceil",
    "compare",
    "differ",
    "divisible",
    "equal",
    "evaluate",
    "evaluate_condition",
    "every",
    "exactly_divided",
    "floor",
    "greater",
    "is_float",
    "maximum",
    "minimum",
    "negate",
    "opaque",
    "own_symbol",
    "product",
    "reshape",
    "rounded",
    "some",
    "square_root",
    "substitute",
    "substitute_condition",
    "symbol",
    "symbols",
    "truncate",
    "unknown_number",
    "unknown_size",
    "where",
]
