"""A context that doesn't catch anything."""

import contextlib

import torch
from torch import nn


class Timed(contextlib.ContextDecorator):
    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        self.seen = kind


class Both(nn.Module):
    def forward(self, x):
        with Timed():
            size = 3
        return x * sise  #~ CNN802 "`sise` is not defined; did you mean `size`?"


Both()(torch.randn(2))
