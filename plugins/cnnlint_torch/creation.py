"""Tensors made from sizes and numbers.

Source: https://docs.pytorch.org/docs/stable/torch.html#creation-ops
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from cnnlint.plugin import (
    Dim,
    Door,
    Expression,
    FrameworkNumber,
    InvalidArgument,
    ListValue,
    MissingArgument,
    OperationFails,
    Shape,
    Tensor,
    Undetermined,
    Unknown,
    UnknownArgument,
    Value,
    as_dim,
    at_least,
    ceil,
    equal,
    greater,
    is_float,
    maximum,
    unknown_size,
)
from cnnlint_torch.axes import size_of, sizes_given
from cnnlint_torch.constants import TENSOR_CLASSES, dtype_name
from cnnlint_torch.elements import FLOATS, LARGEST, MOST_VALUES, as_float, made
from cnnlint_torch.framework import torch
from cnnlint_torch.precision import default_dtype

KEYWORDS = ("out", "dtype", "layout", "device", "requires_grad", "pin_memory", "generator", "memory_format")


def of_sizes(name: str, sizes: Sequence[Dim], dtype: str | None, value: Value = None) -> Tensor:
    """A new tensor; all elements are `value` unless that is None.

    Raises InvalidArgument for a negative size.
    """
    for size in sizes:
        if greater(0, size):
            raise InvalidArgument(f"of `{name}` must not be negative, but is {size}", argument="size")
    shape = Shape(tuple(sizes))
    values = None
    if isinstance(value, (bool, int, float)) and shape.is_known:
        count = shape.numel
        if isinstance(count, int) and count <= MOST_VALUES:
            values = (value,) * count
    return made(shape, dtype, values, is_contiguous=True)


def filled(*size: object, name: str, value: Value, dtype: object = None, **named: object) -> object:
    """`zeros(2, 3)`, `zeros((2, 3))`, `zeros(size=(2, 3))`, `randn(2, 3, generator=...)`."""
    if "size" in named:
        size = (named.pop("size"),)
    elif not size:
        raise MissingArgument(name, argument="size", exception="TypeError")
    for keyword in named:
        if keyword not in KEYWORDS:
            raise UnknownArgument(name, KEYWORDS, argument=keyword, exception="TypeError")
    return of_sizes(name, sizes_given(name, size), dtype_name(dtype, default_dtype()), value)


for _name, _value in {"zeros": 0, "ones": 1, "rand": None, "randn": None, "empty": None}.items():
    torch.op(_name, name=_name, value=_value)(filled)


@torch.op("full")
def full(size: object, fill_value: object, *, dtype: object = None, **named: object) -> object:
    default = "bool" if isinstance(fill_value, bool) else "int64" if isinstance(fill_value, int) else default_dtype()
    return of_sizes("full", sizes_given("full", (size,)), dtype_name(dtype, default), fill_value)


@torch.op("randint", "Tensor.randint")
def randint(*args: object, size: object = None, dtype: object = None, **named: object) -> object:
    """`randint(low, high, size)` and `randint(high, size)`."""
    if size is None:
        size = named.get("shape", args[-1] if args else None)
    return of_sizes("randint", sizes_given("randint", (size,)), dtype_name(dtype, "int64"))


@torch.op("normal")
def normal(*args: object, size: object = None, **named: object) -> object:
    if size is None and len(args) > 2:
        size = args[2]
    if size is not None:
        return of_sizes("normal", sizes_given("normal", (size,)), dtype_name(named.get("dtype"), default_dtype()))
    first = next((value for value in (*args, *named.values()) if isinstance(value, Tensor)), None)
    return made(Shape((), leading=True) if first is None else first.shape, default_dtype())


@torch.op("randperm")
def randperm(n: Dim, *, dtype: object = None, **named: object) -> object:
    return of_sizes("randperm", [n], dtype_name(dtype, "int64"))


@torch.op("zeros_like", value=0)
@torch.op("ones_like", value=1)
@torch.op("empty_like", "rand_like", "randn_like", value=None)
def like(input: Tensor, *, dtype: object = None, value: Value, **named: object) -> object:
    if input.shape.leading:
        return made(input.shape, dtype_name(dtype, input.dtype))
    result = of_sizes("zeros_like", input.shape.dims, dtype_name(dtype, input.dtype), value)
    return made(input.shape, result.dtype, result.values, is_contiguous=input.is_contiguous)


@torch.op("full_like", "randint_like")
def full_like(input: Tensor, fill_value: object, *args: object, dtype: object = None, **named: object) -> object:
    return made(input.shape, dtype_name(dtype, input.dtype), is_contiguous=input.is_contiguous)


def new(input: Tensor, *size: object, name: str, value: Value, dtype: object = None, **named: object) -> object:
    """Sizes with the dtype of another tensor."""
    if "size" in named:
        size = (named["size"],)
    elif name == "new":
        if not all(isinstance(part, (int, Expression)) for part in size):
            raise Undetermined(Unknown("the data of a tensor"))
    elif not size:
        raise MissingArgument(name, argument="size", exception="TypeError")
    return of_sizes(name, sizes_given(name, size), dtype_name(dtype, input.dtype), value)


for _name, _value in {"new_zeros": 0, "new_ones": 1, "new_empty": None, "new": None}.items():
    torch.op(f"Tensor.{_name}", name=_name, value=_value)(new)


@torch.op("Tensor.new_full")
def new_full(input: Tensor, size: object, fill_value: object, *, dtype: object = None, **named: object) -> object:
    return of_sizes("new_full", sizes_given("new_full", (size,)), dtype_name(dtype, input.dtype), fill_value)


@torch.op("Tensor.new_tensor")
def new_tensor(input: Tensor, data: object, *, dtype: object = None, **named: object) -> object:
    found = of_data(data)
    return made(found.shape, dtype_name(dtype, input.dtype), found.values, is_contiguous=True)


# Data


@torch.op("tensor", "as_tensor", "asarray", "scalar_tensor")
def tensor(data: object, dtype: object = None, **named: object) -> object:
    """Numbers, nested lists of them, or a tensor.

    Raises OperationFails with the framework's ValueError for lists of different lengths.
    """
    if isinstance(data, Unknown):
        return made(Shape((), leading=True), dtype_name(dtype))
    found = of_data(data)
    return made(found.shape, dtype_name(dtype, found.dtype), found.values, is_contiguous=True)


def of_data(data: Value) -> Tensor:
    """The tensor that data becomes, in the dtype that it suggests."""
    if isinstance(data, Tensor):
        return data
    shape = shape_of_data(data)
    elements: list[Value] = []
    if shape.is_known and isinstance(shape.numel, int) and shape.numel <= MOST_VALUES:
        collect(data, elements)
    dtype = declared_dtype(data) or suggested(data, elements)
    return Tensor(shape, torch, dtype=dtype, values=tuple(elements) if numbers(elements, shape) else None)


def declared_dtype(data: Value) -> str | None:
    """The dtype of the first element of data, where it is another framework's number or array and has one."""
    if isinstance(data, FrameworkNumber):
        return data.kind
    if isinstance(data, Tensor):
        return None if data.framework is torch else data.dtype
    items = data.contents if isinstance(data, ListValue) else data
    return declared_dtype(items[0]) if isinstance(items, (tuple, list)) and items else None


