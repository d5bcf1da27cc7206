"""A variational autoencoder: submodules in `setup`, several methods, a source of chance as an input."""

import jax
import jax.numpy as jnp
from flax import linen as nn
from jax import random


class Encoder(nn.Module):
    latents: int

    @nn.compact
    def __call__(self, x):
        hidden = nn.relu(nn.Dense(400, name="hidden")(x))  #= (8, 400) in=(8, 784) params=314000 macs=2508800
        return nn.Dense(self.latents, name="mean")(hidden), nn.Dense(self.latents, name="log_variance")(hidden)


class Decoder(nn.Module):
    pixels: int = 784

    @nn.compact
    def __call__(self, z):
        return nn.Dense(self.pixels, name="pixels")(nn.relu(nn.Dense(400, name="hidden")(z)))  #= (8, 400) in=(8, 32) params=13200 | (8, 784) in=(8, 400) params=314384


class Autoencoder(nn.Module):
    latents: int = 32

    def setup(self):
        self.encoder = Encoder(self.latents)
        self.decoder = Decoder()

    def __call__(self, x, key):
        mean, log_variance = self.encoder(x)
        noise = random.normal(key, log_variance.shape)
        return self.decoder(mean + noise * jnp.exp(0.5 * log_variance)), mean, log_variance

    def generate(self, z):
        return nn.sigmoid(self.decoder(z))


def divergence(mean, log_variance):
    return -0.5 * jnp.sum(1 + log_variance - mean**2 - jnp.exp(log_variance))


model = Autoencoder()  #= total params=667248 buffers=0
key, draw = random.split(random.PRNGKey(0))
params = model.init(key, jnp.ones((8, 784)), draw)["params"]


@jax.jit
def loss_of(params, batch, key):
    picture, mean, log_variance = model.apply({"params": params}, batch, key)
    distance = jnp.sum((picture - batch) ** 2, axis=-1)
    return distance.mean() + jax.vmap(divergence)(mean, log_variance).mean()


loss = loss_of(params, jnp.ones((8, 784)), draw)
samples = model.apply({"params": params}, random.normal(draw, (64, 32)), method=model.generate)
pictures = samples.reshape(-1, 28, 28, 1)
