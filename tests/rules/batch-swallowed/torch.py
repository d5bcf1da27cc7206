import torch
from torch import nn



# cnnlint: input(batch, 16, 5, 5)
class Net(nn.Module):
    def forward(self, x):
        return x.view(-1, 256)  #~ CNN216 "`x.view` makes rows of 256 elements, but an example of (batch, 16, 5, 5) has 400 elements: rows and examples don't match"


class Seen(nn.Module):
    def forward(self, x):
        x = x.reshape(-1, 96)  #~ CNN216 "makes rows of 96 elements, but an example of (24, 400) has 400 elements"
        return x.view(-1, 96)


Seen()(torch.randn(24, 400))


# cnnlint: input(batch, 16, 5, 5)
class Kept(nn.Module):
    def forward(self, x):
        return x.view(-1, 256)  # cnnlint: ignore[CNN216] the rows are shuffled anyway


# cnnlint: input(batch, 16, 5, 5)
class Rows(nn.Module):
    def forward(self, x):
        return x.view(-1, 400), x.view(-1, 5), x.view(-1, 8, 400), x.permute(0, 2, 3, 1).reshape(-1, 16)


# cnnlint: input(batch, 16, H, W)
class Open(nn.Module):
    def forward(self, x):
        return x.view(-1, 256)


class Unstated(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, 1)

    def forward(self, x):
        return nn.functional.adaptive_avg_pool2d(self.conv(x), 5).view(-1, 256)
