"""What gives an element for each element, as layers and as functions, and operators on tensors.

Source: https://www.paddlepaddle.org.cn/documentation/docs/en/api/paddle/nn/Overview_en.html
"""

from __future__ import annotations

from cnnlint.plugin import NotBroadcastable, Result, Shape, Tensor, Unbroadcastable, broadcast
from cnnlint_paddle.framework import paddle

LAYERS = (
    "ReLU ReLU6 LeakyReLU ELU SELU CELU GELU Silu Swish Mish Hardswish Hardsigmoid Hardtanh Sigmoid Tanh Softmax LogSoftmax Softplus "
    "Softsign Dropout Dropout2D Dropout3D AlphaDropout Identity"
)
FUNCTIONS = "relu relu6 leaky_relu elu selu gelu silu swish mish hardswish hardsigmoid sigmoid tanh softmax log_softmax softplus dropout"


@paddle.layer(*(f"nn.{name}" for name in LAYERS.split()))
class Elementwise:
    def parameters(*given: object, **named: object) -> None:
        return None

    def forward(self, x: Tensor) -> Result:
        return Result(x.shape)


@paddle.op(*(f"nn.functional.{name}" for name in FUNCTIONS.split()))
@paddle.op("tanh", "exp", "sqrt", "abs", "log", "Tensor.astype", "Tensor.detach", "Tensor.tanh", "Tensor.exp", "Tensor.cast", "cast")
def elementwise(x: Shape, *options: object, **named: object) -> Shape:
    return x


OPERATORS = "__add__ __radd__ __sub__ __rsub__ __mul__ __rmul__ __truediv__ __rtruediv__"


@paddle.op(*(f"Tensor.{name}" for name in OPERATORS.split()), "add", "subtract", "multiply", "divide", "maximum", "minimum")
def binary(x: Tensor, y: object, name: object = None) -> Shape:
    """The common shape of both operands.

    Raises Unbroadcastable where they have none.
    """
    if not isinstance(y, Tensor):
        return x.shape
    try:
        joined, _ = broadcast(x.shape, y.shape)
    except NotBroadcastable as error:
        raise Unbroadcastable(x.shape, y.shape, error.axis, exception="ValueError") from None
    return joined
