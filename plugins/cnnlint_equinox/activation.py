"""Layers that keep the shape.

Source: https://docs.kidger.site/equinox/api/nn/dropout/
"""

from __future__ import annotations

from cnnlint.plugin import Dim, Result, Tensor
from cnnlint_equinox.framework import equinox


@equinox.layer("nn.Dropout", hides=("deterministic",))
class Dropout:
    def parameters(p: object = 0.5, inference: object = False) -> None:
        return None

    def forward(self, x: Tensor, *, key: object = None, inference: object = None, deterministic: object = None) -> Result:
        return Result(x.shape)


@equinox.layer("nn.PReLU")
class PReLU:
    """One slope for all."""

    def parameters(init_alpha: object = 0.25) -> dict[str, tuple[Dim, ...]]:
        return {"negative_slope": ()}

    def forward(self, x: Tensor, *, key: object = None) -> Result:
        return Result(x.shape)
