import os

from torch import nn


# cnnlint: input(batch, 3, 32, 32)
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(3, 20, 3)  #~ CNN411 "`first` has 20 filters, but `tiny` computes them by 8s"
        self.second = nn.Conv2d(20, 12, 3)  #~ CNN411 "`second` has 12 filters, but `tiny` computes them by 8s"
        self.third = nn.Conv2d(12, 4, 3)  # cnnlint: ignore[channels-not-multiple] a bottleneck
        self.head = nn.Conv2d(4, 10, 1)

    def forward(self, x):
        return self.head(self.third(self.second(self.first(x))))


# the nearest harmless neighbours: multiples, and another device
even = nn.Sequential(nn.Conv2d(3, 24, 3), nn.BatchNorm2d(24), nn.Conv2d(24, 8, 3))
anywhere = nn.Sequential(nn.Conv2d(3, 20, 3), nn.Conv2d(20, 12, 3))

# an unknown dimension: nothing is proven
wide = nn.Sequential(nn.Conv2d(3, int(os.environ["WIDTH"]), 3))
