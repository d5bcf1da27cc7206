"""`string`: its constants."""

from __future__ import annotations

import string

from cnnlint.interpreter.builtins.natives import Table, not_modelled

NAMES = Table({name: value for name, value in vars(string).items() if isinstance(value, str) and not name.startswith("_")})
NAMES |= {name: not_modelled(f"string.{name}") for name in ("Template", "Formatter", "capwords")}
