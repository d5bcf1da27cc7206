import torch
from torch import nn


x = torch.randn(8, 3, 32, 32)
conv = nn.Conv2d(3, 16, 3)
norm = nn.BatchNorm2d(16)
norm(conv(x))  #~ CNN701 "`norm` takes off the bias of 16 channels that the layer before it adds"
linear = nn.Sequential(nn.Linear(8, 4), nn.BatchNorm1d(4))
linear(torch.randn(8, 8))  #~ CNN701 "`1` takes off the bias of 4 channels that the layer before it adds"
kept = nn.BatchNorm2d(16)
kept(conv(x))  # cnnlint: ignore[bias-before-norm] an old checkpoint has it
fine = nn.Sequential(nn.Conv2d(3, 16, 3, bias=False), nn.BatchNorm2d(16), nn.Conv2d(16, 8, 3), nn.ReLU(), nn.BatchNorm2d(8))
fine(x)
layers = nn.Sequential(nn.Linear(8, 4), nn.LayerNorm(4))
layers(torch.randn(8, 8))


def build(bias):
    return nn.Sequential(nn.Conv2d(3, 16, 3, bias=bias), nn.BatchNorm2d(16))(x)
