"""The input sizes of a model for programs, as `summary` and `diff` print them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cnnlint.graph import InputSizes


def sizes_document(sizes: InputSizes | None) -> dict[str, object] | None:
    """The set in words, the least sizes and what they are multiples of; `assumed` where one stands for a size that nobody states."""
    if sizes is None:
        return None
    return {
        "text": sizes.text,
        "min": list(sizes.examples[0] if sizes.samples and sizes.examples else sizes.found.least()),
        "multiple_of": list(sizes.found.multiples()),
        "examples": [list(example) for example in sizes.examples],
        "sampled": not sizes.is_complete,
        "assumed": bool(sizes.assumed),
    }