def numbers(elements: Sequence[Value], shape: Shape) -> bool:
    return len(elements) == shape.numel and all(isinstance(element, (bool, int, float)) for element in elements)


def shape_of_data(data: Value) -> Shape:
    if isinstance(data, Tensor):
        return data.shape
    if isinstance(data, (bool, int, float, complex, Expression)):
        return Shape(())
    if isinstance(data, range):
        return Shape((len(data),))
    items = data.contents if isinstance(data, ListValue) else data
    if isinstance(items, Unknown):
        raise Undetermined(items)
    if not isinstance(items, (tuple, list)):
        if data is None or isinstance(data, str):
            raise OperationFails(f"a tensor of {data!r}", exception="RuntimeError" if data is None else "TypeError")
        raise Undetermined(Unknown("the data of a tensor"))
    if not items:
        return Shape((0,))
    shapes = [shape_of_item(item) for item in items[:MOST_VALUES]]
    if len({str(shape) for shape in shapes}) > 1 and all(shape.is_known for shape in shapes):
        raise OperationFails(
            f"a tensor of rows of different shapes: {', '.join(sorted({str(shape) for shape in shapes}))}", exception="ValueError"
        )
    return shapes[0].inserted(0, len(items)) if not shapes[0].leading else Shape((), leading=True)


def shape_of_item(item: Value) -> Shape:
    """The shape of what stands in a list: a tensor of one element counts as a number there, however many axes it has."""
    shape = shape_of_data(item)
    is_number = isinstance(item, Tensor) and item.framework is torch and not shape.leading and equal(shape.numel, 1)
    return Shape(()) if is_number else shape


