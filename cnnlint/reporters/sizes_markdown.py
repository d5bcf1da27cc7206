from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

from cnnlint.plugin import SizesReporter
from cnnlint.reporters._each_text import HEADINGS, NUMBERS, cells, first_model, heading, remarks
from cnnlint.reporters._markdown import table, text

if TYPE_CHECKING:
    from cnnlint.plugin import Printing, SizesReport
    from cnnlint.plugin.sizes_report import ModelAtSizes


class SizesMarkdown(SizesReporter):
    """A section a model, with a row a size."""

    name = "markdown"

    def write(self, report: SizesReport, stream: TextIO, printing: Printing) -> None:
        stream.write("\n\n".join("\n".join(_lines(model, printing)) for model in report.models) + "\n")


def _lines(of: ModelAtSizes, printing: Printing) -> Iterator[str]:
    yield f"## {text(heading(of))}"
    if first_model(of) is not None:
        yield ""
        yield from table(HEADINGS, [tuple(text(cell) for cell in cells(row, printing)) for row in of.rows], NUMBERS)
    if lines := list(remarks(of)):
        yield ""
        yield from (f"* {text(line)}" for line in lines)
