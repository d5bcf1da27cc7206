"""From source text to ir: one parse by libcst, one walk over its tree."""

from __future__ import annotations

import ast
import functools
import re
import warnings
from collections.abc import Mapping
from typing import NoReturn, TypeVar

from cnnlint.source import ir
from cnnlint.source.depth import check_depth, unclosed_bracket
from cnnlint.source.lowering_comprehensions import COMPREHENSIONS
from cnnlint.source.lowering_definitions import DEFINITIONS, docstring
from cnnlint.source.lowering_expressions import EXPRESSIONS
from cnnlint.source.lowering_patterns import PATTERNS
from cnnlint.source.lowering_statements import STATEMENTS
from cnnlint.source.lowering_strings import STRINGS
from cnnlint.source.text import NotAnalysed, SourceText
from cnnlint.source.walk import Tables, Walk

_parser_place = re.compile(r"error at (\d+):(\d+)").search
_last_token = re.compile(r"(?:\w+|\"[^\"\r\n]*\"|'[^'\r\n]*'|[^\w\s])\s*\Z").search

Lowering = TypeVar("Lowering")


def lower(source: SourceText) -> ir.Module:
    """The ir of a whole file.

    Raises NotAnalysed if the file is not Python, or nests deeper than is safe to parse.
    """
    return _lower_range(source, 0, len(source.text), 1)


def lower_part(source: SourceText, first_line: int, last_line: int) -> ir.Module:
    """The ir of the statements on the lines from `first_line` to `last_line`; its spans count from the file's start.

    The lines must hold whole statements of the module's top level, decorators included.
    """
    starts = source.line_starts
    end = min(starts[min(last_line, len(starts) - 1)], len(source.text))
    return _lower_range(source, starts[first_line - 1], end, first_line)


def _lower_range(source: SourceText, start: int, end: int, first_line: int) -> ir.Module:
    # Imported here to save start-up time: a run that finds everything cached never needs it.
    import libcst

    text = source.text if end - start == len(source.text) else source.text[start:end]
    check_depth(source.path, text, first_line)
    try:
        module = libcst.parse_module(text)
    except libcst.ParserSyntaxError as error:
        _refuse(source.path, text, first_line, error.message)
    except libcst.CSTValidationError as error:
        _refuse(source.path, text, first_line, str(error))
    except libcst.CSTLogicError:
        raise NotAnalysed(source.path, first_line, 0, "libcst cannot parse this file, and does not say where") from None
    walk = Walk(source, module, start, _tables())
    body: list[ir.Statement] = []
    try:
        walk.lines(module.body, body)
    except RecursionError:
        # Only where the caller did not see to it, with `on_large_stack`, that there is room for what is let through.
        raise NotAnalysed(source.path, first_line, 0, "the code nests too deep for the stack that is left") from None
    if walk.clause(0) < end:
        raise RuntimeError(f"the walk lost its place in {source.path}: {walk.position} is not the end, {end}")
    walk.position = end
    return ir.Module(walk.span(start), tuple(body), docstring(tuple(body)))


@functools.cache
def _tables() -> Tables:
    # Imported here to save start-up time.
    import libcst

    # An older libcst lacks the newest nodes; what a newer one adds becomes NotModelled.
    def by_type(lowerings: Mapping[str, Lowering]) -> dict[type, Lowering]:
        return {getattr(libcst, name): lowering for name, lowering in lowerings.items() if hasattr(libcst, name)}

    return Tables(
        expressions=by_type(EXPRESSIONS | STRINGS | COMPREHENSIONS),
        statements=by_type(STATEMENTS | DEFINITIONS),
        patterns=by_type(PATTERNS),
        simple_line=libcst.SimpleStatementLine,
        indented_block=libcst.IndentedBlock,
    )


def _refuse(path: str, text: str, first_line: int, message: str) -> NoReturn:
    """Raise what a failed parse means: a syntax error, or the rare Python that libcst does not read."""
    error = _python_syntax_error(text)
    if error is None:
        reason = "this is Python, but libcst cannot parse it"
        line, column = _place(text, message) or (1, 0)
        raise NotAnalysed(path, line + first_line - 1, column, reason)
    summary = message.removeprefix("tokenizer error: ").rstrip(".")
    summary = summary[:1].lower() + summary[1:]
    bracket = unclosed_bracket(text)
    place = _place(text, message)
    if place is not None:
        is_indent = place[1] > 0 and not SourceText(path, text).lines(place[0], place[0])[: place[1]].strip()
        summary = "unexpected indent" if is_indent else "invalid syntax"
        if message.endswith("expected INDENT"):
            summary = "expected an indented block"
    if bracket is not None:
        offset, character = bracket
        whole = SourceText(path, text)
        place = whole.position(offset)
        summary = f"`{character}` is never closed"
    elif place is None:
        # libcst's tokenizer does not say where; Python does.
        place = (error.lineno or 1, max((error.offset or 1) - 1, 0))
    line, column = place
    raise NotAnalysed(path, line + first_line - 1, column, summary, "syntax-error") from None


def _place(text: str, message: str) -> tuple[int, int] | None:
    """Where the token is that libcst's parser stumbled over; it names the place of the one after it."""
    match = _parser_place(message)
    if match is None:
        return None
    source = SourceText("", text)
    line, column = int(match[1]), int(match[2])
    offset = len(text) if line >= len(source.line_starts) else min(source.offset(line, column), len(text))
    if column > 0 and not text[offset - column : offset].strip():
        # The token before is the indentation itself.
        return line, column
    before = _last_token(text[:offset])
    return source.position(before.start() if before else offset)


def _python_syntax_error(text: str) -> SyntaxError | None:
    """What the running Python objects to in a text that libcst refused."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(text)
        except SyntaxError as error:
            return error
        except (ValueError, RecursionError, MemoryError) as error:
            return SyntaxError(str(error))
    return None
