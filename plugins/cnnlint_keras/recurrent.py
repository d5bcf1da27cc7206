"""Recurrent layers and their cells.

Source: https://keras.io/api/layers/recurrent_layers/
"""

from __future__ import annotations

from typing import Any

from cnnlint.formulas import conv_macs, recurrent_macs
from cnnlint.plugin import Built, Dim, Dims, FeatureMismatch, Result, Shape, Tensor, expect_equal
from cnnlint_keras.convolution import batch_count, expect_steps, standard_padding, window_sizes
from cnnlint_keras.framework import keras, layer
from cnnlint_keras.sizes import (
    LAST_STEP,
    arranged,
    channels_of,
    data_format,
    is_channels_first,
    known_word,
    per_axis,
    ranked,
    spatial_of,
    whole,
)

WEIGHTS = (
    "kernel_initializer recurrent_initializer bias_initializer {extra}kernel_regularizer recurrent_regularizer bias_regularizer "
    "activity_regularizer kernel_constraint recurrent_constraint bias_constraint dropout recurrent_dropout seed "
)
HIDES = WEIGHTS + "zero_output_for_mask implementation use_cudnn time_major input_length"


def weights_of(gates: int, features: Dim, units: Dim, *, use_bias: bool, reset_after: bool) -> dict[str, tuple[Dim, ...] | None]:
    """W = gates * units * (features + units), and a bias for each gate, twice where the reset comes after the product."""
    bias = (gates * units,) if not reset_after else (2, gates * units)
    return {"kernel": (features, gates * units), "recurrent_kernel": (units, gates * units), "bias": bias if use_bias else None}


class Recurrent:
    """What all recurrent layers share: (batch, steps, features) becomes (batch, units), or one vector a step, and the states."""

    def attributes(units: object, **given: object) -> dict[str, object]:
        return {"units": whole("units", units), "state_size": whole("units", units)}

    def build(self, sequence: Tensor, *others: object, **named: object) -> Built:
        layer: Any = self
        features = ranked(sequence, 3).dims[2]
        reset_after = layer.gates == 3 and layer.reset_after is not False
        return Built(weights_of(layer.gates, features, layer.units, use_bias=layer.use_bias, reset_after=reset_after))

    def forward(self, sequence: Tensor, initial_state: object = None, mask: object = None, training: object = None) -> Any:
        layer: Any = self
        shape = ranked(sequence, 3)
        units, features = layer.units, layer.kernel.shape.dims[0]
        output = Shape((shape.batch, units) if not layer.return_sequences else (shape.batch, shape.dims[1], units))
        expect_equal(
            features,
            shape.dims[2],
            FeatureMismatch(features, shape.dims[2], shape.factors.get(-1, ()), exception="ValueError", output=output),
        )
        macs = recurrent_macs(layer.gates, features, units, units, shape.dims[1]) * batch_count(shape.batch)
        result = Result(output, macs=macs, data=None if layer.return_sequences else {LAST_STEP: layer.name})
        states = tuple(Result(Shape((shape.batch, units))) for _ in range(layer.states))
        return (result, *states) if layer.return_state else result


@layer("LSTM", gates=4, states=2, hides=HIDES.format(extra="unit_forget_bias "))
class LSTM(Recurrent):
    def parameters(
        units: object,
        activation: object = "tanh",
        recurrent_activation: object = "sigmoid",
        use_bias: bool = True,
        *,
        return_sequences: bool = False,
        return_state: bool = False,
        go_backwards: bool = False,
        stateful: bool = False,
        unroll: bool = False,
    ) -> dict[str, object]:
        return {}


@layer("GRU", gates=3, states=1, hides=HIDES.format(extra=""))
class GRU(Recurrent):
    def parameters(
        units: object,
        activation: object = "tanh",
        recurrent_activation: object = "sigmoid",
        use_bias: bool = True,
        *,
        return_sequences: bool = False,
        return_state: bool = False,
        go_backwards: bool = False,
        stateful: bool = False,
        unroll: bool = False,
        reset_after: bool = True,
    ) -> dict[str, object]:
        return {}


@layer("SimpleRNN", gates=1, states=1, hides=HIDES.format(extra=""))
class SimpleRNN(Recurrent):
    def parameters(
        units: object,
        activation: object = "tanh",
        use_bias: bool = True,
        *,
        return_sequences: bool = False,
        return_state: bool = False,
        go_backwards: bool = False,
        stateful: bool = False,
        unroll: bool = False,
    ) -> dict[str, object]:
        return {}


keras.alias("layers.LSTM", "layers.CuDNNLSTM")
keras.alias("layers.GRU", "layers.CuDNNGRU")


