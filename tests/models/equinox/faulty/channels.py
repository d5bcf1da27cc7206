"""A batch where one example is wanted, channels and features that don't fit."""

import equinox as eqx
import jax
import jax.numpy as jnp

key = jax.random.PRNGKey(0)
net = eqx.nn.Sequential([
    eqx.nn.Conv2d(3, 8, 3, key=key),
    eqx.nn.Lambda(jax.nn.relu),
    eqx.nn.Conv2d(16, 8, 3, stride=2, key=key),  #~ CNN201 "`layers.2` expects 16 input channels, but gets 8"
    eqx.nn.AdaptiveAvgPool2d(4),
    eqx.nn.Lambda(jnp.ravel),
    eqx.nn.Linear(8 * 5 * 5, 10, key=key),  #~ CNN202 "`layers.5` expects 200 input features, but gets 8 * 4 * 4 = 128"
])
net(jnp.zeros((3, 33, 33)))

lone = eqx.nn.Conv2d(3, 8, 3, key=key)
lone(jnp.zeros((1, 3, 32, 32)))  #~ CNN208 "`lone` expects 3 axes, but gets 4: (1, 3, 32, 32)"
norm = eqx.nn.GroupNorm(4, 6)  #~ CNN305 "`channels` must be divisible by groups: 6 % 4 = 2"
