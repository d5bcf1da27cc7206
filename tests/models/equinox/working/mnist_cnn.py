"""A network that holds its layers and functions in a list, and is mapped over a batch."""

import equinox as eqx
import jax
import jax.numpy as jnp


class Digits(eqx.Module):
    stages: list

    def __init__(self, key, width=6):
        conv, hidden, head = jax.random.split(key, 3)
        self.stages = [
            eqx.nn.Conv2d(1, width, 5, key=conv),
            jax.nn.relu,
            eqx.nn.MaxPool2d(2, 2),
            jnp.ravel,
            eqx.nn.Linear(width * 12 * 12, 48, key=hidden),
            jnp.tanh,
            eqx.nn.Linear(48, 10, key=head),
        ]

    def __call__(self, image):
        for stage in self.stages:
            image = stage(image)  #= (6, 24, 24) params=156 macs=86400 | (6, 12, 12) params=0 macs=None | (48,) params=41520 macs=41472 | (10,) params=490 macs=480
        return jax.nn.log_softmax(image)


model = Digits(jax.random.PRNGKey(3))  #= total params=42166 macs=128352
output = jax.vmap(model)(jnp.ones((16, 1, 28, 28)))
