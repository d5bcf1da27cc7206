"""From a file to its text, whatever kind of file it is."""

from __future__ import annotations

import pathlib

from cnnlint.source.notebook import decode_notebook
from cnnlint.source.text import MAX_FILE_SIZE, SourceText, check_size, decode

NOTEBOOK = ".ipynb"


def read_source(path: pathlib.Path, display: str, limit: int = MAX_FILE_SIZE) -> SourceText:
    """The text of the file at `path`, called `display` in messages.

    Raises NotAnalysed if the file is larger than `limit` bytes or is not text; OSError if it cannot be read.
    """
    with path.open("rb") as stream:
        return decode_file(stream.read(limit + 1), path, display, limit)


def decode_file(data: bytes, path: pathlib.Path, display: str, limit: int = MAX_FILE_SIZE) -> SourceText:
    """The text that the file holds, by the suffix of its path; raises as `read_source` does."""
    check_size(data, display, limit)
    return decode_notebook(data, display) if path.suffix == NOTEBOOK else decode(data, display)
