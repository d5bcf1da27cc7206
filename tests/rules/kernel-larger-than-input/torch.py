from torch import nn


# cnnlint: input(batch, 3, 5, 5)
class Plain(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 7)  #~ CNN104 "`conv`: (5 - 7 + 2*0) / 1 + 1 leaves a size of -1; it must be at least 1"

    def forward(self, x):
        return self.conv(x)


# cnnlint: input(batch, 3, 1, 1)
class Pool(nn.Module):
    def __init__(self):
        super().__init__()
        self.pool = nn.MaxPool2d(2)  #~ CNN104 "`pool`: (1 - 2 + 2*0) / 2 + 1 leaves a size of 0; it must be at least 1"

    def forward(self, x):
        return self.pool(x)


# cnnlint: input(batch, 3, 5, 5)
class JustFits(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 7, padding=1)

    def forward(self, x):
        return self.conv(x)  #= (batch, 8, 1, 1)


# cnnlint: input(batch, 3, H, W)
class Symbolic(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 7)

    def forward(self, x):
        return self.conv(x)


# cnnlint: input(batch, 3, 5, 5)
class Kept(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 7)  # cnnlint: ignore[CNN104] for larger images only

    def forward(self, x):
        return self.conv(x)
