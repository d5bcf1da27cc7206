"""Layers that are made of others.

Source: https://docs.kidger.site/equinox/api/nn/sequential/ and https://docs.kidger.site/equinox/api/nn/mlp/
"""

import equinox
import jax


class Identity(equinox.Module):
    def __init__(self, *given, **named):
        pass

    def __call__(self, x, *, key=None):
        return x


class Lambda(equinox.Module):
    def __init__(self, fn):
        self.fn = fn

    def __call__(self, x, *, key=None):
        return self.fn(x)


class Sequential(equinox.Module):
    def __init__(self, layers):
        self.layers = tuple(layers)

    def __call__(self, x, state=None, *, key=None):
        is_stateful = state is not None
        for layer in self.layers:
            if is_stateful and isinstance(layer, (equinox.nn.BatchNorm, Sequential)):
                x, state = layer(x, state)
            else:
                x = layer(x)
        return (x, state) if is_stateful else x

    def __getitem__(self, index):
        return Sequential(self.layers[index]) if isinstance(index, slice) else self.layers[index]

    def __iter__(self):
        return iter(self.layers)

    def __len__(self):
        return len(self.layers)


class MLP(equinox.Module):
    def __init__(
        self,
        in_size,
        out_size,
        width_size,
        depth,
        activation=jax.nn.relu,
        final_activation=lambda x: x,
        use_bias=True,
        use_final_bias=True,
        dtype=None,
        *,
        key,
    ):
        sizes = [in_size, *([width_size] * depth), out_size]
        biases = [*([use_bias] * depth), use_final_bias]
        self.layers = tuple(
            equinox.nn.Linear(before, after, use_bias=bias, key=key)
            for before, after, bias in zip(sizes[:-1], sizes[1:], biases, strict=True)
        )
        self.activation = activation
        self.final_activation = final_activation

    def __call__(self, x, *, key=None):
        for layer in self.layers[:-1]:
            x = self.activation(layer(x))
        return self.final_activation(self.layers[-1](x))
