"""The bytes of a model in words, for the formats that people read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from cnnlint.amounts import short_bytes
from cnnlint.reporters._totals import total

if TYPE_CHECKING:
    from cnnlint.dims import Dim, Symbol
    from cnnlint.graph import Memory, Model
    from cnnlint.plugin import Printing

_LONGEST_FORMULA = 40
_LONGEST_LINE = 100
_NUMBER = re.compile(r"(?:>= )?[\d,]+(?: \* batch(?: \+ [\d,]+)?| at batch 1)?")


def memory_in(model: Model, printing: Printing) -> Memory:
    """The bytes of a model whose weights and activations are held as `printing` says."""
    from cnnlint.graph import memory_of

    return memory_of(model, printing.weights, printing.activations)


def memory_lines(model: Model, memory: Memory, printing: Printing) -> Iterator[tuple[str, str, str]]:
    """What weights, activations and the largest layer take: a label, the bytes, and what they are."""
    yield "bytes of weights", *_counted(memory.weights, f"in {printing.weights}", is_exact=memory.weights_exact)
    if memory.peak is not None and memory.total != 0:
        where = "" if memory.peak_call is None else f" (in {model.calls[memory.peak_call].layer.name})"
        in_all = f", {_short(memory.total)} in all" if memory.is_exact and _is_number(memory.total) else ""
        rest = f"in {printing.activations} at once{where}{in_all}"
        yield "bytes of activations", *_counted(memory.peak, rest, is_exact=memory.is_exact)
    if memory.layer is not None:
        name = "a layer" if memory.layer_call is None else model.calls[memory.layer_call].layer.name
        yield "bytes of a layer", *_counted(memory.layer, f"at most: what {name} reads, makes and weighs", is_exact=memory.is_exact)


def aligned(rows: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    """Lines of a label, a count and a note: numbers stand at the right of their column, formulas begin where it does."""
    labels = max(len(label) for label, _, _ in rows)
    numbers = max((len(text) for _, text, _ in rows if _NUMBER.fullmatch(text)), default=0)
    for label, text, note in rows:
        count = f"{text:>{numbers}}" if _NUMBER.fullmatch(text) else text
        yield f"{label:{labels}}  {count}  {note}".rstrip()


def _counted(size: Dim, note: str, *, is_exact: bool) -> tuple[str, str]:
    """Bytes and what they are; the number again in a short unit, but a formula only once, for one example where the batch is open."""
    least = "" if is_exact else ">= "
    if _is_number(size):
        return f"{least}{bytes_text(size)}", f"{_short(size)} {note}"
    from cnnlint.graph import for_one

    one = for_one(size)
    whose = "" if str(one) == str(size) else "for one example, "
    formula = str(one)
    if len(formula) > _LONGEST_LINE:
        formula = "a long formula of " + ", ".join(dict.fromkeys(symbol.name for symbol in _symbols(one))) + ", in full in JSON,"
    return f"{least}{formula}", f"{whose}{note}"


def _is_number(size: Dim) -> bool:
    """Whether the bytes of an example are known."""
    from cnnlint.graph import for_one

    return isinstance(for_one(size), int)


def _symbols(size: Dim) -> Iterable[Symbol]:
    from cnnlint.dims import symbols

    return symbols(size)


def size_at_once(memory: Memory) -> str:
    """What activations take at once, short: `36.8 KiB`, `36.8 KiB * batch`; "" where nothing is known of them."""
    from cnnlint.graph import for_one

    if memory.peak is None:
        return ""
    one = for_one(memory.peak)
    if not isinstance(one, int):
        return _least(memory.peak, memory.is_exact)
    short = short_bytes(one)
    text = short if memory.peak == one else f"{short} * batch" if str(one * _batch()) == str(memory.peak) else f"{short} at batch 1"
    return text if memory.is_exact else f">= {text}"


def bytes_text(size: Dim | None) -> str:
    """Bytes with thousands separators; `150,528 * batch + 40` where each example takes as many, a formula where more is open.

    A formula of the batch that is too long to read is given for a batch of 1.
    """
    from cnnlint.dims import substitute, symbols
    from cnnlint.graph import for_one

    if size is None:
        return ""
    one = for_one(size)
    if isinstance(size, int) or not isinstance(one, int):
        return total(size, exact=True)
    none = substitute(size, dict.fromkeys(symbols(size), 0))
    if isinstance(none, int) and str(size) == str((one - none) * _batch() + none):
        return f"{one - none:,} * batch + {none:,}" if none else f"{one:,} * batch"
    text = total(size, exact=True)
    return f"{one:,} at batch 1" if len(text) > _LONGEST_FORMULA else text


def _batch() -> Dim:
    from cnnlint.dims import symbol

    return symbol("batch")


def _least(size: Dim, is_exact: bool) -> str:
    return bytes_text(size) if is_exact else f">= {bytes_text(size)}"


def _short(size: Dim) -> str:
    """`23 KiB`, of one example where the batch is open."""
    from cnnlint.graph import for_one

    one = for_one(size)
    if not isinstance(one, int):
        return f"{one} bytes"
    return short_bytes(one) if one == size else f"{short_bytes(one)} an example"
