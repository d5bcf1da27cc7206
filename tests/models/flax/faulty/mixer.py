"""An MLP-Mixer whose token mixing is never turned back, so that the shortcut meets another shape."""

import jax
import jax.numpy as jnp
from flax import linen as nn


class Mlp(nn.Module):
    hidden: int

    @nn.compact
    def __call__(self, x):
        return nn.Dense(x.shape[-1])(nn.gelu(nn.Dense(self.hidden)(x)))


class Mixer(nn.Module):
    token_width: int
    channel_width: int

    @nn.compact
    def __call__(self, x):
        y = jnp.swapaxes(nn.LayerNorm()(x), 1, 2)
        y = Mlp(self.token_width, name="tokens")(y)
        x = x + y  #~ CNN204 "can't broadcast (4, 64, 128) with (4, 128, 64)"
        return x + Mlp(self.channel_width, name="channels")(nn.LayerNorm()(x))


class MlpMixer(nn.Module):
    classes: int = 10
    patch: int = 4
    width: int = 128
    depth: int = 2

    @nn.compact
    def __call__(self, images):
        x = nn.Conv(self.width, [self.patch] * 2, strides=[self.patch] * 2, name="stem")(images)
        x = x.reshape(x.shape[0], -1, self.width)
        for _ in range(self.depth):
            x = Mixer(64, 512)(x)
        return nn.Dense(self.classes, name="head")(nn.LayerNorm()(x).mean(axis=1))


params = MlpMixer().init(jax.random.key(0), jnp.ones((4, 32, 32, 3)))
