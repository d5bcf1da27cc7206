"""What takes any number of arrays takes what is made one, too."""

import jax.numpy as jnp

x = jnp.arange(3)
rows, columns = jnp.meshgrid(x, [1.0, 2.0])
grid = jnp.stack([rows, columns]).reshape(2, 2, 3)
