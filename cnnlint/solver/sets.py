"""The set of sizes that a model takes, and its words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

from cnnlint.dims import And, Symbol, substitute_condition
from cnnlint.dims.expression import expression_of
from cnnlint.record import record, value
from cnnlint.solver.demands import Demand, accepts
from cnnlint.solver.ranges import EVERYTHING, TABLE, Ranges
from cnnlint.solver.single import period, solved
from cnnlint.solver.words import Pattern, pattern_of, worded

USUAL = (224, 32, 28, 299, 256, 227, 64, 512)
"""The image sizes that are tried first where nobody states one."""
MOST_SEARCHED = 512
"""So far a pair of different sizes is looked for where no equal ones will do."""


@value
class Axis:
    """A size that the input leaves open: its symbol, what it is called, and the size with which the model was called, if it was."""

    symbol: Symbol
    name: str
    is_batch: bool = False
    given: int | None = None


@record
class SizeSet:
    """The sizes that meet all demands.

    `sizes` says for each axis which sizes it may have: with all axes of its group equal, where the demands tie several together;
    `pairs` are some sizes of tied axes that work where equal ones don't. `is_empty` where no sizes were found, `is_proven` if that
    holds without any limit of the search.
    """

    axes: tuple[Axis, ...]
    demands: tuple[Demand, ...]
    sizes: Mapping[Symbol, Ranges]
    patterns: Mapping[Symbol, Pattern]
    text: str
    is_empty: bool = False
    is_proven: bool = False
    pair: Mapping[Symbol, int] | None = None

    def accepts(self, sizes: Mapping[Symbol, int]) -> bool:
        return all(demand.is_met(sizes) for demand in self.demands)

    @property
    def spatial(self) -> tuple[Axis, ...]:
        return tuple(axis for axis in self.axes if not axis.is_batch)

    @property
    def batch(self) -> int:
        """The smallest batch that the model takes."""
        return next((self.sizes[axis.symbol].least for axis in self.axes if axis.is_batch and self.sizes[axis.symbol]), 1)

    def least(self) -> tuple[int, ...]:
        return tuple(self.patterns[axis.symbol].least for axis in self.spatial)

    def multiples(self) -> tuple[int, ...]:
        return tuple(self.patterns[axis.symbol].multiple for axis in self.spatial)

    def chosen(self, lossless: Sequence[Demand]) -> tuple[int, ...] | None:
        """The sizes that stand for all: the first usual one in the set that loses no pixel, else the smallest such, else the smallest."""
        if self.is_empty:
            return None
        if self.pair is not None:
            return tuple(self.pair[axis.symbol] for axis in self.spatial)
        symbols = tuple(axis.symbol for axis in self.axes)
        whole = [demand for demand in lossless if demand.symbols.issubset(symbols)]
        takes, keeps = accepts(self.demands, symbols), accepts(whole, symbols)
        members = self.equal_members()
        usual = [size for size in USUAL if takes(*self.filled(size))]
        for size in usual:
            if keeps(*self.filled(size)):
                return self.spread(size)
        first = next((size for size in islice(members(), TABLE) if takes(*self.filled(size)) and keeps(*self.filled(size))), None)
        if first is None:
            first = usual[0] if usual else next((size for size in members() if takes(*self.filled(size))), None)
        return self.least() if first is None else self.spread(first)

    def filled(self, size: int) -> tuple[int, ...]:
        """Values for all axes: this one for the spatial ones, but a depth stays as it was given."""
        return tuple(self.batch if axis.is_batch else self.one(axis, size) for axis in self.axes)

    def spread(self, size: int) -> tuple[int, ...]:
        return tuple(self.one(axis, size) for axis in self.spatial)

    def one(self, axis: Axis, size: int) -> int:
        return axis.given if axis.name == "D" and axis.given is not None else size

    def equal_members(self) -> Callable[[], Iterator[int]]:
        """The sizes, in order, that every spatial axis may have."""
        common = EVERYTHING
        for axis in self.spatial:
            if axis.name != "D" or axis.given is None:
                common = common.intersection(self.sizes[axis.symbol])
        return lambda: common.members(TABLE)


def solve(demands: Sequence[Demand], axes: Sequence[Axis]) -> SizeSet:
    """The sizes of the axes that meet the demands, which are on no other symbols."""
    known = {axis.symbol for axis in axes}
    whole, demands = tuple(demands), [part for demand in demands for part in taken_apart(demand)]
    sizes: dict[Symbol, Ranges] = {}
    patterns: dict[Symbol, Pattern] = {}
    tied: dict[Symbol, str] = {}
    pair: dict[Symbol, int] = {}
    is_empty, is_proven = False, False
    for group in groups(demands, axes):
        symbols = [axis.symbol for axis in group]
        own = [demand for demand in demands if demand.symbols & known <= set(symbols)]
        found, repeats = equal_sizes(own, group)
        if not found and len(group) > 1:
            other = unequal_sizes(own, [axis for axis in group if not axis.is_batch])
            if other is not None:
                pair |= other
                pair |= {axis.symbol: 1 for axis in group if axis.is_batch}
        if not found and not pair:
            is_empty = True
            is_proven = is_proven or (found.limit is None and len(group) == 1)
        for axis in group:
            if is_put_in(axis, group):  # tied to others, which were solved for a value of it
                only = axis.given or 1
                sizes[axis.symbol] = EVERYTHING if axis.is_batch else Ranges(((only, only),))
                patterns[axis.symbol] = pattern_of(sizes[axis.symbol], 1)
                continue
            sizes[axis.symbol] = found
            patterns[axis.symbol] = pattern_of(found, repeats)
        if found and sum(not is_put_in(axis, group) for axis in group) > 1:
            tied |= cross_section(own, group, found)
    if pair:
        pair = {axis.symbol: pair.get(axis.symbol, sizes[axis.symbol].least if sizes[axis.symbol] else 1) for axis in axes}
    text = (
        "none"
        if is_empty
        else paired(axes, pair)
        if pair
        else worded([(axis.name, patterns[axis.symbol], tied.get(axis.symbol, ""), axis.is_batch) for axis in axes])
    )
    return SizeSet(tuple(axes), whole, sizes, patterns, text, is_empty, is_proven, pair or None)


def taken_apart(demand: Demand) -> list[Demand]:
    """A demand as one for each of the conditions that must all hold, so that each ties only the axes that it is about."""
    condition = demand.implication
    return [Demand(part) for part in condition.conditions] if isinstance(condition, And) else [demand]


def groups(demands: Sequence[Demand], axes: Sequence[Axis]) -> list[list[Axis]]:
    """The axes, those that some demand ties together in one group."""
    found = [[axis] for axis in axes]
    for demand in demands:
        tied = [group for group in found if any(axis.symbol in demand.symbols for axis in group)]
        if len(tied) > 1:
            merged = [axis for group in tied for axis in group]
            found = [group for group in found if group not in tied] + [merged]
    order = {axis.symbol: place for place, axis in enumerate(axes)}
    return sorted((sorted(group, key=lambda axis: order[axis.symbol]) for group in found), key=lambda group: order[group[0].symbol])


def equal_sizes(demands: Sequence[Demand], group: Sequence[Axis]) -> tuple[Ranges, int | None]:
    """Which sizes all axes of a group may have at once, a batch that is tied to them being 1; and after how many steps they repeat."""
    lead = next((axis for axis in group if not is_put_in(axis, group)), group[0])
    if len(group) > 1:
        values = {
            axis.symbol: 1 if axis.is_batch else axis.given if is_put_in(axis, group) else expression_of(lead.symbol)
            for axis in group
            if axis is not lead
        }
        demands = [put_in(demand, values) for demand in demands]
    return solved(demands, lead.symbol), period(demands, lead.symbol)


def is_put_in(axis: Axis, group: Sequence[Axis]) -> bool:
    """Whether a tied axis is not solved but takes a value: a batch, and a depth with which the model was called."""
    return len(group) > 1 and (axis.is_batch or (axis.name == "D" and axis.given is not None))


def put_in(demand: Demand, values: Mapping[Symbol, object]) -> Demand:
    return Demand(substitute_condition(demand.implication, values))  # type: ignore[arg-type]


def cross_section(demands: Sequence[Demand], group: Sequence[Axis], found: Ranges) -> dict[Symbol, str]:
    """What the other axes may be where the first has its least size, said of those for which that is more than the equal sizes."""
    spatial = [axis for axis in group if not is_put_in(axis, group)]
    first, last = found.ranges[0]
    said: dict[Symbol, str] = {}
    for axis in spatial[1:]:
        fixed = {other.symbol: other.given or 1 for other in group if is_put_in(other, group)}
        values = {other.symbol: fixed.get(other.symbol, first) for other in group if other is not axis}
        there = solved([put_in(demand, values) for demand in demands], axis.symbol)
        own = next((part for part in there.ranges if first in Ranges((part,))), None)
        if own != (first, last):
            said[axis.symbol] = spatial[0].name
    return said


def unequal_sizes(demands: Sequence[Demand], spatial: Sequence[Axis]) -> dict[Symbol, int] | None:
    """Some sizes of two axes that differ, searched where no equal ones meet the demands."""
    if len(spatial) != 2:
        return None
    first, second = spatial
    for size in range(1, MOST_SEARCHED):
        there = solved(
            [put_in(demand, {first.symbol: size}) for demand in demands if demand.symbols <= {first.symbol, second.symbol}], second.symbol
        )
        if there:
            return {first.symbol: size, second.symbol: there.least}
    return None


def paired(axes: Sequence[Axis], pair: Mapping[Symbol, int]) -> str:
    names = [axis for axis in axes if not axis.is_batch]
    return f"{' x '.join(axis.name for axis in names)} such as {' x '.join(str(pair[axis.symbol]) for axis in names)}"
