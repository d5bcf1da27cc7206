"""`argparse`: what a command line gives may be anything; a `Namespace` that the program fills itself is known."""

from __future__ import annotations

from cnnlint.interpreter.builtins.natives import Table
from cnnlint.interpreter.stdlib.types import NAMESPACE
from cnnlint.values import ClassValue

NAMES = Table({"Namespace": ClassValue("Namespace", (NAMESPACE,), module="argparse")})
