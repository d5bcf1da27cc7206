"""How many bytes an element takes."""

from __future__ import annotations

DTYPE_BYTES = {
    **dict.fromkeys(("float64", "int64", "uint64", "complex64"), 8),
    **dict.fromkeys(("float32", "int32", "uint32"), 4),
    **dict.fromkeys(("float16", "bfloat16", "int16", "uint16"), 2),
    **dict.fromkeys(("int8", "uint8", "bool", "float8_e4m3fn", "float8_e5m2"), 1),
    "complex128": 16,
}
"""Bytes an element."""

STORED_AS = ("float64", "float32", "bfloat16", "float16", "int8")
"""The dtypes in which weights and activations can be supposed to be held."""

USUAL = "float32"
"""The dtype that bytes are counted in where nothing is said."""

OPEN = frozenset({USUAL, None})
"""The dtypes that nobody chose: the usual one, and what is not known. They are held as is asked for; others are what the program says."""
