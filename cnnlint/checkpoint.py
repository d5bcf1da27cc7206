"""What a file of weights holds, from its header alone: nothing is unpickled and no weight is read."""

from __future__ import annotations

import json
import pathlib
from collections.abc import Mapping

from cnnlint.errors import CnnlintError

# The format's own limit for its header.
_LARGEST_HEADER = 100_000_000


def checkpoint_shapes(file: pathlib.Path) -> Mapping[str, tuple[int, ...]]:
    """The shape of each tensor in a safetensors file, by name, in the order of the header.

    Raises CnnlintError if the file can't be read or is of another format.
    Source: https://huggingface.co/docs/safetensors (format)
    """
    try:
        with file.open("rb") as stream:
            start = stream.read(8)
            length = int.from_bytes(start, "little")
            if len(start) < 8 or length > _LARGEST_HEADER:
                raise _not_safetensors(file)
            header = stream.read(length)
    except OSError as error:
        raise CnnlintError(f"--checkpoint: {file} can't be read: {error.strerror or error}") from None
    if len(header) < length:
        raise _not_safetensors(file)
    try:
        entries = json.loads(header)
    except (ValueError, RecursionError):
        raise _not_safetensors(file) from None
    if not isinstance(entries, dict):
        raise _not_safetensors(file)
    return {name: _shape(file, name, entry) for name, entry in entries.items() if name != "__metadata__"}


def _shape(file: pathlib.Path, name: str, entry: object) -> tuple[int, ...]:
    shape = entry.get("shape") if isinstance(entry, dict) else None
    if not isinstance(shape, list) or not all(type(size) is int and size >= 0 for size in shape):
        raise CnnlintError(f"--checkpoint: {file}: the header says no shape of `{name}`")
    return tuple(shape)


def _not_safetensors(file: pathlib.Path) -> CnnlintError:
    return CnnlintError(f"--checkpoint: {file} is no safetensors file; other formats would have to be unpickled, so save it as safetensors")
