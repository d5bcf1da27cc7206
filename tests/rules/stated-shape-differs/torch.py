import torch
from elsewhere import attention, unknown
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 64, 3, stride=4, padding=1)
        self.head = nn.Linear(64 * 7 * 7, 10)
        self.conv = nn.Conv2d(8, 16, 3)
        self.last = nn.Linear(100, 10)  #~ CNN202 "`last` expects 100 input features, but gets 8 * 7 = 56"

    def forward(self, x):
        x = self.stem(x)  # cnnlint: shape(batch, 64, H // 4, W // 4)  #= (1, 64, 56, 56) params=1792
        y = self.stem.forward(torch.zeros(2, 3, 8, 8))  # cnnlint: shape(n, 32, 2, 2)  #~ CNN230 "the comment states `(n, 32, 2, 2)`, which is (2, 32, 2, 2), but the value is (2, 64, 2, 2)"
        z = torch.relu(x)  # cnnlint: shape(batch, 64, H // 2, W // 2)  #~ CNN230 "the comment states `(batch, 64, H // 2, W // 2)`, which is (1, 64, 112, 112), but the value is (1, 64, 56, 56)"
        w = torch.relu(x)  # cnnlint: shape(1, 64, 56)  #~ CNN230 "the comment states `(1, 64, 56)`, but the value is (1, 64, 56, 56)"
        w = torch.relu(x)  # cnnlint: shape(..., 55, 56)  # cnnlint: ignore[CNN230] silenced
        # What nothing is known of has the stated shape from there on, under names of the code as well.
        n, c, h, w = x.shape
        x = attention(x)  # cnnlint: shape(n, c * h * w // 64)
        # cnnlint: shape(n, 8, h // 8, max(w // 8, 1))
        v = (
            unknown(x)
        )
        u = unknown(x)  # cnnlint: shape(n, 8, h, w)
        x = self.head(x)  #= (1, 10)
        u = self.conv(u)  #= (1, 16, 54, 54) macs=3359232
        return x, u, self.last(v.flatten(1, 2).transpose(1, 2))


net = Net()
net(torch.randn(1, 3, 224, 224))


class Block(nn.Module):
    """In a module that another one calls, the names are those of the comments in the same call."""

    def __init__(self, stride):
        super().__init__()
        self.conv = nn.Conv2d(8, 8, 3, stride, 1)

    def forward(self, x):
        x = torch.relu(x)  # cnnlint: shape(batch, 8, H, W)
        x = self.conv(x)  # cnnlint: shape(batch, 8, H // 2, W // 2)  #~ CNN230 "the comment states `(batch, 8, H // 2, W // 2)`, but the value is (batch, 8, H, W)"
        for _ in range(2):
            x = self.conv(x)  # cnnlint: shape(batch, 8, h, w)
        first, second = unknown(x)  # cnnlint: shape(batch, 8)
        return x


class Blocks(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = Block(1)
        self.second = Block(2)

    def forward(self, x):
        x = self.first(x)
        return self.second(x)


# cnnlint: input(batch, 8, H, W)
blocks = Blocks()

# In code of no function each comment's names are its own.
one = torch.zeros(1, 2)  # cnnlint: shape(a, b)
two = torch.zeros(3, 4)  # cnnlint: shape(b, a)
two += 1  # cnnlint: shape(b, 5)  #~ CNN230 "the comment states `(b, 5)`, which is (3, 5), but the value is (3, 4)"
