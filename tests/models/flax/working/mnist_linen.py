"""A small network of linen, trained with a TrainState."""

import jax
import jax.numpy as jnp
import optax
from flax import linen as nn
from flax.training import train_state


class Digits(nn.Module):
    classes: int = 10

    @nn.compact
    def __call__(self, x):
        x = nn.relu(nn.Conv(24, (5, 5), padding="VALID")(x))  #= (1, 24, 24, 24) params=624 macs=345600
        x = nn.avg_pool(x, (2, 2), strides=(2, 2))
        x = nn.relu(nn.Conv(features=48, kernel_size=(3, 3))(x))  #= (1, 12, 12, 48) in=(1, 12, 12, 24) params=10416 macs=1492992
        x = nn.avg_pool(x, (2, 2), strides=(2, 2))
        x = x.reshape((x.shape[0], -1))
        x = nn.relu(nn.Dense(128)(x))  #= (1, 128) in=(1, 1728) params=221312 macs=221184
        return nn.Dense(self.classes)(x)  #= (1, 10) params=1290


def fresh_state(key, rate):
    network = Digits()  #= total params=233642 buffers=0 macs=2061056
    weights = network.init(key, jnp.ones([1, 28, 28, 1]))["params"]
    return train_state.TrainState.create(apply_fn=network.apply, params=weights, tx=optax.adam(rate))


@jax.jit
def step(state, images, labels):
    def loss_of(params):
        logits = state.apply_fn({"params": params}, images)
        return -jnp.mean(jnp.sum(jax.nn.log_softmax(logits) * jax.nn.one_hot(labels, 10), axis=-1)), logits

    (loss, logits), grads = jax.value_and_grad(loss_of, has_aux=True)(state.params)
    hits = jnp.argmax(logits, -1) == labels
    return state.apply_gradients(grads=grads), loss, hits.mean()


def train(batches, epochs):
    state = fresh_state(jax.random.PRNGKey(0), 1e-3)
    for _ in range(epochs):
        for images, labels in batches:
            state, loss, hits = step(state, images, labels)
    return state


if __name__ == "__main__":
    train([(jnp.ones((32, 28, 28, 1)), jnp.zeros((32,), jnp.int32))], 10)
