from torch import nn


# cnnlint: input(batch, 3, 97, 131)
class Whole(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, 3)
        self.pool = nn.AdaptiveAvgPool2d((2, 2))
        self.fc = nn.Linear(64, 10)  #~ CNN202 "`fc` expects 64 input features, but gets 64 * 2 * 2 = 256"

    def forward(self, x):
        x = self.pool(self.conv(x))
        return self.fc(x.flatten(start_dim=1))


# A pool to known sizes needs no input to be known.
class Unknown(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, 3)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(128, 10)  #~ CNN202 "`fc` expects 128 input features, but gets 64"

    def forward(self, x):
        x = self.pool(self.conv(x))
        return self.fc(x.view(x.size(0), -1))


class Fits(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, 3)
        self.pool = nn.AdaptiveAvgPool2d((2, None))
        self.fc = nn.Linear(64, 10)

    def forward(self, x):
        x = self.pool(self.conv(x))
        return self.fc(x.mean((2, 3)))