class Cell:
    """One step of a recurrent layer: the output, and the states for the next step."""

    def attributes(units: object, **given: object) -> dict[str, object]:
        size = whole("units", units)
        return {"units": size, "output_size": size}

    def build(self, inputs: Tensor, *others: object, **named: object) -> Built:
        layer: Any = self
        features = ranked(inputs, 2).dims[1]
        reset_after = layer.gates == 3 and layer.reset_after is not False
        sizes = layer.units if layer.states == 1 else (layer.units,) * layer.states
        made = weights_of(layer.gates, features, layer.units, use_bias=layer.use_bias, reset_after=reset_after)
        return Built(made, attributes={"state_size": sizes})

    def forward(self, inputs: Tensor, states: object = None, training: object = None) -> Any:
        layer: Any = self
        shape = ranked(inputs, 2)
        features = layer.kernel.shape.dims[0]
        state = Shape((shape.batch, layer.units))
        expect_equal(features, shape.dims[1], FeatureMismatch(features, shape.dims[1], exception="ValueError", output=state))
        macs = recurrent_macs(layer.gates, features, layer.units, layer.units) * batch_count(shape.batch)
        return Result(state, macs=macs), [Result(state) for _ in range(layer.states)]


@layer("LSTMCell", gates=4, states=2, hides=WEIGHTS.format(extra="unit_forget_bias "))
class LSTMCell(Cell):
    def parameters(
        units: object, activation: object = "tanh", recurrent_activation: object = "sigmoid", use_bias: bool = True
    ) -> dict[str, object]:
        return {}


@layer("GRUCell", gates=3, states=1, hides=WEIGHTS.format(extra=""))
class GRUCell(Cell):
    def parameters(
        units: object,
        activation: object = "tanh",
        recurrent_activation: object = "sigmoid",
        use_bias: bool = True,
        *,
        reset_after: bool = True,
    ) -> dict[str, object]:
        return {}


@layer("SimpleRNNCell", gates=1, states=1, hides=WEIGHTS.format(extra=""))
class SimpleRNNCell(Cell):
    def parameters(units: object, activation: object = "tanh", use_bias: bool = True) -> dict[str, object]:
        return {}


@layer("ConvLSTM1D", spatial=1, hides=HIDES.format(extra="unit_forget_bias "))
@layer("ConvLSTM2D", spatial=2, hides=HIDES.format(extra="unit_forget_bias "))
@layer("ConvLSTM3D", spatial=3, hides=HIDES.format(extra="unit_forget_bias "))
class ConvLSTM:
    """An LSTM whose products are convolutions: W = K * 4N * (C + N), B = 4N."""

    def parameters(
        filters: object,
        kernel_size: object,
        strides: object = 1,
        padding: object = "valid",
        data_format: object = None,
        dilation_rate: object = 1,
        activation: object = "tanh",
        recurrent_activation: object = "sigmoid",
        use_bias: bool = True,
        *,
        return_sequences: bool = False,
        return_state: bool = False,
        go_backwards: bool = False,
        stateful: bool = False,
        unroll: bool = False,
        spatial: int,
    ) -> dict[str, object]:
        return {}

    def attributes(
        filters: object, kernel_size: object, strides: object, padding: object, dilation_rate: object, *, spatial: int, **given: Any
    ) -> dict[str, object]:
        steps, dilation = per_axis("strides", strides, spatial), per_axis("dilation_rate", dilation_rate, spatial)
        expect_steps(steps, dilation)
        return {
            "filters": whole("filters", filters),
            "kernel_size": per_axis("kernel_size", kernel_size, spatial),
            "strides": steps,
            "dilation_rate": dilation,
            "padding": standard_padding(padding),
            "data_format": data_format(given["data_format"]),
        }

    def build(self, sequence: Tensor, *others: object, **named: object) -> Built:
        layer: Any = self
        channels, N = channels_of(one_step(sequence, layer.spatial), is_channels_first(layer)), layer.filters
        kernel, recurrent = (*layer.kernel_size, channels, 4 * N), (*layer.kernel_size, N, 4 * N)
        return Built({"kernel": kernel, "recurrent_kernel": recurrent, "bias": (4 * N,) if layer.use_bias else None})

    def forward(self, sequence: Tensor, initial_state: object = None, mask: object = None, training: object = None) -> Any:
        layer: Any = self
        first, step = is_channels_first(layer), one_step(sequence, layer.spatial)
        K, S, D = Dims(layer.kernel_size), Dims(layer.strides), Dims(layer.dilation_rate)
        image = Tensor(step)
        O, window = window_sizes(  # noqa: E741
            image, spatial_of(step, first), K, S, D, known_word("padding", layer.padding, "valid", "same"), has_weights=True
        )
        state = arranged(step.batch, layer.filters, O, first)
        steps = sequence.shape.dims[1]
        C, N = channels_of(step, first), layer.filters
        macs = (conv_macs(K, C, 4 * N, O) + conv_macs(K, N, 4 * N, O)) * steps * batch_count(step.batch)
        output = state if not layer.return_sequences else Shape((state.dims[0], steps, *state.dims[1:]))
        result = Result(output, macs=macs, window=window)
        return (result, Result(state), Result(state)) if layer.return_state else result


def one_step(sequence: Tensor, spatial: int) -> Shape:
    """The shape of one image of a sequence of them. Raises WrongRank."""
    shape = ranked(sequence, spatial + 3)
    return Shape((shape.batch, *shape.dims[2:]))
