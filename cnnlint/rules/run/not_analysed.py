from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from cnnlint.plugin import Finding, Rule

if TYPE_CHECKING:
    from cnnlint.diagnostics import Severity
    from cnnlint.graph import FileAnalysis


@dataclass(frozen=True)
class NotAnalysed(Rule):
    """A file, or a part of one, was not analysed, though it may be valid Python.

    Why is this bad?
        It isn't: something is beyond a limit of cnnlint (the file's size, the depth of its brackets, the length of a list,
        the number of steps that an endless loop takes). But its silence proves nothing; `--strict` makes this a warning.

    Bad:
        weights = [...]  # a file of 20 MB

    Good:
        weights = load("weights.npy")

    References:
        `max-file-size` in `[tool.cnnlint]`
    """

    code = "CNN902"
    severity: ClassVar[Severity] = "info"

    def findings(self, analysis: FileAnalysis) -> Iterator[Finding]:
        """One for each place where the analysis gave up; the engine itself reports a file that it has no analysis of."""
        for part in analysis.unknown:
            yield Finding(part.place, part.reason)
