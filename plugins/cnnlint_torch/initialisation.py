"""`torch.nn.init`: functions that fill a tensor in place and give it back, and what they ask of its shape.

Source: https://docs.pytorch.org/docs/stable/nn.init.html
"""

from __future__ import annotations

import math

from cnnlint.plugin import Door, Tensor, Unknown, Value, WrongRank, product, unknown_size
from cnnlint_torch.framework import below, torch

ANY = below("", "uniform_ normal_ trunc_normal_ constant_ ones_ zeros_")
FANS = below("", "xavier_uniform_ xavier_normal_ kaiming_uniform_ kaiming_normal_")


def filled(tensor: Value, least: int, most: int | None, name: str, exception: str = "ValueError") -> Value:
    """The tensor itself.

    Raises WrongRank where it is proven to have fewer axes than `least`, or more than `most`.
    """
    if isinstance(tensor, Tensor):
        axes = len(tensor.shape.dims)
        if (tensor.shape.rank is not None and axes < least) or (most is not None and axes > most):
            wanted = f"at least {least}" if most is None else f"{least}" if most == least else f"{least} to {most}"
            raise WrongRank(wanted, tensor.shape, exception=exception)
    return tensor


@torch.native(*(f"nn.init.{name}" for name in ANY), *(f"nn.init.{name.removesuffix('_')}" for name in ANY[:4]), takes_unknown=True)
def fill(door: Door, /, tensor: Value, *given: Value, **keywords: Value) -> Value:
    return tensor


@torch.native(*(f"nn.init.{name}" for name in FANS), *(f"nn.init.{name.removesuffix('_')}" for name in FANS), takes_unknown=True)
def fill_by_fans(door: Door, /, tensor: Value, *given: Value, **keywords: Value) -> Value:
    """Xavier and Kaiming: the fans of a weight are defined from two axes on."""
    if isinstance(tensor, Tensor) and any(size == 0 for size in tensor.shape.dims):
        return tensor
    return filled(tensor, 2, None, "Xavier or Kaiming initialisation")


@torch.native("nn.init.orthogonal_", "nn.init.orthogonal", takes_unknown=True)
def fill_orthogonally(door: Door, /, tensor: Value, *given: Value, **keywords: Value) -> Value:
    return filled(tensor, 2, None, "orthogonal initialisation")


@torch.native("nn.init.eye_", "nn.init.eye", "nn.init.sparse_", "nn.init.sparse", takes_unknown=True)
def fill_matrix(door: Door, /, tensor: Value, *given: Value, **keywords: Value) -> Value:
    return filled(tensor, 2, 2, "initialisation as a matrix")


@torch.native("nn.init.dirac_", "nn.init.dirac", takes_unknown=True)
def fill_kernel(door: Door, /, tensor: Value, *given: Value, **keywords: Value) -> Value:
    return filled(tensor, 3, 5, "Dirac initialisation")


@torch.native("nn.init._calculate_fan_in_and_fan_out")
def fans(door: Door, /, tensor: Value) -> Value:
    """fan_in = C * K and fan_out = N * K of a weight (N, C, *K)."""
    filled(tensor, 2, None, "a fan")
    if not isinstance(tensor, Tensor) or tensor.shape.leading:
        return (unknown_size("the fan of a tensor"), unknown_size("the fan of a tensor"))
    N, C, *K = tensor.shape
    return (C * product(K), N * product(K))


@torch.native("nn.init._calculate_correct_fan")
def fan(door: Door, /, tensor: Value, mode: Value) -> Value:
    found = fans(door, tensor)
    return found[0 if mode == "fan_in" else 1]


@torch.native("nn.init.calculate_gain", takes_unknown=True)
def gain(door: Door, /, nonlinearity: Value, param: Value = None) -> Value:
    """The factor by which Xavier and Kaiming scale for a nonlinearity."""
    if nonlinearity == "tanh":
        return 5 / 3
    if nonlinearity == "relu":
        return math.sqrt(2)
    if nonlinearity == "selu":
        return 3 / 4
    if nonlinearity == "leaky_relu" and isinstance(param, (int, float, type(None))):
        return math.sqrt(2 / (1 + (0.01 if param is None else param) ** 2))
    if isinstance(nonlinearity, Unknown) or nonlinearity == "leaky_relu":
        return door.unknown("the gain of a nonlinearity")
    if nonlinearity in ("linear", "sigmoid", *(f"conv{kind}{n}d" for kind in ("", "_transpose") for n in (1, 2, 3))):
        return 1
    return door.fail("ValueError", f"`{nonlinearity}` is no nonlinearity that has a gain")
