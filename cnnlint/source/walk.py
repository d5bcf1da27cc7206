"""The walk that lowers libcst's tree: a cursor in the text that moves on in step with the tree.

libcst's nodes carry no positions. The walk visits them in source order and knows how long each token is, so it
only has to step over blanks and comments to know where every token stands. That costs a fraction of
libcst's own position provider, whose answers the tests compare with these.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from cnnlint.source import ir
from cnnlint.source.scopes import Scope
from cnnlint.source.text import SourceText

if TYPE_CHECKING:
    import libcst

# A lowering gets the walk with its cursor at the node's first token (past its parentheses), the node, and that
# token's offset; it leaves the cursor one past the node's last token. libcst's nodes have too many types to tell apart here.
ExpressionLowering: TypeAlias = "Callable[[Walk, Any, int], ir.Expression]"
StatementLowering: TypeAlias = "Callable[[Walk, Any, int], ir.Statement]"
PatternLowering: TypeAlias = "Callable[[Walk, Any, int], ir.Pattern]"

_BETWEEN = frozenset(" \t\f\r\n\\#;")
_BLANK = frozenset(" \t\f\r\n\\#")
_blanks = re.compile(r"(?:[ \t\f\r\n]+|\\\r?\n?|#[^\r\n]*)*").match
_between = re.compile(r"(?:[ \t\f\r\n;]+|\\\r?\n?|#[^\r\n]*)*").match
_identifiers = re.compile(r"[^\W\d]\w*").findall
# The generated `Span.__new__` costs twice as much, and spans are the commonest objects there are.
_new = tuple.__new__


@dataclass(frozen=True, slots=True)
class Tables:
    """What lowers each type of libcst's nodes, and the types that the walk itself must tell apart."""

    expressions: Mapping[type, ExpressionLowering]
    statements: Mapping[type, StatementLowering]
    patterns: Mapping[type, PatternLowering]
    simple_line: type
    indented_block: type


class Walk:
    """The state of one lowering: where the cursor is, and which scope is being filled."""

    __slots__ = ("_line_starts", "_module", "_tables", "before_statement", "position", "scope", "text")

    def __init__(self, source: SourceText, module: libcst.Module, start: int, tables: Tables) -> None:
        # A character that no token starts with spares every look ahead a test for the end.
        self.text = source.text + "\0"
        self.position = start
        self.scope = Scope(None)
        # What a statement's lowering wants to stand before it; type parameters are bound that way.
        self.before_statement: list[ir.Statement] = []
        self._line_starts = source.line_starts
        self._module = module
        self._tables = tables

    # The cursor

    def here(self) -> int:
        """Step over blanks and comments, and return where the next token starts."""
        position = self.position
        if self.text[position] in _BLANK:
            position = _blanks(self.text, position).end()  # type: ignore[union-attr]
            self.position = position
        return position

    def token(self, length: int) -> int:
        """Step over the next token, of the length given, and return where it started."""
        position = self.position
        if self.text[position] in _BLANK:
            position = _blanks(self.text, position).end()  # type: ignore[union-attr]
        self.position = position + length
        return position

    def optional(self, token: str) -> bool:
        """Step over `token`, one character, if it comes next, and say whether it did."""
        position = self.here()
        if self.text[position] != token:
            return False
        self.position = position + 1
        return True

    def clause(self, length: int) -> int:
        """Step over the keyword that begins a statement or one of its clauses, and return where it started.

        A semicolon may stand at the end of the line before it.
        """
        start = self.position
        if self.text[start] in _BETWEEN:
            start = _between(self.text, start).end()  # type: ignore[union-attr]
        self.position = start + length
        return start

    def span(self, start: int) -> ir.Span:
        """The span from the offset `start` to the cursor."""
        starts = self._line_starts
        end = self.position
        line = bisect_right(starts, start)
        column = start - starts[line - 1]
        if end < starts[line]:
            return _new(ir.Span, (line, column, line, column + end - start))
        end_line = bisect_right(starts, end, lo=line, hi=len(starts) - 1)
        return _new(ir.Span, (line, column, end_line, end - starts[end_line - 1]))

    # The tree

    def expression(self, node: Any) -> ir.Expression:
        """Lower an expression with its parentheses, which are not part of its span."""
        opened = len(node.lpar)
        if not opened:
            return self.bare_expression(node, self.here())
        for _ in range(opened):
            self.token(1)
        result = self.bare_expression(node, self.here())
        for _ in range(opened):
            self.token(1)
        return result

    def bare_expression(self, node: Any, start: int) -> ir.Expression:
        """Lower an expression whose parentheses the caller steps over."""
        lowering = self._tables.expressions.get(type(node))
        if lowering is None:
            return self._unknown(node.with_changes(lpar=(), rpar=()), start)
        return lowering(self, node, start)

    def code_length(self, node: Any) -> int:
        """The length of a node's text as libcst would write it: slow, for what cannot be walked."""
        return len(self._module.code_for_node(node))

    def pattern(self, node: Any) -> ir.Pattern:
        """Lower a pattern of `match` with its parentheses, which are not part of its span."""
        opened = len(node.lpar)
        for _ in range(opened):
            self.token(1)
        result = self._tables.patterns[type(node)](self, node, self.here())
        for _ in range(opened):
            self.token(1)
        return result

    def suite(self, node: Any) -> tuple[ir.Statement, ...]:
        """Lower the colon of a compound statement and the block after it."""
        self.token(1)
        result: list[ir.Statement] = []
        kind: type = type(node)
        if kind is self._tables.indented_block:
            self.lines(node.body, result)
        else:
            for statement in node.body:
                self._statement(statement, result)
        return tuple(result)

    def lines(self, nodes: Iterable[Any], result: list[ir.Statement]) -> None:
        """Lower compound statements, and lines of simple ones, onto the end of `result`."""
        simple_line = self._tables.simple_line
        for node in nodes:
            kind: type = type(node)
            if kind is simple_line:
                for statement in node.body:
                    self._statement(statement, result)
            else:
                self._statement(node, result)

    def _statement(self, node: Any, result: list[ir.Statement]) -> None:
        start = self.clause(0)
        lowering = self._tables.statements.get(type(node))
        if lowering is None:
            result.append(self._unknown(node, start))
        else:
            outer, self.before_statement = self.before_statement, []
            statement = lowering(self, node, start)
            result += self.before_statement
            self.before_statement = outer
            result.append(statement)

    def _unknown(self, node: Any, start: int) -> ir.NotModelled:
        """A node that a newer libcst has and this walk does not know: every name in it may be bound."""
        code = self._module.code_for_node(node)
        blank = _between(code, 0)
        code = code[blank.end() if blank else 0 :].rstrip().rstrip(";").rstrip()
        self.position = start + len(code)
        names = frozenset(_identifiers(code))
        self.scope.bound.update(names)
        return ir.NotModelled(self.span(start), type(node).__name__, names)
