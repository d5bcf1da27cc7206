from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnnlint import failures
from cnnlint.plugin import FailureRule
from cnnlint.plugin.mending import divided

if TYPE_CHECKING:
    from cnnlint.diagnostics import Fix
    from cnnlint.graph import Written


@dataclass(frozen=True)
class FloatSize(FailureRule[failures.FloatSize]):
    """A size is a float where only an integer will do.

    Why is this bad?
        `/` gives a float in Python even where it divides evenly, and no framework takes `64.0` channels. Whoever halves the width
        of a bottleneck with `planes / 2` meets a TypeError when the layer is built, or when it is called.

    Bad:
        Conv2d(in_channels=64, out_channels=64 / 4, kernel_size=1)

    Good:
        Conv2d(in_channels=64, out_channels=64 // 4, kernel_size=1)

    Fix safety:
        Safe where the quotient is the size and divides evenly; unsafe where more is computed from it, or a fraction is lost.

    References:
        The Python language reference, https://docs.python.org/3/reference/expressions.html#binary-arithmetic-operations
    """

    code = "CNN304"

    def message(self, subject: str, failure: failures.FloatSize) -> str:
        return f"`{subject}`: `{failure.argument}` must be an int, but is the float {failure.got}"

    def help(self, failure: failures.FloatSize) -> str:
        return "`//` divides to an int, `int(...)` rounds towards zero"

    def fix(self, failure: failures.FloatSize, written: Written) -> Fix | None:
        return divided(written, failure.got)
