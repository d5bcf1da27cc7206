"""Diagnostics in notebooks, for formats whose lines are those of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cnnlint.diagnostics import Diagnostic


def within_cell(diagnostic: Diagnostic) -> str:
    """The message, with the cell and its line before it in a notebook."""
    place = diagnostic.place
    return f"cell {place.cell}, line {place.span.line}: {diagnostic.message}" if place.cell else diagnostic.message
