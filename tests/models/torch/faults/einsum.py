import torch
from torch import einsum, nn


# cnnlint: input(q=(2, 8, 64, 32), k=(2, 8, 49, 16))
class Scores(nn.Module):
    def forward(self, q, k):
        return einsum('b h i d, b h j d -> b h i j', q, k)  #~ CNN211 "is 32, but 16 in the operand of shape"


# cnnlint: input(q=(2, 8, 64, 32), k=(2, 8, 49, 32))
class Fits(nn.Module):
    def forward(self, q, k):
        dots = torch.einsum('bhid,bhjd->bhij', q, k)
        return torch.einsum('bhij,bhjd->bhid', dots.softmax(-1), k)
