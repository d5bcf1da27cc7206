"""The set of sizes that a model takes, and its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cnnlint.dims import And, Condition, Dim, Or, Symbol, some, substitute_condition, symbols
from cnnlint.dims.expression import expression_of
from cnnlint.record import record, value
from cnnlint.solver.demands import Demand, accepts
from cnnlint.solver.ranges import EVERYTHING, TABLE, Ranges
from cnnlint.solver.single import Search, period, solved
from cnnlint.solver.words import Pattern, Said, pattern_of, worded

USUAL = (224, 32, 28, 299, 256, 227, 64, 512)
"""The image sizes that are tried first where nobody states one."""
MOST_SEARCHED = 512
"""So far a pair of different sizes is looked for where no equal ones will do."""


@value
class Axis:
    """A size that the input leaves open: its symbol, and what it is called.

    One with a `stand_in` takes that value where demands tie it to others, and is not solved then: 1 for a batch, the depth of a volume
    with which the model was called.
    """

    symbol: Symbol
    name: str
    is_batch: bool = False
    stand_in: int | None = None


@record
class SizeSet:
    """The sizes that meet all demands.

    `sizes` says for each axis which sizes it may have: with all axes of its group equal, where the demands tie several together;
    `pair` are some sizes of tied axes that work where equal ones don't. `is_empty` where no sizes were found, `is_proven` if that
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
        takes = accepts(self.demands, symbols)
        keeps = accepts([demand for demand in lossless if demand.symbols.issubset(symbols)], symbols)
        usual = [size for size in USUAL if takes(*self.filled(size))]
        members = [size for size in self.equal_members().members(TABLE) if takes(*self.filled(size))]
        whole = (size for size in (*usual, *members) if keeps(*self.filled(size)))
        first = next(whole, None) or next(iter((*usual, *members)), None)
        return self.least() if first is None else tuple(self.one(axis, first) for axis in self.spatial)

    def filled(self, size: int) -> tuple[int, ...]:
        """Values for all axes: this one for the spatial ones, but for those that have a stand-in."""
        return tuple(self.batch if axis.is_batch else self.one(axis, size) for axis in self.axes)

    def one(self, axis: Axis, size: int) -> int:
        return size if axis.stand_in is None else axis.stand_in

    def equal_members(self) -> Ranges:
        """The sizes that every spatial axis without a stand-in may have."""
        common = EVERYTHING
        for axis in self.spatial:
            if axis.stand_in is None:
                common = common.intersection(self.sizes[axis.symbol])
        return common


def solve(demands: Sequence[Demand], axes: Sequence[Axis], *, with_pairs: bool = True) -> SizeSet:
    """The sizes of the axes that meet the demands, which are on no other symbols.

    Where no equal ones do, `with_pairs` looks for different ones.
    """
    known = {axis.symbol for axis in axes}
    whole, demands = tuple(demands), without_idle_guards([part for demand in demands for part in taken_apart(demand)])
    sizes: dict[Symbol, Ranges] = {}
    patterns: dict[Symbol, Pattern] = {}
    tied: dict[Symbol, str] = {}
    pair: dict[Symbol, int] = {}
    is_empty, is_proven = False, False
    for group in groups(demands, axes):
        own = [demand for demand in demands if demand.symbols & known <= {axis.symbol for axis in group}]
        found, repeats = equal_sizes(own, group)
        unequal = {} if found or not with_pairs else unequal_sizes(own, group)
        pair |= unequal
        if not found and not unequal:
            is_empty, is_proven = True, is_proven or (found.limit is None and len(group) == 1)
        for axis in group:
            sizes[axis.symbol] = stand_in_set(axis) if is_put_in(axis, group) else found
            patterns[axis.symbol] = pattern_of(sizes[axis.symbol], repeats)
        if found:
            tied |= cross_section(own, group, found)
    if pair:
        pair = {axis.symbol: pair.get(axis.symbol, sizes[axis.symbol].least if sizes[axis.symbol] else 1) for axis in axes}
    if is_empty:
        text = "none" if is_proven else "none found"
    elif pair:
        text = paired(axes, pair)
    else:
        said = [axis for axis in axes if not (axis.is_batch and sizes[axis.symbol] == EVERYTHING)]
        text = worded([Said(axis.name, patterns[axis.symbol], tied.get(axis.symbol, "")) for axis in said])
    return SizeSet(tuple(axes), whole, sizes, patterns, text, is_empty, is_proven, pair or None)


