import torch
from torch import nn


class BasicBlock(nn.Module):
    expansion = 1

    def __init__(self, inplanes, planes, stride=1, downsample=None):
        super().__init__()
        self.conv1 = nn.Conv2d(inplanes, planes, 3, stride, 1, bias=False)
        self.conv2 = nn.Conv2d(planes, planes, 3, 1, 1, bias=False)
        self.downsample = downsample

    def forward(self, x):
        identity = x if self.downsample is None else self.downsample(x)
        return torch.relu(self.conv2(torch.relu(self.conv1(x))) + identity)


class Base(nn.Module):
    def __init__(self, block=BasicBlock, layers=(2, 2)):
        super().__init__()
        self.inplanes = 32
        self.conv1 = nn.Conv2d(3, 32, 3, 1, 1)
        self.layer1 = self._make_layer(block, 32, layers[0])
        self.layer2 = self._make_layer(block, 64, layers[1], stride=2)

    def _make_layer(self, block, planes, blocks, stride=1):
        raise NotImplementedError

    def forward(self, x):
        return self.layer2(self.layer1(self.conv1(x)))


# cnnlint: input(batch, 3, 64, 64)
class WrongInPlanes(Base):
    def _make_layer(self, block, planes, blocks, stride=1):
        downsample = None
        if stride != 1 or self.inplanes != planes * block.expansion:
            downsample = nn.Conv2d(self.inplanes, planes * block.expansion, 1, stride)
        layers = [block(self.inplanes, planes, stride, downsample)]
        for _ in range(1, blocks):
            layers.append(block(self.inplanes, planes))  #~ CNN201 "`layer2.1.conv1` expects 32 input channels, but gets 64"
        self.inplanes = planes * block.expansion
        return nn.Sequential(*layers)


# cnnlint: input(batch, 3, 64, 64)
class RightInPlanes(Base):
    def _make_layer(self, block, planes, blocks, stride=1):
        downsample = None
        if stride != 1 or self.inplanes != planes * block.expansion:
            downsample = nn.Conv2d(self.inplanes, planes * block.expansion, 1, stride)
        layers = [block(self.inplanes, planes, stride, downsample)]
        self.inplanes = planes * block.expansion
        layers += [block(self.inplanes, planes) for _ in range(1, blocks)]
        return nn.Sequential(*layers)
