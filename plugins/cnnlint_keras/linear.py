"""Dense layers.

Sources: https://keras.io/api/layers/core_layers/dense/ and https://keras.io/api/layers/core_layers/einsum_dense/
"""

from __future__ import annotations

import re
from typing import Any

from cnnlint.formulas import linear_macs
from cnnlint.plugin import (
    Built,
    Dim,
    Expression,
    FeatureMismatch,
    ListValue,
    Mixing,
    Operation,
    OperationFails,
    Result,
    Shape,
    Tensor,
    Undetermined,
    Unknown,
    Value,
    WrongRank,
    expect_equal,
    product,
)
from cnnlint_keras.activation import ALONG, GIVES, activated
from cnnlint_keras.convolution import batch_count
from cnnlint_keras.framework import is_open, keras, layer, weighted
from cnnlint_keras.sizes import at_least_rank, each, invalid, one_size, whole


def weighed(inputs: Tensor, kernel: Tensor) -> Result:
    """The last axis of the input becomes the units; all axes before it are positions."""
    features, units = kernel.shape.dims
    shape = at_least_rank(inputs, 2)
    output = Shape((*shape.dims[:-1], units), shape.leading)
    expect_equal(
        features,
        shape.dims[-1],
        FeatureMismatch(features, shape.dims[-1], shape.factors.get(-1, ()), exception="ValueError", output=output),
    )
    macs = 0 if shape.leading else linear_macs(features, units, positions(shape.dims[:-1]))
    data = {GIVES: "affine", ALONG: -1}
    return Result(output, macs=macs, is_exact=not shape.leading, flow=Mixing((-1,)), data=data)


def positions(before: tuple[Dim, ...]) -> Dim:
    """How many vectors are weighed for one example, and for a known batch for all of it."""
    return product(before[1:]) * batch_count(before[0])


dense = Operation("dense", weighed, keras)
HIDES = weighted("kernel", "bias") + " lora_rank lora_alpha quantization_config"


@layer("Dense", counts_macs=True, hides=HIDES)
class Dense:
    """W = features * units, B = units. The first call tells the features."""

    def parameters(units: object, activation: object = None, use_bias: bool = True) -> dict[str, object]:
        return {}

    def attributes(units: object, **given: object) -> dict[str, object]:
        return {"units": whole("units", units)}

    def build(self, inputs: Tensor) -> Built:
        layer: Any = self
        features = at_least_rank(inputs, 2).dims[-1]
        return Built({"kernel": (features, layer.units), "bias": (layer.units,) if layer.use_bias else None})

    def forward(self, inputs: Tensor) -> Value:
        layer: Any = self
        return activated(layer, dense(inputs, layer.kernel))


def spelled(equation: str) -> tuple[str, str, str, str]:
    """The letters of input, kernel and output, and where "..." stands: "left", "right" or "". Raises InvalidArgument."""
    plain = equation.replace("...", "0")
    for pattern, side in (
        ("([a-zA-Z]+),([a-zA-Z]+)->([a-zA-Z]+)", ""),
        ("0([a-zA-Z]+),([a-zA-Z]+)->0([a-zA-Z]+)", "left"),
        ("([a-zA-Z]{2,})0,([a-zA-Z]+)->([a-zA-Z]+)0", "right"),
    ):
        found = re.match(pattern, plain)
        if found:
            return found.group(1), found.group(2), found.group(3), side
    raise invalid("equation", f"must be an equation such as 'ab,bc->ac', but is {equation!r}")


