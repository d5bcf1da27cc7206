"""The table of Flax and JAX: which import roots it claims, and under which paths names are found.

Paths are those below `flax`; what belongs to JAX stands below `jax`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from cnnlint.plugin import Framework

Class = TypeVar("Class", bound=type)

flax = Framework(
    "flax",
    ("flax", "jax"),
    package="cnnlint_flax",
    module="Module",
    tensor="Tensor",
    parameter="nnx.Param",
    branches={"jax": "jax"},
    moved={
        "experimental.nnx": "nnx",
        "jax._src": "jax",
        "jax.experimental.host_callback": "jax.debug",
        "linen.initializers": "jax.nn.initializers",
        "nnx.initializers": "jax.nn.initializers",
        "linen.activation": "jax.nn",
        "nnx.nn.initializers": "jax.nn.initializers",
        "nnx.nn.activations": "jax.nn",
        "core.frozen_dict": "core",
        "training.common_utils": "training",
    },
    reexports={
        "linen.module.": "linen",
        "linen.linear.": "linen",
        "linen.normalization.": "linen",
        "linen.attention.": "linen",
        "linen.combinators.": "linen",
        "linen.pooling.": "linen",
        "linen.recurrent.": "linen",
        "linen.stochastic.": "linen",
        "linen.transforms.": "linen",
        "linen.partitioning.": "linen",
        "nnx.nn.": "nnx",
        "nnx.module.": "nnx",
        "nnx.rnglib.": "nnx",
        "nnx.variablelib.": "nnx",
        "jax.core.": "jax",
        "jax.typing.": "jax",
    },
    harmless=("optax", "orbax", "clu", "chex", "tensorboard", "tensorboardX", "wandb", "absl", "ml_collections"),
)

LINEN = "linen.Module"
NNX = "nnx.Module"

INITIAL = "kernel_init bias_init promote_dtype"
"""Arguments of weighted layers that no size depends on, after those of the number format."""
FORMAT = "dtype param_dtype precision"


def below(prefix: str, names: str) -> tuple[str, ...]:
    """The paths of several names, separated by blanks, under one prefix."""
    return tuple(f"{prefix}.{name}" for name in names.split())


def linen_layer(*names: str, hides: str = "", counts_macs: bool = False, **fixed: Any) -> Callable[[Class], Class]:
    """Declare a layer of `flax.linen`; `hides` are fields that no size depends on, in their order, before `name` and `parent`."""
    paths = below("linen", " ".join(names))
    return flax.layer(*paths, bases=(LINEN,), counts_macs=counts_macs, hides=(*hides.split(), "parent", "name"), **fixed)


def nnx_layer(*names: str, hides: str = "", counts_macs: bool = False, **fixed: Any) -> Callable[[Class], Class]:
    """Declare a layer of `flax.nnx`; `hides` are keywords that no size depends on."""
    metadata = ("kernel_metadata", "bias_metadata", "scale_metadata", "embedding_metadata")
    return flax.layer(*below("nnx", " ".join(names)), bases=(NNX,), counts_macs=counts_macs, hides=(*hides.split(), *metadata), **fixed)
