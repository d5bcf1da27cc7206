"""Sizes against plain Python: the normal form against evaluation, every proof against samples and against z3."""

import itertools
import math
import operator
import pickle
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cnnlint import dims
from cnnlint.dims import Dim, symbol

NAMES = ("H", "W", "batch", "pad", "delta")
MINIMA: dict[str, int | None] = {"H": 1, "W": 1, "batch": 1, "pad": 0, "delta": None}
SYMBOLS: dict[str, Any] = {name: symbol(name, MINIMA[name]) for name in NAMES}
POINTS = [
    dict(zip(NAMES, values, strict=True))
    for values in [
        (1, 1, 1, 0, 0),
        (2, 1, 1, 1, -1),
        (1, 2, 3, 0, -7),
        (3, 5, 2, 1, 4),
        (4, 4, 4, 2, -2),
        (5, 6, 1, 3, 11),
        (7, 2, 8, 0, -3),
        (32, 48, 1, 1, -40),
        (33, 31, 5, 2, 1),
        (224, 223, 2, 3, 100),
        (1, 300, 7, 0, -300),
        (1000, 1, 1, 9, 13),
    ]
]

Tree = Any  # a leaf (a name or a number) or a tuple of an operator's name and trees

OPERATORS: dict[str, Any] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "//": operator.floordiv,
    "%": operator.mod,
    "/": operator.truediv,
    "negative": operator.neg,
    "abs": abs,
    "min": dims.minimum,
    "max": dims.maximum,
    "ceil": dims.ceil,
    "floor": dims.floor,
    "int": dims.truncate,
    "round": dims.rounded,
    "where": lambda op, a, b, c, d: dims.where(dims.compare(op, a, b), c, d),
}


def built(tree: Tree, leaves: dict[str, Any]) -> Any:
    """The tree computed with these leaves, which may be numbers or sizes."""
    if isinstance(tree, str):
        return leaves[tree]
    if not isinstance(tree, tuple):
        return tree
    name, *parts = tree
    if name == "where":
        return OPERATORS[name](parts[0], *(built(part, leaves) for part in parts[1:]))
    return OPERATORS[name](*(built(part, leaves) for part in parts))


def combined(children: st.SearchStrategy[Tree], binary: str, unary: str = "") -> st.SearchStrategy[Tree]:
    return st.one_of(
        st.tuples(st.sampled_from(binary.split()), children, children),
        st.tuples(st.sampled_from(["//", "%"]), children, st.integers(1, 9)),
        *([st.tuples(st.sampled_from(unary.split()), children)] if unary else []),
        st.tuples(st.just("where"), st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), children, children, children, children),
    )


INTEGER_LEAVES = st.one_of(st.sampled_from(NAMES), st.sampled_from(NAMES), st.integers(-6, 12))
INTEGER_TREES = st.recursive(INTEGER_LEAVES, lambda children: combined(children, "+ - * // % min max", "negative abs"), max_leaves=9)
NUMBER_TREES = st.recursive(
    st.one_of(INTEGER_LEAVES, st.sampled_from([0.5, 0.25, 1.5, 2.0, -0.75])),
    lambda children: combined(children, "+ - * / //", "negative abs ceil floor int round"),
    max_leaves=8,
)
LINEAR_TREES = st.recursive(
    INTEGER_LEAVES,
    lambda children: st.one_of(
        st.tuples(st.sampled_from(["+", "-", "min", "max"]), children, children),
        st.tuples(st.just("*"), children, st.integers(-3, 4)),
        st.tuples(st.sampled_from(["//", "%"]), children, st.integers(1, 6)),
    ),
    max_leaves=6,
)


def symbolic(tree: Tree) -> Any:
    try:
        size = built(tree, SYMBOLS)
    except (ZeroDivisionError, OverflowError):
        assume(False)
    assume(not has_grown_unknown(size))
    return size


def has_grown_unknown(size: Any) -> bool:
    """Whether a part grew too large and was given up."""
    return any(found.kind == "unknown" for found in dims.symbols(size))


