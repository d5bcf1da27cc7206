"""A line on the terminal that says how far a long run is."""

from __future__ import annotations

import shutil
import time
from types import TracebackType
from typing import TextIO

_AFTER = 1.0  # seconds before anything is shown
_EVERY = 0.1
_BAR = 24


class Progress:
    """A bar on a terminal that appears when a run takes long, and is wiped out at its end. Lives for one run."""

    def __init__(self, total: int, stream: TextIO, *, is_wanted: bool) -> None:
        self._total = total
        self._stream = stream
        self._is_wanted = is_wanted and total > 1 and stream.isatty()
        self._done = -1
        self._drawn = 0
        self._next = time.monotonic() + _AFTER

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._draw("")

    def advance(self, path: str) -> None:
        """The work goes on with `path`; what was named before is done."""
        self._done += 1
        if self._is_wanted and time.monotonic() >= self._next:
            self._next = time.monotonic() + _EVERY
            filled = _BAR * self._done // self._total
            self._draw(f"[{'#' * filled}{' ' * (_BAR - filled)}] {self._done:,}/{self._total:,} {path}")

    def _draw(self, text: str) -> None:
        if text or self._drawn:
            shown = text[: shutil.get_terminal_size().columns - 1]
            self._stream.write(f"\r{shown}{' ' * (self._drawn - len(shown))}" + ("" if text else "\r"))
            self._stream.flush()
            self._drawn = len(shown)
