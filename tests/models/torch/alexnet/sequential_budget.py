"""The article's AlexNet (Krizhevsky, Sutskever & Hinton, 2012), on one GPU, as a Sequential; over its budget."""
from collections import OrderedDict

import torch
from torch import nn

# cnnlint: budget(params=60M)
net = nn.Sequential(OrderedDict([  #~ CNN401 "has 62.4M (62,378,344) parameters, but a budget of 60M"
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
    print(net(torch.rand(1, 3, 227, 227)).shape)
