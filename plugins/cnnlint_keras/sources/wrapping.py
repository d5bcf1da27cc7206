"""Layers around layers, and recurrent layers around cells.

Sources: https://keras.io/api/layers/core_layers/ and https://keras.io/api/layers/recurrent_layers/
"""

import copy

from keras import layers, ops
from keras.cnnlint import merge_leading, split_leading


class Wrapper(layers.Layer):
    """A layer that holds another."""

    def __init__(self, layer, **kwargs):
        super().__init__(**kwargs)
        self.layer = layer


class TimeDistributed(Wrapper):
    """The layer, applied to every step of a sequence: steps are taken as examples and put back."""

    def __init__(self, layer, **kwargs):
        if not isinstance(layer, layers.Layer):
            raise ValueError("TimeDistributed takes a layer")
        super().__init__(layer, **kwargs)

    def call(self, inputs, training=None, mask=None):
        if len(inputs.shape) < 3:
            raise ValueError("TimeDistributed takes a batch of sequences, of at least 3 axes")
        steps = inputs.shape[1]
        examples = merge_leading(inputs)
        return split_leading(self.layer(examples), inputs.shape[0], steps)


class Bidirectional(layers.Layer):
    """Two copies of a recurrent layer, one for each direction, and what they give put together."""

    def __init__(self, layer, merge_mode="concat", weights=None, backward_layer=None, **kwargs):
        if not isinstance(layer, layers.Layer):
            raise ValueError("Bidirectional takes a layer")
        if merge_mode not in ("sum", "mul", "ave", "concat", None):
            raise ValueError("merge_mode must be 'sum', 'mul', 'ave', 'concat' or None")
        super().__init__(**kwargs)
        self.forward_layer = copy.copy(layer)
        self.forward_layer._name = "forward_" + layer.name
        self.backward_layer = copy.copy(layer) if backward_layer is None else backward_layer
        self.backward_layer._name = "backward_" + layer.name
        self.merge_mode = merge_mode
        self.return_state = layer.return_state
        self.return_sequences = layer.return_sequences

    def call(self, sequences, initial_state=None, mask=None, training=None):
        ahead, back = self.forward_layer(sequences), self.backward_layer(sequences)
        states = ()
        if self.return_state:
            states = (*ahead[1:], *back[1:])
            ahead, back = ahead[0], back[0]
        if self.merge_mode == "concat":
            output = ops.concatenate([ahead, back], axis=-1)
        elif self.merge_mode is None:
            return (ahead, back, *states)
        else:
            output = ops.add(ahead, back)
        return (output, *states) if self.return_state else output


class SpectralNormalization(Wrapper):
    """The kernel of the layer is divided by its largest singular value, for which a vector is kept."""

    def __init__(self, layer, power_iterations=1, **kwargs):
        super().__init__(layer, **kwargs)
        if power_iterations <= 0:
            raise ValueError("power_iterations must be positive")
        self.power_iterations = power_iterations

    def call(self, inputs, training=False):
        output = self.layer(inputs)
        if not hasattr(self, "vector_u"):
            kernel = self.layer.embeddings if hasattr(self.layer, "embeddings") else self.layer.kernel
            self.vector_u = self.add_weight(shape=(1, kernel.shape[-1]), trainable=False)
        return output


class StackedRNNCells(layers.Layer):
    """Several cells, one on the other."""

    def __init__(self, cells, **kwargs):
        super().__init__(**kwargs)
        self.cells = list(cells)

    def call(self, inputs, states=None, training=False):
        new_states = []
        for cell in self.cells:
            inputs, state = cell(inputs, None)
            new_states.append(state)
        return inputs, new_states


class RNN(layers.Layer):
    """A cell, applied to every step of a sequence."""

    def __init__(
        self,
        cell,
        return_sequences=False,
        return_state=False,
        go_backwards=False,
        stateful=False,
        unroll=False,
        zero_output_for_mask=False,
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.cell = StackedRNNCells(cell) if isinstance(cell, (list, tuple)) else cell
        self.return_sequences = return_sequences
        self.return_state = return_state
        self.go_backwards = go_backwards
        self.stateful = stateful

    def call(self, sequences, initial_state=None, mask=None, training=False):
        step = sequences[:, 0]
        sizes = self.cell.state_size if hasattr(self.cell, "state_size") else None
        sizes = (sizes,) if isinstance(sizes, int) else sizes
        states = None if sizes is None else [ops.zeros((sequences.shape[0], size)) for size in sizes]
        output, new_states = self.cell(step, states)
        if self.return_sequences:
            output = ops.repeat(ops.expand_dims(output, 1), sequences.shape[1], axis=1)
        return (output, *new_states) if self.return_state else output


class Lambda(layers.Layer):
    """A function of the program as a layer."""

    def __init__(self, function, output_shape=None, mask=None, arguments=None, **kwargs):
        super().__init__(**kwargs)
        self.function = function
        self.arguments = arguments or {}

    def call(self, inputs, mask=None, training=None):
        return self.function(inputs, **self.arguments)


class Pipeline(layers.Layer):
    """Preprocessing layers, one after the other."""

    def __init__(self, layers, name=None):
        super().__init__(name=name)
        self.layers = layers

    def call(self, inputs, training=None):
        for layer in self.layers:
            inputs = layer(inputs)
        return inputs
