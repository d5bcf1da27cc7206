"""Modules as dataclasses, states beside outputs, blocks in lists, a model that nobody calls."""

import equinox as eqx
import jax
import jax.numpy as jnp
from equinox import nn


class Block(eqx.Module):
    conv1: nn.Conv2d
    norm1: nn.BatchNorm
    conv2: nn.Conv2d
    norm2: nn.BatchNorm

    def __init__(self, channels, key):
        first, second = jax.random.split(key)
        self.conv1 = nn.Conv2d(channels, channels, 3, padding=1, use_bias=False, key=first)
        self.norm1 = nn.BatchNorm(channels, axis_name="batch")
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1, use_bias=False, key=second)
        self.norm2 = nn.BatchNorm(channels, axis_name="batch")

    def __call__(self, x, state):
        y, state = self.norm1(self.conv1(x), state)
        y, state = self.norm2(self.conv2(jax.nn.relu(y)), state)
        return jax.nn.relu(x + y), state


class ResNet(eqx.Module):
    stem: nn.Conv2d
    blocks: list
    head: nn.Linear

    def __init__(self, key, classes=10):
        keys = jax.random.split(key, 5)
        self.stem = nn.Conv2d(3, 16, 3, padding="SAME", key=keys[0])
        self.blocks = [Block(16, keys[i + 1]) for i in range(3)]
        self.head = nn.Linear(16, classes, key=keys[4])

    def __call__(self, x, state):
        x = self.stem(x)  #= (16, 32, 32) params=448
        for block in self.blocks:
            x, state = block(x, state)
        return self.head(jnp.mean(x, axis=(1, 2))), state  #= (10,)


model, state = nn.make_with_state(ResNet)(jax.random.PRNGKey(0))  #= total params=14634 macs=14598304
out, state = jax.vmap(model, axis_name="batch", in_axes=(0, None), out_axes=(0, None))(jnp.zeros((8, 3, 32, 32)), state)


class Affine(eqx.Module):
    weight: jax.Array
    bias: jax.Array

    def __call__(self, x):
        return self.weight @ x + self.bias


affine = Affine(jnp.zeros((4, 8)), bias=jnp.zeros(4))  #= total params=36 macs=0
affine(jnp.zeros(8))


class Uncalled(eqx.Module):  #= total params=120
    conv: nn.Conv2d

    def __init__(self, *, key):
        self.conv = nn.Conv2d(1, 12, 3, key=key)

    def __call__(self, x):
        return self.conv(x)
