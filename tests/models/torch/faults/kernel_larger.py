import torch.nn.functional as F
from torch import nn


# cnnlint: input(batch, 3, 20, 20)
class Valid(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 5)
        self.conv2 = nn.Conv2d(16, 32, 5)
        self.conv3 = nn.Conv2d(32, 64, 5)  #~ CNN104 "`conv3`: (2 - 5 + 2*0) / 1 + 1 leaves a size of -2; it must be at least 1"

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        return self.conv3(x)


# cnnlint: input(batch, 3, 20, 20)
class Padded(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 5)
        self.conv2 = nn.Conv2d(16, 32, 5)
        self.conv3 = nn.Conv2d(32, 64, 5, padding=2)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        return self.conv3(x)


# cnnlint: input(batch, 3, 20, 20)
class Pooled(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 5)

    def forward(self, x):
        return F.avg_pool2d(self.conv1(x), 32)  #~ CNN104 "(16 - 32 + 2*0) / 32 + 1"
