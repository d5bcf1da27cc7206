"""Constructor arguments in the form in which Keras's layers keep them.

Source: https://keras.io/api/layers/
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cnnlint.formulas import axiswise, dilated, same_output
from cnnlint.plugin import (
    Choice,
    Dim,
    Dims,
    Expression,
    Instance,
    InvalidArgument,
    LayerFailure,
    ListValue,
    Rank,
    Shape,
    Tensor,
    Undetermined,
    Unknown,
    Value,
    WrongRank,
    as_dim,
    current_work,
    expect_rank,
    greater,
    is_float,
    maximum,
    unknown_size,
)
from cnnlint_keras.faults import BatchAxisInInputShape, ReturnSequencesMissing

FORMATS = ("channels_last", "channels_first")
IMAGE_DATA_FORMAT = "_image_data_format"
"""Under which the setting is kept, and by a layer the one that held when it was made."""


def invalid(argument: str, reason: str, exception: str = "ValueError", *, is_absent: bool = False) -> InvalidArgument:
    """The failure of an argument that Keras rejects."""
    return InvalidArgument(reason, is_absent, argument=argument, exception=exception)


def per_axis(argument: str, value: Value, axes: int, least: int = 1) -> tuple[Dim, ...]:
    """One size per axis, as a tuple; what is not known is an unknown size.

    Raises InvalidArgument for another number of them, for what is no number, and for one below `least`.
    """
    items = value.contents if isinstance(value, ListValue) else value
    if isinstance(items, Unknown):
        return (unknown_size(f"`{argument}`"),) * axes
    if not isinstance(items, (tuple, list)):
        if isinstance(items, (float, str, type(None))) or (isinstance(items, Expression) and is_float(items)):
            raise invalid(argument, f"must be an int or {axes} ints, but is {items!r}", is_absent=items is None)
        items = (items,) * axes
    if len(items) != axes:
        raise invalid(argument, f"must be an int or {axes} ints, but has {len(items)} elements")
    sizes = tuple(one_size(argument, item) for item in items)
    for size in sizes:
        if greater(least, size):
            raise invalid(argument, f"must be at least {least}, but is {size}")
    return sizes


def one_size(argument: str, value: Value) -> Dim:
    """One size of an argument. Raises InvalidArgument for what is no number."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    dim = as_dim(value)
    if not isinstance(dim, (int, Expression)):
        raise invalid(argument, "must hold ints", is_absent=value is None)
    return dim


def whole(argument: str, value: Value, exception: str = "ValueError") -> Dim:
    """A number of units, at least 1. Raises InvalidArgument for a smaller one and for what is no int."""
    if isinstance(value, (float, str, tuple, ListValue, bool, type(None))) or (isinstance(value, Expression) and is_float(value)):
        shown = repr(value) if isinstance(value, (float, str, bool, type(None))) else "a sequence"
        raise invalid(argument, f"must be a positive int, but is {shown}", exception, is_absent=value is None)
    dim = as_dim(value)
    if not isinstance(dim, (int, Expression)):
        return unknown_size(f"`{argument}`")
    if greater(1, dim):
        raise invalid(argument, f"must be a positive int, but is {dim}")
    return dim


def word(argument: str, value: Value, *allowed: str, folds: bool = True) -> Value:
    """One of these words, or what is not known. Raises InvalidArgument for another, Python's AttributeError for what is no string."""
    if isinstance(value, (Unknown, Choice, Instance)):
        return value
    if not isinstance(value, str):
        raise invalid(argument, f"must be {listed(allowed)}, but is {value!r}", "AttributeError", is_absent=value is None)
    found = value.lower() if folds else value
    if found not in allowed:
        raise invalid(argument, f"must be {listed(allowed)}, but is {value!r}")
    return found


def listed(words: tuple[str, ...]) -> str:
    """`'same' or 'valid'`."""
    texts = [repr(text) for text in words]
    return f"{', '.join(texts[:-1])} or {texts[-1]}" if len(texts) > 1 else texts[0]