def collect(data: Value, elements: list[Value]) -> None:
    """All numbers of nested data, row by row."""
    if isinstance(data, Tensor):
        elements += data.values if data.values is not None else [None]
    elif isinstance(data, (tuple, range, ListValue)):
        items = data.contents if isinstance(data, ListValue) else data
        if isinstance(items, (tuple, list, range)):
            for item in items:
                collect(item, elements)
    else:
        elements.append(data)


def suggested(data: Value, elements: Sequence[Value]) -> str | None:
    """The dtype of data: bool, int64 or the default float, whichever holds all."""
    if isinstance(data, (bool, int, float, Expression)):
        elements = [data]
    if not elements:
        return default_dtype() if not isinstance(data, range) else "int64"
    if all(isinstance(element, bool) for element in elements):
        return "bool"
    if not all(isinstance(element, (int, float, Expression)) for element in elements):
        return None
    if any(isinstance(element, (float, Expression)) and is_float(element) for element in elements):
        return default_dtype()
    return "int64" if all(isinstance(element, int) or element.is_integer for element in elements) else None


# Ranges


@torch.op("arange", "range")
def arange(*args: object, dtype: object = None, **named: object) -> object:
    """`arange(end)`, `arange(start, end, step)`: ceil((end - start) / step) numbers."""
    given = [number(value) for value in args]
    if not given and "end" not in named:
        raise InvalidArgument("is missing", argument="end", exception="TypeError")
    start, end, step = number(named.get("start", 0)), number(named.get("end", 0)), number(named.get("step", 1))
    if len(given) == 1 and "end" not in named:
        end = given[0]
    elif given:
        start, end, step = (given + [start, end, step][len(given) :])[:3]
    numbers_given = (start, end, step)
    name = dtype_name(dtype) if dtype is not None else suggested(None, numbers_given)
    if any(part is None for part in numbers_given):
        return made(Shape((unknown_size("the length of a range"),)), dtype_name(dtype))
    if isinstance(step, (int, float)) and step == 0:
        raise InvalidArgument("must not be 0", argument="step")
    length = length_of_range(start, end, step)
    values = None
    if isinstance(length, int) and length <= MOST_VALUES and all(isinstance(part, (int, float)) for part in numbers_given):
        values = spaced(start, step, length, name)
    result = made(Shape((length,)), name, values, is_contiguous=True)
    if isinstance(start, int) and isinstance(step, int) and step > 0:
        result.data = {LARGEST: start + (length - 1) * step}
    return result


def spaced(start: float, step: float, length: int, dtype: str | None) -> list[Value] | None:
    """The numbers of a range where every machine computes the same: as integers, or exactly."""
    exact = [Fraction(start) + place * Fraction(step) for place in range(length)]
    if dtype in FLOATS and any(Fraction(as_float(float(value), FLOATS[dtype])) != value for value in (Fraction(step), *exact)):
        return None
    return [int(value) if value.denominator == 1 else float(value) for value in exact]


def number(value: Value) -> Any:
    """A number as it is, None for one that is not known."""
    if isinstance(value, (bool, int, float, Expression)):
        return value
    if isinstance(value, Tensor):
        return value.values[0] if value.values is not None and len(value.values) == 1 else None
    if isinstance(value, Unknown):
        return None
    dim = as_dim(value)
    return dim if isinstance(dim, (int, Expression)) else None


