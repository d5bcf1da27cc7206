"""The article's AlexNet (Krizhevsky, Sutskever & Hinton, 2012), on one GPU, built in a loop from a table; over its budget."""
import torch
from torch import nn

# name, filters, kernel, stride, padding, pooled
CONVOLUTIONS = [
    ("conv1", 96, 11, 4, 0, True),
    ("conv2", 256, 5, 1, 2, True),
    ("conv3", 384, 3, 1, 1, False),
    ("conv4", 384, 3, 1, 1, False),
    ("conv5", 256, 3, 1, 1, True),
]
DENSE = {"fc6": 4096, "fc7": 4096, "fc8": 1000}


class AlexNet(nn.Sequential):
    def __init__(self, in_channels=3, size=6):
        super().__init__()
        channels, pools = in_channels, 0
        for number, (name, filters, kernel, stride, padding, pooled) in enumerate(CONVOLUTIONS, start=1):
            self.add_module(name, nn.Conv2d(channels, filters, kernel, stride, padding))
            self.add_module(f"relu{number}", nn.ReLU())
            if pooled:
                pools += 1
                self.add_module(f"pool{pools}", nn.MaxPool2d(kernel_size=3, stride=2))
            channels = filters
        self.add_module("flatten", nn.Flatten())
        features = channels * size ** 2
        for name, width in DENSE.items():
            self.add_module(name, nn.Linear(features, width))
            if name != "fc8":
                self.add_module("relu" + name[2:], nn.ReLU())
            features = width


model = AlexNet()  # cnnlint: budget(params=60M)  #~ CNN401 "has 62.4M (62,378,344) parameters, but a budget of 60M"
print(model(torch.zeros(1, 3, 227, 227)).size())
