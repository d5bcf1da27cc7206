"""Arithmetic, comparisons and the other functions of one, two or three operands, element by element.

Sources: https://docs.pytorch.org/docs/stable/torch.html#pointwise-ops, https://docs.pytorch.org/docs/stable/tensors.html
"""

from __future__ import annotations

from collections.abc import Sequence

from cnnlint.plugin import (
    ELEMENTWISE,
    Door,
    DtypeMismatch,
    Expression,
    InvalidArgument,
    OperationFails,
    Shape,
    Tensor,
    Undetermined,
    Unknown,
    Value,
    WrongRank,
    differ,
    expect_equal,
    unknown_size,
)
from cnnlint_torch.arithmetic import BINARY, UNARY, Function, computed
from cnnlint_torch.broadcasting import broadcast_shapes, into_left
from cnnlint_torch.constants import Size
from cnnlint_torch.devices import expect_together
from cnnlint_torch.dtypes import expect_dtype, expect_pair, said
from cnnlint_torch.elements import forget_values, made, tensors_of
from cnnlint_torch.framework import torch
from cnnlint_torch.promotion import FLOATING, category, common_dtype, divided

NUMBERS = (bool, int, float, complex, Expression)


def expect_operand(name: str, value: Value, argument: str = "other") -> Value:
    """A tensor or a number as it is; what is not known becomes a tensor of any shape.

    Raises OperationFails with the framework's TypeError for anything else.
    """
    if isinstance(value, (Tensor, *NUMBERS)):
        return value
    if isinstance(value, Unknown):
        return Tensor(Shape((), leading=True))
    if value is None or isinstance(value, (str, tuple)):
        shown = repr(value) if value is None or isinstance(value, str) else "a tuple"
        raise OperationFails(f"{name} of a tensor and {shown}", exception="TypeError", argument=argument)
    raise Undetermined(Unknown(f"the operand `{argument}` of {name}"))


def shape_of(operand: Value) -> Shape:
    return operand.shape if isinstance(operand, Tensor) else Shape(())


def combined(name: str, operands: Sequence[Value], dtype: str | None, function: Function | None = None) -> Tensor:
    """A new tensor of the operands' common shape."""
    tensors = [operand for operand in operands if isinstance(operand, Tensor)]
    expect_together(name, *tensors)
    shape = broadcast_shapes(name, *map(shape_of, tensors)) if tensors else Shape(())
    order = True if all(tensor.is_contiguous for tensor in tensors) else None
    return made(shape, dtype, computed(name, function, operands, shape, dtype), order, ELEMENTWISE)


def written(name: str, left: Tensor, operands: Sequence[Value]) -> Tensor:
    """The left tensor, after an operation in place with the operands."""
    expect_together(name, left, *operands)
    for operand in operands:
        into_left(f"{name}_", left.shape, shape_of(operand))
    forget_values(left)
    return left


ARITHMETIC = {
    "add": "add",
    "sub": "sub subtract",
    "mul": "mul multiply",
    "pow": "pow",
    "double": "float_power",
    "floor_divide": "floor_divide",
    "remainder": "remainder fmod",
    "maximum": "maximum fmax",
    "minimum": "minimum fmin",
    "and": "bitwise_and",
    "or": "bitwise_or",
    "xor": "bitwise_xor",
    "shift": "bitwise_left_shift bitwise_right_shift",
    "other": "hypot copysign nextafter gcd lcm heaviside ldexp",
    "angle": "xlogy",
}
OPERATORS = {
    "add": "add",
    "sub": "sub",
    "mul": "mul",
    "pow": "pow",
    "floordiv": "floor_divide",
    "mod": "remainder",
    "and": "and",
    "or": "or",
    "xor": "xor",
    "lshift": "shift",
    "rshift": "shift",
}
DIVISIONS = "div divide true_divide"
COMPARISONS = {
    "eq": "eq",
    "ne": "ne not_equal",
    "lt": "lt less",
    "le": "le less_equal",
    "gt": "gt greater",
    "ge": "ge greater_equal",
    "and": "logical_and",
    "or": "logical_or",
    "xor": "logical_xor",
    "isclose": "isclose",
}
ANGLES = "atan2 arctan2 logaddexp logaddexp2"


