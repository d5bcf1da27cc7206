"""`os.path`: what it makes of known strings, with `/` between the parts; the file system itself is unknown."""

from __future__ import annotations

import posixpath
from collections.abc import Callable

from cnnlint.interpreter.builtins.natives import Table
from cnnlint.interpreter.machine import Machine
from cnnlint.values import Value

NAMES = Table()


def declare(function: Callable[..., Value]) -> None:
    def compute(machine: Machine, *parts: Value) -> Value:
        if not parts or not all(isinstance(part, str) for part in parts):
            return machine.unknown("a path", is_free=True, is_harmless=True)
        return function(*parts)

    NAMES.define(function.__name__)(compute)


for _function in (
    posixpath.join,
    posixpath.basename,
    posixpath.dirname,
    posixpath.splitext,
    posixpath.split,
    posixpath.normpath,
    posixpath.isabs,
):
    declare(_function)
