"""Containers, and methods of layers that change no size.

Source: https://www.paddlepaddle.org.cn/documentation/docs/en/api/paddle/nn/Layer_en.html
"""

from __future__ import annotations

from cnnlint.plugin import Door, Instance, Value
from cnnlint_paddle.framework import paddle

paddle.python("cnnlint_paddle", "sources/containers.py", "nn", "Sequential", "LayerList")


@paddle.native("nn.Layer.add_sublayer", takes_unknown=True)
def add_sublayer(door: Door, layer: Instance, /, name: Value, sublayer: Value) -> Value:
    if isinstance(name, str):
        door.put(layer, name, sublayer)
    return sublayer


@paddle.native("nn.Layer.train", "nn.Layer.eval")
def set_mode(door: Door, layer: Instance, /) -> None:
    """Layers of neither mode have other sizes."""
