"""Tools that run or train a model, of which its input can be read.

Source: https://www.paddlepaddle.org.cn/documentation/docs/en/api/paddle/summary_en.html
"""

from __future__ import annotations

from cnnlint.plugin import Door, Expression, Instance, Shape, Tensor, Value
from cnnlint_paddle.framework import paddle
from cnnlint_paddle.sizes import known_items


@paddle.native("summary", "flops", takes_unknown=True)
def summary(door: Door, /, net: Value, input_size: Value = None, *options: Value, **keywords: Value) -> Value:
    """Runs the model on inputs of the given shapes, batch included: one, or a sequence of them."""
    sizes = known_items(input_size)
    each = sizes if isinstance(sizes, tuple) and any(isinstance(known_items(item), tuple) for item in sizes) else (sizes,)
    shapes = [known_items(item) for item in each]
    are_known = all(
        isinstance(shape, tuple) and all(isinstance(size, (int, Expression)) and size != -1 for size in shape) for shape in shapes
    )
    if isinstance(net, Instance) and are_known:
        door.note_run(net, [Tensor(Shape(shape), paddle, dtype="float32") for shape in shapes])
    return door.unknown("what a summary says", is_harmless=True)


paddle.cls("Model")


@paddle.native("Model.__init__", takes_unknown=True)
def wrap(door: Door, wrapper: Instance, /, network: Value, *given: Value, **keywords: Value) -> None:
    """A wrapper that trains a model, and changes no size of it."""
    door.put(wrapper, "network", network)


@paddle.native("Model.__getattr__", takes_unknown=True)
def of_wrapper(door: Door, wrapper: Instance, /, name: str) -> Value:
    return door.unknown(f"`{name}` of a model that is trained", is_harmless=True)
