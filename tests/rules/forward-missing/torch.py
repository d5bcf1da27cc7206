import torch
from torch import nn



class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(8, 2)

    def foward(self, x):
        return self.fc(x)


class Nothing(nn.Module):
    pass


class Parts(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(8, 2)

    def encode(self, x):
        return self.fc(x)


class Assigned(nn.Module):
    def __init__(self):
        super().__init__()
        self.forward = lambda x: x


x = torch.randn(1, 8)
net = Net()
net(x)  #~ CNN508 "`Net` defines no `forward`, which a call runs; is it `foward`?"
parts = Parts()
parts.encode(x)
Assigned()(x)

from somewhere import Base


class Open(Base, nn.Module):
    pass


Open()(x)


class Kept(nn.Module):
    def forwrad(self, x):  # cnnlint: ignore[forward-missing] a joke
        return x
