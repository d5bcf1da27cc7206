from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cnnlint.plugin import Finding, Rule

if TYPE_CHECKING:
    from cnnlint.diagnostics import Severity
    from cnnlint.graph import FileAnalysis


@dataclass(frozen=True)
class UnusedSuppression(Rule):
    """A comment silences a rule that has nothing to report there.

    Why is this bad?
        It says that something is wrong which isn't, and will hide the next fault on its lines. It is no warning, since a finding may
        show only where another file, which was not checked this time, uses the code.

    Bad:
        self.fc = Linear(400, 10)  # cnnlint: ignore[feature-mismatch]

    Good:
        self.fc = Linear(400, 10)

    Fix safety:
        Safe: only the comment is changed.

    References:
        `docs/configuration.md`, on suppression
    """

    code = "CNN904"
    severity: ClassVar[Severity] = "info"

    def findings(self, analysis: FileAnalysis) -> Iterator[Finding]:
        """Nothing: the engine reports it, once all findings of a run are known."""
        yield from ()
