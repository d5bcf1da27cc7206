"""Counts and bytes as they are stated and printed."""

from __future__ import annotations

_UNITS = ((1_000_000_000, "G"), (1_000_000, "M"), (1_000, "k"))
_BINARY_UNITS = ((1024**4, "TiB"), (1024**3, "GiB"), (1024**2, "MiB"), (1024, "KiB"))


def amount(count: int) -> str:
    """`62.4M (62,378,344)`: short for the eye, in full for the proof; small numbers and round ones only once."""
    for unit, letter in _UNITS:
        if count >= unit:
            short = f"{_tenths(count, unit)}{letter}"
            return short if _tenths_of(count, unit) * unit == count * 10 else f"{short} ({count:,})"
    return str(count)


def amount_of_bytes(count: int) -> str:
    """`22.9 KiB (23,400 bytes)`; small numbers and round ones only once."""
    short = short_bytes(count)
    for unit, _ in _BINARY_UNITS:
        if count >= unit:
            return short if _tenths_of(count, unit) * unit == count * 10 else f"{short} ({count:,} bytes)"
    return short


def short_bytes(count: int) -> str:
    """`22.9 KiB`, `512 bytes`: rounded to tenths of a unit."""
    for unit, letters in _BINARY_UNITS:
        if count >= unit:
            return f"{_tenths(count, unit)} {letters}"
    return f"{count} bytes" if count != 1 else "1 byte"


def percentage(hundredths: int) -> str:
    """`76.5%` for 7650 hundredths of a percent; no zeros behind the point."""
    whole, rest = divmod(abs(hundredths), 100)
    digits = f".{rest:02}".rstrip("0").rstrip(".")
    return f"{'-' if hundredths < 0 else ''}{whole}{digits}%"


def _tenths_of(count: int, unit: int) -> int:
    return (count * 10 + unit // 2) // unit


def _tenths(count: int, unit: int) -> str:
    tenths = _tenths_of(count, unit)
    return f"{tenths // 10}" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}"
