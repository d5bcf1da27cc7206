"""Amounts as the rules about wiring print them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cnnlint.dims import Dim


def parameters(count: Dim | None) -> str:
    """`1,024 parameters`; without the number where it is not known."""
    if count is None:
        return "parameters"
    return f"{count:,} parameters" if isinstance(count, int) else f"{count} parameters"
