import torch
from torch import nn



class Net(nn.Module):
    def forward(self, x, mask):
        return x * mask


def block(channels, *, stride=1):
    return nn.Conv2d(channels, channels, 3, stride)


net = Net()
x = torch.randn(1, 3, 32, 32)
net(x)  #~ CNN805 "`Net.forward` needs `mask`, which is not given"
net(x, x, x)  #~ CNN805 "`Net.forward` takes 2 arguments, but gets more"
net(x, x)
block(64, strides=2)  #~ CNN805 "`block` has no parameter `strides`; did you mean `stride`?"
block(64, channels=64)  #~ CNN805 "`block` gets `channels` twice, by position and by name"
block(64, stride=2)


def build(*widths):
    return block(*widths)


net(x)  # cnnlint: ignore[wrong-call] to see it fail

import command_line


@command_line.options("settings.yaml")
def main(settings):
    return block(settings.channels)


main()
