import torch
from torch import nn



# cnnlint: input(batch, 8)
class Walked(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(8, 8)
        self.fc2 = nn.Linear(8, 8)

    def forward(self, x):
        for i, layer in enumerate(self.children()):
            if i < 1:
                x = layer(x)
        return x
