"""How deep a text nests, measured before it is parsed, and a stack large enough for what is let through.

libcst's parser is recursive and written in native code: too deep a text ends the process, not in an exception.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from types import FunctionType
from typing import Any, TypeVar

from cnnlint.source.scanner import STRUCTURE, scan
from cnnlint.source.text import NotAnalysed, SourceText

Result = TypeVar("Result")

# Python's own tokenizer refuses more than 200 brackets and 100 indentations. Operators, calls, attributes and
MAX_BRACKETS = 200
MAX_INDENTATION = 100
# `elif` make chains that nest without brackets. Python's compiler gives up on operators somewhere beyond 1,000, and
# libcst's time grows with the square of their number; adjacent strings and `elif` are cheaper.
MAX_CHAIN = 1_000
MAX_ELIF = 3_000
MAX_ADJACENT_STRINGS = 10_000

_STACK_SIZES = (512 * 1024**2, 256 * 1024**2, 64 * 1024**2, 16 * 1024**2)
_FRAMES_PER_BYTE = 1 / 1024
_FRAME_OF_HALF_A_PIECE = 2**20 + 2**12


def check_depth(path: str, text: str, first_line: int = 1) -> None:
    """Refuse a text that nests deeper than the limits above; linear in its length.

    Raises NotAnalysed at the place where a limit is passed.
    """
    refusal = _too_deep(text)
    if refusal is not None:
        offset, reason = refusal
        line, column = SourceText(path, text).position(offset)
        raise NotAnalysed(path, line + first_line - 1, column, reason)


def _too_deep(text: str) -> tuple[int, str] | None:
    # `chain` counts what nests at this place: every open bracket, and every operator since the bracket,
    # the comma or the line before. A closed bracket still counts one: `f()()()` nests to the left.
    chain = 0
    base = 0
    brackets: list[tuple[int, int]] = []
    strings = 0
    elifs = 0
    indents = [0]
    for kind, start, end in scan(text, STRUCTURE):
        if kind == "operator" or kind == "colon":
            chain += 1
            strings = 0
            if chain > MAX_CHAIN:
                return start, f"the expression has more than {MAX_CHAIN:,} operators, too many to analyse"
        elif kind == "string":
            strings += 1
            if strings > MAX_ADJACENT_STRINGS:
                return start, f"more than {MAX_ADJACENT_STRINGS:,} strings stand side by side, too many to analyse"
        elif kind == "open":
            brackets.append((chain, base))
            chain += 1
            base = chain
            if len(brackets) > MAX_BRACKETS:
                return start, f"more than {MAX_BRACKETS} brackets are open here, as many as Python itself allows"
        elif kind == "close":
            if brackets:
                chain, base = brackets.pop()
                chain += 1
                if chain > MAX_CHAIN:
                    return start, f"the expression has more than {MAX_CHAIN:,} operators, too many to analyse"
        elif kind == "separator":
            chain = base
            strings = 0
        elif kind == "newline":
            if brackets or text[end : end + 1] in ("\r", "\n", "#", ""):
                continue
            chain = base = strings = 0
            column = end - start
            while column < indents[-1]:
                indents.pop()
            if column > indents[-1]:
                indents.append(column)
                if len(indents) > MAX_INDENTATION:
                    return end, f"the code is indented more than {MAX_INDENTATION - 1} times, as often as Python itself allows"
        elif kind == "elif":
            elifs += 1
            if elifs > MAX_ELIF:
                return start, f"the file has more than {MAX_ELIF:,} `elif`, too many to analyse"
    return None


def unclosed_bracket(text: str) -> tuple[int, str] | None:
    """The innermost bracket that is never closed, with its offset, if there is one."""
    brackets: list[int] = []
    for kind, start, _ in scan(text, STRUCTURE):
        if kind == "open":
            brackets.append(start)
        elif kind == "close" and brackets:
            brackets.pop()
    return (brackets[-1], text[brackets[-1]]) if brackets else None


def on_large_stack(function: Callable[[], Result]) -> Result:
    """What `function` returns or raises, run on a thread with as large a stack as the platform grants.

    The recursion limit is raised to match meanwhile. The code that walks trees is recursive and needs both.
    """
    results: list[Result] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(_in_one_piece(function))
        except BaseException as error:  # noqa: BLE001  # handed on to the caller's thread, none is lost
            errors.append(error)

    old_limit = sys.getrecursionlimit()
    old_size = threading.stack_size()
    try:
        _run_on_thread(run)
    finally:
        sys.setrecursionlimit(old_limit)
        threading.stack_size(old_size)
    if errors:
        raise errors[0]
    return results[0]


def _in_one_piece(function: Callable[[], Any]) -> Any:
    """What `function` returns, all frames below it in one piece of memory.

    Python asks the system for 16 KB of frames at a time, and gives them back as soon as none is left in them: a recursion that swings
    about such a border asks at every call, which cost a fifth of an analysis. A frame of so many words gets a piece of the next
    power of two, and leaves the other half to those above it; what nobody touches takes no memory.
    """
    return FunctionType(_called.__code__.replace(co_stacksize=_FRAME_OF_HALF_A_PIECE), {})(function)


def _called(function: Callable[[], Any]) -> Any:
    return function()


def _run_on_thread(run: Callable[[], None]) -> None:
    refusal: BaseException | None = None
    for size in _STACK_SIZES:
        try:
            threading.stack_size(size)
            thread = threading.Thread(target=run, name="cnnlint")
            sys.setrecursionlimit(max(sys.getrecursionlimit(), int(size * _FRAMES_PER_BYTE)))
            thread.start()
        except (ValueError, RuntimeError, MemoryError) as error:
            # The platform refuses a stack of this size; a smaller one will do for most files.
            refusal = error
            continue
        thread.join()
        return
    raise RuntimeError("no thread can be started") from refusal
