from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

from cnnlint.plugin import SizesReporter
from cnnlint.reporters._each_text import HEADINGS, NUMBERS, cells, first_model, heading, remarks
from cnnlint.reporters._plain_table import plain_table

if TYPE_CHECKING:
    from cnnlint.plugin import Printing, SizesReport
    from cnnlint.plugin.sizes_report import ModelAtSizes


class SizesTable(SizesReporter):
    """A line a size, then what is wrong with some of them."""

    name = "table"

    def write(self, report: SizesReport, stream: TextIO, printing: Printing) -> None:
        stream.write("\n\n".join("\n".join(_lines(model, printing)) for model in report.models) + "\n")


def _lines(of: ModelAtSizes, printing: Printing) -> Iterator[str]:
    yield heading(of)
    if first_model(of) is not None:
        rows = [cells(row, printing) for row in of.rows]
        used = [number for number, name in enumerate(HEADINGS) if name or any(row[number] for row in rows)]
        yield ""
        yield from plain_table([[row[number] for number in used] for row in (HEADINGS, *rows)], NUMBERS)
        yield ""
    yield from remarks(of)
