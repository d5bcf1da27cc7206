"""The bytes of a model in words, for the formats that people read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cnnlint.amounts import short_bytes
from cnnlint.reporters._totals import total

if TYPE_CHECKING:
    from cnnlint.dims import Dim
    from cnnlint.graph import Memory, Model
    from cnnlint.plugin import Printing

_LONGEST_FORMULA = 40


def memory_in(model: Model, printing: Printing) -> Memory:
    """The bytes of a model whose weights and activations are held as `printing` says."""
    from cnnlint.graph import memory_of

    return memory_of(model, printing.weights, printing.activations)


def memory_lines(model: Model, memory: Memory, printing: Printing) -> Iterator[tuple[str, str, str]]:
    """What weights, activations and the largest layer take: a label, the bytes, and what they are."""
    yield "bytes of weights", _least(memory.weights, memory.weights_exact), _note(memory.weights, f"in {printing.weights}")
    if memory.peak is not None and memory.total != 0:
        where = "" if memory.peak_call is None else f" (in {model.calls[memory.peak_call].layer.name})"
        in_all = f", {_short(memory.total)} in all" if memory.is_exact else ""
        note = _note(memory.peak, f"in {printing.activations} at once{where}{in_all}")
        yield "bytes of activations", _least(memory.peak, memory.is_exact), note
    if memory.layer is not None:
        name = "a layer" if memory.layer_call is None else model.calls[memory.layer_call].layer.name
        note = _note(memory.layer, f"at most: what {name} reads, makes and weighs")
        yield "bytes of a layer", _least(memory.layer, memory.is_exact), note


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
    """Bytes with thousands separators; `150,528 * batch` where each example takes as many, a formula where more is open.

    A formula of the batch that is too long to read is given for a batch of 1.
    """
    from cnnlint.graph import for_one

    if size is None:
        return ""
    one = for_one(size)
    if isinstance(size, int) or not isinstance(one, int) or str(one * _batch()) != str(size):
        text = total(size, exact=True)
        return f"{one:,} at batch 1" if isinstance(one, int) and len(text) > _LONGEST_FORMULA else text
    return f"{one:,} * batch"


def _batch() -> Dim:
    from cnnlint.dims import symbol

    return symbol("batch")


def _least(size: Dim, is_exact: bool) -> str:
    return bytes_text(size) if is_exact else f">= {bytes_text(size)}"


def _note(size: Dim, rest: str) -> str:
    return f"{_short(size)} {rest}"


def _short(size: Dim) -> str:
    """`23 KiB`, of one example where the batch is open."""
    from cnnlint.graph import for_one

    one = for_one(size)
    if not isinstance(one, int):
        return f"{one} bytes"
    return short_bytes(one) if one == size else f"{short_bytes(one)} an example"
