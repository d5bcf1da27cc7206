"""The library itself: its import root, and where its names are re-exported. It has neither tensors nor a base class of its own.

Source: https://einops.rocks
"""

from __future__ import annotations

from cnnlint.plugin import Framework

einops = Framework(
    "einops",
    ("einops",),
    package="cnnlint_einops",
    module="layers.Module",
    reexports={"einops.": "", "packing.": "", "layers.torch._einmix.": "layers.torch"},
)
