"""Initialisers: functions of a source of chance, a shape and a dtype, which give an array of that shape.

Source: https://docs.jax.dev/en/latest/jax.nn.initializers.html
"""

from __future__ import annotations

from cnnlint.plugin import Door, Value
from cnnlint_flax.arrays import array
from cnnlint_flax.creation import shape_given
from cnnlint_flax.dtypes import dtype_name
from cnnlint_flax.framework import below, flax

HOME = "jax.nn.initializers"
PLAIN = "zeros ones"
MAKING = (
    "constant normal uniform truncated_normal variance_scaling glorot_normal glorot_uniform xavier_normal xavier_uniform he_normal "
    "he_uniform kaiming_normal kaiming_uniform lecun_normal lecun_uniform orthogonal delta_orthogonal zeros_init ones_init"
)


def drawn(door: Door, key: Value, shape: Value, dtype: Value = None, *options: Value, **keywords: Value) -> Value:
    """An array of the shape that is asked for."""
    return array(shape_given(shape), "float32" if dtype is None else dtype_name(dtype))


flax.native(*below(HOME, PLAIN), takes_unknown=True)(drawn)


@flax.native(*below(HOME, MAKING), takes_unknown=True)
def making(door: Door, /, *given: Value, **keywords: Value) -> Value:
    """An initialiser with these settings."""

    def initialise(key: Value, shape: Value, dtype: Value = None, *options: Value, **named: Value) -> Value:
        return drawn(door, key, shape, dtype)

    return door.function(flax, "initialiser", initialise)


@flax.native("linen.with_partitioning", "nnx.with_partitioning", "linen.with_logical_partitioning", "nnx.with_metadata", takes_unknown=True)
def with_partitioning(door: Door, /, fn: Value, *given: Value, **keywords: Value) -> Value:
    """The same initialiser: where its arrays lie does not matter."""
    return fn
