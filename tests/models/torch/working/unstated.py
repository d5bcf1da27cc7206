"""Sizes, flags and inputs that nobody states: nothing here is proven to fail."""

import torch
import torch.nn.functional as F
from torch import nn


class Joined(nn.Module):
    def forward(self, features):
        return torch.cat(features, 1), torch.stack(features)


class Projected(nn.Module):
    def __init__(self, width, proj_size, args):
        super().__init__()
        self.lstm = nn.LSTM(8, 16, proj_size=args.projected)
        self.head = nn.Linear(16, 3)
        self.other = nn.LSTM(width, 16, num_layers=args.layers, bidirectional=args.both)

    def forward(self, x, y):
        return self.head(self.lstm(x)[0]), self.other(y)


class Deep(nn.Module):
    def __init__(self, is_deep):
        super().__init__()
        self.gru = nn.GRU(8, 16, num_layers=3 if is_deep else 2)
        if is_deep:
            self.gru.num_layers = 1

    def forward(self, x):
        return self.gru(x)


class Attending(nn.Module):
    def __init__(self):
        super().__init__()
        self.attention = nn.MultiheadAttention(8, 2)
        self.memory = nn.Parameter(torch.zeros(5, 8))

    def forward(self, query, mask):
        first, _ = self.attention(query, self.memory, self.memory)
        second, _ = self.attention(first, first, first, attn_mask=torch.zeros(2, 4, 4))
        third, _ = self.attention(second, second, second, key_padding_mask=mask)
        return third


class Nested(nn.Module):
    def __init__(self, *, image_size, patch_size, num_hierarchies):
        super().__init__()
        blocks = 2 ** (num_hierarchies - 1)
        length = ((image_size // patch_size) // blocks) ** 2
        self.positions = nn.Parameter(torch.randn(length))
        self.norm = nn.LayerNorm(length)
        self.convolution = nn.Conv2d(length, length, 3)
        self.linear = nn.Linear(length, blocks)


nest = Nested(image_size=224, patch_size=4, num_hierarchies=3)


def build(depth, size):
    return Nested(image_size=size, patch_size=4, num_hierarchies=depth)


def timed(model, loader):
    starter, ender = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
    starter.record()
    model(next(iter(loader)))
    ender.record()
    torch.cuda.synchronize()
    seconds = 1e-3 * starter.elapsed_time(ender)
    generator = torch.Generator().manual_seed(0)
    seed = generator.initial_seed() + 1
    return f"{seconds:.3f}", seed, torch.rand(2, generator=generator)


def hooked(x):
    handle = x.register_hook(lambda grad: grad)
    handle.remove()
    return x


def resized(x, size=None, scale_factor=None, mode="nearest"):
    return F.interpolate(x, size, scale_factor, mode)
