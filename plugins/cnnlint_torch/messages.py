"""What PyTorch's errors about shapes mean: for those who paste a traceback into `cnnlint why`.

The texts are those of torch 2: `aten/src/ATen/native` and `torch/nn/modules/module.py`.
"""

from __future__ import annotations

import re

from cnnlint.plugin import Meaning
from cnnlint_torch.framework import torch

_SIZES = r"\[([\d, ]*)\]"


@torch.message(r"mat1 and mat2 shapes cannot be multiplied \((\d+)x(\d+) and (\d+)x(\d+)\)")
def linear(found: re.Match[str]) -> Meaning:
    rows, got, expected, features = map(int, found.groups())
    text = f"a matrix of {rows} x {got} meets one of {expected} x {features}: a linear layer of {expected} input features gets {got}"
    return Meaning(text, f"`in_features={got}` takes what arrives", arguments=(("in_features", expected), ("out_features", features)))


@torch.message(
    r"Given (?:groups=(\d+)|transposed=1), weight of size \[(\d+), (\d+)[^\]]*\], expected input\[[^\]]*\] to have (\d+) channels, "
    r"but got (\d+)"
)
def convolution(found: re.Match[str]) -> Meaning:
    groups, first, _, expected, got = found.groups()
    is_transposed = groups is None
    text = f"a {'transposed ' * is_transposed}convolution of {expected} input channels gets {got}"
    filters = () if is_transposed else (("out_channels", int(first)),)
    return Meaning(text, f"`in_channels={got}` takes what arrives", arguments=(("in_channels", int(expected)), *filters))


@torch.message(r"running_mean should contain (\d+) elements not (\d+)")
def batch_norm(found: re.Match[str]) -> Meaning:
    got, expected = found.groups()
    text = f"a batch normalisation of {expected} channels gets {got}"
    return Meaning(text, f"`num_features={got}` takes what arrives", arguments=(("num_features", int(expected)),))


@torch.message(r"weight of shape \[(\d+)\] and input of shape \[\d+, (\d+)")
def group_norm(found: re.Match[str]) -> Meaning:
    expected, got = found.groups()
    text = f"a group normalisation of {expected} channels gets {got}"
    return Meaning(text, f"`num_channels={got}` takes what arrives", arguments=(("num_channels", int(expected)),))


@torch.message(rf"Given normalized_shape={_SIZES}, expected input with shape \[\*, ([\d, ]*)\], but got input of size ?{_SIZES}")
def layer_norm(found: re.Match[str]) -> Meaning:
    expected, _, got = found.groups()
    return Meaning(f"a layer normalisation over ({expected}) gets a tensor of shape ({got})")


@torch.message(r"The size of tensor a \((\d+)\) must match the size of tensor b \((\d+)\) at non-singleton dimension (\d+)")
def broadcasting(found: re.Match[str]) -> Meaning:
    left, right, axis = found.groups()
    return Meaning(f"two tensors are combined element by element, of {left} and {right} on axis {axis}, and neither is 1")


@torch.message(
    r"Sizes of tensors must match except in dimension (\d+)\. (?:Expected size (\d+) but got size (\d+) for tensor number (\d+))?"
)
def joining(found: re.Match[str]) -> Meaning:
    axis, expected, got, number = found.groups()
    sizes = f": the first has {expected}, tensor {number} has {got}" if got else ""
    return Meaning(f"tensors are joined along axis {axis} that differ on another one{sizes}")


@torch.message(r"shape '\[([-\d, ]+)\]' is invalid for input of size (\d+)")
def reshaping(found: re.Match[str]) -> Meaning:
    shape, count = found.groups()
    text = f"a tensor of {count} elements is to be seen as ({shape}), which has another number of them"
    return Meaning(text, "`flatten(1)` keeps the batch and takes all the rest, whatever its size")


@torch.message(r"Calculated padded input size per channel: \(([\d x]+)\)\. Kernel size: \(([\d x]+)\)")
def kernel(found: re.Match[str]) -> Meaning:
    size, window = found.groups()
    return Meaning(f"a kernel of {window} is larger than its padded input of {size}")


@torch.message(r"Given input size: \((\w+)\)\. Calculated output size: \((-?\w+)\)")
def empty(found: re.Match[str]) -> Meaning:
    size, output = found.groups()
    return Meaning(f"nothing comes out of a pool: {size} would become {output}")


@torch.message(r"Expected (.+) input to (\w+), but got input of size: ?\[([\d, ]*)\]")
def rank(found: re.Match[str]) -> Meaning:
    expected, operation, got = found.groups()
    return Meaning(f"`{operation}` takes {expected} input, but gets ({got})")


@torch.message(
    rf"size mismatch for ([\w.]+): copying a param with shape (?:torch\.Size\()?{_SIZES}\)? from checkpoint, "
    rf"the shape in current model is (?:torch\.Size\()?{_SIZES}"
)
def state(found: re.Match[str]) -> Meaning:
    name, saved, now = found.groups()
    layer, _, parameter = name.rpartition(".")
    text = f"the checkpoint has `{name}` of shape ({saved}), the model builds ({now})"
    way_out = "build the model with the sizes that it was saved with, or leave this layer out of the checkpoint"
    return Meaning(text, way_out, layer or parameter)


@torch.message(r"(Missing|Unexpected) key\(s\) in state_dict: \"([\w.]+)\"")
def keys(found: re.Match[str]) -> Meaning:
    kind, name = found.groups()
    if kind == "Missing":
        return Meaning(f"the checkpoint has no `{name}`, which the model has", layer=name.rpartition(".")[0])
    return Meaning(f"the checkpoint has `{name}`, which the model doesn't have")
