"""Diagnostics: what the engine makes of a rule's findings, and all that a reporter needs to print one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from cnnlint.record import value

if TYPE_CHECKING:
    from cnnlint.graph import Note, Place

Severity: TypeAlias = Literal["error", "warning", "info"]


@value
class Edit:
    """Text that takes the place of a range of a file; an empty range is where it is inserted."""

    place: Place
    text: str


@value
class Fix:
    """Edits that together mend a finding; `safe` if they can't change what a program that runs computes."""

    message: str
    safe: bool
    edits: tuple[Edit, ...]


@value
class Suppressed:
    """Why a diagnostic is not printed: a comment in the source, or an entry of the baseline, with the reason given there."""

    by: Literal["comment", "baseline"]
    reason: str = ""


@value
class Diagnostic:
    """A finding with its rule's code, name and severity, at a place of a file; `suppressed` says why it is not printed, if so."""

    place: Place
    code: str
    name: str
    severity: Severity
    message: str
    help: str = ""
    notes: tuple[Note, ...] = ()
    fix: Fix | None = None
    suppressed: Suppressed | None = None

    def silenced(self, suppressed: Suppressed) -> Diagnostic:
        """The same, not to be printed."""
        fields = {name: getattr(self, name) for name in self.__match_args__}
        return Diagnostic(**{**fields, "suppressed": suppressed})

    def sort_key(self) -> tuple[str, int, int, int, str, str]:
        """Source order within a file, then code and message."""
        place = self.place
        return (place.path, place.cell, place.span.line, place.span.column, self.code, self.message)
