"""Functions that work element by element, Python's operators, and activations.

Sources: https://docs.jax.dev/en/latest/jax.numpy.html, https://docs.jax.dev/en/latest/jax.nn.html
"""

from __future__ import annotations

from cnnlint.plugin import ELEMENTWISE, OperationFails, Result, Shape, Tensor, Undetermined, Unknown, expect_multiple, unknown_size
from cnnlint_flax.arrays import array
from cnnlint_flax.broadcasting import combined
from cnnlint_flax.dtypes import common, dtype_name, is_float
from cnnlint_flax.framework import below, flax
from cnnlint_flax.sizes import size, with_last

UNARY = (
    "abs absolute negative positive sign sqrt cbrt square exp exp2 expm1 log log1p log2 log10 sin cos tan arcsin arccos arctan asin acos "
    "atan sinh cosh tanh arcsinh arccosh arctanh asinh acosh atanh ceil floor round around rint trunc fix reciprocal conj conjugate "
    "real imag angle nan_to_num degrees radians deg2rad rad2deg sinc i0 flip fliplr flipud cumsum cumprod sort clip tril triu roll rot90_ "
    "invert bitwise_not copy"
)
TESTS = "isnan isinf isfinite isneginf isposinf logical_not signbit"
NN = (
    "relu relu6 sigmoid softplus silu swish log_sigmoid leaky_relu hard_sigmoid hard_swish hard_silu hard_tanh elu celu selu gelu "
    "soft_sign squareplus mish sparse_plus sparse_sigmoid softmax log_softmax standardize normalize identity tanh"
)
LAX = (
    "abs neg sign sqrt rsqrt cbrt square exp exp2 expm1 log log1p sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh ceil floor "
    "round is_finite logistic erf erf_inv erfc lgamma digamma stop_gradient optimization_barrier cumsum cumprod cummax cummin "
    "bitwise_not not_ real imag conj integer_pow reduce_precision rev sort clz population_count"
)
MIXING = (
    "flip fliplr flipud cumsum cumprod cummax cummin sort tril triu roll rot90_ rev softmax log_softmax standardize standardize_ normalize"
)
"""Of these names those of functions whose elements come from others than those at their own place."""
FFT = "fft ifft fft2 ifft2 fftn ifftn fftshift ifftshift"
SPECIAL = "erf erfinv erfc gammaln digamma expit logit log_ndtr xlogy_ entr i0 i1 ndtr ndtri"


def kept(x: Tensor, /, *options: object, **named: object) -> Tensor:
    """An element for each element; whole numbers become floats in most functions, so that only a float keeps its dtype."""
    return array(x.shape, x.dtype if is_float(x.dtype) else None, ELEMENTWISE)


def mixed(x: Tensor, /, *options: object, **named: object) -> Tensor:
    """As many elements, each of which may come of others."""
    return array(x.shape, x.dtype if is_float(x.dtype) else None)


def declare(path: str, names: str) -> None:
    """Declare functions that change no shape, those that mix elements apart."""
    apart = [name for name in names.split() if name in MIXING.split()]
    flax.op(*below(path, " ".join(name for name in names.split() if name not in apart)))(kept)
    if apart:
        flax.op(*below(path, " ".join(apart)))(mixed)


declare("jax.numpy", UNARY)
declare("jax.nn", NN)
declare("linen", f"{NN} standardize_")
declare("nnx", NN)
declare("jax.lax", LAX)
declare("jax.scipy.special", SPECIAL)
flax.op(*below("jax.numpy.fft", FFT))(mixed)
declare("Tensor", "__neg__ __pos__ __abs__ __invert__ clip round conj conjugate cumsum cumprod sort")


@flax.op(*below("jax.numpy", TESTS))
def tested(x: Tensor, /, *options: object, **named: object) -> Result:
    return Result(x.shape, dtype="bool")


