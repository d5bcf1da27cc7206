from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cnnlint.plugin import Finding, Rule

if TYPE_CHECKING:
    from cnnlint.diagnostics import Severity
    from cnnlint.graph import FileAnalysis


@dataclass(frozen=True)
class MalformedDirective(Rule):
    """A `# cnnlint:` comment can't be read, or says what no such comment may say.

    Why is this bad?
        What it states, an input or a budget, is not used, and nobody would notice.

    Bad:
        class Net(Module):  # cnnlint: input(batch; 3, 224, 224)
            def forward(self, x):
                return x

    Good:
        class Net(Module):  # cnnlint: input(batch, 3, 224, 224)
            def forward(self, x):
                return x

    References:
        The README's section on directives
    """

    code = "CNN903"
    severity: ClassVar[Severity] = "warning"

    def findings(self, analysis: FileAnalysis) -> Iterator[Finding]:
        """One for each directive that is not used."""
        for note in analysis.malformed:
            yield Finding(note.place, note.message)
