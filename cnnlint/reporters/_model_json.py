"""What is known of a model for programs, as several formats have it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cnnlint.dims import Dim, Shape
    from cnnlint.graph import Memory, Model
    from cnnlint.plugin import Printing
    from cnnlint.plugin.reporter import SummaryError


def memory_document(model: Model, memory: Memory, printing: Printing) -> dict[str, object]:
    """Bytes: of weights; the most that activations take at once, and in all; of the layer that reads, makes and weighs most."""

    def name(call: int | None) -> str | None:
        return None if call is None else model.calls[call].layer.name

    return {
        "weights_as": printing.weights,
        "activations_as": printing.activations,
        "weights": dim(memory.weights),
        "weights_exact": memory.weights_exact,
        "peak": dim(memory.peak),
        "peak_layer": name(memory.peak_call),
        "total": dim(memory.total),
        "largest": dim(memory.layer),
        "largest_layer": name(memory.layer_call),
        "exact": memory.is_exact,
    }


def error_document(error: SummaryError | None) -> dict[str, object] | None:
    """Where a model fails, in a rule's words."""
    return None if error is None else {"path": error.path, "line": error.line, "code": error.code, "message": error.message}


def shapes(of: Sequence[Shape | None]) -> list[list[int | str | None] | None]:
    """A list of sizes a tensor, None for what is none or of unknown rank."""
    return [None if shape is None or shape.leading else [dim(size) for size in shape] for shape in of]


def dim(size: Dim | None) -> int | str | None:
    """A number, else a formula as text, else None."""
    if size is None or isinstance(size, int):
        return size
    return None if str(size) == "None" else str(size)  # as some frameworks write the batch that they leave open
