import torch
from torch import nn


class Attention(nn.Module):
    def __init__(self, dim=64, heads=4):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(dim, 3 * dim)

    def split(self, x):
        b, n, _ = x.shape
        return self.qkv(x).reshape(b, n, 3, self.heads, -1).permute(2, 0, 3, 1, 4)


# cnnlint: input(batch, 49, 64)
class Untransposed(Attention):
    def forward(self, x):
        q, k, v = self.split(x)
        return (q @ k).softmax(-1) @ v  #~ CNN207 "multiplies (batch, 4, 49, 16) by (batch, 4, 49, 16): the inner sizes 16 and 49 differ"


# cnnlint: input(batch, 49, 64)
class Transposed(Attention):
    def forward(self, x):
        q, k, v = self.split(x)
        return (q @ k.transpose(-2, -1)).softmax(-1) @ v


# cnnlint: input(batch, 64)
class Weights(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(10, 64))

    def forward(self, x):
        return torch.mm(x, self.weight)  #~ CNN207 "multiplies (batch, 64) by (10, 64): the inner sizes 64 and 10 differ"
