"""Multi-head attention.

Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.MultiheadAttention.html
"""

from __future__ import annotations

from dataclasses import dataclass

from cnnlint.formulas import attention_macs, linear_macs
from cnnlint.plugin import (
    Choice,
    Dim,
    FeatureMismatch,
    HeadsNotDividing,
    Instance,
    InvalidArgument,
    Mixing,
    OperationFails,
    Result,
    Shape,
    Tensor,
    Undetermined,
    Unknown,
    Value,
    WrongRank,
    differ,
    expect_equal,
    expect_rank,
    greater,
    per_example,
)
from cnnlint_torch.dtypes import expect_like
from cnnlint_torch.framework import FACTORY, torch
from cnnlint_torch.module import entries
from cnnlint_torch.recurrent import is_set

OUTPUT = "nn.modules.linear.NonDynamicallyQuantizableLinear"
torch.cls(OUTPUT, "nn.Linear")


@dataclass(frozen=True)
class Attention:
    """The numbers of one attention: `extra` keys are learned (`add_bias_kv`) or zero (`add_zero_attn`)."""

    embed_dim: Dim
    num_heads: Dim
    kdim: Dim
    vdim: Dim
    is_separate: bool
    extra: int
    output: Dim


@torch.layer("nn.MultiheadAttention", hides=FACTORY)
class MultiheadAttention:
    """Three projections, in one matrix (3 E, E) or, where keys or values have sizes of their own, in three; and `out_proj`."""

    def parameters(
        embed_dim: Dim,
        num_heads: Dim,
        dropout: object = 0.0,
        bias: bool = True,
        add_bias_kv: bool = False,
        add_zero_attn: bool = False,
        kdim: Dim | None = None,
        vdim: Dim | None = None,
        batch_first: object = False,
    ) -> dict[str, tuple[Dim, ...] | None]:
        E = embed_dim
        for name, size in (("embed_dim", E), ("num_heads", num_heads)):
            if greater(1, size):
                raise InvalidArgument(f"must be positive, but is {size}", argument=name, exception="ValueError")
        if differ(E % num_heads, 0):
            raise HeadsNotDividing(E, num_heads, "num_heads", argument="embed_dim", exception="AssertionError")
        key, value = (E if size is None else size for size in (kdim, vdim))
        is_separate = not (is_same(key, E) and is_same(value, E))
        found: dict[str, tuple[Dim, ...] | None] = {
            "in_proj_weight": None if is_separate else (3 * E, E),
            "q_proj_weight": (E, E) if is_separate else None,
            "k_proj_weight": (E, key) if is_separate else None,
            "v_proj_weight": (E, value) if is_separate else None,
            "in_proj_bias": (3 * E,) if bias else None,
        }
        return found | ({"bias_k": (1, 1, E), "bias_v": (1, 1, E)} if add_bias_kv else {})

    def attributes(embed_dim: Dim, num_heads: Dim, kdim: Dim | None, vdim: Dim | None, add_bias_kv: bool, **given: object) -> object:
        key, value = (embed_dim if size is None else size for size in (kdim, vdim))
        is_separate = not (is_same(key, embed_dim) and is_same(value, embed_dim))
        found = {"kdim": key, "vdim": value, "head_dim": embed_dim // num_heads, "_qkv_same_embed_dim": not is_separate}
        return found | ({} if add_bias_kv else {"bias_k": None, "bias_v": None})

    def children(embed_dim: Dim, bias: bool, **given: object) -> object:
        return {"out_proj": (OUTPUT, (embed_dim, embed_dim, bias))}

    def forward(
        self,
        query: Tensor,
        key: Tensor,
        value: Tensor,
        key_padding_mask: Tensor | None = None,
        need_weights: object = True,
        attn_mask: Tensor | None = None,
        average_attn_weights: object = True,
        is_causal: object = False,
    ) -> object:
        if is_causal is True and attn_mask is None:
            raise OperationFails("`is_causal` is a hint about `attn_mask`, which is not given")
        sizes = numbers_of(self)
        expect_like(query, self.in_proj_weight)  # type: ignore[attr-defined]
        if attn_mask is not None and is_causal is not False and need_weights is not True and key_padding_mask is None:
            expect_masks(None, attn_mask, True)
            attn_mask = None  # the hint takes its place
        return attend(sizes, query, key, value, key_padding_mask, attn_mask, need_weights, average_attn_weights, self.batch_first)  # type: ignore[attr-defined]


def is_same(a: Dim, b: Dim) -> bool:
    return a == b


def is_given(bias: object) -> bool:
    """Whether there is a learned row. Raises Undetermined where that is not known."""
    if isinstance(bias, (Choice, Unknown)):
        raise Undetermined(bias if isinstance(bias, Unknown) else Unknown("`add_bias_kv` of a layer"))
    return bias is not None


def numbers_of(layer: object) -> Attention:
    """The numbers of a layer as its attributes are now."""
    out_proj = layer.out_proj  # type: ignore[attr-defined]
    weight = entries(out_proj, "_parameters").get("weight") if isinstance(out_proj, Instance) else None
    is_known = isinstance(weight, Tensor) and weight.shape.rank == 2
    return Attention(
        layer.embed_dim,  # type: ignore[attr-defined]
        layer.num_heads,  # type: ignore[attr-defined]
        layer.kdim,  # type: ignore[attr-defined]
        layer.vdim,  # type: ignore[attr-defined]
        not is_set(layer._qkv_same_embed_dim, "kdim"),  # type: ignore[attr-defined]
        is_given(layer.bias_k) + is_set(layer.add_zero_attn, "add_zero_attn"),  # type: ignore[attr-defined]
        weight.shape[0] if is_known and isinstance(weight, Tensor) else layer.embed_dim,  # type: ignore[attr-defined]
    )


def attend(
    sizes: Attention,
    query: Tensor,
    key: Tensor,
    value: Tensor,
    key_padding_mask: Tensor | None,
    attn_mask: Tensor | None,
    need_weights: object,
    average_attn_weights: object,
    batch_first: object,
) -> object:
    """(L, batch, E) asks (S, batch, kdim) for (S, batch, vdim): (L, batch, E), and the weights (batch, L, S) over all heads.

    The batch may be missing, or stand first. Raises WrongRank, FeatureMismatch and OperationFails as the framework does.
    """
    rank = rank_of(query, key, value, key_padding_mask)
    q, k, v = (expect_rank(tensor, rank or 3, exception="AssertionError") for tensor in (query, key, value))
    if rank is None:
        key_padding_mask = attn_mask = None  # what they must be depends on whether there is a batch
    is_batched = len(q) == 3
    first = is_batched and is_set(batch_first, "batch_first")
    E, heads = sizes.embed_dim, sizes.num_heads
    L, S = (q[1], k[1]) if first else (q[0], k[0])
    batch = (q[0] if first else q[1],) if is_batched else ()
    expect_masks(key_padding_mask, attn_mask, is_batched)
    if not is_batched and attn_mask is not None and attn_mask.shape.rank == 3:
        expect_shape(attn_mask, Shape((heads, L, S)), "attn_mask", "AssertionError")
    expect_equal(q[-1], E, FeatureMismatch(E, q[-1], argument="embed_dim", exception="AssertionError"))
    for axis in range(len(k) - 1 if sizes.is_separate else len(k)):
        reason = f"keys of shape {k} and values of shape {v} do not belong together"
        expect_equal(k[axis], v[axis], OperationFails(reason, exception="AssertionError"))
    exception = "AssertionError" if sizes.is_separate else "RuntimeError"
    expect_equal(k[-1], sizes.kdim, FeatureMismatch(sizes.kdim, k[-1], argument="kdim", exception=exception))
    expect_equal(v[-1], sizes.vdim, FeatureMismatch(sizes.vdim, v[-1], argument="vdim", exception=exception))
    if attn_mask is not None and attn_mask.shape.rank == 2:
        expect_shape(attn_mask, Shape((L, S)), "attn_mask")
    elif attn_mask is not None and attn_mask.shape.rank == 3 and is_batched:
        expect_shape(attn_mask, Shape((batch[0] * heads, L, S)), "attn_mask")
    if is_batched and rank is not None:
        other = k[0] if first else k[1]
        expect_equal(batch[0], other, OperationFails(f"queries of shape {q} and keys of shape {k} have different batches"))
    if key_padding_mask is not None:
        expect_shape(key_padding_mask, Shape((*batch, S)), "key_padding_mask", "AssertionError")
    output = q.replaced(-1, sizes.output)
    made = Result(output, macs=macs(sizes, L, S, per_example(batch)), flow=Mixing((-2 if first or not is_batched else -3, -1)))
    return made, weights_given(need_weights, average_attn_weights, batch, heads, L, S + sizes.extra)


def rank_of(query: Tensor, key: Tensor, value: Tensor, key_padding_mask: Tensor | None) -> int | None:
    """The number of axes that the inputs are known to have, 3 with a batch and 2 without; None where it may be either.

    Raises WrongRank for a query with another number.
    """
    if query.shape.rank is not None:
        return len(expect_rank(query, 3, 2, exception="AssertionError"))
    known = [tensor.shape.rank for tensor in (key, value) if tensor.shape.rank in (2, 3)]
    if key_padding_mask is not None and key_padding_mask.shape.rank in (1, 2):
        known.append(key_padding_mask.shape.rank + 1)
    most = max(len(tensor.shape.dims) for tensor in (query, key, value))
    return 3 if most == 3 else known[0] if known else None


def expect_masks(key_padding_mask: Tensor | None, attn_mask: Tensor | None, is_batched: bool) -> None:
    """The masks' numbers of axes: (batch, S) or (S,), and (L, S) or (batch * heads, L, S).

    Raises WrongRank with the framework's AssertionError.
    """
    if key_padding_mask is not None and key_padding_mask.shape.rank not in (None, 2 if is_batched else 1):
        raise WrongRank("2" if is_batched else "1", key_padding_mask.shape, exception="AssertionError")
    if attn_mask is not None and attn_mask.shape.rank not in (None, 2, 3):
        raise WrongRank("2 or 3", attn_mask.shape, exception="AssertionError")


def expect_shape(tensor: Tensor, wanted: Shape, name: str, exception: str = "RuntimeError") -> None:
    """Raises OperationFails where a mask is proven to have another shape."""
    if tensor.shape.leading:
        return
    for got, expected in zip(tensor.shape, wanted, strict=True):
        failure = OperationFails(f"`{name}` must have shape {wanted}, but has {tensor.shape}", exception=exception)
        expect_equal(got, expected, failure)


def macs(sizes: Attention, L: Dim, S: Dim, batch: Dim) -> Dim:
    """The three projections, the two products of attention (all heads together are E wide), and the output's projection."""
    E = sizes.embed_dim
    projections = linear_macs(E, E, batch * L) + linear_macs(sizes.kdim, E, batch * S) + linear_macs(sizes.vdim, E, batch * S)
    return projections + attention_macs(batch, L, S + sizes.extra, E, E) + linear_macs(E, sizes.output, batch * L)


def weights_given(need: object, average: object, batch: tuple[Dim, ...], heads: Dim, L: Dim, S: Dim) -> Value:
    """The attention weights: None if not wanted, averaged over the heads or one map for each."""
    if need is False:
        return None
    if isinstance(need, Unknown):
        return need
    if average is False:
        return Shape((*batch, heads, L, S))
    return average if isinstance(average, Unknown) else Shape((*batch, L, S))
