import torch
from torch import nn


class Layer(nn.Module):
    def __init__(self, channels, growth):
        super().__init__()
        self.conv = nn.Conv2d(channels, growth, 3, padding=1)

    def forward(self, features):
        return self.conv(torch.cat(features, 1)).relu()


class Block(nn.Module):
    def __init__(self, channels, growth, depth):
        super().__init__()
        self.layers = nn.ModuleList([Layer(channels + i * growth, growth) for i in range(depth)])
        self.out_channels = channels + depth * growth

    def forward(self, x):
        features = [x]
        for layer in self.layers:
            features.append(layer(features))
        return torch.cat(features, 1)


# cnnlint: input(batch, 16, 32, 32)
class ForgetsTheInput(nn.Module):
    def __init__(self):
        super().__init__()
        self.block = Block(16, 12, 4)
        self.transition = nn.Conv2d(4 * 12, 32, 1)  #~ CNN201 "`transition` expects 48 input channels, but gets 64"

    def forward(self, x):
        return self.transition(self.block(x))


# cnnlint: input(batch, 16, 32, 32)
class Counts(nn.Module):
    def __init__(self):
        super().__init__()
        self.block = Block(16, 12, 4)
        self.transition = nn.Conv2d(self.block.out_channels, 32, 1)

    def forward(self, x):
        return self.transition(self.block(x))
