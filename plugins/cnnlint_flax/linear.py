"""Dense layers, and the functions below them.

Sources: https://flax.readthedocs.io/en/latest/api_reference/flax.linen/layers.html,
https://flax.readthedocs.io/en/latest/api_reference/flax.nnx/nn/linear.html
"""

from __future__ import annotations

from typing import Any

from cnnlint.formulas import linear_macs
from cnnlint.plugin import (
    Built,
    DictValue,
    Dim,
    FeatureMismatch,
    MatmulMismatch,
    Mixing,
    Operation,
    Result,
    Shape,
    Tensor,
    Undetermined,
    Unknown,
    Value,
    expect_equal,
    items_of,
    per_example,
    product,
)
from cnnlint_flax.framework import FORMAT, INITIAL, flax, linen_layer, nnx_layer
from cnnlint_flax.matrix import summed
from cnnlint_flax.sizes import axes_given, features_of, invalid, known_rank, size_tuple, with_last
from cnnlint_flax.stored import weight


def weighed(inputs: Tensor, kernel: Tensor, argument: object) -> Result:
    """The last axis of the input becomes the features; all axes before it are positions."""
    features, N = kernel.shape.dims
    shape = with_last(inputs, 1)
    output = Shape((*shape.dims[:-1], N), shape.leading)
    got, factors = shape.dims[-1], shape.factors.get(-1, ())
    named = argument if isinstance(argument, str) else None
    expect_equal(features, got, FeatureMismatch(features, got, factors, argument=named, exception="TypeError", output=output))
    macs = 0 if shape.leading else linear_macs(features, N, per_example(shape.dims[:-1]))
    return Result(output, macs=macs, flow=Mixing((-1,)))


dense = Operation("dense", weighed, flax)


@linen_layer("Dense", hides=f"{FORMAT} {INITIAL} dot_general dot_general_cls preferred_element_type", counts_macs=True)
class Dense:
    """W = features * N, B = N. The first call tells the features of the input."""

    def parameters(features: object, use_bias: bool = True) -> dict[str, object]:
        return {}

    def build(self, inputs: Tensor) -> Built:
        layer: Any = self
        N = features_of("features", layer.features)
        return Built({"kernel": (with_last(inputs, 1).dims[-1], N), "bias": (N,) if layer.use_bias else None})

    def forward(self, inputs: Tensor) -> Value:
        layer: Any = self
        return dense(inputs, weight(layer, "kernel", (None, layer.features)), None)


@nnx_layer("Linear", hides=f"{FORMAT} {INITIAL} dot_general preferred_element_type", counts_macs=True)
class Linear:
    """W = in_features * out_features, B = out_features."""

    def parameters(in_features: object, out_features: object, *, use_bias: bool = True, rngs: object) -> dict[str, object]:
        C, N = features_of("in_features", in_features), features_of("out_features", out_features)
        return {"kernel": (C, N), "bias": (N,) if use_bias else None}

    def attributes(**given: object) -> dict[str, object]:
        return {"rngs": None}

    def forward(self, inputs: Tensor, out_sharding: object = None) -> Value:
        return dense(inputs, weight(self, "kernel"), "in_features")


# Of several axes


def generalised(inputs: Tensor, kernel: Tensor, settings: object) -> Result:
    """Batch axes first, then what is left of the input, then the features.

    Raises FeatureMismatch for one axis whose size is proven to be another than the kernel's, MatmulMismatch for several.
    """
    assert isinstance(settings, tuple)
    axes, batch = settings
    shape = inputs.shape
    needed, N = kernel.shape.dims[: len(batch) + len(axes)], kernel.shape.dims[len(batch) + len(axes) :]
    got = tuple(shape.dims[at] for at in (*batch, *axes))
    rest = [dim for at, dim in enumerate(shape.dims) if at not in axes and at not in batch]
    output = Shape((*got[: len(batch)], *rest, *N))
    for have, need in zip(got, needed, strict=True):
        one = FeatureMismatch(need, have, shape.factors.get(-1, ()), exception="TypeError", output=output)
        expect_equal(need, have, one if len(needed) == 1 else MatmulMismatch(shape, kernel.shape, "dot_general", exception="TypeError"))
    return Result(output, macs=per_example(shape.dims) * product(N))


