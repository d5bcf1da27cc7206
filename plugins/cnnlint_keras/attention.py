"""Attention layers.

Source: https://keras.io/api/layers/attention_layers/
"""

from __future__ import annotations

from typing import Any

from cnnlint.formulas import attention_macs, linear_macs
from cnnlint.plugin import (
    Built,
    Dim,
    FeatureMismatch,
    HeadsNotDividing,
    ListValue,
    MatmulMismatch,
    OperationFails,
    Result,
    Shape,
    Tensor,
    Unbroadcastable,
    Undetermined,
    Unknown,
    Value,
    equal,
    expect_equal,
    product,
)
from cnnlint_keras.convolution import batch_count
from cnnlint_keras.framework import layer
from cnnlint_keras.joining import shapes_in
from cnnlint_keras.sizes import each, one_size, ranked, whole, word

HIDES = (
    "flash_attention kernel_initializer bias_initializer kernel_regularizer bias_regularizer activity_regularizer kernel_constraint "
    "bias_constraint seed"
)


def sequences(*tensors: object) -> list[Shape]:
    """The shapes of query, value and key, of which all axes but the last of the latter two must be equal.

    Raises OperationFails, Undetermined where a number of axes is not known.
    """
    shapes = [tensor.shape for tensor in tensors if isinstance(tensor, Tensor)]
    if any(shape.leading for shape in shapes):
        raise Undetermined(Unknown("attention over tensors whose number of axes is not known"))
    if len(shapes) == 3:
        _, value, key = shapes
        failure = OperationFails(f"value {value} and key {key} must agree in all axes but the last", exception="ValueError")
        if len(value) != len(key):
            raise failure
        for a, b in zip(value.dims[1:-1], key.dims[1:-1], strict=True):
            expect_equal(a, b, failure)
    return shapes


def as_tuple(value: Value) -> tuple[Dim, ...]:
    """Output sizes as a tuple."""
    found = each(value, lambda size: one_size("output_shape", size))
    return found if isinstance(found, tuple) else (found,)


