"""A U-Net for images whose side is not divisible by 4: on the way up a size no longer meets that of its skip connection."""

import jax
import jax.numpy as jnp
from flax import linen as nn


class Double(nn.Module):
    features: int

    @nn.compact
    def __call__(self, x):
        for _ in range(2):
            x = nn.relu(nn.Conv(self.features, kernel_size=(3, 3))(x))
        return x


class UNet(nn.Module):
    classes: int
    features: int = 16

    @nn.compact
    def __call__(self, x):
        first = Double(self.features)(x)
        second = Double(2 * self.features)(nn.max_pool(first, (2, 2), strides=(2, 2)))
        x = Double(4 * self.features)(nn.max_pool(second, (2, 2), strides=(2, 2)))
        x = nn.ConvTranspose(2 * self.features, (2, 2), strides=(2, 2))(x)
        x = Double(2 * self.features)(jnp.concatenate([second, x], axis=-1))  #~ CNN205 "joins along axis 3, but gets (1, 51, 51, 32) and (1, 50, 50, 32)"
        x = nn.ConvTranspose(self.features, (2, 2), strides=(2, 2))(x)
        x = Double(self.features)(jnp.concatenate([first, x], axis=-1))
        return nn.Conv(self.classes, (1, 1))(x)


net = UNet(classes=3)
variables = net.init(jax.random.PRNGKey(0), jnp.zeros((1, 102, 102, 1)))
