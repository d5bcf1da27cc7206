"""Spans are computed by a walk of our own; libcst's (slow) position provider says what they must be."""

from __future__ import annotations

import dataclasses
import pathlib
import re
import sysconfig
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import libcst
import pytest
from hypothesis import given
from hypothesis import strategies as st
from libcst.metadata import MetadataWrapper, PositionProvider

from cnnlint.source import ir, lowering
from cnnlint.source.text import NotAnalysed, SourceText, decode
from cnnlint.source.walk import Walk

CONSTRUCTS = pathlib.Path(__file__).parent.parent / "unit" / "constructs"
LIMIT_PER_FILE = 60_000
SAMPLE = 25

# libcst's node beside the ir node that is made for it without a lowering of its own.
PARTS = {
    libcst.Arg: ir.Argument,
    libcst.Param: ir.Parameter,
    libcst.CompFor: ir.Clause,
    libcst.DictElement: ir.DictItem,
    libcst.StarredDictElement: ir.DictItem,
    libcst.ImportStar: ir.Alias,
    libcst.ExceptHandler: ir.Handler,
    libcst.ExceptStarHandler: ir.Handler,
    libcst.MatchCase: ir.Case,
}


def descendants(node: ir.Node) -> Iterator[ir.Node]:
    """Every node at and below `node`."""
    pending: list[Any] = [node]
    while pending:
        item = pending.pop()
        if isinstance(item, ir.Node):
            yield item
            pending += [getattr(item, name) for name in item.__match_args__]
        elif isinstance(item, tuple) and not isinstance(item, ir.Span):
            pending += item


def lowered_with_record(source: SourceText, tree: libcst.Module) -> tuple[ir.Module, list[tuple[libcst.CSTNode, ir.Node]]]:
    """The ir of a tree, and which node of ir each of libcst's nodes became."""
    record: list[tuple[libcst.CSTNode, ir.Node]] = []

    def recording(lower: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(walk: Walk, node: Any, start: int) -> Any:
            result = lower(walk, node, start)
            record.append((node, result))
            return result

        return wrapped

    plain = lowering._tables()
    tables = dataclasses.replace(
        plain,
        expressions={kind: recording(lower) for kind, lower in plain.expressions.items()},
        statements={kind: recording(lower) for kind, lower in plain.statements.items()},
        patterns={kind: recording(lower) for kind, lower in plain.patterns.items()},
    )
    walk = Walk(source, tree, 0, tables)
    body: list[ir.Statement] = []
    walk.lines(tree.body, body)
    return ir.Module(ir.Span(1, 0, 1, 0), tuple(body), None), record


def differences(source: SourceText) -> list[str]:
    """Where the spans of a file differ from what libcst says."""
    tree = libcst.parse_module(source.text)
    wrapper = MetadataWrapper(tree, unsafe_skip_copy=True)
    ranges = wrapper.resolve(PositionProvider)
    assert lowering.lower(source).body is not None
    module, record = lowered_with_record(source, tree)

    def expected(node: libcst.CSTNode) -> ir.Span:
        place = ranges[node]
        if isinstance(node, libcst.CompFor):
            # libcst counts in the blanks before a clause and the clauses nested in it: only its start is compared.
            offset = source.offset(place.start.line, place.start.column)
            blanks = re.compile(r"(?:\s|\\|#[^\r\n]*)*").match(source.text, offset)
            start = source.position(blanks.end() if blanks else offset)
            return ir.Span(*start, *start)
        return ir.Span(place.start.line, place.start.column, place.end.line, place.end.column)

    wrong = [
        f"{type(node).__name__}: {tuple(made.span)} should be {tuple(expected(node))}"
        for node, made in record
        if made.span != expected(node) and not isinstance(node, libcst.MatchValue | libcst.MatchSingleton)
    ]
    wanted: Counter[tuple[str, ir.Span]] = Counter()
    pending: list[libcst.CSTNode] = [tree]
    while pending:
        node = pending.pop()
        if not isinstance(node, libcst.TypeAlias | libcst.TypeParameters):  # not modelled: what is inside is not lowered
            pending += node.children
        if type(node) in PARTS:
            wanted[PARTS[type(node)].__name__, expected(node)] += 1

    def compared(node: ir.Node) -> ir.Span:
        return ir.Span(*node.span[:2], *node.span[:2]) if isinstance(node, ir.Clause) else node.span

    names = {kind.__name__ for kind in PARTS.values()}
    made_parts = Counter((type(node).__name__, compared(node)) for node in descendants(module) if type(node).__name__ in names)
    made_parts = Counter({key: count for key, count in made_parts.items() if key[0] != "Alias" or key in wanted})
    wrong += [f"missing {name} {tuple(span)}" for name, span in (wanted - made_parts)]
    wrong += [f"unexpected {name} {tuple(span)}" for name, span in (made_parts - wanted)]
    return wrong


def sample_of_the_standard_library() -> list[pathlib.Path]:
    """Some of the running Python's own files, the same ones every time; tests of odd syntax among them."""
    root = pathlib.Path(sysconfig.get_paths()["stdlib"])
    files = sorted(path for path in root.glob("*.py") if path.stat().st_size < LIMIT_PER_FILE)
    odd = [root / "test" / name for name in ("test_patma.py", "test_fstring.py", "test_grammar.py", "test_type_params.py")]
    return files[:: max(1, len(files) // SAMPLE)] + [path for path in odd if path.exists() and path.stat().st_size < LIMIT_PER_FILE]


@pytest.mark.parametrize("path", sorted(CONSTRUCTS.glob("*.txt")), ids=lambda path: path.stem)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_spans_of_every_construct(path: pathlib.Path, newline: str) -> None:
    text = path.read_text(encoding="utf-8").replace("\n", newline)
    assert differences(decode(text.encode(), path.name)) == []


@pytest.mark.parametrize("path", sample_of_the_standard_library(), ids=lambda path: path.name)
def test_spans_of_the_standard_library(path: pathlib.Path) -> None:
    try:
        source = decode(path.read_bytes(), path.name)
        lowering.lower(source)
    except NotAnalysed as error:
        pytest.skip(error.reason)
    assert differences(source) == []


BLANKS = st.sampled_from(["", " ", "\t", "  ", "\\\n ", "\n", "  # note\n", "\r\n", "\n\n   "])


@given(st.lists(BLANKS, min_size=24, max_size=24))
def test_spans_between_any_blanks(blanks: list[str]) -> None:
    """Inside brackets any blank may stand between any two tokens."""
    tokens = ["(", "a", "+", "f", "(", "*", "b", ",", "k", "=", "[", "1", ",", "'s'", "]", ",", ")", ".", "c", "[", "d", ":", "]", ")"]
    # A number or a name must not run into the next one; no two of these tokens do.
    text = "x = " + "".join(token + blank for token, blank in zip(tokens, [*blanks[:-1], ""], strict=True)) + "\n"
    assert differences(decode(text.encode(), "blanks")) == []


@given(st.text(alphabet="ab1 \n\t()[]{}:,.='\"f#\\+*@", max_size=40))
def test_any_text_is_lowered_or_refused(text: str) -> None:
    try:
        source = decode(text.encode(), "text")
        lowering.lower(source)
    except NotAnalysed:
        return
