"""The table of Equinox: a module is a dataclass, and whatever arrays of floats it holds are its parameters.

Source: https://docs.kidger.site/equinox/
"""

from __future__ import annotations

from cnnlint.plugin import Dim, Framework, declare_modules
from cnnlint_flax.framework import flax as jax

equinox = Framework(
    "equinox",
    ("equinox",),
    module="Module",
    parameter="Tensor",
    arrays=jax,
    reexports={"nn._": "nn", "_module.": ""},
    package="cnnlint_equinox",
)
SPATIAL = {1: ("L",), 2: ("H", "W"), 3: ("D", "H", "W")}


def axes(rank: int) -> tuple[str | Dim, ...]:
    """The axes of one example: a vector, or channels before what is spatial."""
    return ("features",)[:rank] if rank < 2 else ("channels", *SPATIAL.get(rank - 1, tuple(f"n{i}" for i in range(1, rank))))


declare_modules(equinox, forward="__call__", holds_containers=True, all_floats_train=True, axes=axes)
