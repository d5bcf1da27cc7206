import torch
from torch import nn


# cnnlint: input(batch, 3, 32, 32)
class Plain(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)

    def forward(self, x):
        return self.conv(torch.flatten(x, 1))  #~ CNN208 "`conv` expects 3 or 4 axes, but gets 2: (batch, 3072)"


# An image without its batch is legal.
# cnnlint: input(3, 32, 32)
class Unbatched(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)

    def forward(self, x):
        return self.conv(x)


# Nobody says how many axes arrive.
class Open(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)

    def forward(self, x):
        return self.conv(x + torch.load("x.pt"))


torch.einsum("ij,jk->ik", torch.zeros(2, 3, 3), torch.zeros(3, 5))  #~ CNN208 "`torch.einsum` expects 2 axes for `ij`, but gets 3: (2, 3, 3)"
torch.zeros(2, 3).repeat(2)  #~ CNN208 "`repeat` expects at most 1 axis, but gets 2: (2, 3)"
nn.BatchNorm2d(3)(torch.zeros(2, 3))  # cnnlint: ignore[wrong-rank] to show the message