def taken_apart(demand: Demand) -> list[Demand]:
    """A demand as one for each of the conditions that must all hold, so that each ties only the axes that it is about."""
    condition = demand.implication
    return [Demand(part) for part in condition.conditions] if isinstance(condition, And) else [demand]


def without_idle_guards(demands: Sequence[Demand]) -> list[Demand]:
    """The demands without alternatives that others exclude: where `H >= 64` is asked anyway, `H < 64 or W >= 2` is on W alone."""
    known: dict[Symbol, Ranges] = {}
    for demand in demands:
        if len(demand.symbols) == 1:
            (axis,) = demand.symbols
            known[axis] = known.get(axis, EVERYTHING).intersection(Search(axis).solution(demand.implication) or EVERYTHING)
    return [without_idle(demand, known) for demand in demands]


def without_idle(demand: Demand, known: Mapping[Symbol, Ranges]) -> Demand:
    condition = demand.implication
    if not isinstance(condition, Or) or len(demand.symbols) == 1:
        return demand
    kept = [part for part in condition.conditions if not is_idle(part, known)]
    return demand if len(kept) == len(condition.conditions) else Demand(some(*kept))


def is_idle(condition: Condition, known: Mapping[Symbol, Ranges]) -> bool:
    """Whether a condition on one size holds for none that is known to be left."""
    names = symbols(condition)
    if len(names) != 1:
        return False
    (axis,) = names
    found = Search(axis).solution(condition)
    return found is not None and axis in known and not found.intersection(known[axis])


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
    """Which sizes all axes of a group may have at once, those with a stand-in having that; and after how many steps they repeat."""
    lead = next((axis for axis in group if not is_put_in(axis, group)), group[0])
    values = {axis.symbol: expression_of(lead.symbol) for axis in group if axis is not lead} | stand_ins(group)
    own = [put_in(demand, values) for demand in demands] if values else demands
    found = solved(own, lead.symbol)
    return found, None if found.limit is None else period(own, lead.symbol)


def is_put_in(axis: Axis, group: Sequence[Axis]) -> bool:
    """Whether an axis is tied to others and takes its stand-in."""
    return len(group) > 1 and axis.stand_in is not None


def stand_ins(group: Sequence[Axis]) -> dict[Symbol, int]:
    return {axis.symbol: axis.stand_in for axis in group if axis.stand_in is not None and len(group) > 1}


def stand_in_set(axis: Axis) -> Ranges:
    """What is said of an axis that takes its stand-in: of a batch nothing."""
    only = axis.stand_in or 1
    return EVERYTHING if axis.is_batch else Ranges(((only, only),))


def put_in(demand: Demand, values: Mapping[Symbol, Dim]) -> Demand:
    """The demand with values for some sizes; one that then divides by 0 is met by nothing."""
    try:
        return Demand(substitute_condition(demand.implication, values))
    except ArithmeticError:
        return Demand(False)


def cross_section(demands: Sequence[Demand], group: Sequence[Axis], found: Ranges) -> dict[Symbol, str]:
    """The axes that, where the first has its least size, may not have all sizes of the first range; each with the name of the first."""
    free = [axis for axis in group if not is_put_in(axis, group)]
    first, last = found.ranges[0]
    said: dict[Symbol, str] = {}
    for axis in free[1:]:
        values = {other.symbol: first for other in free if other is not axis} | stand_ins(group)
        there = solved([put_in(demand, values) for demand in demands], axis.symbol)
        own = next((part for part in there.ranges if first in Ranges((part,))), None)
        if own != (first, last):
            said[axis.symbol] = free[0].name
    return said


def unequal_sizes(demands: Sequence[Demand], group: Sequence[Axis]) -> dict[Symbol, int]:
    """Some sizes of two axes that differ, searched where no equal ones meet the demands; empty if none are found."""
    free = [axis for axis in group if not is_put_in(axis, group)]
    if len(free) != 2:
        return {}
    first, second = free
    for size in range(1, MOST_SEARCHED):
        there = solved([put_in(demand, {first.symbol: size} | stand_ins(group)) for demand in demands], second.symbol)
        if there:
            return {first.symbol: size, second.symbol: there.least} | stand_ins(group)
    return {}


def paired(axes: Sequence[Axis], pair: Mapping[Symbol, int]) -> str:
    names = [axis for axis in axes if not axis.is_batch]
    return f"{' x '.join(axis.name for axis in names)} such as {' x '.join(str(pair[axis.symbol]) for axis in names)}"