def sizes_by_letter(layer: Any, shape: Shape) -> tuple[dict[str, Dim], tuple[Dim, ...]]:
    """The size that each letter stands for, and those that "..." stands for.

    Raises InvalidArgument and OperationFails where the equation does not fit the input and the output that is asked for.
    """
    inputs, kernel, outputs, side = spelled(layer.equation)
    more = len(shape) - len(inputs)
    if (more and not side) or more < (1 if side == "left" else 0):
        raise OperationFails(f"einsum {layer.equation!r} of an input of {len(shape)} axes", exception="ValueError")
    dims = shape.dims[more:] if side == "left" else shape.dims[: len(inputs)]
    rest = shape.dims[:more] if side == "left" else shape.dims[len(inputs) :]
    sizes: dict[str, Dim] = dict(zip(inputs, dims, strict=True))
    asked = layer.output_sizes if isinstance(layer.output_sizes, tuple) else (layer.output_sizes,)
    whole_output = (shape.dims[0], *rest[1:], *asked) if side == "left" else (shape.dims[0], *asked)
    behind = whole_output[more:] if side == "left" else whole_output
    for letter, size in zip(outputs, behind, strict=False):
        if size is None:
            continue
        known = sizes.setdefault(letter, size)
        failure = OperationFails(
            f"einsum {layer.equation!r}: `{letter}` is {known} in the input, but {size} in the output", exception="ValueError"
        )
        if isinstance(known, (int, Expression)) and isinstance(size, (int, Expression)) and not is_open(known):
            expect_equal(known, size, failure)
    for letter in kernel:
        if letter not in sizes:
            raise invalid("equation", f"leaves the size of `{letter}` open")
    for letter in outputs:
        if letter not in sizes:
            raise invalid("equation", f"has `{letter}` in the output only")
    return sizes, rest


def einsum_of(inputs: Tensor, layer: object) -> Result:
    """Each axis of the output has the size of its letter."""
    sizes, rest = sizes_by_letter(layer, inputs.shape)
    first, kernel, outputs, side = spelled(layer.equation)  # type: ignore[attr-defined]
    dims = tuple(sizes[letter] for letter in outputs)
    shape = (*rest, *dims) if side == "left" else (*dims, *rest)
    letters = dict.fromkeys(first + kernel)
    counts = [sizes[letter] for letter in letters] + list(rest)
    macs = product(tuple(batch_count(size) if size is inputs.shape.dims[0] else size for size in counts))
    return Result(Shape(shape), macs=macs)


einsum_dense = Operation("einsum_dense", einsum_of, keras)


@layer(
    "EinsumDense",
    counts_macs=True,
    hides="kernel_initializer bias_initializer kernel_regularizer bias_regularizer "
    "activity_regularizer kernel_constraint bias_constraint lora_rank lora_alpha gptq_unpacked_column_size quantization_config",
)
class EinsumDense:
    def parameters(equation: object, output_shape: object, activation: object = None, bias_axes: object = None) -> dict[str, object]:
        return {}

    def attributes(equation: object, output_shape: object, **given: object) -> dict[str, object]:
        if isinstance(equation, Unknown) or isinstance(output_shape, Unknown):
            return {}
        if not isinstance(equation, str):
            raise invalid("equation", "must be a string", "TypeError", is_absent=equation is None)
        if not isinstance(output_shape, (int, tuple, ListValue, Expression)):
            raise invalid(
                "output_shape", f"must be a size or a tuple, but is {output_shape!r}", "TypeError", is_absent=output_shape is None
            )
        return {"output_sizes": each(output_shape, lambda size: None if size is None else one_size("output_shape", size))}

    def build(self, inputs: Tensor) -> Built:
        layer: Any = self
        shape = known_rank(inputs)
        if not isinstance(layer.equation, str):
            raise Undetermined(Unknown("the equation of an einsum"))
        sizes, rest = sizes_by_letter(layer, shape)
        _, kernel, outputs, side = spelled(layer.equation)
        bias = None
        if isinstance(layer.bias_axes, str):
            for letter in layer.bias_axes:
                if letter not in outputs:
                    raise invalid("bias_axes", f"must name axes of the output, but holds {letter!r}")
            start = min((outputs.index(letter) for letter in layer.bias_axes), default=0)
            bias = tuple(sizes[letter] if letter in layer.bias_axes else 1 for letter in outputs[start:])
            bias += (1,) * (len(rest) if side == "right" else 0)
        return Built({"kernel": tuple(sizes[letter] for letter in kernel), "bias": bias})

    def forward(self, inputs: Tensor) -> Value:
        layer: Any = self
        if len(known_rank(inputs)) != len(inputs.shape.dims):
            raise WrongRank(str(len(inputs.shape.dims)), inputs.shape, exception="ValueError")
        return activated(layer, einsum_dense(inputs, layer))


def known_rank(inputs: Tensor) -> Shape:
    """The shape of an input whose number of axes is known. Raises Undetermined for another."""
    if inputs.shape.leading:
        raise Undetermined(Unknown("an einsum of a tensor whose number of axes is not known"))
    return inputs.shape
