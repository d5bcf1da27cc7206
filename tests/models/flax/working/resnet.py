"""Residual networks whose layers come in as partial constructors, in two depths."""

import functools
from collections.abc import Callable, Sequence
from typing import Any

import jax
import jax.numpy as jnp
from flax import linen as nn


class PlainBlock(nn.Module):
    width: int
    conv: Any
    norm: Any
    stride: int = 1
    expansion: int = 1

    @nn.compact
    def __call__(self, x):
        out = nn.relu(self.norm()(self.conv(self.width, (3, 3), (self.stride, self.stride))(x)))
        out = self.norm(scale_init=nn.initializers.zeros)(self.conv(self.width, (3, 3))(out))
        shortcut = x
        if shortcut.shape != out.shape:
            shortcut = self.conv(self.width, (1, 1), (self.stride, self.stride), name="project")(x)
            shortcut = self.norm(name="project_norm")(shortcut)
        return nn.relu(shortcut + out)


class WideBlock(nn.Module):
    width: int
    conv: Any
    norm: Any
    stride: int = 1

    @nn.compact
    def __call__(self, x):
        out = nn.relu(self.norm()(self.conv(self.width, (1, 1))(x)))
        out = nn.relu(self.norm()(self.conv(self.width, (3, 3), (self.stride, self.stride))(out)))
        out = self.norm(scale_init=nn.initializers.zeros)(self.conv(4 * self.width, (1, 1))(out))
        shortcut = x
        if shortcut.shape != out.shape:
            shortcut = self.conv(4 * self.width, (1, 1), (self.stride, self.stride), name="project")(x)
            shortcut = self.norm(name="project_norm")(shortcut)
        return nn.relu(shortcut + out)


class Residual(nn.Module):
    depths: Sequence[int]
    block: Callable
    classes: int
    width: int = 64

    @nn.compact
    def __call__(self, images, train: bool):
        conv = functools.partial(nn.Conv, use_bias=False)
        norm = functools.partial(nn.BatchNorm, use_running_average=not train, momentum=0.9)
        x = conv(self.width, (7, 7), (2, 2), padding=[(3, 3), (3, 3)], name="stem")(images)
        x = nn.max_pool(nn.relu(norm(name="stem_norm")(x)), (3, 3), strides=(2, 2), padding="SAME")
        for stage, depth in enumerate(self.depths):
            for position in range(depth):
                stride = 2 if stage and not position else 1
                x = self.block(self.width << stage, stride=stride, conv=conv, norm=norm)(x)
        return nn.Dense(self.classes, name="head")(jnp.mean(x, axis=(1, 2)))


Shallow = functools.partial(Residual, depths=(2, 2, 2, 2), block=PlainBlock)
Deep = functools.partial(Residual, depths=(3, 4, 6, 3), block=WideBlock)

if __name__ == "__main__":
    deep = Deep(classes=1000)  #= total params=25557032 buffers=53120 macs=4089184256
    variables = jax.jit(functools.partial(deep.init, train=False))(jax.random.key(0), jnp.ones((1, 224, 224, 3)))
    logits, changed = deep.apply(variables, jnp.ones((2, 224, 224, 3)), train=True, mutable=["batch_stats"])
    small = Shallow(classes=10)  #= total params=11181642 buffers=9600
    weights = small.init(jax.random.key(0), jnp.ones((1, 64, 64, 3)), train=False)
