import torch
from torch import nn


x = torch.randn(8, 3, 32, 32)
conv = nn.Conv2d(3, 16, 3)
norm = nn.BatchNorm2d(16)
norm(conv(x))  #~ CNN701 "`norm` takes off the bias of 16 channels that the layer before it adds"
linear = nn.Sequential(nn.Linear(8, 4, bias=True), nn.BatchNorm1d(4))  #~ CNN701 "`0` adds a bias to 4 channels, which `1` takes off again"
linear(torch.randn(8, 8))
kept = nn.Sequential(nn.Conv2d(3, 16, 3), nn.BatchNorm2d(16))  # cnnlint: ignore[bias-before-norm] an old checkpoint has it
kept(x)
fine = nn.Sequential(nn.Conv2d(3, 16, 3, bias=False), nn.BatchNorm2d(16), nn.Conv2d(16, 8, 3), nn.ReLU(), nn.BatchNorm2d(8))
fine(x)
layers = nn.Sequential(nn.Linear(8, 4), nn.LayerNorm(4))
layers(torch.randn(8, 8))


def build(bias):
    return nn.Sequential(nn.Conv2d(3, 16, 3, bias=bias), nn.BatchNorm2d(16))(x)
