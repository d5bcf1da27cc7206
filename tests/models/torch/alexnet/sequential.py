"""The article's AlexNet (Krizhevsky, Sutskever & Hinton, 2012), on one GPU, as a Sequential."""
from collections import OrderedDict

import torch
from torch import nn

net = nn.Sequential(OrderedDict([
    ("conv1", nn.Conv2d(3, 96, 11, stride=4)), ("relu1", nn.ReLU()), ("pool1", nn.MaxPool2d(3, 2)),
    ("conv2", nn.Conv2d(96, 256, 5, padding=2)), ("relu2", nn.ReLU()), ("pool2", nn.MaxPool2d(3, 2)),
    ("conv3", nn.Conv2d(256, 384, 3, padding=1)), ("relu3", nn.ReLU()),
    ("conv4", nn.Conv2d(384, 384, 3, padding=1)), ("relu4", nn.ReLU()),
    ("conv5", nn.Conv2d(384, 256, 3, padding=1)), ("relu5", nn.ReLU()), ("pool3", nn.MaxPool2d(3, 2)),
    ("flatten", nn.Flatten()),
    ("fc6", nn.Linear(9216, 4096)), ("relu6", nn.ReLU()),
    ("fc7", nn.Linear(4096, 4096)), ("relu7", nn.ReLU()),
    ("fc8", nn.Linear(4096, 1000)),
]))

if __name__ == "__main__":
    print(net(torch.rand(1, 3, 227, 227)).shape)  #= (1, 96, 55, 55) params=34944 macs=105415200 | (1, 96, 55, 55) params=0 macs=None | (1, 96, 27, 27) params=0 macs=None | (1, 256, 27, 27) params=614656 macs=447897600 | (1, 256, 27, 27) params=0 macs=None | (1, 256, 13, 13) params=0 macs=None | (1, 384, 13, 13) params=885120 macs=149520384 | (1, 384, 13, 13) params=0 macs=None | (1, 384, 13, 13) params=1327488 macs=224280576 | (1, 256, 13, 13) params=884992 macs=149520384 | (1, 256, 6, 6) params=0 macs=None | (1, 9216) params=0 macs=None | (1, 4096) params=37752832 macs=37748736 | (1, 4096) params=0 macs=None | (1, 4096) params=16781312 macs=16777216 | (1, 1000) params=4097000 macs=4096000
