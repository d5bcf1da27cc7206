"""For which sizes of its input a model runs."""

from __future__ import annotations

from collections.abc import Mapping

from cnnlint.dims import Symbol
from cnnlint.record import record
from cnnlint.solver import SizeSet


@record
class InputSizes:
    """The input sizes of a model: `found` is the set, solved. Sizes are those of the spatial axes, in order.

    `chosen` are the sizes that stand for all where nobody states one (None where there are none), `called` those with which the code
    called the model, if it ran. Unless `is_complete`, some conditions are not known: sizes outside of the set are refused, and of
    those inside only `called` are known to run. `is_assumed` where nobody states the input, so that shapes hold symbols.
    """

    found: SizeSet
    chosen: tuple[int, ...] | None
    called: tuple[int, ...] | None
    is_complete: bool
    is_assumed: bool

    @property
    def examples(self) -> tuple[tuple[int, ...], ...]:
        """Sizes that are known to run."""
        sizes = self.chosen if self.is_complete else self.called
        return () if sizes is None else (sizes,)

    @property
    def assumed(self) -> dict[Symbol, int]:
        """The sizes that the summary puts in for symbols, where nobody states any."""
        if not self.is_assumed or not self.is_complete or self.chosen is None:
            return {}
        return {axis.symbol: size for axis, size in zip(self.found.spatial, self.chosen, strict=True)}

    @property
    def is_telling(self) -> bool:
        """Whether it is known that some sizes are not taken."""
        return not self.found.text.endswith(": any")

    def takes(self, sizes: Mapping[Symbol, int]) -> bool:
        """Whether the model is known to run with these sizes, which stand for those that nobody states."""
        symbols = {axis.symbol for axis in self.found.spatial}
        if not self.is_assumed or not self.is_complete or symbols != set(sizes):
            return False
        batches = {axis.symbol: self.found.batch for axis in self.found.axes if axis.is_batch}
        return self.found.accepts({**batches, **sizes})
