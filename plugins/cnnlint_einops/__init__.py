"""einops for cnnlint: tensors whose axes are named by a pattern, in every framework."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cnnlint.plugin import Framework, hookimpl

if TYPE_CHECKING:
    from cnnlint.plugin import Framework


@hookimpl
def cnnlint_frameworks() -> Iterable[Framework]:
    """einops, whose table is filled when it is first asked."""
    from cnnlint_einops.framework import einops  # not paid for by commands that need no framework

    return (einops,)
