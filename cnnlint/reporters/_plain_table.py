"""Tables in plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def plain_table(rows: Sequence[Sequence[str]], numbers: Sequence[int]) -> Iterator[str]:
    """The lines of a table whose first row are the headings; the columns in `numbers` stand at the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for number, row in enumerate(rows):
        cells = [
            f"{cell:>{width}}" if column in numbers else f"{cell:{width}}"
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()
        if number == 0:
            yield "  ".join("-" * width for width in widths)
