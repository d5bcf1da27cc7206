import torch
import torch.nn as nn
import torch.nn.functional as F


# cnnlint: input(x=(8, 16):float32)
class Table(nn.Module):
    def __init__(self):
        super().__init__()
        self.table = nn.Embedding(1000, 64)

    def forward(self, x):
        return self.table(x)  #~ CNN209 "`table` expects indices of int64 or int32, but gets float32"


# cnnlint: input(x=(8, 16):int64)
class Rows(nn.Module):
    def __init__(self):
        super().__init__()
        self.table = nn.Embedding(1000, 64)

    def forward(self, x):
        return self.table(x)


# cnnlint: input(batch, 3, 32, 32)
class Half(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, 3)
        self.fc = nn.Linear(16, 10)

    def forward(self, x):
        y = self.conv(x.half())  #~ CNN209 "`conv` expects an input of float32, as its weights, but gets float16"
        y = y.float().mean((2, 3)).double()
        return self.fc(y)  #~ CNN209 "`fc` expects an input of float32, as its weights, but gets float64"


# Nobody says how this is called, so perhaps after `Converted().half()`.
class Converted(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, 3)

    def forward(self, x):
        return self.conv(x.half())


class Whole(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(16, 10)

    def forward(self, x):
        places = torch.arange(16)
        return self.fc(places)  #~ CNN209 "`fc` expects an input of some floating dtype, as its weights, but gets int64"


net = nn.Sequential(nn.Conv2d(3, 8, 3), nn.ReLU(), nn.BatchNorm2d(8))
net.half()
net(torch.randn(1, 3, 8, 8).half())
net(torch.randn(1, 3, 8, 8))  #~ CNN209 "`0` expects an input of float16, as its weights, but gets float32"

with torch.autocast("cuda"):
    cast = nn.Linear(4, 2)(torch.randn(3, 4).half())
cast @ torch.zeros(2, 2).half()

wide = nn.Linear(4, 2, dtype=torch.float64)
wide(torch.zeros(3, 4, dtype=torch.float64))
torch.zeros(3, 4) @ wide.weight.T  #~ CNN209 "`matmul` expects tensors of one dtype, but gets float32 and float64"

mask = torch.ones(4, 4)
scores = torch.randn(4, 4).masked_fill(mask, 0)  #~ CNN209 "`masked_fill` expects a mask of bool, but gets float32"
scores = torch.randn(4, 4).masked_fill(mask == 0, 0)
rest = 1 - (mask == 0)  #~ CNN209 "`-` expects numbers, but gets bool"
count = torch.arange(4)
count += 0.5  #~ CNN209 "`add_` expects a result that fits into int64, but gets float32"
F.cross_entropy(scores, torch.zeros(4))  #~ CNN209 "`F.cross_entropy` expects a target of classes of int64 or uint8, but gets float32"
torch.arange(4).mean()  #~ CNN209 "`mean` expects floats, but gets int64"

nn.Embedding(10, 4)(torch.zeros(2, 3))  # cnnlint: ignore[CNN209] to show the message
