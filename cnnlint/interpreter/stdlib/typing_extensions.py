"""`typing_extensions`: the newer names of `typing`."""

from __future__ import annotations

from cnnlint.interpreter.stdlib.typing import NAMES

__all__ = ["NAMES"]