def both(names: str, suffix: str = "") -> tuple[str, ...]:
    """Each name as a function and as a method."""
    return tuple(path for name in names.split() for path in (f"{name}{suffix}", f"Tensor.{name}{suffix}"))


def as_float(dtype: str | None, name: str) -> str | None:
    return divided(dtype) if name in ("div", "angle") else dtype


def two(input: object, other: object, *, kind: str, **options: object) -> object:
    """A function of two operands, in the dtype that both fit in."""
    operands = [expect_operand(kind, input, "input"), expect_operand(kind, other)]
    expect_numbers(kind, *operands)
    alpha = options.get("alpha", 1)
    function = BINARY.get(kind) if alpha == 1 and not options.get("rounding_mode") else None
    dtype = "float64" if kind == "double" else common_dtype(operands)
    return combined(kind, operands, as_float(dtype, kind) if not options.get("rounding_mode") else dtype, function)


def two_reflected(input: object, other: object, *, kind: str) -> object:
    return two(other, input, kind=kind)


def two_in_place(input: Tensor, other: object, *, kind: str, **options: object) -> object:
    """Raises DtypeMismatch where the left tensor cannot hold numbers of the kind that result."""
    operand = expect_operand(kind, other)
    expect_numbers(kind, input, operand)
    result = written(kind, input, [operand])
    if kind not in COMPARISONS:
        dtype = common_dtype([input, operand])
        expect_room(f"{kind}_", input, dtype if options.get("rounding_mode") else as_float(dtype, kind))
    return result


def expect_room(operation: str, left: Tensor, dtype: str | None) -> None:
    """Raises DtypeMismatch where a tensor of integers is to take floats in place, or one of booleans numbers."""
    if left.dtype is not None and dtype is not None and category(dtype) > category(left.dtype):
        raise DtypeMismatch(f"a result that fits into {said(left.dtype)}", said(dtype), operation)


def expect_numbers(kind: str, *operands: Value) -> None:
    """Raises DtypeMismatch for a difference of booleans, and for bits of floats."""
    for operand in operands:
        if isinstance(operand, Tensor) and operand.dtype is not None:
            if kind == "sub" and operand.dtype == "bool":
                raise DtypeMismatch("numbers", "bool", "-")
            if kind in ("and", "or", "xor", "invert") and category(operand.dtype) >= FLOATING:
                raise DtypeMismatch("integers or booleans", said(operand.dtype), BITS[kind], exception="NotImplementedError")


BITS = {"and": "&", "or": "|", "xor": "^", "invert": "~"}


def compared(input: object, other: object, *, kind: str, **options: object) -> object:
    operands = [expect_operand(kind, input, "input"), expect_operand(kind, other)]
    return combined(kind, operands, "bool", BINARY.get(kind))


def compared_by_operator(input: Tensor, other: object, *, kind: str) -> object:
    """`==` with what is no tensor and no number is False."""
    if kind in ("eq", "ne") and (other is None or isinstance(other, (str, tuple))):
        return kind == "ne"
    return compared(input, other, kind=kind)


for _kind, _names in ARITHMETIC.items():
    torch.op(*both(_names), kind=_kind)(two)
    torch.op(*(f"Tensor.{name}_" for name in _names.split()), kind=_kind)(two_in_place)
torch.op(*both(DIVISIONS), kind="div")(two)
torch.op(*(f"Tensor.{name}_" for name in DIVISIONS.split()), kind="div")(two_in_place)
torch.op(*both(ANGLES), kind="angle")(two)
for _kind, _names in COMPARISONS.items():
    torch.op(*both(_names), kind=_kind)(compared)
    torch.op(*(f"Tensor.{name}_" for name in _names.split()), kind=_kind)(two_in_place)
for _name, _kind in {**OPERATORS, "truediv": "div"}.items():
    torch.op(f"Tensor.__{_name}__", kind=_kind)(two)
    torch.op(f"Tensor.__r{_name}__", kind=_kind)(two_reflected)
    torch.op(f"Tensor.__i{_name}__", kind=_kind)(two_in_place)
