"""Functions and operators that work element by element, with broadcasting.

Sources: https://numpy.org/doc/stable/reference/ufuncs.html, https://numpy.org/doc/stable/user/basics.broadcasting.html
"""

from __future__ import annotations

from collections.abc import Sequence

from cnnlint.plugin import (
    Expression,
    InvalidArgument,
    NotBroadcastable,
    Operation,
    Shape,
    Tensor,
    Unbroadcastable,
    Undetermined,
    Unknown,
    Value,
    broadcast,
    differ,
    expect_equal,
)
from cnnlint_numpy.arithmetic import (
    ARITHMETIC,
    COMPARISONS,
    CORRECTLY_ROUNDED,
    KEEPING,
    REAL,
    SYMBOLIC,
    TESTS,
    Function,
    largest,
    smallest,
    whole_reciprocal,
)
from cnnlint_numpy.dtypes import dtype_name
from cnnlint_numpy.elements import NUMBERS, array, as_array, forget_values, number_dtype, result, sizes_of, spread
from cnnlint_numpy.framework import numpy
from cnnlint_numpy.promotion import FLOATS, common_dtype, quotient_dtype, rounded, with_floats
from cnnlint_numpy.scalars import OPERATORS, fits, plain, to_decimals

INTEGRAL_SYMBOLS = {"sqrt", "exp", "log", "log2", "log10", "floor", "ceil", "negative", "positive", "absolute", "square"}
"""Functions of one operand that symbolic sizes take as well."""


def operand(value: Value) -> Value:
    """An array or a number; what is not known is an array of any shape."""
    if isinstance(value, NUMBERS):
        return value
    if isinstance(value, Unknown):
        return Tensor(Shape((), leading=True), numpy, numpy.tensor)
    if isinstance(value, Tensor) and value.framework is not numpy:
        raise Undetermined(Unknown("an array combined with a tensor of another framework"))
    return as_array(value, "an operand")


def shape_of(value: Value) -> Shape:
    return value.shape if isinstance(value, Tensor) else Shape(())


def broadcast_shapes(function: str, operands: Sequence[Value]) -> Shape:
    """The common shape.

    Raises Unbroadcastable with ValueError where two sizes are proven to differ and neither to be 1.
    """
    shape = shape_of(operands[0])
    for other in map(shape_of, operands[1:]):
        try:
            joined, undecided = broadcast(shape, other)
        except NotBroadcastable as error:
            raise Unbroadcastable(shape, other, error.axis, function, exception="ValueError") from None
        for left, right in undecided:
            if differ(left, 1) or differ(right, 1):
                expect_equal(left, right, Unbroadcastable(shape, other, -1, function, exception="ValueError"))
        shape = joined
    return shape


def combined(
    name: str, operands: Sequence[Value], function: Function | None, dtype: str | None, common: str | None, takes_symbols: bool = False
) -> Value:
    """The result of a function in the dtype `dtype`, whose operands are brought to the dtype `common` first."""
    shape = broadcast_shapes(name, operands)
    sizes = sizes_of(shape)
    values: list[Value] | None = None
    if function is not None and sizes is not None and is_exact(name, common):
        columns = [column(value, shape, common) for value in operands]
        if all(one is not None for one in columns):
            values = computed(function, [one for one in columns if one is not None], takes_symbols)
    order = True if all(value.is_contiguous for value in operands if isinstance(value, Tensor)) else None
    if values is not None and any(rounded(value, dtype) is None for value in values):
        values = None
    return result(shape, dtype, values, order)


def is_exact(name: str, common: str | None) -> bool:
    """Half and single precision are computed in double and rounded, which is right for the basic functions alone."""
    return common not in ("float16", "float32") or name in CORRECTLY_ROUNDED or name in COMPARISONS or name in TESTS


def column(value: Value, shape: Shape, common: str | None) -> list[Value] | None:
    """The elements of an operand, repeated to the common shape, in the common dtype; None for a number that the dtype has not."""
    own: Sequence[Value] | None = value.values if isinstance(value, Tensor) else (plain(value),)
    if not isinstance(value, Tensor) and not fits(value, common):
        return None
    if own is None or any(isinstance(item, complex) for item in own):
        return None
    if common in FLOATS:
        own = [item if isinstance(item, Expression) else rounded(item, common) for item in own]
    return spread(own, shape_of(value), shape)


def computed(function: Function, columns: Sequence[Sequence[Value]], takes_symbols: bool) -> list[Value] | None:
    if not takes_symbols and any(isinstance(value, Expression) for one in columns for value in one):
        return None
    try:
        return [function(*row) for row in zip(*columns, strict=True)]
    except (TypeError, ValueError, OverflowError, ZeroDivisionError, KeyError):
        return None


