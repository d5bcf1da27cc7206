"""Sets of sizes: solved, put into words, and held against trying every size."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnnlint.dims import Expression, compare, minimum, symbol
from cnnlint.solver import Axis, Demand, Ranges, refusing, solve

H, W, BATCH = symbol("H"), symbol("W"), symbol("batch")
AXES = [Axis(x.symbol, str(x), x is BATCH, 1 if x is BATCH else None) for x in (BATCH, H, W) if x.symbol is not None]


def valid(x: Expression) -> Expression:
    """A 5x5 convolution, a pool of 2, and both again."""
    return ((x - 4) // 2 - 4) // 2


def halved(x: Expression) -> list[Demand]:
    """Four halvings that must be undone exactly."""
    demands = []
    for _ in range(4):
        demands.append(Demand(compare("==", 2 * (x // 2), x)))
        x = x // 2
    return demands


SETS = {
    "a fully connected layer behind two pools": (
        [Demand(compare("==", 16 * valid(H) * valid(W), 400)), *(Demand(compare(">=", valid(x), 1)) for x in (H, W))],
        "H, W = 32..35",
        (32, 32),
    ),
    "16 * 4 * 4": (
        [Demand(compare("==", 16 * valid(H) * valid(W), 256)), *(Demand(compare(">=", valid(x), 1)) for x in (H, W))],
        "H, W = 28..31",
        (28, 28),
    ),
    "five pools and 512 * 7 * 7": ([Demand(compare("==", 512 * (H // 32) * (W // 32), 25088))], "H, W = 224..255", (224, 224)),
    "a least size": ([Demand(compare(">=", valid(H), 3)), Demand(compare(">=", valid(W), 3))], "H, W >= 24", (224, 224)),
    "halves that meet again": ([*halved(H), *halved(W)], "multiples of 16", (224, 224)),
    "from two steps on": (
        [*halved(H), *halved(W), Demand(compare(">=", H, 32)), Demand(compare(">=", W, 32))],
        "H, W >= 32 and multiples of 16",
        (224, 224),
    ),
    "one axis only": ([Demand(compare(">=", H, 7))], "H >= 7, W: any", (224, 224)),
    "a square": ([Demand(compare("==", H, W))], "H = W: any", (224, 224)),
    "a batch": ([Demand(compare("==", BATCH, 32))], "batch = 32, H, W: any", (224, 224)),
    "nothing": ([], "H, W: any", (224, 224)),
    "no equal sizes": (
        [Demand(compare("==", 16 * valid(H) * valid(W), 560)), *(Demand(compare(">=", valid(x), 1)) for x in (H, W))],
        "H x W such as 16 x 152",
        (16, 152),
    ),
    "guarded": ([Demand(compare(">=", H, 64), (compare(">=", W, 10),))], "H >= 64, W: any", (224, 224)),
}


@pytest.mark.parametrize("name", [name for name in SETS if name != "guarded"])
def test_sets(name: str) -> None:
    demands, text, chosen = SETS[name]
    found = solve(demands, AXES)
    assert (found.text, found.chosen([])) == (text, chosen)


def test_what_stands_under_a_guard_is_asked_only_there() -> None:
    found = solve(SETS["guarded"][0], AXES)
    values = {axis.symbol: 9 for axis in AXES}
    assert found.accepts(values)
    assert not found.accepts({**values, AXES[2].symbol: 10})


def test_other_sizes_than_equal_ones_are_accepted() -> None:
    found = solve(SETS["a fully connected layer behind two pools"][0], AXES)
    assert found.accepts({AXES[0].symbol: 1, AXES[1].symbol: 16, AXES[2].symbol: 112})


def test_the_size_that_stands_for_all_loses_no_pixel() -> None:
    found = solve([Demand(compare(">=", x, 63)) for x in (H, W)], AXES)
    lossless = [Demand(compare("==", (x - 11) % 4, 0)) for x in (H, W)]
    assert found.chosen(lossless) == (299, 299)


def test_an_empty_set_is_proven_where_each_demand_is_solved() -> None:
    found = solve([Demand(compare("==", valid(H), 5)), Demand(compare("==", valid(H), 6))], AXES)
    assert found.is_empty and found.is_proven and found.text == "none" and found.chosen([]) is None


LIMITS = {
    "true as far as the table goes": ([compare("<=", H + H % 7, 6000)], "H: any (up to 4,096)"),
    "repeats up to a bound behind the table": ([compare("==", H % 16, 0), compare("<=", H, 5000)], "H: multiples of 16 (up to 4,096)"),
    "begins behind the table": ([compare("==", H % 16, 0), compare(">=", H, 5000)], "none found"),
    "begins behind the search": ([compare(">=", H, 20_000_000)], "none found"),
    "ends behind the search": ([compare("<=", H, 20_000_000)], "H: any (up to 16,777,216)"),
    "never ends": ([compare("==", minimum(H, 7), 7)], "H >= 7"),
    "repeats for good": ([compare("==", H % 16, 0)], "H: multiples of 16"),
}


@pytest.mark.parametrize("name", LIMITS)
def test_a_text_says_how_far_it_is_known(name: str) -> None:
    conditions, text = LIMITS[name]
    found = solve([Demand(condition) for condition in conditions], AXES[1:2])
    assert (found.text, found.is_proven) == (text, False)


def test_a_batch_that_is_tied_to_sizes_that_differ() -> None:
    demands = [Demand(compare("==", BATCH * H * W, 6)), Demand(compare("==", W, 3))]
    found = solve(demands, AXES)
    assert found.text == "H x W such as 2 x 3" and found.chosen([]) == (2, 3)


def test_sizes_that_would_divide_by_nothing_are_not_taken() -> None:
    demands = [Demand(compare(">=", 64 // (W // 8), H)), Demand(compare("==", H % 2, 1)), Demand(compare(">=", W, 9))]
    found = solve(demands, AXES)
    values = {axis.symbol: 1 for axis in AXES}
    assert not found.accepts(values) and found.chosen([]) == (9, 9)


def test_one_group_that_is_empty_beside_a_pair() -> None:
    other = symbol("L")
    assert other.symbol is not None
    demands = [Demand(compare("==", H * W, 6)), Demand(compare("==", other * 2, 3))]
    assert solve(demands, [*AXES, Axis(other.symbol, "L")]).is_empty


def test_the_first_demand_that_refuses() -> None:
    demands = [Demand(compare(">=", H, 3), cause="first"), Demand(compare(">=", 8 // (H - 1), 2), cause="second")]
    refused = [refusing(demands, {AXES[1].symbol: n}) for n in (1, 3, 6)]
    assert [demand and demand.cause for demand in refused] == ["first", None, "second"]


OPERATORS = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
SIZES = st.recursive(
    st.just(H),
    lambda inner: st.one_of(
        st.tuples(inner, st.integers(-9, 9)).map(lambda pair: pair[0] + pair[1]),
        st.tuples(inner, st.integers(1, 4)).map(lambda pair: pair[0] * pair[1]),
        st.tuples(inner, st.integers(2, 5)).map(lambda pair: pair[0] // pair[1]),
        st.tuples(inner, st.integers(2, 5)).map(lambda pair: pair[0] % pair[1]),
        st.tuples(inner, inner).map(lambda pair: pair[0] * pair[1]),
    ),
    max_leaves=6,
)


@settings(deadline=None)
@given(st.lists(st.tuples(OPERATORS, SIZES, st.integers(-5, 60)), max_size=3))
def test_a_set_holds_just_the_sizes_that_meet_its_demands(terms: list[tuple[str, Expression, int]]) -> None:
    demands = [Demand(compare(op, left, right)) for op, left, right in terms]
    found = solve(demands, AXES[1:2])
    for n in range(1, 130):
        expected = refusing(demands, {AXES[1].symbol: n}) is None
        assert (n in found.sizes[AXES[1].symbol]) == expected, (n, demands)


RANGES = st.lists(st.tuples(st.integers(1, 60), st.integers(0, 9) | st.none()), max_size=4)


def ranges_of(parts: list[tuple[int, int | None]]) -> Ranges:
    members = {n for low, more in parts for n in range(low, 100 if more is None else low + more + 1)}
    starts = [n for n in sorted(members) if n - 1 not in members]
    ends = [n for n in sorted(members) if n + 1 not in members]
    return Ranges(tuple((low, None if high >= 99 else high) for low, high in zip(starts, ends, strict=True)))


@settings(deadline=None)
@given(RANGES, RANGES)
def test_sets_combine_as_sets_do(first: list[tuple[int, int | None]], second: list[tuple[int, int | None]]) -> None:
    a, b = ranges_of(first), ranges_of(second)
    for n in range(1, 120):
        assert (n in a.complement()) == (n not in a)
        assert (n in a.intersection(b)) == (n in a and n in b)
        assert (n in a.union(b)) == (n in a or n in b)
