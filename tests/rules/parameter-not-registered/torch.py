import torch
from torch import nn



class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = torch.ones(8, requires_grad=True)  #~ CNN511 "`Net.scale` holds a tensor that requires its gradient, which is not among the parameters of the module"
        self.weights = [nn.Parameter(torch.ones(8)) for _ in range(2)]  #~ CNN511 "`Net.weights` holds 2 parameters in a plain container, which are not among the parameters of the module"
        self.kept = torch.ones(8, requires_grad=True)  # cnnlint: ignore[CNN511] an input that is optimised apart
        self.plain = torch.ones(8)
        self.fine = nn.Parameter(torch.ones(8))
        self.register_buffer("mean", torch.ones(8))
        self.groups = [self.fine]
        self.listed = nn.ParameterList([nn.Parameter(torch.ones(8))])

    def forward(self, x):
        self.last = self.fine * 2
        return x * self.scale + self.listed[0]


class Open(nn.Module):
    def __init__(self, trained):
        super().__init__()
        self.scale = torch.ones(8, requires_grad=trained)


net = Net()
net(torch.randn(1, 8))
