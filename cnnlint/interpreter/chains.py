"""What becomes of a size on its way through the windows of layers that follow one another."""

from __future__ import annotations

from collections.abc import Sequence

from cnnlint.dims import Dims
from cnnlint.formulas import window_output
from cnnlint.interpreter.history import Step


def sizes_after(steps: Sequence[Step], changed: int, padding: int) -> tuple[int, ...] | None:
    """The sizes that the last windows give if those of the step `changed` had another padding, on both sides of each axis.

    None where the windows are no chain, in which each gets what the one before it gives, or where a size is no number.
    """
    sizes: Dims | None = None
    before: Dims | None = None
    for number, step in enumerate(steps[changed:]):
        if not step.windows:
            continue
        window = step.windows[-1]
        if len(step.windows) > 1 or not window.rounds or (before is not None and str(window.input) != str(before)):
            return None
        if number and str(window.padding_before) != str(window.padding_after):
            return None
        around = Dims.of(padding, len(window.input)) if sizes is None else window.padding_before
        output = window_output(window.input if sizes is None else sizes, window.kernel, window.stride, around, window.dilation)
        sizes, before = Dims.of(output, len(window.input)), window.output
    found = tuple(sizes or ())
    return None if not all(isinstance(size, int) for size in found) else found  # type: ignore[return-value]
