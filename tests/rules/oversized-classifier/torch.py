import torch
from torch import nn


# cnnlint: input(batch, 3, 32, 32)
net = nn.Sequential(
    nn.Conv2d(3, 16, 3),
    nn.Flatten(),
    nn.Linear(16 * 30 * 30, 10),  #~ CNN706 "`2` holds 144,010 of the 144,458 parameters = 99 %"
)


# cnnlint: input(batch, 1, 28, 28)
class LeNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 6, 5)
        self.fc1 = nn.Linear(6 * 24 * 24, 84)  #~ CNN706 "`fc1` holds 290,388 of the 291,394 parameters = 99 %"
        self.fc2 = nn.Linear(84, 10)

    def forward(self, x):
        return self.fc2(self.fc1(torch.flatten(self.conv(x), 1)))


# cnnlint: input(batch, 3, 32, 32)
kept = nn.Sequential(nn.Conv2d(3, 16, 3), nn.Flatten(), nn.Linear(16 * 30 * 30, 10))  # cnnlint: ignore[CNN706] from the paper

# cnnlint: input(batch, 3, 32, 32)
pooled = nn.Sequential(nn.Conv2d(3, 16, 3), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(16, 1000))

# cnnlint: input(batch, 64)
dense = nn.Sequential(nn.Linear(64, 1000))


class Open(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, 3)
        self.fc = nn.Linear(width, 10)

    def forward(self, x):
        return self.fc(torch.flatten(self.conv(x), 1))
