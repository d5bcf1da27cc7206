"""A decorator that is not known may change how a function or a class is called."""

import torch
from torch import nn
from somewhere.decorators import param, section


class Trainer:
    def __init__(self):
        self.loader = self.make("x")

    @param("data.a")
    @param("data.b")
    def make(self, x, a, b):
        return a


@section("cfg")
@param("a")
def main(dataset, a):
    return a


Trainer()
main()


class Net(nn.Module):
    @param("w")
    def __init__(self, w):
        super().__init__()
        self.fc = nn.Linear(8, w)

    @param("y")
    def forward(self, x, y):
        return self.fc(x) + y


net = Net()
net(torch.zeros(1, 8))


@param("w")
class Other(nn.Module):
    def __init__(self, w):
        super().__init__()
        self.fc = nn.Linear(8, w)


Other()
