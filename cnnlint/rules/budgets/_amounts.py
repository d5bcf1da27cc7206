"""Amounts as budgets are stated and as totals are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cnnlint.dims import Dim

_UNITS = ((1_000_000_000, "G"), (1_000_000, "M"), (1_000, "k"))


def amount(count: int) -> str:
    """`62.4M (62,378,344)`: short for the eye, in full for the proof; small numbers and round ones only once."""
    for unit, letter in _UNITS:
        if count >= unit:
            tenths = (count * 10 + unit // 2) // unit
            short = f"{tenths // 10}{letter}" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}{letter}"
            return short if tenths * unit == count * 10 else f"{short} ({count:,})"
    return str(count)


def excess(total: Dim, is_exact: bool) -> str:
    """A total that is over its budget; `at least` where part of it is unknown."""
    text = amount(total) if isinstance(total, int) else str(total)
    return text if is_exact else f"at least {text}"
