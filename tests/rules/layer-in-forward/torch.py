import torch
from torch import nn



class Net(nn.Module):
    def forward(self, x):
        conv = nn.Conv2d(3, 8, 3)  #~ CNN505 "`nn.Conv2d` builds 224 parameters anew at each call, which are never trained"
        x = conv(x)
        return nn.BatchNorm2d(8)(x)  #~ CNN505 "`nn.BatchNorm2d` builds 16 parameters anew at each call, which are never trained"


class Kept(nn.Module):
    def forward(self, x):
        return nn.Linear(32, 8)(x)  # cnnlint: ignore[layer-in-forward] a random projection


class Fine(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = None

    def forward(self, x):
        x = nn.ReLU()(x)
        if self.fc is None:
            self.fc = nn.Linear(32, 8)
        blur = nn.Conv2d(3, 3, 3, bias=False)
        blur.weight.data.fill_(1 / 9)
        return self.fc(blur(nn.functional.pad(x, (1, 1, 1, 1))))


class Open(nn.Module):
    def forward(self, x, make):
        return make(x.size(1))(x)


x = torch.randn(1, 3, 32, 32)
Net()(x)
Kept()(x)
Fine()(x)
Open()(x, lambda channels: nn.Conv2d(channels, 8, 3))
nn.Linear(32, 8)(x)
