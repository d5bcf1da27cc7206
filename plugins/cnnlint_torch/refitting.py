"""What a program writes to let a model take other input sizes.

Sources: https://docs.pytorch.org/docs/stable/generated/torch.nn.AdaptiveAvgPool2d.html,
https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.interpolate.html and
https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.pad.html
"""

from __future__ import annotations

from cnnlint.plugin import Matching, Refitting


def to_size(tensor: str, other: str, axes: int) -> str:
    return f"{tensor}, size={other}.shape[2:]"


def padding(tensor: str, other: str, axes: int) -> str:
    """The last axis first, before and behind: `x, [0, y.size(3) - x.size(3), 0, y.size(2) - x.size(2)]`."""
    added = (f"0, {other}.size({axis}) - {tensor}.size({axis})" for axis in range(axes + 1, 1, -1))
    return f"{tensor}, [{', '.join(added)}]"


REFITTING = Refitting(
    pooling="nn.functional.adaptive_avg_pool{axes}d",
    pooling_layer="nn.AdaptiveAvgPool{axes}d",
    adaptive={f"nn.{kind}Pool{axes}d": f"nn.Adaptive{kind}Pool{axes}d" for kind in ("Avg", "Max") for axes in (1, 2, 3)},
    matching=(
        Matching("resize", "nn.functional.interpolate", to_size),
        Matching("pad", "nn.functional.pad", padding, repeats=True),
    ),
)
