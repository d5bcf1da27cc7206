"""The article's AlexNet (Krizhevsky, Sutskever & Hinton, 2012), on one GPU, built in a loop from a table; fed 224."""
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
            self.add_module(name, nn.Conv2d(channels, filters, kernel, stride, padding))  #~ CNN101 "`conv1`: (224 - 11 + 2*0) / 4 + 1 = 54.25, rounded down to 54; the last row and column are read by nothing"
            self.add_module(f"relu{number}", nn.ReLU())
            if pooled:
                pools += 1
                self.add_module(f"pool{pools}", nn.MaxPool2d(kernel_size=3, stride=2))  #~ CNN101 "`pool1`: (54 - 3 + 2*0) / 2 + 1 = 26.5, rounded down to 26; the last row and column are read by nothing"
            channels = filters
        self.add_module("flatten", nn.Flatten())
        features = channels * size ** 2
        for name, width in DENSE.items():
            self.add_module(name, nn.Linear(features, width))  #~ CNN202 "`fc6` expects 9216 input features, but gets 256 * 5 * 5 = 6400"
            if name != "fc8":
                self.add_module("relu" + name[2:], nn.ReLU())
            features = width


model = AlexNet()
print(model(torch.zeros(1, 3, 224, 224)).size())
