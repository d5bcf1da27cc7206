from torch import nn


class Tower(nn.Module):
    def __init__(self, widths, features):
        super().__init__()
        self.convs = nn.ModuleList()
        cin = 3
        for width in widths:
            self.convs.append(nn.Conv2d(cin, width, 3, stride=2, padding=1))
            cin = width
        self.fc = nn.Linear(features, 10)

    def forward(self, x):
        for conv in self.convs:
            x = conv(x).relu()
        return self.fc(x.flatten(1))


# cnnlint: input(batch, 3, 64, 64)
def wrong():
    return Tower([16, 32, 64], 64 * 4 * 4)  #~ CNN202 "`fc` expects 1024 input features, but gets 64 * 8 * 8 = 4096"


# cnnlint: input(batch, 3, 64, 64)
def right():
    return Tower([16, 32, 64], 64 * 8 * 8)