@layer("MultiHeadAttention", hides=HIDES)
class MultiHeadAttention:
    """Three projections to heads, and one of the heads back to the features of the query."""

    unnamed = ("Softmax", "Dropout")

    def parameters(
        num_heads: object,
        key_dim: object,
        value_dim: object = None,
        dropout: object = 0.0,
        use_bias: bool = True,
        output_shape: object = None,
        attention_axes: object = None,
        *,
        sliding_window: object = None,
        use_gate: bool = False,
    ) -> dict[str, object]:
        return {}

    def attributes(num_heads: object, key_dim: object, value_dim: object, output_shape: object, **given: object) -> dict[str, object]:
        return {
            "num_heads": whole("num_heads", num_heads),
            "key_dim": whole("key_dim", key_dim),
            "value_dim": whole("key_dim", key_dim) if value_dim is None else whole("value_dim", value_dim),
            "output_sizes": () if output_shape is None or isinstance(output_shape, Unknown) else as_tuple(output_shape),
        }

    def build(self, query: Tensor, value: Tensor, key: object = None, **named: object) -> Built:
        layer: Any = self
        q, v, *more = sequences(query, value, key)
        k = more[0] if more else v
        H, D, V = layer.num_heads, layer.key_dim, layer.value_dim
        outputs = layer.output_sizes or (q.dims[-1],)
        weights: dict[str, tuple[Dim, ...] | None] = {
            "query_kernel": (q.dims[-1], H, D),
            "key_kernel": (k.dims[-1], H, D),
            "value_kernel": (v.dims[-1], H, V),
            "output_kernel": (H, V, *outputs),
        }
        biases = {"query_bias": (H, D), "key_bias": (H, D), "value_bias": (H, V), "output_bias": outputs}
        if layer.use_gate:
            weights["gate_kernel"], biases["gate_bias"] = (q.dims[-1], H, V), (H, V)
        return Built({**weights, **(biases if layer.use_bias else {})})

    def forward(
        self,
        query: Tensor,
        value: Tensor,
        key: object = None,
        query_mask: object = None,
        value_mask: object = None,
        key_mask: object = None,
        attention_mask: object = None,
        return_attention_scores: bool = False,
        training: object = None,
        use_causal_mask: object = False,
    ) -> Any:
        layer: Any = self
        q, v, *more = sequences(query, value, key)
        k = more[0] if more else v
        for shape, weight in ((q, layer.query_kernel), (k, layer.key_kernel), (v, layer.value_kernel)):
            features = weight.shape.dims[0]
            expect_equal(features, shape.dims[-1], FeatureMismatch(features, shape.dims[-1], exception="ValueError"))
        axes = layer.attention_axes
        chosen = axes.contents if isinstance(axes, ListValue) else (axes,) if isinstance(axes, int) else axes
        places = tuple(chosen) if isinstance(chosen, (tuple, list)) else tuple(range(1, len(q) - 1))
        places = tuple(place % len(q) if isinstance(place, int) else 1 for place in places)
        if any(place >= len(v) - 1 for place in places):
            raise OperationFails(f"a query {q} attends to values {v}", exception="ValueError")
        for at in range(1, len(q) - 1):
            if at not in places and at < len(v) - 1:
                expect_equal(q.dims[at], v.dims[at], OperationFails(f"a query {q} attends to values {v}", exception="ValueError"))
        queries, keys = product(tuple(q.dims[at] for at in places)), product(tuple(v.dims[at] for at in places))
        rest = product(tuple(dim for at, dim in enumerate(q.dims[1:-1], 1) if at not in places))
        H, D, V, batch = layer.num_heads, layer.key_dim, layer.value_dim, batch_count(q.batch) * rest
        outputs = layer.output_sizes or (q.dims[-1],)
        macs = attention_macs(batch * H, queries, keys, D, V) + batch * (
            linear_macs(q.dims[-1], H * D, queries)
            + linear_macs(k.dims[-1], H * D, keys)
            + linear_macs(v.dims[-1], H * V, keys)
            + linear_macs(H * V, product(outputs), queries)
        )
        result = Result(Shape((*q.dims[:-1], *outputs)), macs=macs)
        if not return_attention_scores:
            return result
        kept = tuple(dim for at, dim in enumerate(q.dims[1:-1], 1) if at not in places)
        pairs = (*(q.dims[at] for at in places), *(v.dims[at] for at in places))
        return result, Result(Shape((q.batch, *kept, H, *pairs)))


@layer("GroupQueryAttention", hides=HIDES)
class GroupQueryAttention:
    """Groups of heads share keys and values."""

    unnamed = ("Softmax", "Dropout")

    def parameters(
        head_dim: object,
        num_query_heads: object,
        num_key_value_heads: object,
        dropout: object = 0.0,
        use_bias: bool = True,
        *,
        sliding_window: object = None,
        use_gate: bool = False,
    ) -> dict[str, object]:
        queries, shared = num_query_heads, num_key_value_heads
        if isinstance(queries, int) and isinstance(shared, int) and shared > 0 and queries % shared:
            raise HeadsNotDividing(queries, shared, "num_key_value_heads", argument="num_query_heads", exception="ValueError")
        return {}

    def attributes(head_dim: object, num_query_heads: object, num_key_value_heads: object, **given: object) -> dict[str, object]:
        named = {"head_dim": head_dim, "num_query_heads": num_query_heads, "num_key_value_heads": num_key_value_heads}
        return {name: whole(name, value) for name, value in named.items()}

    def build(self, query: Tensor, value: Tensor, key: object = None, **named: object) -> Built:
        layer: Any = self
        q, v, *more = (ranked(tensor, 3) for tensor in (query, value, key) if isinstance(tensor, Tensor))
        k = more[0] if more else v
        D, H, G = layer.head_dim, layer.num_query_heads, layer.num_key_value_heads
        F = q.dims[-1]
        weights: dict[str, tuple[Dim, ...] | None] = {
            "query_kernel": (F, H, D),
            "key_kernel": (k.dims[-1], G, D),
            "value_kernel": (v.dims[-1], G, D),
            "output_kernel": (H, D, F),
        }
        biases: dict[str, tuple[Dim, ...] | None] = {"query_bias": (H, D), "key_bias": (G, D), "value_bias": (G, D), "output_bias": (F,)}
        if layer.use_gate:
            weights["gate_kernel"], biases["gate_bias"] = (F, H, D), (H, D)
        return Built({**weights, **(biases if layer.use_bias else {})})

    def forward(
        self,
        query: Tensor,
        value: Tensor,
        key: object = None,
        query_mask: object = None,
        value_mask: object = None,
        key_mask: object = None,
        attention_mask: object = None,
        return_attention_scores: bool = False,
        training: object = None,
        use_causal_mask: object = False,
    ) -> Any:
        layer: Any = self
        q, v, *_ = sequences(query, value, key)
        expect_equal(q.dims[-1], v.dims[-1], OperationFails(f"query {q} and value {v} must agree in the last axis", exception="ValueError"))
        D, H, G, batch, F = layer.head_dim, layer.num_query_heads, layer.num_key_value_heads, batch_count(q.batch), q.dims[-1]
        projections = linear_macs(F, 2 * H * D, q.dims[1]) + linear_macs(F, 2 * G * D, v.dims[1])
        result = Result(q, macs=attention_macs(batch * H, q.dims[1], v.dims[1], D, D) + batch * projections)
        return (result, Result(Shape((q.batch, H, q.dims[1], v.dims[1])))) if return_attention_scores else result


