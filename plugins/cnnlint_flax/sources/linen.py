"""Layers of linen that are made of other layers.

Sources: https://flax.readthedocs.io/en/latest/api_reference/flax.linen/layers.html
"""

import functools
from collections.abc import Callable, Sequence
from typing import Any

import jax.numpy as jnp
from flax import linen as nn
from flax.cnnlint import count_once, expect_heads, features_of
from jax import random


class Sequential(nn.Module):
    """Layers, one after the other: a tuple becomes the arguments of the next one, a dict its keywords."""

    layers: Sequence[Callable]

    def __call__(self, *args, **kwargs):
        if not self.layers:
            raise ValueError("Empty Sequential module")
        output = self.layers[0](*args, **kwargs)
        for layer in self.layers[1:]:
            if isinstance(output, tuple):
                output = layer(*output)
            elif isinstance(output, dict):
                output = layer(**output)
            else:
                output = layer(output)
        return output


class WeightNorm(nn.Module):
    """The kernel of a layer is scaled, feature by feature."""

    layer_instance: nn.Module
    epsilon: float = 1e-12
    dtype: Any = None
    param_dtype: Any = None
    use_scale: bool = True
    scale_init: Any = nn.initializers.ones
    feature_axes: Any = -1
    variable_filter: Any = "kernel"

    @nn.compact
    def __call__(self, *args, **kwargs):
        output = self.layer_instance(*args, **kwargs)
        kernel = self.layer_instance.get_variable("params", "kernel")
        if self.use_scale and self.feature_axes is not None:
            axes = self.feature_axes if isinstance(self.feature_axes, (tuple, list)) else (self.feature_axes,)
            sizes = tuple(kernel.shape[axis] for axis in axes)
            self.param(f"{self.layer_instance.name}/kernel/scale", self.scale_init, sizes, self.param_dtype)
        return output


class SpectralNorm(nn.Module):
    """The kernel of a layer is divided by its largest singular value, for which a vector is kept."""

    layer_instance: nn.Module
    n_steps: int = 1
    epsilon: float = 1e-12
    dtype: Any = None
    param_dtype: Any = None
    error_on_non_matrix: bool = False
    collection_name: str = "batch_stats"

    @nn.compact
    def __call__(self, *args, update_stats, **kwargs):
        output = self.layer_instance(*args, **kwargs)
        kernel = self.layer_instance.get_variable("params", "kernel")
        before = f"{self.layer_instance.name}/kernel"
        self.variable(self.collection_name, f"{before}/u", jnp.ones, (1, kernel.shape[-1]))
        self.variable(self.collection_name, f"{before}/sigma", jnp.ones, ())
        return output


# Attention


def dot_product_attention_weights(query, key, bias=None, mask=None, **options):
    """Each query against each key: (..., queries, heads, features) and (..., keys, heads, features) give (..., heads, queries, keys)."""
    weights = jnp.einsum("...qhd,...khd->...hqk", query, key)
    if bias is not None:
        weights = weights + bias
    if mask is not None:
        weights = jnp.where(mask, weights, 0.0)
    return weights


def dot_product_attention(query, key, value, bias=None, mask=None, **options):
    """The sum of the values, weighted."""
    return jnp.einsum("...hqk,...khd->...qhd", dot_product_attention_weights(query, key, bias, mask), value)


