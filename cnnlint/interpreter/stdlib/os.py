"""`os`: the environment, all of it unknown but the names of its parts."""

from __future__ import annotations

from cnnlint.interpreter.builtins.natives import Table
from cnnlint.interpreter.types import EXCEPTIONS

NAMES = Table({"error": EXCEPTIONS["OSError"]})