class PlainAttention:
    """The inputs are a list: query, value, and perhaps key."""

    def forward(
        self, inputs: object, return_attention_scores: bool = False, training: object = None, use_causal_mask: object = False
    ) -> Any:
        layer: Any = self
        q, v, k = triple(layer.kind, inputs)
        if q.leading or v.leading or k.leading:
            return Result(Shape((), leading=True))
        if layer.score_mode == "dot":
            turned = Shape((*k.dims[:-2], k.dims[-1], k.dims[-2]))
            expect_equal(q.dims[-1], k.dims[-1], MatmulMismatch(q, turned, layer.kind, exception="ValueError"))
        else:
            common(q, k, layer.kind)
        macs = attention_macs(batch_count(q.batch), q.dims[-2], v.dims[-2], q.dims[-1], v.dims[-1])
        result = Result(Shape((*q.dims[:-1], v.dims[-1])), macs=macs)
        return (result, Result(Shape((*q.dims[:-1], v.dims[-2])))) if return_attention_scores else result


def common(q: Shape, k: Shape, name: str) -> None:
    """Raises Unbroadcastable where the features of query and key cannot be added."""
    a, b = q.dims[-1], k.dims[-1]
    if not (equal(a, 1) or equal(b, 1)):
        expect_equal(a, b, Unbroadcastable(q, k, -1, name, exception="ValueError"))


def triple(name: str, inputs: Value) -> tuple[Shape, Shape, Shape]:
    """The shapes of query, value and key. Raises OperationFails for what is no list of two or three."""
    found = shapes_in(name, inputs)
    if len(found) not in (2, 3):
        raise OperationFails(f"`{name}` takes 2 or 3 tensors, but gets {len(found)}", exception="ValueError")
    return found[0], found[1], found[-1] if len(found) == 3 else found[1]


@layer("Attention", hides="seed")
class Attention(PlainAttention):
    def parameters(use_scale: bool = False, score_mode: object = "dot", dropout: object = 0.0) -> dict[str, object]:
        word("score_mode", score_mode, "dot", "concat", folds=False)
        return {}

    def build(self, inputs: object, **named: object) -> Built:
        layer: Any = self
        triple(layer.kind, inputs)
        return Built({"scale": () if layer.use_scale else None, "concat_score_weight": () if layer.score_mode == "concat" else None})


@layer("AdditiveAttention", hides="seed", score_mode="add")
class AdditiveAttention(PlainAttention):
    def parameters(use_scale: bool = True, dropout: object = 0.0) -> dict[str, object]:
        return {}

    def build(self, inputs: object, **named: object) -> Built:
        layer: Any = self
        q, _, _ = triple(layer.kind, inputs)
        return Built({"scale": (q.dims[-1],) if layer.use_scale else None})
