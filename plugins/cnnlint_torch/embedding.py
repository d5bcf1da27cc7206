"""Embedding layers and functions.

Sources: https://docs.pytorch.org/docs/stable/generated/torch.nn.Embedding.html,
https://docs.pytorch.org/docs/stable/generated/torch.nn.EmbeddingBag.html
"""

from __future__ import annotations

from cnnlint.plugin import (
    DeadArgument,
    Dim,
    Door,
    Expression,
    InvalidArgument,
    OperationFails,
    Shape,
    Tensor,
    Value,
    WrongRank,
    compare,
    differ,
    every,
    expect_equal,
    expect_rank,
    expect_that,
    remark,
    unknown_size,
)
from cnnlint_torch.devices import expect_together
from cnnlint_torch.dtypes import expect_dtype
from cnnlint_torch.elements import largest_of
from cnnlint_torch.framework import FACTORY, torch
from cnnlint_torch.sizes import allocated_size

INDICES = ("int64", "int32")


def expect_indices(input: Tensor, output: Shape | None = None) -> None:
    """Raises DtypeMismatch for a tensor that is known to hold other things than indices."""
    expect_dtype(input, INDICES, "indices", output=output)


def expect_rows(input: Tensor, rows: Dim) -> None:
    """Raises OperationFails with the framework's IndexError where indices are proven to lie outside of the table's rows."""
    known = [value for value in input.values or () if isinstance(value, int)]
    largest = max(known, default=None) if known else largest_of(input)
    for index in (largest, min(known, default=0)):
        if isinstance(index, (int, Expression)):
            failure = OperationFails(f"gets the index {index}, but its table has {rows} rows", exception="IndexError")
            expect_that(every(compare("<", index, rows), compare(">=", index, 0)), failure)


@torch.op("nn.functional.embedding")
def embedding(
    input: Tensor,
    weight: Tensor,
    padding_idx: object = None,
    max_norm: object = None,
    norm_type: object = 2.0,
    scale_grad_by_freq: object = False,
    sparse: object = False,
) -> Tensor:
    """Every index becomes a vector of the size of the table's last axis.

    https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.embedding.html
    """
    table = expect_rank(weight, 2)
    expect_padding_index(padding_idx, table[0])
    output = Shape((*input.shape.dims, table[1]), input.shape.leading)
    expect_indices(input, output)
    expect_rows(input, table[0])
    expect_together("", input, weight)
    return Tensor(output, torch, dtype=weight.dtype)


def expect_padding_index(padding_idx: Value, rows: Dim) -> None:
    """Raises InvalidArgument with the framework's AssertionError for an index that is proven to be outside of the table."""
    if isinstance(padding_idx, int) and isinstance(rows, int) and not -rows <= padding_idx < rows:
        reason = f"must lie within the {rows} rows, but is {padding_idx}"
        raise InvalidArgument(reason, argument="padding_idx", exception="AssertionError")


def expect_table(given: Value, rows: Dim, columns: Dim) -> None:
    """Raises InvalidArgument where a given weight is proven to have another shape."""
    if not isinstance(given, Tensor) or given.shape.leading:
        return
    if len(given.shape) != 2 or differ(given.shape[0], rows) or differ(given.shape[1], columns):
        reason = f"must have the shape ({rows}, {columns}), but has {given.shape}"
        raise InvalidArgument(reason, argument="_weight", exception="AssertionError")


@torch.layer("nn.Embedding", hides=FACTORY)
class Embedding:
    """W = num_embeddings * embedding_dim."""

    def parameters(
        num_embeddings: object,
        embedding_dim: object,
        padding_idx: object = None,
        max_norm: object = None,
        norm_type: object = 2.0,
        scale_grad_by_freq: object = False,
        sparse: object = False,
        _weight: object = None,
        _freeze: object = False,
    ) -> dict[str, tuple[Dim, ...]]:
        rows, columns = allocated_size("num_embeddings", num_embeddings), allocated_size("embedding_dim", embedding_dim)
        expect_padding_index(padding_idx, rows)
        expect_table(_weight, rows, columns)
        if max_norm is None and isinstance(norm_type, (int, float)) and norm_type != 2:
            reason = "it is the norm that `max_norm` limits, which is not given"
            remark(DeadArgument(reason, argument="norm_type", literal=("norm_type", "max_norm")))
        return {"weight": (rows, columns)}

    def attributes(num_embeddings: object, padding_idx: object, **given: object) -> dict[str, object]:
        if isinstance(padding_idx, int) and padding_idx < 0 and isinstance(num_embeddings, int):
            return {"padding_idx": num_embeddings + padding_idx}
        return {}

    def forward(self, input: Tensor) -> Value:
        return embedding(input, self.weight)  # type: ignore[attr-defined]


