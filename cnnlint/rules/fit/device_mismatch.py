from __future__ import annotations

from dataclasses import dataclass

from cnnlint import failures
from cnnlint.plugin import FailureRule


@dataclass(frozen=True)
class DeviceMismatch(FailureRule[failures.DeviceMismatch]):
    """Tensors are combined that the program put on different devices.

    Why is this bad?
        No device reads the memory of another one in the middle of an operation; the call raises. Only devices that the
        program names with literals are compared.

    Bad:
        weight, image = randn(8, 8), randn(8, 8)
        weight.to("cuda") @ image.to("cpu")

    Good:
        weight, image = randn(8, 8), randn(8, 8)
        weight.to("cuda") @ image.to("cuda")

    References:
        PyTorch, CUDA semantics, https://docs.pytorch.org/docs/stable/notes/cuda.html
    """

    code = "CNN210"

    def message(self, subject: str, failure: failures.DeviceMismatch) -> str:
        return f"`{failure.operation or subject}` combines tensors on {failure.left} and {failure.right}"
