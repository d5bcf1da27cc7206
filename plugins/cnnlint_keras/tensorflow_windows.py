"""Convolution and pooling as functions of TensorFlow, whose layout is an argument and whose sizes may be given for all four axes.

Source: https://www.tensorflow.org/api_docs/python/tf/nn
"""

from __future__ import annotations

from cnnlint.plugin import Dim, ListValue, Result, Tensor, Undetermined, Unknown, Value
from cnnlint_keras.convolution import convolved
from cnnlint_keras.framework import keras
from cnnlint_keras.pooling import pooled
from cnnlint_keras.sizes import per_axis


def is_first(data_format: Value) -> bool:
    """Whether channels stand first. Raises Undetermined where the layout is not known."""
    if data_format is None:
        return False
    if not isinstance(data_format, str):
        raise Undetermined(Unknown("a layout"))
    return data_format.startswith("NC") and not data_format.endswith("C")


def sliding_sizes(argument: str, value: Value, spatial: int, first: bool) -> tuple[Dim, ...]:
    """The sizes along the spatial axes of what is given for them, or for all axes. Raises Undetermined where that is not known."""
    items = value.contents if isinstance(value, ListValue) else value
    if isinstance(items, Unknown):
        raise Undetermined(items)
    if isinstance(items, (tuple, list)) and len(items) == spatial + 2:
        items = tuple(items[2:] if first else items[1:-1])
    return per_axis(argument, tuple(items) if isinstance(items, list) else items, spatial)


def named_padding(padding: Value) -> str:
    """Raises Undetermined for padding that is given in numbers."""
    if not isinstance(padding, str):
        raise Undetermined(Unknown("padding in numbers"))
    return padding.lower()


@keras.op("tf.nn.max_pool1d", "tf.nn.avg_pool1d", spatial=1)
@keras.op("tf.nn.max_pool2d", "tf.nn.avg_pool2d", "tf.nn.max_pool", "tf.nn.avg_pool", spatial=2)
@keras.op("tf.nn.max_pool3d", "tf.nn.avg_pool3d", spatial=3)
def pool(
    x: Tensor,
    ksize: object,
    strides: object,
    padding: object,
    data_format: object = None,
    name: object = None,
    *,
    spatial: int,
) -> Result:
    """As the pooling layers have it; the functions without a number of axes in their names only for images."""
    if x.shape.rank is not None and x.shape.rank != spatial + 2:
        raise Undetermined(Unknown("a pool over another number of axes"))
    first = is_first(data_format)
    sizes, steps = sliding_sizes("ksize", ksize, spatial, first), sliding_sizes("strides", strides, spatial, first)
    return pooled(x, sizes, steps, named_padding(padding), first)


@keras.op("tf.nn.conv2d", spatial=2)
@keras.op("tf.nn.conv3d", spatial=3)
def convolution(
    x: Tensor,
    filters: Tensor,
    strides: object,
    padding: object,
    data_format: object = None,
    dilations: object = None,
    name: object = None,
    *,
    spatial: int,
) -> Result:
    """As the convolution layers have it; `filters` are (*kernel, in_channels, out_channels)."""
    return convolved_along(x, filters, strides, padding, data_format, dilations, spatial)


@keras.op("tf.nn.conv1d")
def convolution_of_rows(
    x: Tensor,
    filters: Tensor,
    stride: object,
    padding: object,
    data_format: object = None,
    dilations: object = None,
    name: object = None,
) -> Result:
    """As for images; its one stride has the name of one."""
    return convolved_along(x, filters, stride, padding, data_format, dilations, 1)


def convolved_along(
    x: Tensor, filters: Tensor, strides: object, padding: object, data_format: object, dilations: object, spatial: int
) -> Result:
    if filters.shape.leading or len(filters.shape) != spatial + 2:
        raise Undetermined(Unknown("filters of another number of axes"))
    first = is_first(data_format)
    steps = sliding_sizes("strides", strides, spatial, first)
    dilation = sliding_sizes("dilations", 1 if dilations is None else dilations, spatial, first)
    return convolved(x, filters, steps, named_padding(padding), first, dilation)
