import os

from torch import nn

model = nn.Sequential(
    nn.Conv2d(3, 8, 3),
    nn.SiLU(),  #~ CNN410 "`1` of `model` is a SiLU, which `tiny` doesn't run"
    nn.MaxPool2d(2),
)

# the nearest harmless neighbours: a pattern fits, and another device
small = nn.Sequential(nn.Conv2d(3, 8, 3), nn.ReLU6(), nn.AvgPool2d(2))
anywhere = nn.Sequential(nn.Conv2d(3, 8, 3), nn.SiLU())

# an unknown dimension changes nothing of a layer's kind
wide = nn.Conv2d(3, int(os.environ["WIDTH"]), 3)


# a second one
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.LayerNorm(8)  #~ CNN410 "`norm` of `Net` is a LayerNorm, which `tiny` doesn't run"
        self.act = nn.GELU()  # cnnlint: ignore[layer-not-on-device] it is replaced before the export

    def forward(self, x):
        return self.act(self.norm(x))
