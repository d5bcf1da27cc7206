"""Layers of nnx that are made of other layers.

Source: https://flax.readthedocs.io/en/latest/api_reference/flax.nnx/nn/index.html
"""

import jax.numpy as jnp
from flax import linen, nnx
from flax.cnnlint import count_once, expect_heads

dot_product_attention = linen.dot_product_attention
make_attention_mask = linen.make_attention_mask
make_causal_mask = linen.make_causal_mask
combine_masks = linen.combine_masks


class Sequential(nnx.Module):
    """Layers, one after the other: a tuple becomes the arguments of the next one, a dict its keywords."""

    def __init__(self, *fns):
        self.layers = list(fns)

    def __call__(self, *args, rngs=None, **kwargs):
        output = args[0] if len(args) == 1 else args
        for i, layer in enumerate(self.layers):
            if i == 0:
                output = layer(*args, **kwargs)
            elif isinstance(output, tuple):
                output = layer(*output)
            elif isinstance(output, dict):
                output = layer(**output)
            else:
                output = layer(output)
        return output


class Lambda(nnx.Module):
    def __init__(self, fn):
        self.fn = fn

    def __call__(self, *args, **kwargs):
        return self.fn(*args, **kwargs)


class MultiHeadAttention(nnx.Module):
    def __init__(
        self,
        num_heads,
        in_features,
        qkv_features=None,
        out_features=None,
        num_kv_heads=None,
        in_kv_features=None,
        *,
        rngs,
        deterministic=None,
        dropout_rate=0.0,
        use_bias=True,
        attention_fn=None,
        decode=None,
        normalize_qk=False,
        **options,
    ):
        qkv_features = in_features if qkv_features is None else qkv_features
        out_features = in_features if out_features is None else out_features
        in_kv_features = in_features if in_kv_features is None else in_kv_features
        expect_heads(qkv_features, num_heads)
        size = qkv_features // num_heads
        self.num_heads, self.num_kv_heads = num_heads, num_heads if num_kv_heads is None else num_kv_heads
        self.decode = decode
        self.query = nnx.LinearGeneral(in_features, (num_heads, size), use_bias=use_bias, rngs=rngs)
        self.key = nnx.LinearGeneral(in_kv_features, (self.num_kv_heads, size), use_bias=use_bias, rngs=rngs)
        self.value = nnx.LinearGeneral(in_kv_features, (self.num_kv_heads, size), use_bias=use_bias, rngs=rngs)
        if normalize_qk:
            self.query_ln = nnx.LayerNorm(size, use_bias=False, rngs=rngs)
            self.key_ln = nnx.LayerNorm(size, use_bias=False, rngs=rngs)
        self.normalize_qk = normalize_qk
        self.out = nnx.LinearGeneral((num_heads, size), out_features, axis=(-2, -1), use_bias=use_bias, rngs=rngs)

    def __call__(self, inputs_q, inputs_k=None, inputs_v=None, *, mask=None, decode=None, **options):
        if inputs_k is None:
            inputs_k = inputs_q
        if inputs_v is None:
            inputs_v = inputs_k
        query, key, value = self.query(inputs_q), self.key(inputs_k), self.value(inputs_v)
        if self.normalize_qk:
            query, key = self.query_ln(query), self.key_ln(key)
        if decode is None and self.decode is None:
            raise ValueError("no `decode` argument was given to the constructor or to the call")
        if self.num_kv_heads != self.num_heads:
            times = self.num_heads // self.num_kv_heads
            key, value = jnp.repeat(key, times, axis=-2), jnp.repeat(value, times, axis=-2)
        return self.out(dot_product_attention(query, key, value, None, mask))

    def init_cache(self, input_shape, dtype=None):
        pass


class LoRA(nnx.Module):
    """The product of two matrices of a low rank, added to what another module gives."""

    def __init__(self, in_features, lora_rank, out_features, *, base_module=None, rngs, **options):
        self.lora_a = nnx.LoRAParam(jnp.zeros((in_features, lora_rank)))
        self.lora_b = nnx.LoRAParam(jnp.zeros((lora_rank, out_features)))
        self.base_module = base_module

    def __call__(self, x):
        out = x @ self.lora_a @ self.lora_b
        return out if self.base_module is None else out + self.base_module(x)


class LoRALinear(nnx.Linear):
    def __init__(self, in_features, out_features, *, lora_rank, rngs, lora_base_module=None, **options):
        super().__init__(in_features, out_features, rngs=rngs, **options)
        self.lora = LoRA(in_features, lora_rank, out_features, rngs=rngs)

    def __call__(self, x):
        return super().__call__(x) + self.lora(x)


# Recurrent cells


class RNNCellBase(nnx.Module):
    """What cells of the program start from."""


