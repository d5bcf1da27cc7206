"""A vision transformer: patches by a convolution, a class token, learned positions, attention."""

import jax
import jax.numpy as jnp
from flax import linen as nn


class Feedforward(nn.Module):
    hidden: int
    rate: float = 0.1

    @nn.compact
    def __call__(self, x, *, deterministic):
        y = nn.gelu(nn.Dense(self.hidden)(x))
        y = nn.Dropout(self.rate)(y, deterministic=deterministic)
        return nn.Dense(x.shape[-1])(y)


class Block(nn.Module):
    heads: int
    hidden: int

    @nn.compact
    def __call__(self, x, *, deterministic):
        y = nn.LayerNorm()(x)
        y = nn.MultiHeadDotProductAttention(num_heads=self.heads, dropout_rate=0.1)(y, y, deterministic=deterministic)
        x = x + y
        return x + Feedforward(self.hidden)(nn.LayerNorm()(x), deterministic=deterministic)


class VisionTransformer(nn.Module):
    classes: int
    patch: int = 16
    width: int = 192
    depth: int = 12
    heads: int = 3

    @nn.compact
    def __call__(self, images, *, train: bool):
        x = nn.Conv(self.width, (self.patch, self.patch), strides=(self.patch, self.patch), padding="VALID", name="embedding")(images)  #= (2, 14, 14, 192) params=147648
        n, h, w, c = x.shape
        x = x.reshape(n, h * w, c)
        token = self.param("cls", nn.initializers.zeros, (1, 1, c))
        x = jnp.concatenate([jnp.tile(token, [n, 1, 1]), x], axis=1)
        x = x + self.param("positions", nn.initializers.normal(stddev=0.02), (1, h * w + 1, c))
        for _ in range(self.depth):
            x = Block(self.heads, 4 * c)(x, deterministic=not train)
        return nn.Dense(self.classes, name="head")(nn.LayerNorm(name="norm")(x)[:, 0])  #= (2, 197, 192) in=(2, 197, 192) params=384 | (2, 1000) in=(2, 192) params=193000


model = VisionTransformer(classes=1000)  #= total params=5717416 buffers=0
variables = model.init(jax.random.key(0), jnp.ones((2, 224, 224, 3)), train=False)
logits = model.apply(variables, jnp.ones((2, 224, 224, 3)), train=True, rngs={"dropout": jax.random.key(1)})
