import torch
import torch.nn as nn
import torch.nn.functional as F


class LeNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear(400, 120)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = x.view(-1, 400)  #~ CNN206 "can't make (-1, 400) of (1, 16, 4, 4): 1 * 16 * 4 * 4 = 256 elements are no multiple of 400"
        return self.fc1(x)


# What it was written for, and what it gets.
net = LeNet()
net(torch.randn(1, 1, 32, 32))
net(torch.randn(1, 1, 28, 28))


# A batch of 25 makes 16 rows of 400: no error, but no LeNet either.
# cnnlint: input(25, 16, 4, 4)
class Mixed(nn.Module):
    def forward(self, x):
        return x.view(-1, 400)  #~ CNN216 "makes rows of 400 elements, but an example of (25, 16, 4, 4) has 256 elements"
