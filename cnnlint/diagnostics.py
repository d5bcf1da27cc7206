"""Diagnostics: what the engine makes of a rule's findings, and all that a reporter needs to print one."""

from __future__ import annotations

from typing import Literal, TypeAlias

from cnnlint.graph import Note, Place
from cnnlint.record import value

Severity: TypeAlias = Literal["error", "warning", "info"]


@value
class Diagnostic:
    """A finding with its rule's code, name and severity, at a place of a file."""

    place: Place
    code: str
    name: str
    severity: Severity
    message: str
    help: str = ""
    notes: tuple[Note, ...] = ()

    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Source order within a file, then code and message."""
        return (self.place.path, self.place.span.line, self.place.span.column, self.code, self.message)
