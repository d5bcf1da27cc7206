"""Costs as findings about budgets print them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnnlint.amounts import amount, amount_of_bytes, percentage
from cnnlint.budgets import BUDGET_UNITS

if TYPE_CHECKING:
    from cnnlint.dims import Dim
    from cnnlint.graph import Figure

QUANTITIES = {
    "params": "parameters",
    "trainable-params": "trainable parameters",
    "macs": "MACs",
    "activation-memory": "for activations at once",
    "layer-memory": "for a layer",
    "model-size": "of weights",
    "layer-share": "of its parameters in one layer",
}
"""What the keys of budgets count, behind the amount."""


def excess(figure: Figure, *, is_bytes: bool = False) -> str:
    """A total that is over its budget; `at least` where part of it is unknown."""
    shown_as = amount_of_bytes if is_bytes else amount
    text = shown_as(figure.amount) if isinstance(figure.amount, int) else str(figure.amount)
    return text if figure.is_exact else f"at least {text}"


def shown(key: str, count: Dim) -> str:
    """A cost of this key: `1.5k (1,515)`, `64 KiB`, `12.5%`."""
    match BUDGET_UNITS[key]:
        case "percent":
            return percentage(count) if isinstance(count, int) else str(count)
        case "bytes":
            return amount_of_bytes(count) if isinstance(count, int) else f"{count} bytes"
    return amount(count) if isinstance(count, int) else str(count)


def growth(key: str, before: int, figure: Figure) -> str:
    """`from 61,706 to 82,826 parameters (+34.22%)`; of a lower bound `at least`."""
    now = figure.amount
    least = "" if figure.is_exact else "at least "
    what = f"{'bytes ' if BUDGET_UNITS[key] == 'bytes' else ''}{QUANTITIES[key]}"
    more = f" (+{percentage((now - before) * 10_000 // before)})" if before and isinstance(now, int) else ""
    return f"from {before:,} to {least}{f'{now:,}' if isinstance(now, int) else now} {what}{more}"