for _name in ("eq", "ne", "lt", "le", "gt", "ge"):
    torch.op(f"Tensor.__{_name}__", kind=_name)(compared_by_operator)


@torch.op("rsub", "Tensor.rsub")
def rsub(input: object, other: object, *, alpha: object = 1) -> object:
    return two(other, input, kind="sub")


@torch.op("addcmul", "Tensor.addcmul", "addcdiv", "Tensor.addcdiv")
def addc(input: Tensor, tensor1: Tensor, tensor2: Tensor, *, value: object = 1, out: object = None) -> object:
    return combined("addcmul", [input, tensor1, tensor2], common_dtype([input, tensor1, tensor2]))


@torch.op("Tensor.addcmul_", "Tensor.addcdiv_")
def addc_in_place(input: Tensor, tensor1: Tensor, tensor2: Tensor, *, value: object = 1) -> object:
    return written("addcmul", input, [combined("addcmul", [tensor1, tensor2], None)])


@torch.op("lerp", "Tensor.lerp")
def lerp(input: Tensor, end: Tensor, weight: object, *, out: object = None) -> object:
    expect_pair("lerp", input, end)
    return combined("lerp", [input, end, expect_operand("lerp", weight, "weight")], input.dtype)


@torch.op("Tensor.lerp_")
def lerp_in_place(input: Tensor, end: Tensor, weight: object) -> object:
    return written("lerp", input, [end, expect_operand("lerp", weight, "weight")])


KEEPING = (
    "abs absolute neg negative positive round floor ceil trunc fix sign sgn square frac conj conj_physical resolve_conj resolve_neg"
    " nan_to_num"
)
SYNONYMS = {"absolute": "abs", "negative": "neg", "fix": "trunc"}
REAL = (
    "sqrt rsqrt exp exp2 expm1 log log2 log10 log1p sin cos tan asin acos atan arcsin arccos arctan sinh cosh asinh acosh atanh"
    " arcsinh arccosh arctanh erf erfc erfinv reciprocal lgamma digamma i0 logit deg2rad rad2deg sinc mvlgamma"
)
TESTS = "isnan isinf isfinite isposinf isneginf isreal logical_not signbit"


def one(input: Tensor, *, kind: str, **options: object) -> object:
    """A function of one operand in its own dtype."""
    expect_numbers("sub" if kind == "neg" else kind, input)
    function = UNARY.get(kind) if not options else None
    return combined(kind, [input], input.dtype, function)


def one_real(input: Tensor, *args: object, kind: str, **options: object) -> object:
    """A function of one operand whose integers become floats."""
    return combined(kind, [input], divided(input.dtype), UNARY.get(kind) if not options and not args else None)


def one_test(input: Tensor, *, kind: str, **options: object) -> object:
    return combined(kind, [input], "bool", UNARY.get(kind))


def one_in_place(input: Tensor, *args: object, **options: object) -> object:
    forget_values(input)
    return input


for _names, _function in ((KEEPING, one), (REAL, one_real), (TESTS, one_test)):
    for _name in _names.split():
        torch.op(_name, f"Tensor.{_name}", kind=SYNONYMS.get(_name, _name))(_function)
        if _names is not TESTS:
            torch.op(f"{_name}_", f"Tensor.{_name}_")(one_in_place)
torch.op("special.erf", "special.logit", "special.expm1", "special.exp2", "special.log1p", "special.sinc", kind="special")(one_real)
torch.op("Tensor.__neg__", kind="neg")(one)
torch.op("Tensor.__abs__", kind="abs")(one)
torch.op("Tensor.__pos__", kind="positive")(one)
torch.op("Tensor.__round__", kind="round")(one)
torch.op("bitwise_not", "Tensor.bitwise_not", "Tensor.__invert__", kind="invert")(one)
IN_PLACE = (
    "zero_ fill_ normal_ uniform_ random_ bernoulli_ exponential_ geometric_ cauchy_ log_normal_ fill_diagonal_ logical_not_ bitwise_not_"
    " clamp_min_ clamp_max_"
)
torch.op(*(f"Tensor.{name}" for name in IN_PLACE.split()))(one_in_place)


