"""Functions of one or more tensors that work element by element, and Python's operators.

Sources: https://keras.io/api/ops/numpy/ and https://www.tensorflow.org/api_docs/python/tf/math
"""

from __future__ import annotations

from cnnlint.formulas import matmul_macs
from cnnlint.plugin import (
    ELEMENTWISE,
    ListValue,
    MatmulMismatch,
    Result,
    Shape,
    Tensor,
    Undetermined,
    Unknown,
    Value,
    WrongRank,
    expect_equal,
    product,
)
from cnnlint_keras.broadcasting import broadcast_shapes
from cnnlint_keras.convolution import batch_count
from cnnlint_keras.framework import below, keras
from cnnlint_keras.tensor import operand

UNARY = (
    "abs absolute negative sign sqrt rsqrt square exp expm1 log log1p log2 log10 sin cos tan arcsin arccos arctan sinh cosh "
    "arcsinh arccosh arctanh ceil floor round rint trunc reciprocal isnan isinf isfinite logical_not nan_to_num conj real imag erf "
    "erfinv stop_gradient ones_like zeros_like full_like copy cast convert_to_tensor convert_to_numpy clip cumsum cumprod saturate_cast "
    "normalize flip exp2 lgamma digamma"
)
TF_UNARY = (
    "cast identity stop_gradient zeros_like ones_like convert_to_tensor clip_by_value clip_by_norm abs negative sign sqrt exp square "
    "sin cos tan tanh round floor reverse cumsum ensure_shape constant_initializer no_op grad_pass_through"
)
TF_MATH = (
    "abs negative sign sqrt rsqrt square exp expm1 log log1p sin cos tan asin acos atan sinh cosh tanh ceil floor round rint "
    "reciprocal is_nan is_inf is_finite logical_not erf l2_normalize softplus cumsum cumprod log_sigmoid"
)
TF_NN = "l2_normalize dropout experimental.general_dropout bias_add local_response_normalization lrn weighted_moments"
RANDOM = "dropout shuffle"


@keras.op(
    *below("ops", UNARY),
    *below("ops.numpy", UNARY),
    *below("tf", TF_UNARY),
    *below("tf.math", TF_MATH),
    *below("tf.nn", TF_NN),
    *below("random", RANDOM),
    *below("tf.random", "shuffle"),
    *below("utils", "normalize"),
    *below("backend", "cast stop_gradient abs sqrt square exp log sign round clip l2_normalize identity zeros_like ones_like dropout"),
    *below("Tensor", "__neg__ __pos__ __abs__ __invert__ astype"),
    *below(
        "tf.image",
        "random_flip_left_right random_flip_up_down flip_left_right flip_up_down random_brightness random_contrast "
        "adjust_brightness adjust_contrast per_image_standardization random_hue random_saturation convert_image_dtype adjust_hue",
    ),
)
def unary(x: Tensor, *options: object, **named: object) -> Shape:
    """An element for each element."""
    return x.shape


BINARY = (
    "add subtract multiply divide true_divide floor_divide mod power maximum minimum greater greater_equal less less_equal equal "
    "not_equal logical_and logical_or logical_xor arctan2 divide_no_nan hypot logaddexp squared_difference bitwise_and bitwise_or "
    "bitwise_xor where_ copysign heaviside"
)
TF_BINARY = (
    "add subtract multiply divide truediv floordiv mod pow maximum minimum greater greater_equal less less_equal equal not_equal "
    "logical_and logical_or divide_no_nan squared_difference atan2 floormod"
)
OPERATORS = (
    "__add__ __radd__ __sub__ __rsub__ __mul__ __rmul__ __truediv__ __rtruediv__ __floordiv__ __rfloordiv__ __mod__ __rmod__ __pow__ "
    "__rpow__ __gt__ __ge__ __lt__ __le__ __eq__ __ne__ __and__ __rand__ __or__ __ror__ __xor__ __rxor__"
)


