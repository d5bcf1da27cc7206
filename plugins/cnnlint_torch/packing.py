"""Packed sequences: batches of sequences of different lengths, and what makes and unmakes them.

Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.utils.rnn.PackedSequence.html
"""

from __future__ import annotations

from cnnlint.plugin import Dim, Door, Instance, Shape, Tensor, Unknown, Value, equal, maximum, unknown_size
from cnnlint_torch.framework import below, torch

PACKED = "nn.utils.rnn.PackedSequence"
torch.cls(PACKED)


@torch.native(f"{PACKED}.__init__", takes_unknown=True)
def make(
    door: Door, packed: Instance, /, data: Value, batch_sizes: Value = None, sorted_indices: Value = None, unsorted_indices: Value = None
) -> None:
    """`data` holds one row for each step of each sequence, `(steps, *)`."""
    for name, value in (
        ("data", data),
        ("batch_sizes", batch_sizes),
        ("sorted_indices", sorted_indices),
        ("unsorted_indices", unsorted_indices),
    ):
        door.put(packed, name, value)


@torch.native(f"{PACKED}.__getattr__", takes_unknown=True)
def attribute(door: Door, packed: Instance, /, name: str) -> Value:
    return door.unknown(f"`{name}` of a packed sequence", is_harmless=True)


@torch.native(*below(PACKED, "to cuda cpu float double half long int pin_memory"), takes_unknown=True)
def moved(door: Door, packed: Instance, /, *given: Value, **keywords: Value) -> Value:
    return packed


def numbers(door: Door, lengths: Value) -> list[int] | None:
    """Lengths that are known; None for others."""
    if isinstance(lengths, Tensor):
        items: Value = list(lengths.values) if lengths.values is not None else None
    else:
        items = None if lengths is None or isinstance(lengths, Unknown) else door.iterate(lengths)
    return items if isinstance(items, list) and items and all(isinstance(item, int) for item in items) else None


def packed_from(door: Door, steps: Dim, width: tuple[Dim, ...], dtype: str | None, batch: Dim, longest: Dim) -> Value:
    made = door.call(door.framework_value(torch, PACKED), Tensor(Shape((steps, *width)), torch, dtype=dtype))
    if isinstance(made, Instance):
        door.put(made, "_batch", batch)
        door.put(made, "_longest", longest)
    return made


@torch.native("nn.utils.rnn.pack_padded_sequence", takes_unknown=True)
def pack_padded(door: Door, /, input: Value, lengths: Value, batch_first: Value = False, enforce_sorted: Value = True) -> Value:
    """(L, batch, *), or (batch, L, *) with `batch_first`, becomes rows (sum of lengths, *)."""
    if not isinstance(input, Tensor) or input.shape.leading or len(input.shape) < 2 or not isinstance(batch_first, bool):
        return door.unknown("a packed sequence")
    batch = input.shape[0 if batch_first else 1]
    known = numbers(door, lengths)
    steps = sum(known) if known else unknown_size("the steps of a packed sequence")
    longest = max(known) if known else unknown_size("the longest of several sequences")
    return packed_from(door, steps, input.shape.dims[2:], input.dtype, batch, longest)


@torch.native("nn.utils.rnn.pack_sequence", takes_unknown=True)
def pack(door: Door, /, sequences: Value, enforce_sorted: Value = True) -> Value:
    """Tensors (L, *) of different lengths become rows (sum of lengths, *)."""
    tensors = door.iterate(sequences)
    if isinstance(tensors, Unknown) or not tensors or not all(isinstance(one, Tensor) and one.shape.rank for one in tensors):
        return door.unknown("a packed sequence")
    steps: Dim = 0
    longest: Dim = 0
    for tensor in tensors:
        steps = steps + tensor.shape[0]
        longest = maximum(longest, tensor.shape[0])
    return packed_from(door, steps, tensors[0].shape.dims[1:], tensors[0].dtype, len(tensors), longest)


@torch.native("nn.utils.rnn.pad_packed_sequence", takes_unknown=True)
def unpack(door: Door, /, sequence: Value, batch_first: Value = False, padding_value: Value = 0.0, total_length: Value = None) -> Value:
    """(L, batch, *), or (batch, L, *) with `batch_first`, L being the longest length, or `total_length`; and the lengths."""
    data = sequence.contents.get("data") if isinstance(sequence, Instance) else None
    if not isinstance(data, Tensor) or data.shape.leading or not isinstance(batch_first, bool):
        return door.unknown("an unpacked sequence")
    batch = sequence.contents.get("_batch", unknown_size("the batch of a packed sequence"))
    longest = sequence.contents.get("_longest", unknown_size("the longest of several sequences"))
    steps = longest if total_length is None else total_length if isinstance(total_length, int) else unknown_size("a total length")
    sizes = (batch, steps) if batch_first else (steps, batch)
    return Tensor(Shape((*sizes, *data.shape.dims[1:])), torch, dtype=data.dtype), Tensor(Shape((batch,)), torch, dtype="int64")


@torch.native("nn.utils.rnn.pad_sequence", takes_unknown=True)
def pad(door: Door, /, sequences: Value, batch_first: Value = False, padding_value: Value = 0.0, padding_side: Value = "right") -> Value:
    """Tensors (L, *) become one (longest, batch, *), or (batch, longest, *)."""
    tensors = door.iterate(sequences)
    if isinstance(tensors, Unknown) or not tensors or not all(isinstance(one, Tensor) and one.shape.rank for one in tensors):
        return door.unknown("a padded sequence")
    longest: Dim = 0
    for tensor in tensors:
        longest = maximum(longest, tensor.shape[0])
    rest = tensors[0].shape.dims[1:]
    for tensor in tensors[1:]:
        other = tensor.shape.dims[1:]
        if len(other) != len(rest) or not all(equal(a, b) for a, b in zip(rest, other, strict=True)):
            return door.unknown("a padded sequence of tensors of different shapes")
    sizes = (len(tensors), longest) if batch_first is True else (longest, len(tensors))
    return Tensor(Shape((*sizes, *rest)), torch, dtype=tensors[0].dtype)


@torch.native("nn.utils.rnn.unpad_sequence", "nn.utils.rnn.unpack_sequence", takes_unknown=True)
def unpad(door: Door, /, *given: Value, **keywords: Value) -> Value:
    return door.unknown("sequences of different lengths")


@torch.native("nn.utils.rnn.invert_permutation", takes_unknown=True)
def invert(door: Door, /, permutation: Value) -> Value:
    return permutation
