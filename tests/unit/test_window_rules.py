"""The two rules about non-integer sizes, against windows laid out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnlint.dims import Dim, Dims, symbol
from cnnlint.graph import FileAnalysis, Place, WindowCall
from cnnlint.plugin import Rule
from cnnlint.rules.sizes.non_integer_output import NonIntegerOutput
from cnnlint.rules.sizes.output_loses_input import OutputLosesInput
from cnnlint.source.ir import Span

PLACE = Place("net.py", Span(1, 0, 1, 5))
H = symbol("H")


def window(  # the letters of O = (I - K + 2P) / S + 1
    I: tuple[Dim, ...],  # noqa: E741, N803
    K: tuple[Dim, ...],  # noqa: N803
    S: tuple[Dim, ...],  # noqa: N803
    before: tuple[Dim, ...] | None = None,
    after: tuple[Dim, ...] | None = None,
    D: tuple[Dim, ...] | None = None,  # noqa: N803
    *,
    has_weights: bool = True,
    rounds: bool = True,
) -> WindowCall:
    none = tuple(0 for _ in I)
    before = before or none
    after = before if after is None else after
    D = D or tuple(1 for _ in I)  # noqa: N806
    sizes = zip(I, K, S, before, after, D, strict=True)
    output = tuple((i + b + a - d * (k - 1) - 1) // s + 1 for i, k, s, b, a, d in sizes)
    quantities = (Dims(I), Dims(K), Dims(S), Dims(before), Dims(after), Dims(D), Dims(output))
    return WindowCall("conv1", "Conv2d", PLACE, (), *quantities, has_weights=has_weights, rounds=rounds)


def messages(rule: Rule, call: WindowCall) -> list[str]:
    return [finding.message for finding in rule.findings(FileAnalysis("net.py", windows=(call,)))]


LOSING = [
    (
        window((224, 224), (11, 11), (4, 4)),
        "`conv1`: (224 - 11 + 2*0) / 4 + 1 = 54.25, rounded down to 54; the last row and column are read by nothing",
    ),
    (
        window((225, 225), (16, 16), (16, 16)),
        "`conv1`: (225 - 16 + 2*0) / 16 + 1 = 14.0625, rounded down to 14; the last row and column are read by nothing",
    ),
    (
        window((9,), (4,), (3,)),
        "`conv1`: (9 - 4 + 2*0) / 3 + 1 = 2.66..., rounded down to 2; the last 2 positions are read by nothing",
    ),
    (
        window((32, 34), (4, 4), (3, 3), before=(0, 0), after=(0, 1)),
        "`conv1`: (32 - 4 + 2*0) / 3 + 1 = 10.33... rows, rounded down to 10; the last row is read by nothing",
    ),
    (
        window((32, 33), (5, 5), (4, 4), before=(1, 1), after=(0, 0)),
        "`conv1`: (33 - 5 + 1 + 0) / 4 + 1 = 8.25 columns, rounded down to 8; the last column is read by nothing",
    ),
    (
        window((12, 13), (5, 6), (4, 5)),
        (
            "`conv1`: (12 - 5 + 2*0) / 4 + 1 = 2.75 rows, rounded down to 2, and (13 - 6 + 2*0) / 5 + 1 = 2.4 columns, rounded down to 2;"
            " the last 3 rows and the last 2 columns are read by nothing"
        ),
    ),
    (
        window((2 * H, 8), (3, 3), (2, 1)),
        "`conv1`: (2*H - 3 + 2*0) / 2 + 1 rows, never an integer, rounded down to H - 1; the last row is read by nothing",
    ),
]


@pytest.mark.parametrize(("call", "message"), LOSING, ids=range(len(LOSING)))
def test_output_loses_input(call: WindowCall, message: str) -> None:
    assert messages(OutputLosesInput(), call) == [message]
    assert messages(NonIntegerOutput(), call) == []


UNEVEN = [
    (window((224, 224), (7, 7), (2, 2), before=(3, 3)), "`conv1`: (224 - 7 + 2*3) / 2 + 1 = 112.5, rounded down to 112"),
    (window((25, 25), (2, 2), (2, 2), has_weights=False), "`conv1`: (25 - 2 + 2*0) / 2 + 1 = 12.5, rounded down to 12"),
    (window((32, 32), (3, 3), (2, 2), D=(2, 2)), "`conv1`: (32 - (2*(3 - 1) + 1) + 2*0) / 2 + 1 = 14.5, rounded down to 14"),
    (window((24, 24), (1, 1), (2, 2)), "`conv1`: (24 - 1 + 2*0) / 2 + 1 = 12.5, rounded down to 12"),
]


@pytest.mark.parametrize(("call", "message"), UNEVEN, ids=range(len(UNEVEN)))
def test_non_integer_output(call: WindowCall, message: str) -> None:
    assert messages(OutputLosesInput(), call) == []
    assert messages(NonIntegerOutput(), call) == [message]


@pytest.mark.parametrize(
    "call",
    [
        window((227, 227), (11, 11), (4, 4)),
        window((H, H), (11, 11), (4, 4)),
        window((224, 224), (11, 11), (4, 4), rounds=False),
        window((2, 2), (4, 4), (3, 3)),  # nothing comes out: `empty-output` speaks
    ],
    ids=["even", "unknown", "not the textbook's", "empty"],
)
def test_silent(call: WindowCall) -> None:
    assert messages(OutputLosesInput(), call) == []
    assert messages(NonIntegerOutput(), call) == []


@given(
    I=st.integers(1, 40),
    K=st.integers(1, 9),
    S=st.integers(1, 9),
    before=st.integers(0, 4),
    after=st.integers(0, 4),
    D=st.integers(1, 3),
    has_weights=st.booleans(),
)
def test_against_windows_laid_out(I: int, K: int, S: int, before: int, after: int, D: int, has_weights: bool) -> None:  # noqa: E741, N803
    padded = before + I + after
    starts = [start for start in range(0, padded, S) if start + D * (K - 1) < padded]
    call = window((I,), (K,), (S,), (before,), (after,), (D,), has_weights=has_weights)
    loses, uneven = bool(messages(OutputLosesInput(), call)), bool(messages(NonIntegerOutput(), call))
    if not starts:
        assert not loses
        assert not uneven
        return
    end = starts[-1] + D * (K - 1) + 1  # one past what the last window reads
    assert loses == (end < before + I and D == 1 and (K > S or (has_weights and K == S)))
    assert (loses or uneven) == (end != padded)
