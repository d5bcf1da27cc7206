import torch
from torch import nn


class Net(nn.Module):
    def forward(self, x):
        return self.head(x)  # cnnlint: ignore[missing-attribute] set by the trainer


net = Net()
