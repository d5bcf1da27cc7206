"""For which sizes of its input a model runs."""

from __future__ import annotations

from collections.abc import Mapping

from cnnlint.dims import Symbol
from cnnlint.record import record, value
from cnnlint.solver import SizeSet


@value
class Sample:
    """Whether a model runs with some sizes of the spatial axes."""

    sizes: tuple[int, ...]
    runs: bool


@record
class InputSizes:
    """The input sizes of a model: `found` is the set, solved. Sizes are those of the spatial axes, in order.

    `chosen` are the sizes that stand for all where nobody states one (None where there are none), `called` those with which the code
    called the model, if it ran. `is_assumed` where nobody states the input, so that shapes hold symbols. Unless `is_complete`, some
    conditions are not known: sizes outside of the set are refused, and of those inside only `called` and the `samples` that ran are
    known to run.
    """

    found: SizeSet
    chosen: tuple[int, ...] | None
    called: tuple[int, ...] | None
    is_complete: bool
    is_assumed: bool
    samples: tuple[Sample, ...] = ()

    @property
    def text(self) -> str:
        """The set in words; where it isn't known in full, the sizes that were tried."""
        if self.is_complete:
            return self.found.text
        if not self.samples:
            return f"{self.found.text} at most (not all conditions are known)"
        said = (("runs with", self.examples), ("fails with", self.refused))
        are_equal = all(len(set(sizes)) == 1 for _, found in said for sizes in found)
        names = f" with {' = '.join(axis.name for axis in self.found.spatial)}" if are_equal and len(self.found.spatial) > 1 else ""
        return f"sampled{names}: {'; '.join(f'{word} {listed(sizes, are_equal)}' for word, sizes in said if sizes)}"

    @property
    def examples(self) -> tuple[tuple[int, ...], ...]:
        """Sizes that are known to run."""
        if self.is_complete:
            return () if self.chosen is None else (self.chosen,)
        ran = [sample.sizes for sample in self.samples if sample.runs]
        return tuple(sorted({*ran, *((self.called,) if self.called is not None else ())}))

    @property
    def refused(self) -> tuple[tuple[int, ...], ...]:
        """Sizes that were tried and fail."""
        return tuple(sorted(sample.sizes for sample in self.samples if not sample.runs))

    @property
    def assumed(self) -> dict[Symbol, int]:
        """The sizes that the summary puts in for symbols, where nobody states any."""
        if not self.is_assumed or not (self.is_complete or self.samples) or self.chosen is None:
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


def listed(sizes: tuple[tuple[int, ...], ...], are_equal: bool) -> str:
    return ", ".join(str(each[0]) if are_equal else " x ".join(map(str, each)) for each in sizes)
