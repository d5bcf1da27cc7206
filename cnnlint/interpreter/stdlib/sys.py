"""`sys`: the environment, unknown; `sys.exit` ends the program."""

from __future__ import annotations

from cnnlint.interpreter.builtins.natives import Table
from cnnlint.interpreter.builtins.reflection import leave

NAMES = Table({"maxsize": 2**63 - 1})
NAMES.define("exit", takes_unknown=True)(leave)
