"""The normal form and the text of expressions."""

import copy
import math
import operator

import pytest

from cnnlint.dims import (
    Dim,
    Expression,
    bounds,
    ceil,
    compare,
    evaluate,
    exactly_divided,
    floor,
    maximum,
    minimum,
    opaque,
    rounded,
    square_root,
    substitute,
    symbol,
    symbols,
    truncate,
    unknown_number,
    unknown_size,
    where,
)

H, W, B, C = symbol("H"), symbol("W"), symbol("batch"), symbol("C", kind="parameter")


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ((H - 1) // 2 + 1, "(H + 1) // 2"),
        ((H - 1) // 2, "(H - 1) // 2"),
        (((H - 1) // 2) // 2, "(H - 1) // 4"),
        ((H // 3 + 1) // 2, "(H + 3) // 6"),
        ((4 * H + 3) // 2, "2*H + 1"),
        ((2 * H + 3) // 4, "(H + 1) // 2"),
        ((5 * H) // 3, "5*H // 3"),
        (H // 2 + 1, "H // 2 + 1"),
        ((H - 3) // 2, "(H - 3) // 2"),
        (H // 2 - 1, "H // 2 - 1"),
        (-(-H // 2), "(H + 1) // 2"),
        (-(-(H - 1) // 3), "(H + 1) // 3"),
        (-(H // 2), "-(H // 2)"),
        (-H // 2, "-H // 2"),
        (H // -2, "-H // 2"),
        (H % 2, "H % 2"),
        (3 * (H % 4) + W, "3*(H % 4) + W"),
        (H % W, "H % W"),
        (9 * C * C + 2 * C, "9*C*C + 2*C"),
        (C**4, "C**4"),
        (3 - H, "3 - H"),
        (W - H, "W - H"),
        (-H - W, "-H - W"),
        (16 * ((H + 1) // 2) * (W // 2), "16*((H + 1) // 2)*(W // 2)"),
        (16 * H * W // H, "16*W"),
        (H * W // 400, "H*W // 400"),
        ((H * W + 3) // H, "3 // H + W"),
        ((H // 2) // W, "H // (2*W)"),
        ((H * W) // (H * B), "W // batch"),
        ((H + 2) * (W + 1) // (H + 2), "W + 1"),
        (7 // H, "7 // H"),
        (2**H, "2**H"),
        (H * 0.5 + 1, "H*0.5 + 1"),
        ((H + 1) * 0.5, "(H + 1)*0.5"),
        (H / 2, "H / 2"),
        (2 / (H * W), "2 / (H*W)"),
        (H // 2.0, "H // 2.0"),
        (H % 2.5, "H % 2.5"),
        (-(H / 2), "-(H / 2)"),
        (minimum(7, H), "min(H, 7)"),
        (minimum(W, H, W), "min(H, W)"),
        (maximum(maximum(H, W), B), "max(batch, H, W)"),
        (abs(H - 3), "max(3 - H, H - 3)"),
        (truncate(C * 0.25), "int(C*0.25)"),
        (square_root(H), "sqrt(H)"),
        (opaque("math.log2", C), "log2(C)"),
        (rounded(H / 3, 1), "round(H / 3, 1)"),
        (where(compare("==", H, 3), 1, W), "(1 if H == 3 else W)"),
        (unknown_size() + 1, "? + 1"),
    ],
)
def test_text(expression: Expression, text: str) -> None:
    assert str(expression) == text
    assert f"{expression:>60}" == text.rjust(60)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ((H - 1) // 2 + 1, (H + 1) // 2),
        (ceil(H / 2), (H + 1) // 2),
        (ceil((H - 1) / 3), -(-(H - 1) // 3)),
        (floor(H / 2), H // 2),
        (floor((H - 5) / W), (H - 5) // W),
        (truncate(H / 2), H // 2),
        (truncate(2 * H / 2), H),
        (rounded(4 * C / 2), 2 * C),
        ((H % 4) % 4, H % 4),
        (H % 2 + 2 * (H // 2), H),
        (H * 0.5, 0.5 * H),
        ((H + W) * (H - W), H * H - W * W),
        (maximum(H, W), maximum(W, H)),
        (minimum(H, H + 1), H),
        (maximum(H, 1), H),
        (where(compare("!=", H, 3), 1, W), where(compare("==", H, 3), W, 1)),
        (abs(-H), H),
        (H // 1, H),
    ],
)
def test_one_form(left: Expression, right: Expression) -> None:
    assert left == right
    assert hash(left) == hash(right)


@pytest.mark.parametrize(
    ("constant", "value"),
    [
        (H - H, 0),
        (H * 0, 0),
        (H // H, 1),
        ((H + 3) - (H + 1), 2),
        ((H % 2) // 2, 0),
        (H**0, 1),
        ((2 * H) % 2, 0),
        ((2 * H + 1) % 2, 1),
        (0 // H, 0),
        (minimum(H, 0), 0),
        (ceil(2.5), 3),
        (truncate(-2.5), -2),
    ],
)
def test_what_comes_out_constant_is_an_int(constant: object, value: int) -> None:
    assert type(constant) is int
    assert constant == value


def test_a_quotient_that_may_divide_by_zero_is_kept() -> None:
    free = symbol("n", minimum=None)
    assert str(16 * free // free) == "16*n // n"
    with pytest.raises(ZeroDivisionError):
        evaluate(16 * free // free, {free: 0})


def test_truncation_of_what_may_be_negative_is_not_a_whole_division() -> None:
    assert str(truncate((H - 5) / 2)) == "int((H - 5) / 2)"


@pytest.mark.parametrize("zero", [0, 0.0])
def test_division_by_zero_raises(zero: float) -> None:
    for divide in (operator.floordiv, operator.mod, operator.truediv):
        with pytest.raises(ZeroDivisionError):
            divide(H, zero)


def test_expressions_have_no_truth_and_no_order() -> None:
    with pytest.raises(TypeError, match="ask equal, differ, greater"):
        bool(H)
    for ask in (operator.lt, operator.le, operator.gt, operator.ge, max):
        with pytest.raises(TypeError, match="ask equal, differ, greater"):
            ask(3, H)


def test_symbols_are_equal_by_name_and_kind() -> None:
    assert symbol("H") == H
    assert symbol("H", kind="parameter") != H
    assert unknown_size() != unknown_size()
    assert {H.symbol} == symbols(H)
    for other in (H + 1, 2 * H, H * H, H // 2):
        assert isinstance(other, Expression) and other.symbol is None


def test_is_integer() -> None:
    for x in (H, H // W, ceil(H * 0.5), maximum(H, W), opaque("math.gcd", H, W)):
        assert isinstance(x, Expression) and x.is_integer
    for x in (H / 2, H * 0.5, square_root(H), rounded(H / 3, 1), unknown_number()):
        assert isinstance(x, Expression) and not x.is_integer


def test_float_arithmetic_is_done_as_written() -> None:
    width = truncate(C * 0.1 * 3 + 4) // 8 * 8
    for value in range(1, 200):
        assert evaluate(width, {C: value}) == int(value * 0.1 * 3 + 4) // 8 * 8
    assert evaluate(opaque("math.log2", C) + 1, {C: 10}) == math.log2(10) + 1


def test_evaluation_asks_for_every_symbol() -> None:
    with pytest.raises(KeyError):
        evaluate(H + W, {H: 1})


def test_substitution_brings_to_normal_form() -> None:
    assert substitute((H + 1) // 2 * W, {H: 7}) == 4 * W
    assert substitute((H + 1) // 2, {H: 2 * W}) == W
    assert substitute(maximum(H, W), {H: W + 1}) == W + 1
    assert substitute(ceil(H / C), {C: 2}) == (H + 1) // 2
    assert substitute(where(compare("==", H, 3), B, W), {H: 4}) == W


def test_a_product_is_divided_by_its_factor() -> None:
    windows = ((H + 6) // 7) * (W - W // 3)
    assert exactly_divided(B * windows, windows) == B
    assert exactly_divided(49 * windows * (B + C), 7 * windows) == 7 * (B + C)
    assert exactly_divided(windows + 1, windows) is None
    assert exactly_divided(3 * windows, 2 * windows) is None
    assert exactly_divided(0, windows) is None


def test_half_of_a_quotient_rounded_up_is_one_quotient() -> None:
    quarter = H // 4
    assert -(-(quarter + quarter % 2) // 2) == (H + 4) // 8
    assert (quarter + quarter % 2) // 2 == (H + 4) // 8
    assert quarter - quarter // 2 + quarter // 2 == quarter


def test_symbols_are_found_inside_atoms() -> None:
    names = {found.name for found in symbols(where(compare("<", H, W), truncate(C * 0.5), minimum(B, 3)))}
    assert names == {"H", "W", "C", "batch"}


def test_growth_ends_in_an_unknown() -> None:
    size: Dim = H
    for _ in range(200):
        size = maximum(size * W // 3 + size // 5, size)
    assert len(str(size)) < 50_000
    square: Dim = H
    for _ in range(60):
        square = square * square * 3
    assert bounds(square) is not None
    total = sum((symbol(f"s{i}") for i in range(3000)), start=H)
    assert len(str(total)) < 5000


def test_copies_are_the_same_object() -> None:
    assert copy.deepcopy(H + W) is not None
    assert copy.deepcopy(unknown := unknown_size()) is unknown
