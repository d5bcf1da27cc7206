"""A layer split over devices: its variables change on the way out, by how many devices there are; and a part of a bound model."""

import functools

import flax.linen as nn
import jax
import jax.numpy as jnp


def stacked(variables):
    return jax.tree_util.tree_map(lambda leaf: leaf[None], variables)


def unstacked(variables):
    return jax.tree_util.tree_map(lambda leaf: leaf[0], variables)


class Wrapped(nn.Module):
    make: type

    @nn.compact
    def __call__(self, x):
        target = functools.partial(self.make, name="shard")
        return nn.map_variables(target, "params", trans_in_fn=unstacked, trans_out_fn=stacked, mutable=True)()(x)


class Split(nn.Module):
    features: int

    @nn.compact
    def __call__(self, x):
        devices = jax.lax.psum(1, "model")
        layer = functools.partial(nn.Dense, features=self.features // devices)
        if devices > 1:
            return Wrapped(layer, name="module")(x)
        return layer(name="whole")(x)


class Coder(nn.Module):
    def setup(self):
        self.encoder = nn.Sequential([nn.Dense(8), nn.relu])
        self.decoder = Decoder()

    def __call__(self, x):
        return self.decoder(self.encoder(x))


class Decoder(nn.Module):
    @nn.compact
    def __call__(self, z):
        return nn.Dense(4)(z)


key, x = jax.random.PRNGKey(0), jnp.ones((2, 4))

plain = Wrapped(functools.partial(nn.Dense, features=6))
variables = plain.init(key, x)
print(variables["params"]["shard"]["kernel"][:, 0, 0])

split = jax.vmap(lambda part: Split(6).init(key, part), axis_name="model")(x[:, None])
print(split["params"]["module"]["shard"]["kernel"].shape)

coder = Coder()
bound = coder.bind(coder.init(key, x))
print(bound.decoder(jnp.ones((3, 8))))
