import torch
from torch import nn



class Block(nn.Module):
    def forward(self, x):
        return x


class Net(Block):
    def __init__(self):
        super().__init__()
        self.block = Block()

    def forward(self, x):
        x = self.block.forward(x)  #~ CNN509 "`self.block.forward` calls `forward` of a `Block` by its name, which passes its hooks by; call the module"
        x = self.block.forward(x)  # cnnlint: ignore[CNN509] no hooks wanted
        return super().forward(self.block(x))


net = Net()
net.forward(torch.randn(1, 8))  #~ CNN509 "`net.forward` calls `forward` of a `Net` by its name"


class Other:
    def forward(self, x):
        return x


Other().forward(1)


def run(model, x):
    return model.forward(x)
