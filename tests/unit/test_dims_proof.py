"""What must be provable, and what must not be claimed."""

import pytest

from cnnlint.dims import (
    Comparison,
    Dim,
    at_least,
    bounds,
    compare,
    differ,
    divisible,
    equal,
    every,
    greater,
    maximum,
    minimum,
    negate,
    some,
    square_root,
    symbol,
    truncate,
    unknown_size,
    where,
)

H, W, B, P = symbol("H"), symbol("W"), symbol("batch"), symbol("pad", minimum=0)
UNKNOWN = unknown_size()


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (2, 2.0),
        (H, H),
        (UNKNOWN, UNKNOWN),
        (-(-H // 2), H - H // 2),
        (-(-H // 4), (H + 3) // 4),
        (H // 2 + (H + 1) // 2, H),
        (H // 3 + (H + 1) // 3 + (H + 2) // 3, H),
        (minimum(H, W) + maximum(H, W), W + maximum(H, W) - W + minimum(W, H)),
        (where(compare("==", H, 3), W + 1, W + 1), W + 1),
        ((H % 6) % 3, H % 3),
        (truncate(H * 0.5), truncate(0.5 * H)),
    ],
)
def test_equal(a: Dim, b: Dim) -> None:
    assert equal(a, b)
    assert equal(b, a)
    assert not differ(a, b)
    assert at_least(a, b)
    assert not greater(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (2, 3),
        (H, 0),
        (H + 1, H),
        (2 * H, 7),
        (4 * H, 2 * W + 1),
        (2 * UNKNOWN, 7),
        (H * H + H, 5),
        (H * H, 4 * W + 3),
        (H % 2, 2),
        (H // 2 * 2, H + 1),
        (minimum(H, 7), 8),
        (maximum(H, 7), 6),
        (H // 2 + 1, 0),
        (4 * (H // 2), 6),
        (H - H // 2, 0),
        (truncate(H * 0.25) + 1, 0),
        (square_root(H), 0.5),
        (where(compare("==", H, 3), 1, 2), 3),
    ],
)
def test_differ(a: Dim, b: Dim) -> None:
    assert differ(a, b)
    assert differ(b, a)
    assert not equal(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (H, 0),
        (H * W + 1, W),
        (H + 1, H // 2),
        (2 * H, H // 2),
        (3, H % 3),
        (maximum(H, W) + 1, W),
        (H + 1, minimum(H, W)),
        (16 * H * W, H),
        ((H + 1) * (W + 1), H + W),
        (H + P + 1, H),
        (2, (H + 1) // 2 - H // 2),
        (H + 2 * P, (H - 1) // 2),
    ],
)
def test_greater(a: Dim, b: Dim) -> None:
    assert greater(a, b)
    assert at_least(a, b)
    assert differ(a, b)
    assert not greater(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (H, W),
        (H, 3),
        (2 * H, 8),
        (H * H, H),
        (H // 2, 7),
        (H % 2, 0),
        (UNKNOWN, 0),
        (UNKNOWN, unknown_size()),
        (H, UNKNOWN),
        (2 * (H // 2), H),
        (minimum(H, 7), 7),
        (H * 0.5, 1),
        (square_root(H), H),
        (where(compare("==", H, 3), 1, 2), 2),
    ],
)
def test_nothing_is_claimed(a: Dim, b: Dim) -> None:
    for question in (equal, differ):
        assert not question(a, b)
        assert not question(b, a)


def test_divisible() -> None:
    assert divisible(12, 4) and not divisible(12, 5) and not divisible(12, 0)
    assert divisible(4 * H, 2) and divisible(4 * (H // 2) + 8 * W, 4) and divisible(H * W, W)
    assert not divisible(H, 2) and not divisible(2 * UNKNOWN, UNKNOWN) and not divisible(H * 0.5, 2)


def test_bounds() -> None:
    assert bounds(3) == (3, 3)
    assert bounds(H) == (1, None)
    assert bounds(UNKNOWN) == (None, None)
    assert bounds(H % 3) == (0, 2)
    assert bounds(10 - H) == (None, 9)
    assert bounds((H - 1) // 2) == (0, None)
    assert bounds(minimum(H, 7)) == (1, 7)
    assert bounds((H + 1) // 2 - H // 2) == (0, 1)
    assert bounds(H * 0.5) == (0.5, None)
    assert bounds(-(P * P)) == (None, 0)


def test_compare_folds_what_is_proven() -> None:
    assert compare("==", H, H) is True
    assert compare("!=", 2 * H, 7) is True
    assert compare("==", 2 * H, 7) is False
    assert compare(">", H, 0) is True
    assert compare("<=", H, 0) is False
    assert compare("<", 2, 3) is True
    assert compare("==", H, 3) == Comparison("==", H, 3)
    with pytest.raises(KeyError):
        compare("is", H, W)


def test_conditions_fold() -> None:
    small, even = compare("<", H, 9), compare("==", H % 2, 0)
    assert every() is True and some() is False
    assert every(True, small) == small and some(False, small) == small
    assert every(small, False) is False and some(small, True) is True
    assert every(small, small) == small
    assert every(small, negate(small)) is False and some(small, negate(small)) is True
    assert negate(negate(every(small, even))) == every(small, even)
    assert str(every(small, even)) == "H < 9 and H % 2 == 0"
    assert str(every(some(small, even), compare("==", W, 1))) == "(H < 9 or H % 2 == 0) and W == 1"
    assert str(negate(some(small, even))) == "H >= 9 and H % 2 != 0"
    assert str(negate(compare("<", H * 0.3, 2))) == "not H*0.3 < 2"
    assert len({small, compare("<", symbol("H"), 9)}) == 1
    with pytest.raises(TypeError):
        bool(small)
