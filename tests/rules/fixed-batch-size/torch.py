import torch
from torch import nn



# cnnlint: input(batch, 16, 5, 5)
class Net(nn.Module):
    def forward(self, x):
        y = x.reshape(32, 400)  #~ CNN510 "`x.reshape` makes 32 rows of (batch, 16, 5, 5), whatever `batch` is"
        return x.view(32, -1), y  #~ CNN510 "`x.view` makes 32 rows of (batch, 16, 5, 5), whatever `batch` is"


# cnnlint: input(batch, 16, 5, 5)
class Kept(nn.Module):
    def forward(self, x):
        return x.view(8, -1)  # cnnlint: ignore[fixed-batch-size] exported for this batch


# cnnlint: input(batch, 16, 5, 5)
class Fine(nn.Module):
    def forward(self, x):
        return x.view(x.size(0), -1), x.view(1, -1), x.view(-1, 400)


# cnnlint: input(32, 16, 5, 5)
class Stated(nn.Module):
    def forward(self, x):
        return x.view(32, -1)
