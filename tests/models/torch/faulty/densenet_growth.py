"""A DenseNet in whose blocks every layer expects the width of the second one."""
from collections import OrderedDict

import torch
import torch.nn as nn


class _DenseLayer(nn.Sequential):
    def __init__(self, num_input_features, growth_rate):
        super().__init__(OrderedDict([
            ('norm', nn.BatchNorm2d(num_input_features)),
            ('relu', nn.ReLU(inplace=True)),
            ('conv', nn.Conv2d(num_input_features, growth_rate, kernel_size=3, padding=1, bias=False)),
        ]))

    def forward(self, x):
        return torch.cat([x, super().forward(x)], 1)


class _DenseBlock(nn.Sequential):
    def __init__(self, num_layers, num_input_features, growth_rate):
        super().__init__()
        for i in range(num_layers):
            self.add_module(f'denselayer{i + 1}', _DenseLayer(num_input_features + growth_rate, growth_rate))  #~ CNN203 "`blocks.0.denselayer1.norm` normalises 36 channels, but gets 24"


# cnnlint: input(batch, 3, 32, 32)
class DenseNet(nn.Module):
    def __init__(self, growth_rate=12, block_config=(3, 3), num_init_features=24, num_classes=10):
        super().__init__()
        self.conv0 = nn.Conv2d(3, num_init_features, 3, padding=1, bias=False)
        num_features = num_init_features
        blocks = []
        for num_layers in block_config:
            blocks.append(_DenseBlock(num_layers, num_features, growth_rate))
            num_features += num_layers * growth_rate
        self.blocks = nn.ModuleList(blocks)
        self.classifier = nn.Linear(num_features, num_classes)

    def forward(self, x):
        x = self.conv0(x)
        for block in self.blocks:
            x = block(x)
        return self.classifier(x.mean((2, 3)))
