"""Number types: their names under `jax.numpy`, and which one a result has.

Source: https://docs.jax.dev/en/latest/type_promotion.html
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from cnnlint.plugin import ClassValue, Door, Instance, Tensor, Value
from cnnlint_flax.framework import flax

FLOATS = ("float16", "bfloat16", "float32", "float64")
INTEGERS = ("int4", "int8", "int16", "int32", "int64", "uint4", "uint8", "uint16", "uint32", "uint64")
COMPLEX = ("complex64", "complex128")
NAMES = (*FLOATS, *INTEGERS, *COMPLEX, "float8_e4m3fn", "float8_e5m2", "bool_")
NARROWED = {"float64": "float32", "int64": "int32", "uint64": "uint32", "complex128": "complex64", "bool_": "bool"}
"""What a name gives unless the program asks JAX for 64 bits."""
PYTHON_TYPES = {"float": "float32", "int": "int32", "bool": "bool", "complex": "complex64"}
KINDS = {
    "floating": FLOATS,
    "inexact": (*FLOATS, *COMPLEX),
    "integer": INTEGERS,
    "signedinteger": tuple(name for name in INTEGERS if name.startswith("int")),
    "unsignedinteger": tuple(name for name in INTEGERS if name.startswith("u")),
    "complexfloating": COMPLEX,
    "number": (*FLOATS, *INTEGERS, *COMPLEX),
}

for _name in (*NAMES, *KINDS, "generic"):
    flax.cls(f"jax.numpy.{_name}")


for _name in ("pi", "e", "inf", "nan"):
    flax.constant(f"jax.numpy.{_name}", getattr(math, _name))
flax.constant("jax.numpy.newaxis", None)


def dtype_name(value: Value) -> str | None:
    """The name of a dtype that is given as `jnp.float32`, `np.float32`, `float`, `"float32"` or a dtype; None where it is not known."""
    found: Value = value
    if isinstance(value, Instance):
        found = value.contents.get("name")
    elif isinstance(value, ClassValue):
        found = PYTHON_TYPES.get(value.name) if value.module == "builtins" else value.name
    if not isinstance(found, str) or (found not in NAMES and found != "bool"):
        return None
    return NARROWED.get(found, found)


def is_float(dtype: str | None) -> bool:
    return dtype in FLOATS


def common(values: Iterable[Value]) -> str | None:
    """The dtype of an operation on tensors and Python's numbers, which give way; None where it is not known."""
    dtypes = {value.dtype for value in values if isinstance(value, Tensor) and not value.data.get("is_weak")}
    if len(dtypes) != 1:
        return None
    (only,) = dtypes
    has_float = any(isinstance(value, float) for value in values)
    return only if only in FLOATS or (only in INTEGERS and not has_float) else None


@flax.native("jax.numpy.dtype", "jax.dtypes.canonicalize_dtype", takes_unknown=True)
def dtype(door: Door, /, value: Value, *options: Value) -> Value:
    """A dtype, which is its name here."""
    name = dtype_name(value)
    return door.unknown("a dtype", is_harmless=True, is_free=True) if name is None else name


@flax.native("jax.numpy.issubdtype", "jax.dtypes.issubdtype", takes_unknown=True)
def is_subdtype(door: Door, /, arg1: Value, arg2: Value) -> Value:
    name, kind = dtype_name(arg1), arg2.name if isinstance(arg2, ClassValue) else None
    if name is None or kind is None:
        return door.unknown("whether a dtype is of a kind")
    return name in KINDS[kind] if kind in KINDS else name == NARROWED.get(kind, kind)


def declare_cast(name: str) -> None:
    """`jnp.float32(x)`: the same numbers in another format."""

    @flax.native(f"jax.numpy.{name}.__new__", takes_unknown=True)
    def cast(door: Door, /, cls: Value, x: Value = 0) -> Value:
        found = door.call(door.framework_value(flax, "jax.numpy.asarray"), x)
        return Tensor(found.shape, flax, dtype=NARROWED.get(name, name)) if isinstance(found, Tensor) else found


for _name in NAMES:
    declare_cast(_name)


@flax.native("jax.numpy.finfo", "jax.numpy.iinfo", takes_unknown=True)
def limits(door: Door, /, dtype: Value) -> Value:
    return door.unknown("the limits of a dtype", is_harmless=True, is_free=True)


@flax.native("jax.numpy.result_type", "jax.numpy.promote_types", takes_unknown=True)
def result_type(door: Door, /, *given: Value) -> Value:
    return door.unknown("the dtype of a result", is_harmless=True, is_free=True)