@torch.op("Tensor.polygamma")
def polygamma_method(input: Tensor, n: object) -> object:
    return combined("polygamma", [input], divided(input.dtype))


@torch.op("polygamma", "special.polygamma")
def polygamma(n: object, input: Tensor, *, out: object = None) -> object:
    return polygamma_method.function(input, n)


@torch.op("clamp", "Tensor.clamp", "clip", "Tensor.clip")
def clamp(input: Tensor, min: object = None, max: object = None, *, out: object = None) -> object:
    """Raises OperationFails where neither bound is given."""
    if min is None and max is None:
        raise OperationFails("clamp without `min` and `max`")
    bounds = [expect_operand("clamp", bound) for bound in (min, max) if bound is not None]
    dtype = input.dtype if all(isinstance(bound, int) for bound in bounds) else common_dtype([input, *bounds])
    if input.dtype == "bool" and dtype == "bool":
        dtype = None
    function: Function | None = None
    if all(isinstance(bound, (int, float)) for bound in bounds):
        low, high = min, max
        function = lambda value, *_: bounded(value, low, high)  # noqa: E731
    return combined("clamp", [input, *bounds], dtype, function)


def bounded(value: float, low: Value, high: Value) -> float:
    value = value if low is None or value >= low else low
    return value if high is None or value <= high else high


@torch.op("clamp_min", "Tensor.clamp_min", "clamp_max", "Tensor.clamp_max")
def clamp_one(input: Tensor, min: object = None, *, max: object = None, out: object = None) -> object:
    bound = expect_operand("clamp", max if min is None else min)
    return combined("clamp", [input, bound], common_dtype([input, bound]))


@torch.op("Tensor.clamp_", "clamp_", "Tensor.clip_")
def clamp_in_place(input: Tensor, min: object = None, max: object = None) -> object:
    return written("clamp", input, [expect_operand("clamp", bound) for bound in (min, max) if bound is not None])


@torch.op("where")
def where(condition: Tensor, input: object = None, other: object = None, *, out: object = None) -> object:
    """`input` where the condition holds, else `other`; with a condition alone, the places where it holds."""
    if input is None and other is None:
        if condition.shape.rank is None:
            raise Undetermined(Unknown("the number of axes of a condition"))
        count = unknown_size("how many elements of a condition hold")
        return tuple(made(Shape((count,)), "int64") for _ in range(max(condition.shape.rank, 1)))
    return chosen(condition, expect_operand("where", input, "input"), expect_operand("where", other))


@torch.op("Tensor.where")
def where_method(input: Tensor, condition: Tensor, other: object) -> object:
    return chosen(condition, input, expect_operand("where", other))


def chosen(condition: Tensor, yes: Value, no: Value) -> Tensor:
    expect_dtype(condition, ("bool", "uint8"), "a condition", "where")
    function: Function = lambda which, a, b: a if which else b  # noqa: E731
    return combined("where", [condition, yes, no], common_dtype([yes, no]), function)


@torch.op("masked_fill", "Tensor.masked_fill")
def masked_fill(input: Tensor, mask: Tensor, value: object) -> object:
    """A new tensor of the common shape, `value` where the mask holds."""
    expect_scalar("masked_fill", value)
    expect_dtype(mask, ("bool",), "a mask", "masked_fill")
    return combined("masked_fill", [input, mask], input.dtype)


@torch.op("Tensor.masked_fill_")
def masked_fill_in_place(input: Tensor, mask: Tensor, value: object) -> object:
    expect_scalar("masked_fill_", value)
    expect_dtype(mask, ("bool",), "a mask", "masked_fill")
    return written("masked_fill", input, [mask])


def expect_scalar(name: str, value: Value) -> None:
    if isinstance(value, Tensor) and value.shape.rank not in (None, 0):
        raise InvalidArgument(f"of `{name}` must be a number, but is a tensor of shape {value.shape}", argument="value")


