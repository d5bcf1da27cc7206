from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnnlint.plugin import Finding, Rule

if TYPE_CHECKING:
    from cnnlint.graph import FileAnalysis


@dataclass(frozen=True)
class SyntaxError(Rule):  # noqa: A001  # the rule's name decides
    """A file is not valid Python.

    Why is this bad?
        Python refuses to run it. Nothing else is checked in such a file.

    Bad:
        conv = Conv2d(3, 64, 3

    Good:
        conv = Conv2d(3, 64, 3)

    References:
        The Python language reference, https://docs.python.org/3/reference/
    """

    code = "CNN901"

    def findings(self, analysis: FileAnalysis) -> Iterator[Finding]:
        """Nothing: the engine reports it, having no analysis of such a file."""
        yield from ()
