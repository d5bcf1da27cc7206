from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cnnlint.plugin import Finding, Rule

if TYPE_CHECKING:
    from cnnlint.diagnostics import Severity
    from cnnlint.graph import FileAnalysis


@dataclass(frozen=True)
class UnknownCodeInSuppression(Rule):
    """A comment silences what is neither a rule's code nor its name.

    Why is this bad?
        It silences nothing, though its author meant it to.

    Bad:
        self.fc = Linear(400, 10)  # cnnlint: ignore[feature-missmatch]

    Good:
        self.fc = Linear(400, 10)  # cnnlint: ignore[feature-mismatch]

    Fix safety:
        Safe: only the comment is changed.

    References:
        `cnnlint rules` lists all codes and names
    """

    code = "CNN905"
    severity: ClassVar[Severity] = "warning"

    def findings(self, analysis: FileAnalysis) -> Iterator[Finding]:
        """Nothing: the engine reports it, where it reads the comments."""
        yield from ()
