"""A small network of nnx, with its pools as partial functions and its training step."""

import functools

import jax.numpy as jnp
import optax
from flax import nnx


class Digits(nnx.Module):
    def __init__(self, classes: int, *, rngs: nnx.Rngs):
        self.first = nnx.Conv(1, 24, kernel_size=(5, 5), padding="VALID", rngs=rngs)
        self.second = nnx.Conv(24, 48, kernel_size=(3, 3), rngs=rngs)
        self.norm = nnx.BatchNorm(48, rngs=rngs)
        self.pool = functools.partial(nnx.max_pool, window_shape=(2, 2), strides=(2, 2))
        self.dense = nnx.Linear(6 * 6 * 48, 128, rngs=rngs)
        self.drop = nnx.Dropout(0.3, rngs=rngs)
        self.head = nnx.Linear(128, classes, rngs=rngs)

    def __call__(self, x):
        x = self.pool(nnx.relu(self.first(x)))  #= (1, 24, 24, 24) params=624 macs=345600
        x = self.pool(nnx.relu(self.norm(self.second(x))))  #= (1, 12, 12, 48) in=(1, 12, 12, 24) params=10416 | (1, 12, 12, 48) in=(1, 12, 12, 48) params=96
        x = x.reshape(x.shape[0], -1)
        x = self.drop(nnx.relu(self.dense(x)))  #= (1, 128) in=(1, 1728) params=221312 | (1, 128) in=(1, 128) params=0
        return self.head(x)


def loss_of(model, images, labels):
    logits = model(images)
    return optax.softmax_cross_entropy_with_integer_labels(logits, labels).mean(), logits


@nnx.jit
def step(model, optimizer, images, labels):
    (loss, logits), grads = nnx.value_and_grad(loss_of, has_aux=True)(model, images, labels)
    optimizer.update(model, grads)
    return loss


model = Digits(10, rngs=nnx.Rngs(0))  #= total params=233738 buffers=96 macs=2061056
print(model(jnp.ones((1, 28, 28, 1))).shape)
optimizer = nnx.Optimizer(model, optax.adam(1e-3), wrt=nnx.Param)
loss = step(model, optimizer, jnp.ones((64, 28, 28, 1)), jnp.zeros((64,), jnp.int32))
