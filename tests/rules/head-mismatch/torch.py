import torch
from torch import nn



class Backbone(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 512, 3)
        self.classifier = nn.Sequential(nn.Dropout(), nn.Linear(512, 1000))

    def forward(self, x):
        return self.classifier(self.conv(x).mean(dim=(2, 3)))


model = Backbone()
model.classifier[1] = nn.Linear(2048, 10)  #~ CNN214 "`classifier.1` expects 2048 input features, but gets 512, which the layer that it replaces was built for"

stem = Backbone()
stem.conv = nn.Conv2d(1, 512, 3)  #~ CNN214 "`conv` expects 1 input channels, but gets 3, which the layer that it replaces was built for"
stem(torch.randn(1, 3, 32, 32))

fine = Backbone()
fine.classifier[1] = nn.Linear(512, 10)

whole = Backbone()
whole.conv = nn.Conv2d(3, 256, 3)
whole.classifier = nn.Linear(256, 10)


def build(width):
    net = Backbone()
    net.classifier[1] = nn.Linear(width, 10)
    return net


kept = Backbone()
kept.classifier[1] = nn.Linear(2048, 10)  # cnnlint: ignore[head-mismatch] the pool is replaced too
