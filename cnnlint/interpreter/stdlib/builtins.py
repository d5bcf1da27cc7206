"""`builtins`: the names that need no import."""

from __future__ import annotations

from cnnlint.interpreter.builtins import NAMES

__all__ = ["NAMES"]
