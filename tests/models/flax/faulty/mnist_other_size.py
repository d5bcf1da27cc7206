"""Initialised for images of 28 pixels, applied to others of 32: the flattened features no longer fit."""

import jax
import jax.numpy as jnp
from flax import linen as nn


class CNN(nn.Module):
    num_classes: int = 10

    @nn.compact
    def __call__(self, x):
        x = nn.relu(nn.Conv(16, (3, 3))(x))
        x = nn.max_pool(x, (2, 2), strides=(2, 2))
        x = x.reshape((x.shape[0], -1))
        return nn.Dense(self.num_classes)(x)  #~ CNN202 "`Dense_0` expects 3136 input features, but gets 16 * 16 * 16 = 4096"


model = CNN()  #= total params=31530 macs=144256
variables = model.init(jax.random.key(0), jnp.ones((1, 28, 28, 1)))
logits = model.apply(variables, jax.random.normal(jax.random.key(1), (8, 32, 32, 1)))
