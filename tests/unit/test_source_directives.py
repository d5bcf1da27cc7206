"""Comments and directives come from tokens, never from strings."""

import pytest

from cnnlint.source import Comment, StatedError, comments, decode, directives
from cnnlint.source.stated import (
    StatedInput,
    StatedLimit,
    StatedShape,
    parse_budget,
    parse_input_option,
    parse_inputs,
    parse_quantity,
    parse_shape,
)


def test_comments() -> None:
    text = "# one\nx = '# two'  # three\ny = '''\n# four'''\nz = f'{a['# five']}'\n    # six\nw = f'''{\n  b  # seven\n}#'''\n"
    assert comments(decode(text.encode(), "a.py")) == [
        Comment(1, 0, "# one", True),
        Comment(2, 13, "# three", False),
        Comment(6, 4, "# six", True),
        Comment(8, 5, "# seven", False),
    ]


def test_directives() -> None:
    text = (
        "# cnnlint: input(batch, 3, 224, 224)\n"
        "x = 1  # noqa # cnnlint: ignore[large-kernel, CNN201] -- measured, it helps\n"
        "s = '# cnnlint: output(1)'\n"
        "#cnnlint:file-ignore\n"
        "# cnnlint: shape((1, 2), (3)\n"
    )
    found = directives(decode(text.encode(), "a.py"))
    assert [(d.line, d.column, d.alone, d.verb, d.arguments, d.reason, d.problem) for d in found] == [
        (1, 0, True, "input", "batch, 3, 224, 224", "", None),
        (2, 14, False, "ignore", "large-kernel, CNN201", "measured, it helps", None),
        (4, 0, True, "file-ignore", None, "", None),
        (5, 0, True, "shape", "(1, 2), (3)", "", "`(` is never closed"),
    ]


@pytest.mark.parametrize(
    ("text", "dims", "dtype"),
    [
        ("1,3,224,224", (1, 3, 224, 224), None),
        ("batch, 3, H, W", ("batch", 3, "H", "W"), None),
        ("1,128:int64", (1, 128), "int64"),
        ("(1, 128) : torch.int64", (1, 128), "torch.int64"),
        ("(8,)", (8,), None),
        ("8,", (8,), None),
        ("1_000", (1000,), None),
        ("()", (), None),
    ],
)
def test_shapes(text: str, dims: tuple[int | str, ...], dtype: str | None) -> None:
    assert parse_shape(text) == StatedShape(dims, dtype)


@pytest.mark.parametrize("text", ["", ",", "1,,2", "1 2", "1,-1", "1,3.5", "1:", "(1,2", "1,2)", "9" * 30, "1x3"])
def test_what_is_no_shape(text: str) -> None:
    with pytest.raises(StatedError, match=r"^[^\n]*expected"):
        parse_shape(text)


def test_inputs() -> None:
    shape = StatedShape((1, 3, 8, 8), None)
    assert parse_input_option("x=1,3,8,8") == StatedInput("x", shape)
    assert parse_inputs("1, 3, 8, 8") == parse_inputs("(1, 3, 8, 8)") == (StatedInput(None, shape),)
    assert parse_inputs("(1,3,8,8), (1,5),") == (StatedInput(None, shape), StatedInput(None, StatedShape((1, 5), None)))
    assert parse_inputs("x=(1, 3, 8, 8), ids=(1, 128):int64") == (
        StatedInput("x", shape),
        StatedInput("ids", StatedShape((1, 128), "int64")),
    )


@pytest.mark.parametrize("text", ["", "x=1,2", "(1,2), 3", "x=(1,), (2,)", "x=(1,), x=(2,)", "((1,2)", "?"])
def test_what_is_no_input(text: str) -> None:
    with pytest.raises(StatedError):
        parse_inputs(text)


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("60M", 60_000_000),
        ("1.2G", 1_200_000_000),
        ("500k", 500_000),
        ("0.1k", 100),
        ("25_557_032", 25_557_032),
        ("1.5 KiB", 1536),
        ("64MiB", 64 * 1024**2),
        ("2GiB", 2 * 1024**3),
        ("0.123456789G", 123_456_789),
    ],
)
def test_quantities(text: str, quantity: int) -> None:
    assert parse_quantity(text) == quantity


@pytest.mark.parametrize("text", ["", "M", "1.5", "1.2345k", "-1", "1e6", "10 apples", "1..2", "1" * 30])
def test_what_is_no_quantity(text: str) -> None:
    with pytest.raises(StatedError, match=r"^expected"):
        parse_quantity(text)


def test_budgets() -> None:
    assert parse_budget("params=60M, macs=1.2G") == (StatedLimit("params", "60M"), StatedLimit("macs", "1.2G"))
    for text in ("", "params", "params=1, params=2"):
        with pytest.raises(StatedError):
            parse_budget(text)