def known_word(argument: str, value: Value, *allowed: str) -> str:
    """One of these words, in small letters. Raises InvalidArgument for another, Undetermined where it is not known."""
    found = word(argument, value, *allowed)
    if not isinstance(found, str):
        raise Undetermined(found if isinstance(found, Unknown) else Unknown(f"`{argument}` is one of several values"))
    return found


def data_format(value: Value) -> Value:
    """A `data_format`; None where the layer goes by the setting. Raises InvalidArgument for another word."""
    return value if value is None else word("data_format", value, *FORMATS)


def is_channels_first(layer: Any) -> bool:
    """Whether a layer's channels stand right behind the batch: by its `data_format`, else by the setting when it was made."""
    chosen = layer.data_format
    return bool((getattr(layer, IMAGE_DATA_FORMAT) if chosen is None else chosen) == "channels_first")


def spatial_of(shape: Shape, first: bool) -> Dims:
    """The sizes of the spatial axes."""
    return Dims(shape.dims[2:] if first else shape.dims[1:-1])


def channels_of(shape: Shape, first: bool) -> Dim:
    """The size of the channel axis."""
    return shape.dims[1] if first else shape.dims[-1]


def arranged(batch: Dim, channels: Dim, spatial: Dims | tuple[Dim, ...], first: bool) -> Shape:
    """A shape of these parts in the order of the data format."""
    return Shape((batch, channels, *spatial) if first else (batch, *spatial, channels))


def spatial_axes(count: int, first: bool) -> tuple[int, ...]:
    """Where so many spatial axes stand."""
    return tuple(range(2, count + 2) if first else range(1, count + 1))


def same_before(I: Dims, K: Dims, S: Dims, D: Dims) -> Dims:  # noqa: E741
    """What padding "same" puts before an image: half of what the windows need, (O - 1) S + K - I, rounded down; K is the dilated kernel.

    Source: https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2
    """
    O, reach = axiswise(same_output(I, S)), axiswise(dilated(K, D))  # noqa: E741
    return Dims(maximum((o - 1) * s + k - i, 0) // 2 for i, k, s, o in zip(I, reach, S, O, strict=True))


def sized(sizes: Any) -> Dims:
    """Sizes that a layer keeps in a tuple, for arithmetic by axis."""
    return Dims(sizes)


def ranked(tensor: Tensor, rank: int) -> Shape:
    """The shape of a tensor that must have so many axes.

    Raises WrongRank with Keras's ValueError, or what is known of its cause.
    """
    if tensor.shape.rank not in (None, rank):
        raise misfit(tensor, str(rank), rank)
    return expect_rank(tensor, rank, exception="ValueError")


INPUT, LAST_STEP = "input", "last step"
"""What is known of a tensor: that it is a model's input as the program states it; by which recurrent layer it is the last step."""


def misfit(tensor: Tensor, expected: str, rank: int) -> LayerFailure:
    """The failure of a tensor that has not the `expected` number of axes, `rank` at least."""
    shape = tensor.shape
    if shape.rank == rank - 1 and isinstance(tensor.data.get(LAST_STEP), str):
        return ReturnSequencesMissing(tensor.data[LAST_STEP], shape, rank, exception="ValueError")
    if shape.rank == rank + 1 and tensor.data.get(INPUT):
        return BatchAxisInInputShape(shape, rank, exception="ValueError")
    return WrongRank(expected, shape, exception="ValueError")


def at_least_rank(tensor: Tensor, rank: int) -> Shape:
    """The shape of a tensor that must have so many axes or more, the last of which it always shows. Raises WrongRank."""
    shape = tensor.shape
    if shape.rank is None:
        if not shape.dims:
            current_work().ranks.append(Rank(tensor, rank))
        missing = tuple(unknown_size("an axis of a tensor whose shape is not known") for _ in range(rank - len(shape.dims)))
        return Shape((*missing, *shape.dims), leading=True)
    if shape.rank < rank:
        raise misfit(tensor, f"at least {rank}", rank)
    return shape


def each(value: Value, change: Callable[[Value], Value]) -> Value:
    """A tuple or list with every item changed, or the changed value itself."""
    items = value.contents if isinstance(value, ListValue) else value
    return tuple(change(item) for item in items) if isinstance(items, (tuple, list)) else change(value)
