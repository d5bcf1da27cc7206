import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, depth):
        super().__init__()
        if depth != 18:
            raise ValueError(depth)


net = Net(19)  # cnnlint: ignore[cannot-construct] to see it fail
