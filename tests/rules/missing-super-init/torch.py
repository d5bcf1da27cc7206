import torch
from torch import nn



class Net(nn.Module):
    def __init__(self):
        self.fc = nn.Linear(8, 2)  #~ CNN503 "the constructor of `Net` never calls `super().__init__()`, so that nothing can be registered here"

    def forward(self, x):
        return self.fc(x)


class NoLayers(nn.Module):
    def __init__(self):
        self.scale = 2

    def forward(self, x):
        return x * self.scale


NoLayers()(torch.randn(1, 8))  #~ CNN503 "the constructor of `NoLayers` never calls `super().__init__()`, so that nothing can be registered here"


class Old(nn.Module):
    def __init__(self):
        super(Old, self).__init__()
        self.fc = nn.Linear(8, 2)


class ByName(nn.Module):
    def __init__(self):
        nn.Module.__init__(self)
        self.fc = nn.Linear(8, 2)


class None_(nn.Module):
    fc = None

    def forward(self, x):
        return x


from somewhere import Base


class Unknown(Base, nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(8, 2)


class Hidden(nn.Sequential):
    def __init__(self, options):
        super().__init__(*options.layers)
        self.fc = nn.Linear(8, 2)


class Kept(nn.Module):
    def __init__(self):
        self.fc = nn.Linear(8, 2)  # cnnlint: ignore[CNN503] to see it fail


class Root(nn.Module):
    def __init__(self, width):
        self.width = width


class Leaf(Root):
    def __init__(self):
        super().__init__(8)
        self.fc = nn.Linear(self.width, 2)  #~ CNN503 "the constructor of `Root` never calls `super().__init__()`, so that nothing can be registered here"


class Part(nn.Module):
    def __init__(self):
        self.scale = 2

    def forward(self, x):
        return x * self.scale


class Whole(nn.Module):
    def __init__(self):
        super().__init__()
        self.part = Part()
        for module in self.modules():  #~ CNN503 "the constructor of `Part` never calls `super().__init__()`"
            module.training = True


Whole().eval()
