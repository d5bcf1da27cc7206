"""The article's AlexNet (Krizhevsky, Sutskever & Hinton, 2012), on one GPU, built in a loop from a table."""
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


model = AlexNet()  #= total params=62378344
print(model(torch.zeros(1, 3, 227, 227)).size())  #= (1, 96, 55, 55) params=34944 macs=105415200 | (1, 96, 55, 55) params=0 macs=None | (1, 96, 27, 27) params=0 macs=None | (1, 256, 27, 27) params=614656 macs=447897600 | (1, 256, 27, 27) params=0 macs=None | (1, 256, 13, 13) params=0 macs=None | (1, 384, 13, 13) params=885120 macs=149520384 | (1, 384, 13, 13) params=0 macs=None | (1, 384, 13, 13) params=1327488 macs=224280576 | (1, 256, 13, 13) params=884992 macs=149520384 | (1, 256, 6, 6) params=0 macs=None | (1, 9216) params=0 macs=None | (1, 4096) params=37752832 macs=37748736 | (1, 4096) params=0 macs=None | (1, 4096) params=16781312 macs=16777216 | (1, 1000) params=4097000 macs=4096000