@torch.op("masked_scatter", "Tensor.masked_scatter")
def masked_scatter(input: Tensor, mask: Tensor, source: Tensor) -> object:
    expect_dtype(mask, ("bool", "uint8"), "a mask", "masked_scatter")
    expect_pair("masked_scatter", input, source)
    return combined("masked_scatter", [input, mask], input.dtype)


@torch.op("Tensor.masked_scatter_")
def masked_scatter_in_place(input: Tensor, mask: Tensor, source: Tensor) -> object:
    return written("masked_scatter", input, [mask])


@torch.op("Tensor.copy_")
def copy_in_place(input: Tensor, src: Tensor, non_blocking: object = False) -> object:
    into_left("copy_", input.shape, src.shape)
    forget_values(input)
    return input


@torch.op("broadcast_tensors", "functional.broadcast_tensors")
def broadcast_tensors(*tensors: object) -> object:
    given = tensors_of("broadcast_tensors", tensors[0] if len(tensors) == 1 and not isinstance(tensors[0], Tensor) else tensors)
    shape = broadcast_shapes("broadcast_tensors", *(tensor.shape for tensor in given))
    return tuple(made(shape, tensor.dtype) for tensor in given)


@torch.native("broadcast_shapes")
def broadcast_shapes_of(door: Door, /, *shapes: Value) -> Value:
    found = broadcast_shapes("broadcast_shapes", *(Shape(tuple(shape) if isinstance(shape, tuple) else (shape,)) for shape in shapes))
    return Size(found.dims)


@torch.op("cross", "Tensor.cross", "linalg.cross")
def cross(input: Tensor, other: Tensor, dim: object = None, **options: object) -> object:
    result = combined("cross", [input, other], common_dtype([input, other]))
    if result.shape.rank is not None and all(differ(size, 3) for size in result.shape.dims):
        raise OperationFails(f"cross of tensors of shapes {input.shape} and {other.shape}: no axis has size 3")
    return result


@torch.op("bernoulli", "poisson", "Tensor.bernoulli")
def sampled(input: Tensor, *args: object, **options: object) -> object:
    return made(input.shape, input.dtype)


@torch.op("dist", "Tensor.dist")
def dist(input: Tensor, other: Tensor, p: object = 2) -> object:
    broadcast_shapes("dist", input.shape, other.shape)
    return made(Shape(()), input.dtype)


@torch.op("allclose", "equal", "Tensor.allclose", "Tensor.equal", "is_nonzero", "Tensor.is_nonzero")
def decided_by_elements(input: Tensor, *others: object, **options: object) -> object:
    raise Undetermined(Unknown("a comparison of elements", is_free=True))


@torch.op("polar")
def polar(abs: Tensor, angle: Tensor, *, out: object = None) -> object:
    return complex_of.function(abs, angle)


@torch.op("complex")
def complex_of(real: Tensor, imag: Tensor, *, out: object = None) -> object:
    return combined("complex", [real, imag], {"float32": "complex64", "float64": "complex128"}.get(real.dtype or ""))


@torch.op("view_as_complex")
def view_as_complex(input: Tensor) -> object:
    """The last axis, of two, goes."""
    x = input.shape
    if x.rank == 0:
        raise WrongRank("at least 1", x)
    if x.dims:
        expect_equal(x[-1], 2, OperationFails(f"view_as_complex of a tensor of shape {x}, whose last axis is not 2"))
        return made(x.removed(-1), {"float32": "complex64", "float64": "complex128"}.get(input.dtype or ""))
    return made(Shape((), leading=True))


@torch.op("view_as_real")
def view_as_real(input: Tensor) -> object:
    dtype = {"complex64": "float32", "complex128": "float64"}.get(input.dtype or "")
    return made(input.shape.inserted(-1, 2), dtype)


@torch.op("real", "imag", "angle", "Tensor.angle")
def complex_part(input: Tensor) -> object:
    dtype = {"complex64": "float32", "complex128": "float64"}.get(input.dtype or "", divided(input.dtype))
    return made(input.shape, dtype)
