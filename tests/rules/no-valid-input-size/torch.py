import torch
from torch import nn


class Prime(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, 5)
        self.fc = nn.Linear(401, 10)  #~ CNN105 "`fc` expects 401 input features, but gets 16 * (H - 4) * (W - 4), which is another number for every input size"

    def forward(self, x):
        return self.fc(torch.flatten(self.conv(x), 1))


class Contradiction(nn.Module):
    def forward(self, x):
        if x.shape[2] < 64:
            raise ValueError("too small")  #~ CNN105 "`raise` needs H >= 64, which no input size gives"
        x = nn.functional.max_pool2d(x, 2)
        assert x.shape[2] <= 16, "too large"
        return x


class Kept(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, 5)
        self.fc = nn.Linear(401, 10)  # cnnlint: ignore[CNN105] the features are chosen later

    def forward(self, x):
        return self.fc(torch.flatten(self.conv(x), 1))


class Fits(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, 5)
        self.fc = nn.Linear(400, 10)

    def forward(self, x):
        return self.fc(torch.flatten(self.conv(x), 1))


class Unknown(nn.Module):
    def __init__(self, features):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, 5)
        self.fc = nn.Linear(features, 10)

    def forward(self, x):
        return self.fc(torch.flatten(self.conv(x), 1))
