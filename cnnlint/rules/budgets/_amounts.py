"""Totals as findings about budgets print them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnnlint.amounts import amount, amount_of_bytes

if TYPE_CHECKING:
    from cnnlint.dims import Dim


def excess(total: Dim, is_exact: bool, *, is_bytes: bool = False) -> str:
    """A total that is over its budget; `at least` where part of it is unknown."""
    shown = amount_of_bytes if is_bytes else amount
    text = shown(total) if isinstance(total, int) else str(total)
    return text if is_exact else f"at least {text}"
