"""The arithmetic of a window layer, as the rules about sizes print it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cnnlint.record import value
from cnnlint.rules._proof import greater

if TYPE_CHECKING:
    from cnnlint.dims import Dim
    from cnnlint.failures import EmptyOutput
    from cnnlint.graph import WindowCall

# What one step along a spatial axis passes, the innermost last.
_AXES = {1: ("position",), 2: ("row", "column"), 3: ("slice", "row", "column")}


@value
class Axis:
    """One spatial axis of a window call, with the letters of O = (I - K + 2P) / S + 1; K is not dilated yet."""

    name: str
    I: Dim  # noqa: E741
    K: Dim
    S: Dim
    before: Dim
    after: Dim
    D: Dim
    O: Dim  # noqa: E741

    @property
    def remainder(self) -> Dim:
        """How much of the padded input the last window leaves over."""
        from cnnlint.formulas import window_remainder  # as in `_proof`: `cnnlint explain` needs no arithmetic

        return window_remainder(self.I, self.K, self.S, self.before, self.after, self.D)

    @property
    def lost(self) -> Dim:
        """How much of the input itself the last window leaves over."""
        return self.remainder - self.after

    @property
    def is_integer(self) -> bool:
        """Whether it isn't proven that the division leaves a remainder."""
        return not greater(self.remainder, 0)

    def rounding(self, unit: str = "") -> str:
        """`(224 - 11 + 2*0) / 4 + 1 = 54.25 rows, rounded down to 54`; without the quotient where the input is no number."""
        formula = f"{self.quotient()} + 1"
        if isinstance(self.S, int) and isinstance(self.remainder, int) and isinstance(self.O, int):
            return f"{formula} = {_decimal(self.O, self.remainder, self.S)}{unit}, rounded down to {self.O}"
        return f"{formula}{unit}, never an integer, rounded down to {self.O}"

    def quotient(self) -> str:
        """`(224 - 11 + 2*0) / 4`: on how many places the window stands besides the first."""
        kernel = operand(self.K) if str(self.D) == "1" else f"({operand(self.D)}*({operand(self.K)} - 1) + 1)"
        symmetric = str(self.before) == str(self.after)
        padding = f"2*{operand(self.before)}" if symmetric else f"{operand(self.before)} + {operand(self.after)}"
        return f"({self.I} - {kernel} + {padding}) / {operand(self.S)}"

    def fitting_inputs(self) -> tuple[int, int] | None:
        """The nearest sizes below and above that leave nothing over; None if the size is no number."""
        if not (isinstance(self.I, int) and isinstance(self.S, int) and isinstance(self.remainder, int)):
            return None
        return (self.I - self.remainder, self.I + self.S - self.remainder)


def axes(window: WindowCall) -> tuple[Axis, ...]:
    """The spatial axes of a window call that O = (I - K + 2P) / S + 1 holds for; none where nothing comes out."""
    if not window.rounds or any(greater(1, size) for size in (*window.output, *window.stride)):
        return ()
    sizes = zip(
        window.input,
        window.kernel,
        window.stride,
        window.padding_before,
        window.padding_after,
        window.dilation,
        window.output,
        strict=True,
    )
    names = _AXES.get(len(tuple(window.input))) or tuple(f"position on axis {axis}" for axis in range(len(tuple(window.input))))
    return tuple(Axis(name, *axis) for name, axis in zip(names, sizes, strict=True))


def rounding(of: Sequence[Axis], all_axes: Sequence[Axis]) -> str:
    """`(224 - 11 + 2*0) / 4 + 1 = 54.25, rounded down to 54`, once for axes that agree."""
    texts = {axis.rounding() for axis in of}
    if len(texts) == 1 and len(of) == len(all_axes):
        return texts.pop()
    return ", and ".join(axis.rounding(f" {axis.name}s") for axis in of)


def counted(of: Sequence[tuple[str, Dim]]) -> str:
    """`the last row and column`, `the last 2 rows and columns`, `the last row and the last 2 columns`."""
    counts = {str(count) for _, count in of}
    if len(counts) == 1:
        count = counts.pop()
        return _last(" and ".join(name if count == "1" else f"{name}s" for name, _ in of), count)
    return " and ".join(_last(name if str(count) == "1" else f"{name}s", str(count)) for name, count in of)


def exceeds(failure: EmptyOutput) -> bool:
    """Whether the dilated kernel is larger than the padded input, so that not even the first window has a place."""
    return greater(failure.dilation * (failure.kernel - 1) + 1, failure.input + 2 * failure.padding)


def _last(names: str, count: str) -> str:
    return f"the last {names}" if count == "1" else f"the last {count} {names}"


def operand(size: Dim) -> str:
    """A size as it stands in a formula: in brackets unless it is a number or a name."""
    text = str(size)
    return text if text.isalnum() or text.isidentifier() else f"({text})"


def _decimal(whole: int, remainder: int, divisor: int) -> str:
    """`whole + remainder / divisor` with at most four digits, dots where it goes on."""
    digits, rest = divmod(remainder * 10_000, divisor)
    if rest:
        return f"{whole}.{digits // 100:02}..."
    return f"{whole}.{digits:04}".rstrip("0").rstrip(".")
