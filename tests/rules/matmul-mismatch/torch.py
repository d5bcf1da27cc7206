import torch
from torch import nn


# cnnlint: input(q=(2, 8, 64), k=(2, 8, 64))
class Operator(nn.Module):
    def forward(self, q, k):
        return q @ k  #~ CNN207 "multiplies (2, 8, 64) by (2, 8, 64): the inner sizes 64 and 8 differ"


# cnnlint: input(a=(3, 4), b=(5, 6))
class Function(nn.Module):
    def forward(self, a, b):
        return torch.matmul(a, b)  #~ CNN207 "multiplies (3, 4) by (5, 6): the inner sizes 4 and 5 differ"


# cnnlint: input(q=(2, 8, 64), k=(2, 8, 64))
class Transposed(nn.Module):
    def forward(self, q, k):
        return q @ k.transpose(-2, -1)


# cnnlint: input(q=(2, 8, N), k=(2, 8, M))
class Symbolic(nn.Module):
    def forward(self, q, k):
        return q @ k


torch.zeros(2, 3) @ torch.zeros(2, 3)  # cnnlint: ignore[matmul-mismatch] to show the message