general = Operation("general", generalised, flax)


def expect_consecutive(batch: tuple[int, ...]) -> None:
    """Raises InvalidArgument where batch axes are not the first ones."""
    if batch and sorted(batch) != list(range(len(batch))):
        raise invalid("batch_dims", f"must be the first axes, but is {batch}")


@linen_layer(
    "DenseGeneral",
    hides=f"{FORMAT.replace(' precision', '')} kernel_init bias_init precision promote_dtype dot_general dot_general_cls",
    counts_macs=True,
)
class DenseGeneral:
    """A kernel over several axes of the input, which gives several axes of features."""

    def parameters(features: object, axis: object = -1, batch_dims: object = (), use_bias: bool = True) -> dict[str, object]:
        return {}

    def settings(self, inputs: Tensor) -> Any:
        layer: Any = self
        features = size_tuple("features", layer.features)
        batch_given = items_of(layer.batch_dims)
        named = batch_given if isinstance(batch_given, tuple) else (batch_given,)
        shape = known_rank(inputs) if named or items_of(layer.axis) != -1 else with_last(inputs, 1)
        if shape.leading:
            return features, (len(shape.dims) - 1,), ()
        if all(isinstance(one, int) for one in named):
            expect_consecutive(named)
        return features, axes_given("axis", layer.axis, len(shape)), axes_given("batch_dims", layer.batch_dims, len(shape))

    def build(self, inputs: Tensor) -> Built:
        layer: Any = self
        features, axes, batch = DenseGeneral.settings(layer, inputs)
        shape = with_last(inputs, 1)
        before = tuple(shape.dims[at] for at in batch)
        kernel = (*before, *(shape.dims[at] for at in axes), *features)
        return Built({"kernel": kernel, "bias": (*before, *features) if layer.use_bias else None})

    def forward(self, inputs: Tensor) -> Value:
        layer: Any = self
        features, axes, batch = DenseGeneral.settings(layer, inputs)
        kernel = weight(layer, "kernel", (None,) * (len(axes) + len(batch)) + features)
        if inputs.shape.leading:
            shape = with_last(inputs, 1)
            return one_axis(inputs, kernel, Shape((*shape.dims[:-1], *features), leading=True))
        return general(inputs, kernel, (axes, batch))


def along_last(inputs: Tensor, kernel: Tensor, output: object) -> Shape:
    assert isinstance(output, Shape)
    need, have = kernel.shape.dims[0], with_last(inputs, 1).dims[-1]
    expect_equal(need, have, FeatureMismatch(need, have, exception="TypeError", output=output))
    return output


one_axis = Operation("one_axis", along_last, flax)


@nnx_layer("LinearGeneral", hides=f"{FORMAT} {INITIAL} dot_general dot_general_cls preferred_element_type", counts_macs=True)
class LinearGeneral:
    def parameters(
        in_features: object,
        out_features: object,
        *,
        axis: object = -1,
        batch_axis: object = None,
        use_bias: bool = True,
        rngs: object,
    ) -> dict[str, object]:
        C, N = size_tuple("in_features", in_features), size_tuple("out_features", out_features)
        axes = items_of(axis)
        named = axes if isinstance(axes, tuple) else (axes,)
        if len(C) != len(named):
            raise invalid("in_features", f"must have a size for each of {len(named)} axes, but has {len(C)}")
        before = batch_of(batch_axis)
        expect_consecutive(tuple(before))
        sizes = tuple(before.values())
        return {"kernel": (*sizes, *C, *N), "bias": (*sizes, *N) if use_bias else None}

    def attributes(batch_axis: object, **given: object) -> dict[str, object]:
        return {"rngs": None, "batch_names": tuple(batch_of(batch_axis))}

    def forward(self, inputs: Tensor, out_sharding: object = None) -> Value:
        layer: Any = self
        rank = len(known_rank(inputs))
        axes, batch = axes_given("axis", layer.axis, rank), axes_given("batch_axis", layer.batch_names, rank)
        return general(inputs, weight(layer, "kernel"), (axes, batch))


