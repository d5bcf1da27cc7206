import torch
from torch import nn



class Net(nn.Module):
    def __init__(self, pretrained=False):
        super().__init__()
        self.linear = nn.Linear(8, 2)
        self.scale = 2

    def forward(self, x):
        x = x * self.scal  #~ CNN803 "`Net` has no attribute `scal`; did you mean `scale`?"
        return self.linear(x)


class Mixin(nn.Module):
    def forward(self, x):
        return self.backbone(x)


class Guarded(nn.Module):
    def forward(self, x):
        if hasattr(self, "extra"):
            x = self.extra(x)
        return getattr(self, "head", nn.Identity())(x)


class Filled(nn.Module):
    def __init__(self, options):
        super().__init__()
        for name, value in options.items():
            setattr(self, name, value)

    def forward(self, x):
        return self.head(x)


net = Net()
net(torch.randn(1, 8))
guarded = Guarded()
guarded(torch.randn(1, 8))
filled = Filled(torch.load("options.pt"))
filled(torch.randn(1, 8))