def check_evaluation(tree: Tree) -> None:
    size = symbolic(tree)
    low, high = dims.bounds(size)
    for point in POINTS:
        try:
            expected = built(tree, point)
        except (ZeroDivisionError, OverflowError):
            continue
        if isinstance(expected, float) and not math.isfinite(expected):
            continue
        values = {SYMBOLS[name]: value for name, value in point.items()}
        actual = dims.evaluate(size, values)
        assert actual == expected and type(actual) is type(expected), (str(size), point)
        assert (low is None or low <= expected) and (high is None or expected <= high), (str(size), low, high, point)


@given(INTEGER_TREES)
@settings(max_examples=250, deadline=None)
def test_integer_normal_form_evaluates_as_python(tree: Tree) -> None:
    check_evaluation(tree)


@given(NUMBER_TREES)
@settings(max_examples=250, deadline=None)
def test_float_expressions_evaluate_as_python(tree: Tree) -> None:
    check_evaluation(tree)


@given(INTEGER_TREES)
@settings(max_examples=150, deadline=None)
def test_text_is_python_that_means_the_same(tree: Tree) -> None:
    size = symbolic(tree)
    code = compile(str(size), "<text>", "eval")
    for point in POINTS:
        values = {SYMBOLS[name]: value for name, value in point.items()}
        try:
            expected = dims.evaluate(size, values)
        except ZeroDivisionError:
            continue
        assert eval(code, {"min": min, "max": max}, dict(point)) == expected, str(size)


@given(INTEGER_TREES, st.sampled_from(NAMES), INTEGER_TREES)
@settings(max_examples=150, deadline=None)
def test_substitution_then_evaluation_is_evaluation(tree: Tree, name: str, inner: Tree) -> None:
    size, value = symbolic(tree), symbolic(inner)
    try:
        replaced = dims.substitute(size, {SYMBOLS[name]: value})
    except ZeroDivisionError:
        assume(False)
    assume(not has_grown_unknown(replaced))
    for point in POINTS:
        values = {SYMBOLS[key]: number for key, number in point.items()}
        try:
            put_in = dims.evaluate(value, values)
            minimum = MINIMA[name]
            if minimum is not None and put_in < minimum:
                continue
            expected = dims.evaluate(size, {**values, SYMBOLS[name]: put_in})
        except ZeroDivisionError:
            continue
        assert dims.evaluate(replaced, values) == expected


@given(INTEGER_TREES)
@settings(max_examples=80, deadline=None)
def test_a_copy_through_pickle_is_equal(tree: Tree) -> None:
    size = symbolic(tree)
    copy = pickle.loads(pickle.dumps(size))
    assert copy == size and hash(copy) == hash(size) and str(copy) == str(size)


def proven(a: Dim, b: Dim) -> dict[str, bool]:
    """What is proven of two sizes, by the operator that it claims."""
    return {"==": dims.equal(a, b), "!=": dims.differ(a, b), ">": dims.greater(a, b), ">=": dims.at_least(a, b)}


