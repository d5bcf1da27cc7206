"""Layers that Flax composes of others, written as ordinary Python that the interpreter evaluates."""

from __future__ import annotations

from cnnlint_flax.framework import flax

LINEN, NNX = ("cnnlint_flax", "sources/linen.py", "linen"), ("cnnlint_flax", "sources/nnx.py", "nnx")

flax.python(*LINEN, "Sequential", "WeightNorm", "SpectralNorm")
flax.python(*LINEN, "MultiHeadDotProductAttention", "MultiHeadAttention", "SelfAttention")
flax.python(*LINEN, "LSTMCell", "OptimizedLSTMCell", "SimpleCell", "GRUCell", "MGUCell", "ConvLSTMCell", "RNN", "Bidirectional")
flax.python(*LINEN, "dot_product_attention", "make_causal_mask", "make_attention_mask", "combine_masks")
flax.python(*NNX, "Sequential", "MultiHeadAttention", "LSTMCell", "OptimizedLSTMCell", "SimpleCell", "GRUCell", "RNN", "Bidirectional")
flax.python(*NNX, "dot_product_attention", "make_causal_mask", "make_attention_mask", "combine_masks", "LoRA", "LoRALinear", "Lambda")
