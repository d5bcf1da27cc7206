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
    """A file was not analysed, though it may be valid Python.

    Why is this bad?
        It isn't: the file is beyond a limit of cnnlint (its size, the depth of its brackets, the length of an expression).
        But its silence proves nothing.

    Bad:
        weights = [...]  # a file of 20 MB

    Good:
        weights = load("weights.npy")

    References:
        `max-file-size` in `[tool.cnnlint]`
    """

    code = "CNN902"
    severity: ClassVar[Severity] = "info"

    def findings(self, analysis: FileAnalysis) -> Iterator[Finding]:  # noqa: ARG002
        """Nothing: the engine reports it, having no analysis of such a file."""
        yield from ()