class Cell(RNNCellBase):
    num_feature_axes = 1
    has_memory = False

    def initialize_carry(self, input_shape, rngs=None, carry_init=None):
        shape = (*input_shape[:-1], self.hidden_features)
        state = jnp.zeros(shape)
        return (state, jnp.zeros(shape)) if self.has_memory else state


class LSTMCell(Cell):
    has_memory = True

    def __init__(self, in_features, hidden_features, *, rngs, **options):
        self.in_features, self.hidden_features = in_features, hidden_features
        for gate in "ifgo":
            setattr(self, f"i{gate}", nnx.Linear(in_features, hidden_features, use_bias=False, rngs=rngs))
            setattr(self, f"h{gate}", nnx.Linear(hidden_features, hidden_features, rngs=rngs))

    def __call__(self, carry, inputs):
        c, h = carry
        i, f, g, o = self.ii(inputs) + self.hi(h), self.if_(inputs), self.ig(inputs) + self.hg(h), self.io(inputs) + self.ho(h)
        f = f + self.hf(h)
        new_c = f * c + i * g
        new_h = o * new_c
        return (new_c, new_h), new_h

    def if_(self, inputs):
        return getattr(self, "if")(inputs)


class OptimizedLSTMCell(Cell):
    has_memory = True

    def __init__(self, in_features, hidden_features, *, rngs, **options):
        self.in_features, self.hidden_features = in_features, hidden_features
        self.dense_i = nnx.Linear(in_features, hidden_features * 4, use_bias=False, rngs=rngs)
        self.dense_h = nnx.Linear(hidden_features, hidden_features * 4, rngs=rngs)

    def __call__(self, carry, inputs):
        c, h = carry
        i, f, g, o = jnp.split(self.dense_i(inputs) + self.dense_h(h), 4, axis=-1)
        new_c = f * c + i * g
        new_h = o * new_c
        return (new_c, new_h), new_h


class SimpleCell(Cell):
    def __init__(self, in_features, hidden_features, *, rngs, residual=False, **options):
        self.in_features, self.hidden_features, self.residual = in_features, hidden_features, residual
        self.dense_h = nnx.Linear(hidden_features, hidden_features, use_bias=False, rngs=rngs)
        self.dense_i = nnx.Linear(in_features, hidden_features, rngs=rngs)

    def __call__(self, carry, inputs):
        new_carry = self.dense_i(inputs) + self.dense_h(carry)
        if self.residual:
            new_carry = new_carry + carry
        return new_carry, new_carry


class GRUCell(Cell):
    def __init__(self, in_features, hidden_features, *, rngs, **options):
        self.in_features, self.hidden_features = in_features, hidden_features
        self.dense_i = nnx.Linear(in_features, hidden_features * 3, rngs=rngs)
        self.dense_h = nnx.Linear(hidden_features, hidden_features * 3, use_bias=False, rngs=rngs)

    def __call__(self, carry, inputs):
        xr, xz, xn = jnp.split(self.dense_i(inputs), 3, axis=-1)
        hr, hz, hn = jnp.split(self.dense_h(carry), 3, axis=-1)
        r, z = xr + hr, xz + hz
        n = xn + r * hn
        new_carry = (1.0 - z) * n + z * carry
        return new_carry, new_carry


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
        carry = cell.initialize_carry(jnp.take(inputs, 0, axis=time_axis).shape)
    if isinstance(cell, (Cell)):
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


class RNN(nnx.Module):
    """A cell, applied to every step of a sequence."""

    def __init__(self, cell, *, time_major=False, return_carry=False, reverse=False, keep_order=False, unroll=1, rngs=True, **options):
        self.cell, self.time_major, self.return_carry = cell, time_major, return_carry

    def __call__(
        self,
        inputs,
        *,
        initial_carry=None,
        seq_lengths=None,
        return_carry=None,
        time_major=None,
        reverse=None,
        keep_order=None,
        rngs=None,
    ):
        is_first = self.time_major if time_major is None else time_major
        time_axis = 0 if is_first else inputs.ndim - (self.cell.num_feature_axes + 1)
        carry, outputs = run_cell(self.cell, inputs, time_axis, initial_carry)
        with_carry = self.return_carry if return_carry is None else return_carry
        return (carry, outputs) if with_carry else outputs


class Bidirectional(nnx.Module):
    """One recurrent layer for each direction, and what they give put together."""

    def __init__(self, forward_rnn, backward_rnn, *, merge_fn=None, time_major=False, return_carry=False, rngs=True):
        self.forward_rnn, self.backward_rnn = forward_rnn, backward_rnn
        self.merge_fn, self.time_major, self.return_carry = merge_fn, time_major, return_carry

    def __call__(self, inputs, *, initial_carry=None, seq_lengths=None, return_carry=None, time_major=None, **options):
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
