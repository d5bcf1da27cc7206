"""What a reporter of `why` is, and what it prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TextIO

from cnnlint.plugin.reporter import Reporter
from cnnlint.record import value

if TYPE_CHECKING:
    from cnnlint.graph import Explanation, Place
    from cnnlint.plugin.reporter import Printing


@value
class Pasted:
    """A framework's error as it was pasted: its last line, what it means, the frame of the project that it was raised from, a way out."""

    error: str
    meaning: str
    frame: str
    help: str = ""


@value
class Problem:
    """What is proven to go wrong at a step, in a rule's words, and how it is mended."""

    code: str
    message: str
    place: Place
    help: str = ""
    fix: str = ""


@value
class Answer:
    """A step, with what goes wrong in it, if anything does."""

    explanation: Explanation
    problem: Problem | None


@value
class WhyReport:
    """The outcome of `why`: the answers in the order of the program; `problems` are those that no step of a model shows.

    `more` counts the steps that are left out.
    """

    target: str
    answers: tuple[Answer, ...]
    problems: tuple[Problem, ...] = ()
    more: int = 0
    pasted: Pasted | None = None


class WhyReporter(Reporter):
    """An output format of `why`."""

    name: ClassVar[str]

    def write(self, report: WhyReport, stream: TextIO, printing: Printing) -> None:
        """Prints the report."""
        raise NotImplementedError
