"""The layers, written out: modules of PyTorch that apply the functions."""

import einops
from einops.layers import _checked, _expect_supported, _mixing
from torch import einsum as torch_einsum
from torch import nn, ones


class Rearrange(nn.Module):
    def __init__(self, pattern, **axes_lengths):
        super().__init__()
        _checked("rearrange", pattern, axes_lengths)
        self.pattern = pattern
        self.axes_lengths = axes_lengths

    def forward(self, input):
        return einops.rearrange(input, self.pattern, **self.axes_lengths)


class Reduce(nn.Module):
    def __init__(self, pattern, reduction, **axes_lengths):
        super().__init__()
        _checked(reduction, pattern, axes_lengths)
        self.pattern = pattern
        self.reduction = reduction
        self.axes_lengths = axes_lengths

    def forward(self, input):
        _expect_supported(self.pattern, self.reduction)
        return einops.reduce(input, self.pattern, self.reduction, **self.axes_lengths)


class EinMix(nn.Module):
    def __init__(self, pattern, weight_shape, bias_shape=None, **axes_lengths):
        super().__init__()
        self.pattern = pattern
        self.weight_shape = weight_shape
        self.bias_shape = bias_shape
        self.axes_lengths = axes_lengths
        before, behind, equation, weight, bias = _mixing(pattern, weight_shape, bias_shape, axes_lengths)
        self.pre_rearrange = None
        if before is not None:
            self.pre_rearrange = Rearrange(before, **{name: axes_lengths[name] for name in _named(before, axes_lengths)})
        self.post_rearrange = None if behind is None else Rearrange(behind)
        self.einsum_pattern = equation
        self.weight = nn.Parameter(ones(weight))
        self.bias = None if bias is None else nn.Parameter(ones(bias))

    def forward(self, x):
        if self.pre_rearrange is not None:
            x = self.pre_rearrange(x)
        result = torch_einsum(self.einsum_pattern, x, self.weight)
        if self.bias is not None:
            result = result + self.bias
        if self.post_rearrange is not None:
            result = self.post_rearrange(result)
        return result


def _named(pattern, axes_lengths):
    flat = pattern.partition("->")[0].replace("(", " ").replace(")", " ").split()
    return [name for name in axes_lengths if name in flat]