def expect_options(name: str, options: dict[str, Value]) -> None:
    """`out`, `where` and their like are not followed. Raises Undetermined where one is given."""
    for option in options:
        if options[option] is not None and option not in ("casting", "order", "subok"):
            raise Undetermined(Unknown(f"`{name}` with `{option}`"))


def cast(found: Value, dtype: Value) -> Value:
    """A result in the dtype that a call asks for."""
    name = dtype_name(dtype)
    if name is None or not isinstance(found, Tensor):
        raise Undetermined(Unknown("a result in a given dtype"))
    return array(found.shape, name, found.values)


def two(x1: object, x2: object, /, out: object = None, *, kind: str, dtype: object = None, **options: object) -> object:
    """A function of two operands, in the dtype that both fit in."""
    expect_options(kind, {"out": out, **options})
    operands = [operand(x1), operand(x2)]
    common = common_dtype(operands)
    own = quotient_dtype(common) if kind == "true_divide" and common is not None else common
    if kind in ("arctan2", "hypot", "copysign") and common is not None:
        own = with_floats(common)
    if common == "bool":
        own, common = of_bools(kind, own)
    found = combined(kind, operands, ARITHMETIC.get(kind), own, own if own in FLOATS else common, kind in SYMBOLIC)
    return found if dtype is None else cast(found, dtype)


def of_bools(kind: str, own: str | None) -> tuple[str | None, str]:
    """Sums of bools are bools, quotients and powers are numbers. Raises InvalidArgument for a difference."""
    if kind == "subtract":
        raise InvalidArgument("of `subtract` must not be bools", argument="x1", exception="TypeError")
    if kind in ("floor_divide", "remainder", "fmod", "power", "left_shift", "right_shift"):
        return "int8", "int8"
    return own, "bool"


def compared(x1: object, x2: object, /, out: object = None, *, kind: str, **options: object) -> object:
    """A truth value for each pair."""
    expect_options(kind, {"out": out, **options})
    if x1 is None or x2 is None or isinstance(x1, str) or isinstance(x2, str):
        raise Undetermined(Unknown("a comparison of an array with something else"))
    operands = [operand(x1), operand(x2)]
    return combined(kind, operands, COMPARISONS[kind], "bool", common_dtype(operands) if not kind.startswith("logical") else None)


def reflected(x1: object, x2: object, /, *, kind: str) -> object:
    return two(x2, x1, kind=kind)


def in_place(x1: Tensor, x2: object, /, *, kind: str) -> object:
    """Written into the left array, whose shape and dtype stay. Raises Unbroadcastable where the result is larger."""
    given = operand(x2)
    shape = broadcast_shapes(kind, [x1, given])
    if shape.rank is not None and x1.shape.rank is not None and shape.rank != x1.shape.rank:
        raise Unbroadcastable(x1.shape, shape_of(given), -1, f"{kind} in place", exception="ValueError")
    forget_values(x1)
    return x1


SYNONYMS = {
    "true_divide": ("divide",),
    "remainder": ("mod",),
    "power": ("float_power", "pow"),
    "maximum": ("fmax",),
    "minimum": ("fmin",),
    "left_shift": ("bitwise_left_shift",),
    "right_shift": ("bitwise_right_shift",),
    "absolute": ("abs", "fabs"),
    "conjugate": ("conj",),
    "arcsin": ("asin",),
    "arccos": ("acos",),
    "arctan": ("atan",),
    "arctan2": ("atan2",),
    "deg2rad": ("radians",),
    "rad2deg": ("degrees",),
    "trunc": ("fix",),
}


def names(kind: str) -> tuple[str, ...]:
    return (kind, *SYNONYMS.get(kind, ()))


for _kind in ARITHMETIC:
    numpy.op(*names(_kind), kind=_kind)(two)
numpy.op("logaddexp", "logaddexp2", "nextafter", "heaviside", kind="other")(two)
for _kind in COMPARISONS:
    numpy.op(*names(_kind), kind=_kind)(compared)
for _name, _kind in OPERATORS.items():
    numpy.op(f"ndarray.__{_name}__", kind=_kind)(two)
    numpy.op(f"ndarray.__r{_name}__", kind=_kind)(reflected)
    numpy.op(f"ndarray.__i{_name}__", kind=_kind)(in_place)
for _name, _kind in {"eq": "equal", "ne": "not_equal", "lt": "less", "le": "less_equal", "gt": "greater", "ge": "greater_equal"}.items():
    numpy.op(f"ndarray.__{_name}__", kind=_kind)(compared)


