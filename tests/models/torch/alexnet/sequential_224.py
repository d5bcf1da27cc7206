"""The article's AlexNet (Krizhevsky, Sutskever & Hinton, 2012), on one GPU, as a Sequential; fed 224."""
from collections import OrderedDict

import torch
from torch import nn

net = nn.Sequential(OrderedDict([
    ("conv1", nn.Conv2d(3, 96, 11, stride=4)),  #~ CNN101 "`conv1`: (224 - 11 + 2*0) / 4 + 1 = 54.25, rounded down to 54; the last row and column are read by nothing"
    ("relu1", nn.ReLU()),
    ("pool1", nn.MaxPool2d(3, 2)),  #~ CNN101 "`pool1`: (54 - 3 + 2*0) / 2 + 1 = 26.5, rounded down to 26; the last row and column are read by nothing"
    ("conv2", nn.Conv2d(96, 256, 5, padding=2)),
    ("relu2", nn.ReLU()),
    ("pool2", nn.MaxPool2d(3, 2)),  #~ CNN101 "`pool2`: (26 - 3 + 2*0) / 2 + 1 = 12.5, rounded down to 12; the last row and column are read by nothing"
    ("conv3", nn.Conv2d(256, 384, 3, padding=1)),
    ("relu3", nn.ReLU()),
    ("conv4", nn.Conv2d(384, 384, 3, padding=1)),
    ("relu4", nn.ReLU()),
    ("conv5", nn.Conv2d(384, 256, 3, padding=1)),
    ("relu5", nn.ReLU()),
    ("pool3", nn.MaxPool2d(3, 2)),  #~ CNN101 "`pool3`: (12 - 3 + 2*0) / 2 + 1 = 5.5, rounded down to 5; the last row and column are read by nothing"
    ("flatten", nn.Flatten()),
    ("fc6", nn.Linear(9216, 4096)),  #~ CNN202 "`fc6` expects 9216 input features, but gets 256 * 5 * 5 = 6400"
    ("relu6", nn.ReLU()),
    ("fc7", nn.Linear(4096, 4096)),
    ("relu7", nn.ReLU()),
    ("fc8", nn.Linear(4096, 1000)),
]))

if __name__ == "__main__":
    print(net(torch.rand(1, 3, 224, 224)).shape)
