"""`weakref`: references that count as strong ones, since nothing is ever collected."""

from __future__ import annotations

from cnnlint.interpreter.builtins.natives import Table, harmless, native
from cnnlint.interpreter.machine import Machine
from cnnlint.interpreter.types import DICT, SET
from cnnlint.values import Value

NAMES = Table({"WeakValueDictionary": DICT, "WeakKeyDictionary": DICT, "WeakSet": SET, "finalize": harmless("finalize")})


@NAMES.define("ref", "WeakMethod", takes_unknown=True)
def reference(machine: Machine, obj: Value, callback: Value = None) -> Value:
    return native("ref", lambda machine: obj)


@NAMES.define("proxy", takes_unknown=True)
def proxy(machine: Machine, obj: Value, callback: Value = None) -> Value:
    return obj
