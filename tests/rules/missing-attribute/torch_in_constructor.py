import torch
from torch import nn


class Other(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(8, 2)
        self.linaer.weight.data.zero_()  #~ CNN803 "`Other` has no attribute `linaer`; did you mean `linear`?"


class Net(nn.Module):
    def forward(self, x):
        return self.head(x)  #~ CNN803 "`Net` has no attribute `head`"


net = Net()
other = Other()
