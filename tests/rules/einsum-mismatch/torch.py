import torch
from torch import nn


q, k = torch.randn(2, 8, 64), torch.randn(2, 8, 32)
torch.einsum("bid,bjd->bij", q, k)  #~ CNN211 "`torch.einsum`: `d` of `bid,bjd->bij` is 64, but 32 in the operand of shape (2, 8, 32)"
torch.einsum("ii->i", torch.randn(3, 4))  #~ CNN211 "`i` of `ii->i` is 3, but 4 in the operand of shape (3, 4)"
torch.einsum("bid,bjd->bij", q, q)
torch.einsum("bid,bjd->bij", q, torch.randn(1, 8, 64))


# cnnlint: input(x=(batch, N, C), y=(batch, N, D))
class Open(nn.Module):
    def forward(self, x, y):
        return torch.einsum("bid,bjd->bij", x, y)


torch.einsum("ii->i", torch.randn(3, 5))  # cnnlint: ignore[CNN211] to see it fail