@torch.native("nn.Embedding.from_pretrained", takes_unknown=True)
def embedding_from(
    door: Door, /, embeddings: Value, freeze: Value = True, padding_idx: Value = None, *rest: Value, **named: Value
) -> Value:
    """A layer with a table that exists already.

    https://docs.pytorch.org/docs/stable/generated/torch.nn.Embedding.html
    """
    return door.call(door.framework_value(torch, "nn.Embedding"), *table_sizes(embeddings), padding_idx=padding_idx)


@torch.native("nn.EmbeddingBag.from_pretrained", takes_unknown=True)
def embedding_bag_from(door: Door, /, embeddings: Value, freeze: Value = True, *rest: Value, **named: Value) -> Value:
    """https://docs.pytorch.org/docs/stable/generated/torch.nn.EmbeddingBag.html"""
    return door.call(door.framework_value(torch, "nn.EmbeddingBag"), *table_sizes(embeddings), **named)


def table_sizes(embeddings: Value) -> tuple[Dim, Dim]:
    """Rows and columns of a table.

    Raises WrongRank where it is none.
    """
    if not isinstance(embeddings, Tensor) or embeddings.shape.leading:
        return unknown_size("the rows of a table"), unknown_size("the columns of a table")
    if len(embeddings.shape) != 2:
        raise WrongRank("2", embeddings.shape, exception="AssertionError")
    return embeddings.shape[0], embeddings.shape[1]


@torch.op("nn.functional.embedding_bag")
def embedding_bag(
    input: Tensor,
    weight: Tensor,
    offsets: Tensor | None = None,
    max_norm: object = None,
    norm_type: object = 2,
    scale_grad_by_freq: object = False,
    mode: object = "mean",
    sparse: object = False,
    per_sample_weights: Tensor | None = None,
    include_last_offset: object = False,
    padding_idx: object = None,
) -> Tensor:
    """A row of indices, or the indices from one offset to the next, becomes one vector.

    https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.embedding_bag.html
    """
    table = expect_rank(weight, 2)
    if isinstance(mode, str) and mode not in ("sum", "mean", "max"):
        raise InvalidArgument(f"must be 'sum', 'mean' or 'max', but is {mode!r}", argument="mode", exception="ValueError")
    if per_sample_weights is not None:
        if isinstance(mode, str) and mode != "sum":
            raise InvalidArgument("must be 'sum' where weights are given", argument="mode", exception="NotImplementedError")
        expect_same("per_sample_weights", input.shape, per_sample_weights.shape)
    ranks = (2, 1) if offsets is None else (1, 2)  # the first of them for an input of which nothing is known
    x = expect_rank(input, *ranks, exception="ValueError")
    bags: Dim = x[0]
    if len(x) == 2 and offsets is not None:
        raise OperationFails("offsets are given, but the input has two axes", argument="offsets", exception="ValueError")
    if len(x) == 1:
        if offsets is None:
            raise OperationFails("an input with one axis needs offsets", argument="offsets", exception="ValueError")
        starts = expect_rank(offsets, 1, exception="ValueError")
        bags = starts[0] - 1 if include_last_offset is True else starts[0]
    if not (len(x) == 2 and input.dtype not in INDICES and weight.dtype in INDICES):  # the old order of the two arguments
        expect_indices(input, Shape((bags, table[1])))
    return Tensor(Shape((bags, table[1])), torch, dtype=weight.dtype if input.dtype in INDICES else None)


def expect_same(name: str, x: Shape, other: Shape) -> None:
    if x.leading or other.leading:
        return
    failure = OperationFails(f"{name} of shape {other} for an input of shape {x}", argument=name, exception="ValueError")
    if len(x) != len(other):
        raise failure
    for a, b in zip(x, other, strict=True):
        expect_equal(a, b, failure)


@torch.layer("nn.EmbeddingBag", hides=FACTORY)
class EmbeddingBag:
    """W = num_embeddings * embedding_dim."""

    def parameters(
        num_embeddings: object,
        embedding_dim: object,
        max_norm: object = None,
        norm_type: object = 2.0,
        scale_grad_by_freq: object = False,
        mode: object = "mean",
        sparse: object = False,
        _weight: object = None,
        include_last_offset: object = False,
        padding_idx: object = None,
    ) -> dict[str, tuple[Dim, ...]]:
        rows, columns = allocated_size("num_embeddings", num_embeddings), allocated_size("embedding_dim", embedding_dim)
        expect_padding_index(padding_idx, rows)
        expect_table(_weight, rows, columns)
        if max_norm is None and isinstance(norm_type, (int, float)) and norm_type != 2:
            reason = "it is the norm that `max_norm` limits, which is not given"
            remark(DeadArgument(reason, argument="norm_type", literal=("norm_type", "max_norm")))
        return {"weight": (rows, columns)}

    def forward(self, input: Tensor, offsets: object = None, per_sample_weights: object = None) -> Value:
        return embedding_bag(
            input,
            self.weight,  # type: ignore[attr-defined]
            offsets,
            mode=self.mode,  # type: ignore[attr-defined]
            per_sample_weights=per_sample_weights,
            include_last_offset=self.include_last_offset,  # type: ignore[attr-defined]
        )
