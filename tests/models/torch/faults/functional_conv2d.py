import torch
import torch.nn.functional as F
from torch import nn


# cnnlint: input(batch, 3, 32, 32)
class Blur(nn.Module):
    def __init__(self, channels=1):
        super().__init__()
        kernel = torch.ones(channels, 1, 3, 3) / 9
        self.register_buffer('kernel', kernel)

    def forward(self, x):
        return F.conv2d(x, self.kernel, padding=1, groups=self.kernel.shape[0])  #~ CNN201 "expects 1 input channel"


# cnnlint: input(batch, 3, 32, 32)
class DepthwiseBlur(nn.Module):
    def __init__(self, channels=3):
        super().__init__()
        self.register_buffer('kernel', torch.ones(channels, 1, 3, 3) / 9)

    def forward(self, x):
        return F.conv2d(x, self.kernel, padding=1, groups=self.kernel.shape[0])


# cnnlint: input(batch, 16, 8, 8)
class Transposed(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(16, 8, 2, 2))

    def forward(self, x):
        x = F.conv_transpose2d(x, self.weight, stride=2)
        return F.conv2d(x, self.weight)