@flax.op("jax.nn.glu", "linen.glu", "nnx.glu")
def glu(x: Tensor, axis: int = -1) -> Shape:
    """Half of an axis gates the other half. Raises OperationFails for an odd size."""
    shape = with_last(x, -axis if axis < 0 else axis + 1)
    if shape.leading and axis >= 0:
        return Shape((), leading=True)
    whole = shape.dims[axis]
    failure = OperationFails(f"`glu` of axis {axis} of a tensor of shape {shape}, whose size is odd", exception="AssertionError")
    expect_multiple(whole, 2, failure)
    return shape.replaced(axis, whole // 2)


@flax.op("jax.nn.one_hot", "linen.one_hot", "nnx.one_hot")
def one_hot(x: Tensor, num_classes: object, *, dtype: object = None, axis: object = -1) -> Result:
    """A new axis with a size for each class."""
    count = size("num_classes", num_classes)
    if not isinstance(axis, int) or (x.shape.leading and axis != -1):
        return Result(Shape((), leading=True))
    made = Shape((*x.shape.dims, count), leading=True) if x.shape.leading else x.shape.inserted(axis, count)
    return Result(made, dtype=dtype_name(dtype) or "float32")


BINARY = (
    "add subtract multiply divide true_divide floor_divide mod remainder fmod power float_power pow maximum minimum fmax fmin arctan2 "
    "atan2 hypot logaddexp logaddexp2 copysign heaviside nextafter bitwise_and bitwise_or bitwise_xor left_shift right_shift "
    "bitwise_left_shift bitwise_right_shift gcd lcm"
)
COMPARISONS = "greater greater_equal less less_equal equal not_equal logical_and logical_or logical_xor isclose"
LAX_BINARY = "add sub mul div rem pow max min atan2 bitwise_and bitwise_or bitwise_xor nextafter and_ or_ complex"
LAX_COMPARISONS = "eq ne lt le gt ge"
SIGNS = {
    "add": "+",
    "sub": "-",
    "mul": "*",
    "truediv": "/",
    "floordiv": "//",
    "mod": "%",
    "pow": "**",
    "and": "&",
    "or": "|",
    "xor": "^",
    "lshift": "<<",
    "rshift": ">>",
}


@flax.op(*below("jax.numpy", BINARY), *below("jax.lax", LAX_BINARY), *below("jax.scipy.special", "xlogy xlog1py"))
def binary(x1: object, x2: object, /) -> Tensor:
    """The common shape of both operands."""
    return array(combined("", x1, x2), common((x1, x2)), ELEMENTWISE)


@flax.op(*below("jax.numpy", COMPARISONS), *below("jax.lax", LAX_COMPARISONS))
def compared(x1: object, x2: object, /, *options: object, **named: object) -> Result:
    return Result(combined("", x1, x2), dtype="bool")


def operator(x: object, other: object, *, sign: str, is_reflected: bool) -> Tensor:
    """The common shape of both operands, in the order in which they stand."""
    operands = (other, x) if is_reflected else (x, other)
    found = common(operands)
    return array(combined(sign, *operands), found if sign != "/" or is_float(found) else None, ELEMENTWISE)


for _word, _sign in SIGNS.items():
    flax.op(f"Tensor.__{_word}__", sign=_sign, is_reflected=False)(operator)
    flax.op(f"Tensor.__r{_word}__", sign=_sign, is_reflected=True)(operator)
for _word in ("eq", "ne", "lt", "le", "gt", "ge"):
    flax.op(f"Tensor.__{_word}__")(compared)


@flax.op("jax.numpy.where", "jax.lax.select")
def where(condition: object, x: object = None, y: object = None, /, *, size: object = None, fill_value: object = None) -> Tensor:
    if x is None or y is None:
        raise Undetermined(Unknown("how many elements are not zero"))
    return array(combined("where", condition, x, y), common((x, y)))


@flax.op("jax.numpy.allclose", "jax.numpy.array_equal", "jax.numpy.array_equiv")
def are_alike(*given: object, **named: object) -> Tensor:
    return array(Shape(()), "bool")


@flax.op("jax.lax.clamp")
def clamped(min: object, x: Tensor, max: object) -> Shape:
    return x.shape


@flax.op("jax.numpy.diff")
def difference(a: Tensor, n: int = 1, axis: int = -1, **named: object) -> Shape:
    """Neighbours subtracted: each time one less along the axis."""
    shape = a.shape
    if shape.leading and axis >= 0:
        return Shape((), leading=True)
    return shape.replaced(axis, shape.dims[axis] - n) if shape.dims else Shape((unknown_size("a difference"),))