def batch_of(value: Value) -> dict[int, Dim]:
    """The sizes of batch axes. Raises Undetermined where they are not known."""
    entries = value.contents if isinstance(value, DictValue) else {} if value is None else value
    if not isinstance(entries, dict) or not all(isinstance(key, int) for key in entries):
        raise Undetermined(Unknown("the batch axes of a layer"))
    return dict(entries)


# By letters


def expect_equation(equation: Value) -> str:
    """An equation of an input and a kernel. Raises InvalidArgument for another, Undetermined where it is not known."""
    if isinstance(equation, Unknown):
        raise Undetermined(equation)
    if not isinstance(equation, str):
        raise invalid("einsum_str", "must be an equation", is_absent=True)
    plain = equation.replace(" ", "")
    if "->" not in plain:
        raise invalid("einsum_str", f"must say its output behind `->`, but is {equation!r}")
    if plain.count(",") != 1:
        raise invalid("einsum_str", f"must have two operands, but is {equation!r}")
    return plain


def summed_with(inputs: Tensor, kernel: Tensor, equation: object) -> Result:
    """Raises EinsumMismatch where input and kernel don't fit."""
    assert isinstance(equation, str)
    if inputs.shape.leading:
        raise Undetermined(Unknown("an einsum of a tensor whose number of axes is not known"))
    return summed(equation, [inputs.shape, kernel.shape])


einsum = Operation("einsum", summed_with, flax)


@linen_layer("Einsum", hides=f"{FORMAT} {INITIAL} preferred_element_type", counts_macs=True)
class Einsum:
    """The axes of the bias are those of the kernel that the output keeps."""

    def parameters(shape: object, einsum_str: object = None, use_bias: bool = True) -> dict[str, object]:
        return {}

    def build(self, inputs: Tensor, einsum_str: object = None) -> Built:
        layer: Any = self
        equation = expect_equation(layer.einsum_str if einsum_str is None else einsum_str)
        kernel = size_tuple("shape", layer.shape)
        operands, _, output = equation.partition("->")
        letters = operands.split(",")[1].replace("...", "")
        sizes = dict(zip(letters, kernel, strict=False))
        if len(sizes) != len(kernel):
            raise invalid("shape", f"must have a size for each of `{letters}`, but has {len(kernel)}", "AssertionError")
        bias = tuple(sizes[letter] for letter in output if letter in sizes)
        return Built({"kernel": kernel, "bias": bias if layer.use_bias else None})

    def forward(self, inputs: Tensor, einsum_str: object = None) -> Value:
        layer: Any = self
        if einsum_str is not None and layer.einsum_str is not None:
            raise invalid("einsum_str", "must be given to the constructor or to the call, but not to both")
        equation = expect_equation(layer.einsum_str if einsum_str is None else einsum_str)
        return einsum(inputs, weight(layer, "kernel"), equation)


@nnx_layer("Einsum", hides=f"{FORMAT} {INITIAL} preferred_element_type einsum_op", counts_macs=True)
class NnxEinsum:
    def parameters(einsum_str: object, kernel_shape: object, bias_shape: object = None, *, rngs: object) -> dict[str, object]:
        expect_equation(einsum_str)
        bias = items_of(bias_shape)
        return {"kernel": size_tuple("kernel_shape", kernel_shape), "bias": None if bias is None else size_tuple("bias_shape", bias)}

    def attributes(**given: object) -> dict[str, object]:
        return {"rngs": None}

    def forward(self, inputs: Tensor, einsum_str: object = None, **named: object) -> Value:
        layer: Any = self
        return einsum(inputs, weight(layer, "kernel"), expect_equation(layer.einsum_str if einsum_str is None else einsum_str))
