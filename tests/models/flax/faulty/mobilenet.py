"""Separable convolutions: one of them shares its channels out to as many groups as the block gives, not as it gets."""

import functools

import jax
import jax.numpy as jnp
from flax import linen as nn


class Separable(nn.Module):
    features: int
    stride: int = 1

    @nn.compact
    def __call__(self, x, train: bool = True):
        norm = functools.partial(nn.BatchNorm, use_running_average=not train)
        x = nn.Conv(x.shape[-1], (3, 3), strides=self.stride, feature_group_count=self.features, use_bias=False)(x)  #~ CNN305 "the input channels must be divisible by feature_group_count: 32 % 64 = 32"
        x = nn.relu6(norm()(x))
        x = nn.Conv(self.features, (1, 1), use_bias=False)(x)
        return nn.relu6(norm()(x))


class MobileNet(nn.Module):
    classes: int = 100
    plan: tuple = ((64, 1), (128, 2), (128, 1))

    @nn.compact
    def __call__(self, x, train: bool = True):
        x = nn.relu6(nn.Conv(32, (3, 3), strides=2, use_bias=False)(x))
        for features, stride in self.plan:
            x = Separable(features, stride)(x, train)
        return nn.Dense(self.classes)(jnp.mean(x, axis=(1, 2)))


net = MobileNet()
variables = net.init(jax.random.key(0), jnp.ones((1, 96, 96, 3)), train=False)
