"""What nests too deep is refused before libcst sees it, and quickly."""

import sys
import time

import pytest

from cnnlint.source import NotAnalysed, decode, lower, on_large_stack
from cnnlint.source.depth import MAX_BRACKETS, MAX_CHAIN, MAX_ELIF, check_depth

MANY = 100_000
DEEP = {
    "lists": "x = " + "[" * MANY + "]" * MANY,
    "parentheses": "x = " + "(" * MANY + "1" + ")" * MANY,
    "unclosed": "[" * MANY,
    "terms": "x = " + "+".join(["1"] * MANY),
    "terms on lines": "x = (" + "+\n".join(["1"] * MANY) + ")",
    "continued lines": "x = 1" + " + \\\n1" * MANY,
    "not": "x = " + "not " * MANY + "1",
    "attributes": "x = a" + ".b" * MANY,
    "calls": "x = a" + "()" * MANY,
    "indices": "x = a" + "[0]" * MANY,
    "conditionals": "x = " + "1 if 2 else " * MANY + "3",
    "lambdas": "x = " + "lambda: " * MANY + "3",
    "strings": "x = (" + "'a' " * MANY + ")",
    "elif": "if a: b\n" + "elif a: b\n" * MANY,
    "indentation": "".join(" " * level + "if x:\n" for level in range(200)) + " " * 200 + "y",
    "f-strings": "x = " + 'f"{' * MANY + "1" + '}"' * MANY,
    "specifications": "x = f'" + "{x:" * MANY + "}" * MANY + "'",
}
FLAT = {
    "brackets in strings": f"x = '{'[' * MANY}'\ny = '''{'(' * MANY}\n'''\nz = f'{'{{' * MANY}'",
    "brackets in comments": f"# {'(' * MANY}\nx = 1",
    "escaped quotes": "x = '\\'" + "[" * MANY + "'",
    "raw strings": "x = r'\\'" + "[" * MANY + "'",
    "commas": "x = [" + "-1, " * MANY + "]",
    "lines": "x = -1\n" * MANY,
    "entries": "x = {" + "'a': -1.5,\n" * MANY + "}",
    "nested quotes": "x = f'{a['[']}'\n" * 300,
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_deep_text_is_refused_quickly(text: str) -> None:
    start = time.perf_counter()
    with pytest.raises(NotAnalysed) as caught:
        lower(decode(text.encode(), "deep.py"))
    assert caught.value.kind == "not-analysed"
    assert "\n" not in caught.value.reason
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize("text", FLAT.values(), ids=FLAT)
def test_flat_text_passes(text: str) -> None:
    check_depth("flat.py", text)


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "[" * MAX_BRACKETS + "]" * MAX_BRACKETS,
        "x = 1" + "+1" * MAX_CHAIN,
        "x = a" + "()" * (MAX_CHAIN - 1),
        "if a: b\n" + "elif a: b\n" * MAX_ELIF,
        "x = " + "f'{" * 90 + "1" + "}'" * 90,
    ],
    ids=["brackets", "terms", "calls", "elif", "f-strings"],
)
def test_what_the_limits_let_through_is_lowered(text: str) -> None:
    assert len(on_large_stack(lambda: lower(decode(text.encode(), "deep.py"))).body) == 1


def test_a_large_stack_returns_and_raises() -> None:
    limit = sys.getrecursionlimit()

    def depth(count: int) -> int:
        return 0 if count == 0 else 1 + depth(count - 1)

    assert on_large_stack(lambda: depth(50_000)) == 50_000
    with pytest.raises(ValueError, match="invalid literal"):
        on_large_stack(lambda: int("no number"))
    assert sys.getrecursionlimit() == limit
