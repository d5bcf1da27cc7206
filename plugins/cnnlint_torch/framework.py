"""The framework itself: its import roots, base classes, and where its names are re-exported."""

from __future__ import annotations

from cnnlint.plugin import Framework

torch = Framework(
    "torch",
    ("torch",),
    package="cnnlint_torch",
    module="nn.Module",
    tensor="Tensor",
    parameter="nn.Parameter",
    reexports={
        "nn.modules.": "nn",
        "nn.parameter.": "nn",
        "functional.": "",
        "_C._nn.": "nn.functional",
        "autograd.variable.": "autograd",
    },
    synonyms={"axis": "dim", "keepdims": "keepdim", "x": "input", "a": "input", "x1": "input", "x2": "other"},
    harmless=(
        "accelerate",
        "fvcore",
        "ignite",
        "lightning",
        "pytorch_lightning",
        "tensorboardX",
        "thop",
        "torchinfo",
        "torchmetrics",
        "torchsummary",
        "torchviz",
    ),
)
FACTORY = ("device", "dtype")
"""Constructor arguments that every layer with weights takes, and that no size depends on."""


def below(prefix: str, names: str) -> tuple[str, ...]:
    """The paths of several names, separated by blanks, under one prefix."""
    return tuple(f"{prefix}.{name}" if prefix else name for name in names.split())
