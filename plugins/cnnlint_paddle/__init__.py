"""Paddle for cnnlint: the layers of CNNs, and the operations on tensors that stand between them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cnnlint.plugin import hookimpl

if TYPE_CHECKING:
    from cnnlint.plugin import Framework


@hookimpl
def cnnlint_frameworks() -> Iterable[Framework]:
    """Paddle; its table is filled when it is first asked."""
    from cnnlint_paddle.framework import paddle  # not paid for by commands that need no framework

    return (paddle,)
