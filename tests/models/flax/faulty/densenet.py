"""A DenseNet of nnx that counts the channels of its blocks wrong: the transition was built before the last growth was added."""

import jax.numpy as jnp
from flax import nnx


class Dense(nnx.Module):
    def __init__(self, channels, growth, *, rngs):
        self.norm = nnx.BatchNorm(channels, rngs=rngs)
        self.conv = nnx.Conv(channels, growth, kernel_size=(3, 3), use_bias=False, rngs=rngs)

    def __call__(self, x):
        return jnp.concatenate([x, self.conv(nnx.relu(self.norm(x)))], axis=-1)


class DenseNet(nnx.Module):
    def __init__(self, growth=12, depth=4, classes=10, *, rngs):
        channels = 2 * growth
        self.stem = nnx.Conv(3, channels, kernel_size=(3, 3), rngs=rngs)
        self.blocks = nnx.List([])
        for _ in range(depth):
            self.blocks.append(Dense(channels, growth, rngs=rngs))
            channels += growth
        self.transition = nnx.Conv(channels - growth, channels // 2, kernel_size=(1, 1), rngs=rngs)  #~ CNN201 "`transition` expects 60 input channels, but gets 72"
        self.head = nnx.Linear(channels // 2, classes, rngs=rngs)

    def __call__(self, x):
        x = self.stem(x)
        for block in self.blocks:
            x = block(x)
        x = nnx.avg_pool(self.transition(x), window_shape=(2, 2), strides=(2, 2))
        return self.head(x.mean(axis=(1, 2)))


model = DenseNet(rngs=nnx.Rngs(0))
y = model(jnp.ones((8, 32, 32, 3)))
