"""For which sizes of its input a model runs."""

from __future__ import annotations

from cnnlint.dims import Symbol
from cnnlint.record import record
from cnnlint.solver import SizeSet


@record
class InputSizes:
    """The input sizes of a model: `found` is the set, solved; for a sampled one it is only what conditions could be followed.

    `text` says it in words; `least` and `multiple_of` have a number for each spatial axis; `chosen` are the sizes that stand for all
    where nobody states one (None where there are none). `is_sampled` where some of the conditions are not known, so that only the
    sizes that were tried (`examples`) are known to run. `is_assumed` where nobody states the input, so that shapes hold symbols.
    """

    found: SizeSet
    text: str
    least: tuple[int, ...]
    multiple_of: tuple[int, ...]
    examples: tuple[tuple[int, ...], ...]
    chosen: tuple[int, ...] | None
    is_sampled: bool = False
    is_assumed: bool = False

    @property
    def assumed(self) -> dict[Symbol, int]:
        """The sizes that the summary puts in for symbols, where nobody states any."""
        if not self.is_assumed or self.is_sampled or self.chosen is None:
            return {}
        return {axis.symbol: size for axis, size in zip(self.found.spatial, self.chosen, strict=True)}