def one(x: object, /, out: object = None, *, kind: str, dtype: object = None, **options: object) -> object:
    """A function of one operand in its own dtype, or for roots and logarithms in floats."""
    expect_options(kind, {"out": out, **options})
    given = operand(x)
    own = own_dtype(given)
    if own is None or own.startswith("complex"):
        return result(shape_of(given), None)
    if own == "bool" and kind in ("negative", "positive", "sign"):
        raise InvalidArgument(f"of `{kind}` must not be bools", argument="x", exception="TypeError")
    dtype_here = own if kind in KEEPING and kind != "rint" else with_floats(own)
    if kind in ("reciprocal", "square") and own not in FLOATS:
        dtype_here = "int8" if own == "bool" else own
    functions = KEEPING if kind in KEEPING else REAL
    function = whole_reciprocal if kind == "reciprocal" and own not in FLOATS else functions.get(kind)
    common = dtype_here if dtype_here in FLOATS else own
    found = combined(kind, [given], function, dtype_here, common, kind in INTEGRAL_SYMBOLS)
    return found if dtype is None else cast(found, dtype)


def own_dtype(given: Value) -> str | None:
    return given.dtype if isinstance(given, Tensor) else number_dtype(given)


def claimed(x: object, /, *, kind: str, **options: object) -> object:
    expect_options(kind, options)
    given = operand(x)
    return combined(kind, [given], TESTS[kind], "bool", None)


for _kind in (*KEEPING, *REAL):
    numpy.op(*names(_kind), kind=_kind)(one)
numpy.op("arcsinh", "asinh", "arccosh", "acosh", "arctanh", "atanh", "sinc", "i0", "spacing", kind="other")(one)
for _kind in TESTS:
    numpy.op(_kind, kind=_kind)(claimed)
for _name, _kind in {"neg": "negative", "pos": "positive", "abs": "absolute"}.items():
    numpy.op(f"ndarray.__{_name}__", kind=_kind)(one)


@numpy.op("invert", "bitwise_not", "bitwise_invert", "ndarray.__invert__")
def invert(x: object, /, **named: object) -> object:
    given = operand(x)
    own = own_dtype(given)
    return combined("invert", [given], (lambda a: not a) if own == "bool" else (lambda a: ~a), own, own)


@numpy.op("clip", "ndarray.clip")
def clip(a: object, a_min: object = None, a_max: object = None, out: object = None, *, min: object = None, max: object = None) -> object:
    """Within bounds, the upper one last."""
    expect_options("clip", {"out": out})
    low, high = (min if a_min is None else a_min), (max if a_max is None else a_max)
    given = [as_array(a, "what is clipped"), *(operand(bound) for bound in (low, high) if bound is not None)]
    common = common_dtype(given)

    def bounded(value: object, *bounds: object) -> object:
        rest = list(bounds)
        value = value if low is None else largest(value, rest.pop(0))
        return value if high is None else smallest(value, rest.pop(0))

    return combined("maximum", given, bounded, common, common)


@numpy.op("round", "around", "round_", "ndarray.round")
def around(a: object, decimals: int = 0, out: object = None) -> object:
    """Half to even; decimals by a multiplication and a division."""
    expect_options("round", {"out": out})
    given = operand(a)
    own = own_dtype(given)
    if own == "bool":
        raise Undetermined(Unknown("rounded bools"))
    is_simple = own == "float64" or decimals == 0 or own not in FLOATS
    return combined("rint", [given], (lambda x: to_decimals(x, decimals)) if is_simple else None, own, own)


@numpy.op("where")
def where(condition: object, x: object = None, y: object = None, /) -> object:
    """`x` where the condition holds, else `y`."""
    if x is None and y is None:
        nonzero = numpy.find("nonzero")
        assert isinstance(nonzero, Operation)  # declared beside the other searches
        return nonzero(condition)
    operands = [operand(condition), operand(x), operand(y)]
    common = common_dtype(operands[1:])
    shape = broadcast_shapes("where", operands)
    columns = [column(operands[0], shape, None), column(operands[1], shape, common), column(operands[2], shape, common)]
    values = None
    if sizes_of(shape) is not None and all(one is not None for one in columns):
        yes_or_no = [one for one in columns if one is not None]
        values = [a if which else b for which, a, b in zip(*yes_or_no, strict=True)]
    return result(shape, common, values)


@numpy.op("isclose")
def isclose(a: object, b: object, rtol: float = 1e-05, atol: float = 1e-08, equal_nan: bool = False) -> object:
    return combined("equal", [operand(a), operand(b)], lambda x, y: x == y or abs(x - y) <= atol + rtol * abs(y), "bool", "float64")


@numpy.op("nan_to_num", "real", "imag", "angle", "unwrap", "interp", "ndarray.conj")
def not_computed(x: object, *others: object, **options: object) -> object:
    """The elements are not followed."""
    given = operand(x)
    return result(shape_of(given), None)
