"""Transformer layers, which `sources/transformer.py` writes out as compositions of attention, linear layers and norms.

Source: https://docs.pytorch.org/docs/stable/nn.html#transformer-layers
"""

from __future__ import annotations

from cnnlint.plugin import Dim, Door, FeatureMismatch, InvalidArgument, OperationFails, Tensor, Value, expect_equal
from cnnlint_torch.framework import below, torch

SOURCE = ("cnnlint_torch", "sources/transformer.py")

torch.python(*SOURCE, "nn", *below("", "Transformer TransformerEncoder TransformerDecoder TransformerEncoderLayer TransformerDecoderLayer"))
torch.python(*SOURCE, "nn.modules.transformer", "_get_clones")


@torch.native("nn.modules.transformer._get_activation_fn")
def activation_function(door: Door, /, activation: Value) -> Value:
    """The function of a name.

    Raises InvalidArgument with the framework's RuntimeError.
    """
    if activation not in ("relu", "gelu"):
        raise InvalidArgument(f"must be 'relu' or 'gelu', but is {activation!r}", argument="activation")
    return door.framework_value(torch, f"nn.functional.{activation}")


@torch.op("nn.modules.transformer._expect_inputs")
def expect_inputs(src: Tensor, tgt: Tensor, d_model: Dim, batch_first: bool) -> None:
    """What a `Transformer` asks of its two inputs, (S, batch, d_model) and (T, batch, d_model).

    Raises OperationFails and FeatureMismatch.
    """
    axis = 0 if batch_first else 1
    if src.shape.rank == 3 and tgt.shape.rank is not None and len(tgt.shape) > axis:
        failure = OperationFails(f"the batches of src, {src.shape}, and tgt, {tgt.shape}, must be equal")
        expect_equal(src.shape[axis], tgt.shape[axis], failure)
    for tensor in (src, tgt):
        if tensor.shape.dims:
            expect_equal(tensor.shape[-1], d_model, FeatureMismatch(d_model, tensor.shape[-1], argument="d_model"))


@torch.native("nn.modules.transformer._detect_is_causal_mask", "nn.modules.transformer._get_seq_len", takes_unknown=True)
def causality(door: Door, /, *given: Value, **keywords: Value) -> Value:
    """Decided by a mask's elements."""
    return door.unknown("whether a mask is causal")