@keras.op(
    *below("ops", BINARY),
    *below("tf", TF_BINARY),
    *below("tf.math", TF_BINARY),
    *below("backend", "maximum minimum pow greater less equal not_equal"),
)
def binary(x1: object, x2: object, name: object = None) -> Result:
    """The common shape of both operands."""
    return Result(combined("", x1, x2), flow=ELEMENTWISE)


SIGNS = {"add": "+", "sub": "-", "mul": "*", "truediv": "/", "floordiv": "//", "mod": "%", "pow": "**"}


def operators() -> None:
    """Declare Python's operators, whose failures name the sign that the program has."""
    for path in below("Tensor", OPERATORS):
        word = path.rpartition(".")[2].strip("_")
        sign = SIGNS.get(word.removeprefix("r") if word.startswith("r") else word, "")
        keras.op(path, sign=sign, is_reflected=word.startswith("r"))(operator)


def operator(x: object, other: object, *, sign: str, is_reflected: bool) -> Result:
    """The common shape of both operands, in the order in which they stand."""
    return Result(combined(sign, *((other, x) if is_reflected else (x, other))), flow=ELEMENTWISE)


operators()


def combined(name: str, *operands: object) -> Shape:
    """The common shape. Raises Unbroadcastable, Undetermined where an operand is not known."""
    shapes = []
    for value in operands:
        shape = operand(value)
        if shape is None:
            if isinstance(value, (ListValue, tuple)):
                shape = Shape((), leading=True)
            else:
                raise Undetermined(value if isinstance(value, Unknown) else Unknown("an operand that is no tensor"))
        shapes.append(shape)
    if any(shape.leading for shape in shapes):
        return Shape((), leading=True)
    return broadcast_shapes(name, *shapes)


@keras.op("ops.where", "tf.where", "backend.switch")
def where(condition: object, x1: object = None, x2: object = None, name: object = None) -> object:
    if x1 is None or x2 is None:
        raise Undetermined(Unknown("how many elements are not zero"))
    return combined("where", condition, x1, x2)


@keras.op("ops.matmul", "ops.dot", "tf.matmul", "tf.linalg.matmul", "backend.dot", "Tensor.__matmul__")
def matmul(x1: Tensor, x2: Tensor, transpose_a: object = False, transpose_b: object = False, *options: object, **named: object) -> Result:
    """The last two axes as matrices, the others brought to one shape."""
    left, right = turned(x1.shape, transpose_a), turned(x2.shape, transpose_b)
    if left.leading or right.leading:
        return Result(Shape((), leading=True))
    if not left.dims or not right.dims:
        raise WrongRank("at least 1", left if not left.dims else right, exception="ValueError")
    a = left if len(left) > 1 else Shape((1, *left.dims))
    b = right if len(right) > 1 else Shape((*right.dims, 1))
    expect_equal(a.dims[-1], b.dims[-2], MatmulMismatch(left, right, "matmul", exception="ValueError"))
    batch = broadcast_shapes("matmul", Shape(a.dims[:-2]), Shape(b.dims[:-2]))
    ends = (*(a.dims[-2:-1] if len(left) > 1 else ()), *(b.dims[-1:] if len(right) > 1 else ()))
    count = product(tuple(batch_count(dim) if not isinstance(dim, int) else dim for dim in batch.dims))
    rows = a.dims[-2] if len(batch) else batch_count(a.dims[-2]) if not isinstance(a.dims[-2], int) else a.dims[-2]
    return Result(Shape((*batch.dims, *ends)), macs=matmul_macs(count, rows, a.dims[-1], b.dims[-1]))


def turned(shape: Shape, is_turned: object) -> Shape:
    """The shape with its last two axes swapped, if that is asked for."""
    if is_turned is not True or len(shape.dims) < 2:
        return shape
    return Shape((*shape.dims[:-2], shape.dims[-1], shape.dims[-2]), shape.leading)


@keras.op("tf.add_n", "tf.math.add_n")
def add_n(inputs: object, name: object = None) -> Value:
    items = inputs.contents if isinstance(inputs, ListValue) else inputs
    return combined("add_n", *items) if isinstance(items, (list, tuple)) else Shape((), leading=True)