class MultiHeadDotProductAttention(nn.Module):
    num_heads: int
    dtype: Any = None
    param_dtype: Any = None
    qkv_features: Any = None
    out_features: Any = None
    broadcast_dropout: bool = True
    dropout_rate: float = 0.0
    deterministic: Any = None
    precision: Any = None
    kernel_init: Any = None
    out_kernel_init: Any = None
    bias_init: Any = None
    out_bias_init: Any = None
    use_bias: bool = True
    attention_fn: Any = None
    decode: bool = False
    normalize_qk: bool = False
    force_fp32_for_softmax: bool = False
    qkv_dot_general: Any = None
    out_dot_general: Any = None
    qkv_dot_general_cls: Any = None
    out_dot_general_cls: Any = None
    qk_attn_weights_einsum_cls: Any = None
    attn_weights_value_einsum_cls: Any = None

    @nn.compact
    def __call__(
        self,
        inputs_q,
        inputs_k=None,
        inputs_v=None,
        *,
        inputs_kv=None,
        mask=None,
        deterministic=None,
        dropout_rng=None,
        sow_weights=False,
    ):
        if inputs_kv is not None:
            inputs_k = inputs_v = inputs_kv
        if inputs_k is None:
            inputs_k = inputs_q
        if inputs_v is None:
            inputs_v = inputs_k
        features = self.out_features or features_of(inputs_q)
        qkv_features = self.qkv_features or features_of(inputs_q)
        expect_heads(qkv_features, self.num_heads)
        project = functools.partial(nn.DenseGeneral, (self.num_heads, qkv_features // self.num_heads), use_bias=self.use_bias)
        query = project(name="query")(inputs_q)
        key = project(name="key")(inputs_k)
        value = project(name="value")(inputs_v)
        if self.normalize_qk:
            query = nn.LayerNorm(name="query_ln", use_bias=False)(query)
            key = nn.LayerNorm(name="key_ln", use_bias=False)(key)
        if self.decode:
            self.variable("cache", "cached_key", jnp.zeros, key.shape)
            self.variable("cache", "cached_value", jnp.zeros, value.shape)
            self.variable("cache", "cache_index", jnp.zeros, ())
        x = dot_product_attention(query, key, value, None, mask)
        return nn.DenseGeneral(features, axis=(-2, -1), use_bias=self.use_bias, name="out")(x)


class MultiHeadAttention(MultiHeadDotProductAttention):
    pass


class SelfAttention(MultiHeadDotProductAttention):
    """Queries, keys and values of the same input."""

    @nn.compact
    def __call__(self, inputs_q, mask=None, deterministic=None, dropout_rng=None, sow_weights=False):
        return super().__call__(inputs_q, mask=mask)


def make_attention_mask(query_input, key_input, pairwise_fn=None, extra_batch_dims=0, dtype=None):
    """(batch, 1, queries, keys)"""
    mask = jnp.expand_dims(query_input, -1) * jnp.expand_dims(key_input, -2)
    mask = jnp.expand_dims(mask, -3)
    return jnp.expand_dims(mask, tuple(range(extra_batch_dims))) if extra_batch_dims else mask


def make_causal_mask(x, extra_batch_dims=0, dtype=None):
    return make_attention_mask(x, x, extra_batch_dims=extra_batch_dims)


def combine_masks(*masks, dtype=None):
    found = [mask for mask in masks if mask is not None]
    if not found:
        return None
    result = found[0]
    for mask in found[1:]:
        result = jnp.logical_and(result, mask)
    return result


# Recurrent cells, each of which takes its state and a step, of any number of batch axes


class RNNCellBase(nn.Module):
    """What cells of the program start from."""


class Cell(RNNCellBase):
    """What cells of one feature axis share."""

    num_feature_axes = 1
    has_memory = False

    def initialize_carry(self, rng, input_shape):
        shape = (*input_shape[:-1], self.features)
        state = jnp.zeros(shape)
        return (state, jnp.zeros(shape)) if self.has_memory else state


class LSTMCell(Cell):
    features: int
    gate_fn: Any = None
    activation_fn: Any = None
    kernel_init: Any = None
    recurrent_kernel_init: Any = None
    bias_init: Any = None
    dtype: Any = None
    param_dtype: Any = None
    carry_init: Any = None

    has_memory = True

    @nn.compact
    def __call__(self, carry, inputs):
        c, h = carry
        gates = []
        for gate in "ifgo":
            gates.append(nn.Dense(self.features, use_bias=False, name=f"i{gate}")(inputs) + nn.Dense(self.features, name=f"h{gate}")(h))
        new_c = gates[1] * c + gates[0] * gates[2]
        new_h = gates[3] * new_c
        return (new_c, new_h), new_h


class OptimizedLSTMCell(LSTMCell):
    pass


class SimpleCell(Cell):
    features: int
    activation_fn: Any = None
    kernel_init: Any = None
    recurrent_kernel_init: Any = None
    bias_init: Any = None
    dtype: Any = None
    param_dtype: Any = None
    carry_init: Any = None
    residual: bool = False

    @nn.compact
    def __call__(self, carry, inputs):
        new_carry = nn.Dense(self.features, name="i")(inputs) + nn.Dense(self.features, use_bias=False, name="h")(carry)
        if self.residual:
            new_carry = new_carry + carry
        return new_carry, new_carry


class GRUCell(Cell):
    features: int
    gate_fn: Any = None
    activation_fn: Any = None
    kernel_init: Any = None
    recurrent_kernel_init: Any = None
    bias_init: Any = None
    dtype: Any = None
    param_dtype: Any = None
    carry_init: Any = None

    @nn.compact
    def __call__(self, carry, inputs):
        r = nn.Dense(self.features, name="ir")(inputs) + nn.Dense(self.features, use_bias=False, name="hr")(carry)
        z = nn.Dense(self.features, name="iz")(inputs) + nn.Dense(self.features, use_bias=False, name="hz")(carry)
        n = nn.Dense(self.features, name="in")(inputs) + r * nn.Dense(self.features, name="hn")(carry)
        new_carry = (1.0 - z) * n + z * carry
        return new_carry, new_carry


class MGUCell(Cell):
    features: int
    gate_fn: Any = None
    activation_fn: Any = None
    kernel_init: Any = None
    recurrent_kernel_init: Any = None
    forget_bias_init: Any = None
    activation_bias_init: Any = None
    dtype: Any = None
    param_dtype: Any = None
    carry_init: Any = None
    reset_gate: bool = True

    @nn.compact
    def __call__(self, carry, inputs):
        f = nn.Dense(self.features, name="if")(inputs) + nn.Dense(self.features, use_bias=False, name="hf")(carry)
        x = nn.Dense(self.features, use_bias=self.reset_gate, name="hn")(carry)
        n = nn.Dense(self.features, name="in")(inputs) + (f * x if self.reset_gate else x)
        new_carry = (1.0 - f) * n + f * carry
        return new_carry, new_carry


class ConvLSTMCell(RNNCellBase):
    features: int
    kernel_size: Any
    strides: Any = None
    padding: Any = "SAME"
    use_bias: bool = True
    dtype: Any = None
    param_dtype: Any = None
    carry_init: Any = None

    @property
    def num_feature_axes(self):
        return len(self.kernel_size) + 1

    @nn.compact
    def __call__(self, carry, inputs):
        c, h = carry
        settings = {"strides": self.strides, "padding": self.padding, "use_bias": self.use_bias}
        gates = nn.Conv(4 * self.features, self.kernel_size, name="ih", **settings)(inputs)
        gates = gates + nn.Conv(4 * self.features, self.kernel_size, name="hh", **settings)(h)
        i, g, f, o = jnp.split(gates, 4, axis=-1)
        new_c = f * c + i * g
        new_h = o * new_c
        return (new_c, new_h), new_h

    def initialize_carry(self, rng, input_shape):
        shape = (*input_shape[:-1], self.features)
        return jnp.zeros(shape), jnp.zeros(shape)


MOST_STEPS = 32
"""A cell of the program's own is called for so many steps at most; of a longer sequence one step stands for all."""


def last_of(state, time_axis):
    """The state after the last step, of states for all of them."""
    if isinstance(state, tuple):
        return tuple(last_of(part, time_axis) for part in state)
    return jnp.take(state, -1, axis=time_axis)


def at_each_step(state, steps, time_axis):
    """A state, repeated for all steps."""
    if isinstance(state, tuple):
        return tuple(at_each_step(part, steps, time_axis) for part in state)
    return jnp.repeat(jnp.expand_dims(state, time_axis), steps, axis=time_axis)


def run_cell(cell, inputs, time_axis, initial_carry):
    """A cell on a sequence: its state after the last step, and what it gives at each.

    The cells of this file take the steps as batch axes of one call; one of the program's is called for each step.
    """
    steps = inputs.shape[time_axis]
    carry = initial_carry
    if carry is None:
        carry = cell.initialize_carry(random.key(0), jnp.take(inputs, 0, axis=time_axis).shape)
    if isinstance(cell, (Cell, ConvLSTMCell)):
        carry, outputs = cell(at_each_step(carry, steps, time_axis), inputs)
        return last_of(carry, time_axis), outputs
    outputs = []
    for step in range(steps) if isinstance(steps, int) and steps <= MOST_STEPS else range(1):
        carry, output = cell(carry, jnp.take(inputs, step, axis=time_axis))
        outputs.append(output)
    if len(outputs) != steps:
        count_once()
        return carry, at_each_step(outputs[0], steps, time_axis)
    return carry, stacked(outputs, time_axis)


def stacked(outputs, time_axis):
    if isinstance(outputs[0], tuple):
        return tuple(stacked([output[place] for output in outputs], time_axis) for place in range(len(outputs[0])))
    return jnp.stack(outputs, axis=time_axis)


class RNNBase(nn.Module):
    """What recurrent layers start from."""


class RNN(RNNBase):
    """A cell, applied to every step of a sequence."""

    cell: nn.Module
    time_major: bool = False
    return_carry: bool = False
    reverse: bool = False
    keep_order: bool = False
    unroll: int = 1
    variable_axes: Any = None
    variable_broadcast: Any = "params"
    variable_carry: Any = False
    split_rngs: Any = None

    def __call__(
        self,
        inputs,
        *,
        initial_carry=None,
        init_key=None,
        seq_lengths=None,
        return_carry=None,
        time_major=None,
        reverse=None,
        keep_order=None,
    ):
        is_first = self.time_major if time_major is None else time_major
        time_axis = 0 if is_first else inputs.ndim - (self.cell.num_feature_axes + 1)
        carry, outputs = run_cell(self.cell, inputs, time_axis, initial_carry)
        with_carry = self.return_carry if return_carry is None else return_carry
        return (carry, outputs) if with_carry else outputs


class Bidirectional(RNNBase):
    """One recurrent layer for each direction, and what they give put together."""

    forward_rnn: RNN
    backward_rnn: RNN
    merge_fn: Any = None
    time_major: bool = False
    return_carry: bool = False

    def __call__(self, inputs, *, initial_carry=None, return_carry=None, time_major=None, **options):
        ahead, back = (None, None) if initial_carry is None else initial_carry
        is_first = self.time_major if time_major is None else time_major
        carry, outputs = self.forward_rnn(inputs, initial_carry=ahead, return_carry=True, time_major=is_first)
        back_carry, back_outputs = self.backward_rnn(inputs, initial_carry=back, return_carry=True, time_major=is_first)
        if self.merge_fn is None:
            merged = jnp.concatenate([outputs, back_outputs], axis=-1)
        else:
            merged = self.merge_fn(outputs, back_outputs)
        with_carry = self.return_carry if return_carry is None else return_carry
        return ((carry, back_carry), merged) if with_carry else merged