def length_of_range(start: Any, end: Any, step: Any) -> Dim:
    """Raises OperationFails where the bounds lie the wrong way round."""
    if all(isinstance(part, (int, float)) for part in (start, end, step)):
        if (end - start) * step < 0:
            raise OperationFails(f"arange from {start} to {end} by {step}, which leads away from it")
        count: int = math.ceil((end - start) / step)
        return count
    if isinstance(step, int) and all(isinstance(part, (int, Expression)) and getattr(part, "is_integer", True) for part in (start, end)):
        length: Dim = -(-(end - start) // step)
        return length if at_least(length, 0) else maximum(length, 0)
    return ceil((end - start) / step) if isinstance(step, (int, float)) else unknown_size("the length of a range")


@torch.op("linspace", kind="linspace")
@torch.op("logspace", kind="logspace")
def linspace(start: object, end: object, steps: Dim, base: object = 10.0, *, dtype: object = None, kind: str, **named: object) -> object:
    """`steps` numbers, evenly from `start` to `end`, both included."""
    if greater(0, steps):
        raise InvalidArgument(f"must not be negative, but is {steps}", argument="steps")
    name = dtype_name(dtype, default_dtype())
    first, last = number(start), number(end)
    values = None
    are_known = isinstance(first, (int, float)) and isinstance(last, (int, float))
    if kind == "linspace" and are_known and isinstance(steps, int) and steps <= MOST_VALUES and name in FLOATS:
        values = even(first, last, steps, FLOATS[name])
    return made(Shape((steps,)), name, values, is_contiguous=True)


def even(first: float, last: float, steps: int, code: str) -> list[float]:
    """The numbers as the framework computes them: the lower half from the start, the upper half back from the end.

    Each is a product and a sum that are rounded once.
    """
    if steps == 1:
        return [first]

    def fit(x: float) -> float:
        return as_float(x, code)

    first, last = fit(first), fit(last)
    step = fit(fit(last - first) / (steps - 1)) if steps > 1 else 0.0
    half = steps // 2
    exact = [
        Fraction(first) + Fraction(step) * at if at < half else Fraction(last) - Fraction(step) * (steps - at - 1) for at in range(steps)
    ]
    return [fit(float(value)) for value in exact]


@torch.op("eye")
def eye(n: Dim, m: Dim | None = None, *, dtype: object = None, **named: object) -> object:
    columns = n if m is None else m
    values = None
    if isinstance(n, int) and isinstance(columns, int) and 0 <= n * columns <= MOST_VALUES:
        values = [int(row == column) for row in range(n) for column in range(columns)]
    return made(of_sizes("eye", [n, columns], None).shape, dtype_name(dtype, default_dtype()), values, is_contiguous=True)


@torch.op("tril_indices", "triu_indices")
def triangle_indices(row: Dim, col: Dim, offset: object = 0, **named: object) -> object:
    return made(Shape((2, unknown_size("the elements of a triangle"))), "int64")


@torch.op("hann_window", "hamming_window", "blackman_window", "bartlett_window", "kaiser_window")
def window(window_length: Dim, *args: object, **named: object) -> object:
    return made(Shape((window_length,)), default_dtype())


@torch.op("from_numpy")
def from_numpy(array: object) -> object:
    """An array's elements in its dtype. Raises InvalidArgument with the framework's TypeError for what is none."""
    if isinstance(array, Tensor) and array.framework is not torch:
        return made(array.shape, array.dtype, array.values, is_contiguous=array.is_contiguous)
    if isinstance(array, (int, float, str, tuple, ListValue, Tensor, type(None))):
        raise InvalidArgument("of `from_numpy` must be an array", argument="array", exception="TypeError")
    return made(Shape((), leading=True))


@torch.op("frombuffer", "from_dlpack")
def from_memory(source: object, **named: object) -> object:
    return made(Shape((), leading=True))


@torch.op("empty_strided", "Tensor.new_empty_strided")
def empty_strided(size: object, stride: object, *, dtype: object = None, **named: object) -> object:
    return made(Shape(tuple(sizes_given("empty_strided", (size,)))), dtype_name(dtype, default_dtype()))


# Classes


@torch.native("Tensor.__new__", takes_unknown=True)
def legacy_tensor(door: Door, cls: Value, /, *args: Value, **named: Value) -> Value:
    """`torch.Tensor(2, 3)` has these sizes, `torch.Tensor([2, 3])` these elements."""
    return legacy(door, args, "float32")


def legacy(door: Door, args: Sequence[Value], dtype: str) -> Value:
    if not args:
        return made(Shape((0,)), dtype, is_contiguous=True)
    if isinstance(args[0], (int, Expression)):
        return of_sizes("Tensor", [size_of("Tensor", size) for size in args], dtype)
    if isinstance(args[0], Unknown):
        return made(Shape((), leading=True), dtype)
    if isinstance(args[0], tuple) and type(args[0]) is not tuple:
        return of_sizes("Tensor", list(args[0]), dtype)
    found = of_data(args[0])
    return made(found.shape, dtype, found.values, is_contiguous=True)


for _class, _dtype in TENSOR_CLASSES.items():
    torch.cls(_class, "Tensor")

    def _legacy(door: Door, cls: Value, *args: Value, _dtype: str = _dtype, **named: Value) -> Value:
        return legacy(door, args, _dtype)

    torch.native(f"{_class}.__new__", takes_unknown=True)(_legacy)
    torch.alias(_class, f"cuda.{_class}")