COMPARED: dict[str, Any] = {"==": operator.eq, "!=": operator.ne, ">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le}


@given(INTEGER_TREES, INTEGER_TREES, st.integers(1, 6))
@settings(max_examples=250, deadline=None)
def test_what_is_proven_holds_at_every_sample(left: Tree, right: Tree, n: int) -> None:
    a, b = symbolic(left), symbolic(right)
    claims = [(op, a, b) for op, holds in proven(a, b).items() if holds]
    difference = a - b
    claims += [(op, difference, 0) for op, holds in proven(difference, 0).items() if holds]
    if dims.divisible(a, n):
        claims.append(("==", a % n, 0))
    for (op, x, y), point in itertools.product(claims, POINTS):
        values = {SYMBOLS[name]: value for name, value in point.items()}
        try:
            assert COMPARED[op](dims.evaluate(x, values), dims.evaluate(y, values)), (op, str(x), str(y), point)
        except ZeroDivisionError:
            continue


@given(INTEGER_TREES, INTEGER_TREES)
@settings(max_examples=150, deadline=None)
def test_an_exact_quotient_is_the_quotient_wherever_there_is_one(factor: Tree, divisor: Tree) -> None:
    b = symbolic(divisor)
    exact = dims.exactly_divided(symbolic(factor) * b, b)
    for point in POINTS if exact is not None else ():
        values = {SYMBOLS[name]: value for name, value in point.items()}
        try:
            quotient = dims.evaluate(symbolic(factor) * b, values) // dims.evaluate(b, values)
        except ZeroDivisionError:
            continue
        assert dims.evaluate(exact, values) == quotient


@given(LINEAR_TREES, LINEAR_TREES)
@settings(max_examples=120, deadline=None)
def test_what_is_proven_cannot_be_refuted_by_z3(left: Tree, right: Tree) -> None:
    z3 = pytest.importorskip("z3")
    a, b = symbolic(left), symbolic(right)
    claims = [op for op, holds in proven(a, b).items() if holds]
    if not claims:
        return
    variables = {name: z3.Int(name) for name in NAMES}
    solver = z3.Solver()
    solver.set("timeout", 300)
    solver.add(*(variables[name] >= minimum for name, minimum in MINIMA.items() if minimum is not None))
    x, y = in_z3(z3, left, variables), in_z3(z3, right, variables)
    for op in claims:
        solver.push()
        solver.add(z3.Not(COMPARED[op](x, y)))
        assert solver.check() != z3.sat, (op, str(a), str(b), solver.model())
        solver.pop()


def in_z3(z3: Any, tree: Tree, variables: dict[str, Any]) -> Any:
    if isinstance(tree, str):
        return variables[tree]
    if isinstance(tree, int):
        return z3.IntVal(tree)
    name, *parts = tree
    a, b = (in_z3(z3, part, variables) for part in parts)
    match name:
        case "//":
            return a / b  # z3 rounds down for a positive divisor
        case "min":
            return z3.If(a <= b, a, b)
        case "max":
            return z3.If(a >= b, a, b)
        case _:
            return OPERATORS[name](a, b)


@given(INTEGER_TREES, INTEGER_TREES, st.sampled_from(list(COMPARED)), st.sampled_from(list(COMPARED)))
@settings(max_examples=150, deadline=None)
def test_conditions_hold_as_in_python(left: Tree, right: Tree, first: str, second: str) -> None:
    a, b = symbolic(left), symbolic(right)
    one, two = dims.compare(first, a, b), dims.compare(second, a, 3)
    for point in POINTS:
        values = {SYMBOLS[name]: value for name, value in point.items()}
        try:
            x, y = dims.evaluate(a, values), dims.evaluate(b, values)
        except ZeroDivisionError:
            continue
        p, q = COMPARED[first](x, y), COMPARED[second](x, 3)
        for condition, expected in [
            (one, p),
            (dims.negate(one), not p),
            (dims.every(one, two), p and q),
            (dims.some(one, two), p or q),
            (dims.negate(dims.every(one, dims.negate(two))), not (p and not q)),
        ]:
            assert dims.evaluate_condition(condition, values) is expected


@given(NUMBER_TREES)
@settings(max_examples=250, deadline=None)
def test_what_is_proven_to_be_a_float_is_one_for_all_values(tree: Tree) -> None:
    size = symbolic(tree)
    for point in POINTS:
        try:
            expected = built(tree, point)
        except (ZeroDivisionError, OverflowError):
            continue
        assert not (dims.is_float(size) and type(expected) is not float), (str(size), point)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (SYMBOLS["H"] / 2, True),
        (SYMBOLS["H"] * 0.5 + 1, True),
        (2.0 ** SYMBOLS["H"], True),
        (dims.square_root(SYMBOLS["H"]), True),
        (dims.where(dims.compare("<", SYMBOLS["H"], SYMBOLS["W"]), SYMBOLS["H"] / 2, 0.5), True),
        (abs(-(SYMBOLS["H"] / 2)), True),
        (2 ** (SYMBOLS["H"] - 1), False),
        ((SYMBOLS["H"] // 2 ** (SYMBOLS["W"] - 1)) ** 2, False),
        (dims.where(dims.compare("<", SYMBOLS["H"], SYMBOLS["W"]), SYMBOLS["H"] / 2, 1), False),
        (dims.unknown_number("anything"), False),
        (SYMBOLS["H"], False),
        (1, False),
        (1.0, True),
    ],
)
def test_a_float_is_proven(size: Any, expected: bool) -> None:
    assert dims.is_float(size) is expected
