"""Squeeze and excitation whose second layer reckons with another reduction than the first."""
import torch
from torch import nn


class SEBlock(nn.Module):
    def __init__(self, channels, reduction=16):
        super().__init__()
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.excite = nn.Sequential(
            nn.Linear(channels, channels // reduction, bias=False),
            nn.ReLU(inplace=True),
            nn.Linear(channels // 8, channels, bias=False),  #~ CNN202 "`stages.0.se.excite.2` expects 8 input features, but gets 4"
            nn.Sigmoid(),
        )

    def forward(self, x):
        n, c, _, _ = x.size()
        y = self.pool(x).view(n, c)
        y = self.excite(y).view(n, c, 1, 1)
        return x * y


class SEConv(nn.Module):
    def __init__(self, cin, cout):
        super().__init__()
        self.conv = nn.Conv2d(cin, cout, 3, 2, 1)
        self.se = SEBlock(cout)

    def forward(self, x):
        return self.se(torch.relu(self.conv(x)))


class Classifier(nn.Module):
    def __init__(self, widths=(64, 128), num_classes=5):
        super().__init__()
        self.stages = nn.Sequential(*[SEConv(a, b) for a, b in zip((3, *widths), widths)])
        self.fc = nn.Linear(widths[-1], num_classes)

    def forward(self, x):
        x = self.stages(x)
        return self.fc(x.mean(dim=(-2, -1)))


if __name__ == '__main__':
    model = Classifier()
    model.eval()
    print(model(torch.zeros(1, 3, 128, 128)))
