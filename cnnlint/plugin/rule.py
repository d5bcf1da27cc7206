"""What a rule is: a frozen dataclass that reads a file's analysis and yields findings.

Its docstring is its documentation everywhere: a line that says what is wrong, then the headings of `HEADINGS`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar, get_args

from cnnlint.failures import LayerFailure
from cnnlint.record import value

if TYPE_CHECKING:
    from cnnlint.diagnostics import Fix, Severity
    from cnnlint.graph import FileAnalysis, Note, Occurrence, Place, Written

HEADINGS = ("Why is this bad?", "Bad", "Good", "Fix safety", "References")

Failure = TypeVar("Failure", bound=LayerFailure)


@value
class Finding:
    """Something wrong at a place: the fact with its numbers, a way out, and how one gets there.

    `severity` is the rule's own unless it is given here.
    """

    place: Place
    message: str
    help: str = ""
    notes: tuple[Note, ...] = ()
    severity: Severity | None = None
    fix: Fix | None = None


@dataclass(frozen=True)
class Rule:
    """Base of all rules. The name follows from the class: `LargeKernel` is `large-kernel`.

    A subclass says its `code`, its `severity` and whether it is on without being selected; its fields are its options.
    """

    name: ClassVar[str] = ""
    code: ClassVar[str] = ""
    severity: ClassVar[Severity] = "error"
    is_on: ClassVar[bool] = True

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()  # another base may be Generic
        cls.name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", cls.__name__).lower()

    def findings(self, analysis: FileAnalysis) -> Iterator[Finding]:
        """What is wrong in a file, in source order."""
        raise NotImplementedError


class FailureRule(Rule, Generic[Failure]):
    """A rule that puts one kind of proven failure into words: `class ChannelMismatch(FailureRule[failures.ChannelMismatch])`."""

    claims: ClassVar[type[LayerFailure]]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        for base in getattr(cls, "__orig_bases__", ()):
            for argument in get_args(base):
                if isinstance(argument, type):
                    cls.claims = argument

    def findings(self, analysis: FileAnalysis) -> Iterator[Finding]:
        for occurrence in analysis.occurrences:
            finding = self.finding(occurrence)
            if finding is not None:
                yield finding

    def finding(self, occurrence: Occurrence) -> Finding | None:
        """The failure in words; None if it is of another kind."""
        failure = occurrence.failure
        if not isinstance(failure, self.claims) or not self.takes(failure):  # type: ignore[arg-type]  # as below
            return None
        return Finding(
            occurrence.place,
            self.message(occurrence.subject, failure),  # type: ignore[arg-type]  # `claims` is the class's own argument
            self.help(failure),  # type: ignore[arg-type]
            occurrence.notes,
            self.severity_of(failure),  # type: ignore[arg-type]
            self.fix(failure, occurrence.written) if occurrence.written is not None else None,  # type: ignore[arg-type]
        )

    def takes(self, failure: Failure) -> bool:
        """Whether this one of its kind is the rule's; where several rules share a kind, just one of them must say so."""
        return True

    def message(self, subject: str, failure: Failure) -> str:
        """The fact with its numbers; `subject` names the layer or the operation that fails."""
        raise NotImplementedError

    def help(self, failure: Failure) -> str:
        """A way out that holds for every such failure, or nothing."""
        return ""

    def fix(self, failure: Failure, written: Written) -> Fix | None:
        """Edits of what is written that mend the failure, or None; `cnnlint.plugin.mending` makes those that are usual."""
        return None

    def severity_of(self, failure: Failure) -> Severity:
        """The rule's severity, where it doesn't depend on the failure."""
        return self.severity


@value
class Documentation:
    """A rule's docstring in parts: the first line, what follows it, and the text under each heading, examples dedented."""

    summary: str
    description: str
    sections: tuple[tuple[str, str], ...]


def documentation(rule: type[Rule]) -> Documentation:
    """The parts of a rule's docstring, in the order in which they stand there."""
    lines = _dedented((rule.__doc__ or "").strip("\n"))
    summary, rest = lines[0], lines[1:]
    parts: list[tuple[str, list[str]]] = [("", [])]
    for line in rest:
        if line.rstrip(":") in HEADINGS:
            parts.append((line.rstrip(":"), []))
        else:
            parts[-1][1].append(line)
    texts = [(heading, "\n".join(_dedented("\n".join(body).strip("\n")))) for heading, body in parts]
    return Documentation(summary, texts[0][1], tuple(texts[1:]))


def _dedented(text: str) -> list[str]:
    """The lines of `text` without their common indentation; a docstring's first line has none to lose."""
    lines = [line.rstrip() for line in text.splitlines()] or [""]
    indented = [len(line) - len(line.lstrip()) for line in lines[1:] if line]
    if lines[0].startswith(" "):
        indented.append(len(lines[0]) - len(lines[0].lstrip()))
    common = min(indented, default=0)
    return [line[common:] if line.startswith(" ") else line for line in lines]
