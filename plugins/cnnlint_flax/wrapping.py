"""Layers that Flax composes of others, written as ordinary Python that the interpreter evaluates."""

from __future__ import annotations

from cnnlint_flax.framework import flax

LINEN, NNX = ("cnnlint_flax", "sources/linen.py", "linen"), ("cnnlint_flax", "sources/nnx.py", "nnx")

ATTENTION = ("dot_product_attention", "make_causal_mask", "make_attention_mask", "combine_masks")
CELLS = ("RNNCellBase", "LSTMCell", "OptimizedLSTMCell", "SimpleCell", "GRUCell")

flax.python(*LINEN, "Sequential", "WeightNorm", "SpectralNorm", "MultiHeadDotProductAttention", "MultiHeadAttention", "SelfAttention")
flax.python(*LINEN, *CELLS, "MGUCell", "ConvLSTMCell", "RNNBase", "RNN", "Bidirectional", "dot_product_attention_weights")
flax.python(*NNX, "Sequential", "MultiHeadAttention", *CELLS, "RNN", "Bidirectional", "LoRA", "LoRALinear", "Lambda")
flax.python(*LINEN, *ATTENTION)
flax.python(*NNX, *ATTENTION)
