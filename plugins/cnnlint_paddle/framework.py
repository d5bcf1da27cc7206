"""The table of Paddle.

Source: https://www.paddlepaddle.org.cn/documentation/docs/en/api/index_en.html
"""

from __future__ import annotations

from cnnlint.plugin import Convention, Framework, Instance, Tensor, declare_modules

paddle = Framework(
    "paddle",
    ("paddle",),
    module="nn.Layer",
    parameter="Parameter",
    reexports={"nn.layer.": "nn", "tensor.": ""},
    synonyms={"input": "x"},
    package="cnnlint_paddle",
)
declare_modules(paddle, forward="forward")
STATISTICS = ("_mean", "_variance")
assert paddle.convention is not None
_plain = paddle.convention


def statistics(layer: Instance, *, are_wanted: bool) -> list[tuple[str, Tensor]]:
    """The tensors beside the parameters that training changes: what a normalisation keeps of batches, or all others."""
    return [(name, tensor) for name, tensor in _plain.buffers(layer) if (name in STATISTICS) is are_wanted]


# The framework counts statistics as parameters, which are not trained.
paddle.convention = Convention(
    children=_plain.children,
    parameters=lambda layer: [*_plain.parameters(layer), *statistics(layer, are_wanted=True)],
    buffers=lambda layer: statistics(layer, are_wanted=False),
    register=_plain.register,
    set_training=_plain.set_training,
    is_trainable=lambda layer, tensor: tensor.kind == paddle.parameter,
)
ATTRS = ("name",)
"""Arguments that no size depends on."""
