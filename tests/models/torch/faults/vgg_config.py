from torch import nn

RIGHT = [64, 'M', 128, 'M', 256, 'M']
WRONG = [64, 'M', 128, 'M', 256, 'M', 512]


def features(cfg):
    layers, channels = [], 3
    for v in cfg:
        if v == 'M':
            layers.append(nn.MaxPool2d(2))
        else:
            layers += [nn.Conv2d(channels, v, 3, padding=1), nn.ReLU(True)]
            channels = v
    return layers


# The list grew, the head did not.
# cnnlint: input(batch, 3, 32, 32)
grown = nn.Sequential(
    *features(WRONG),
    nn.AdaptiveAvgPool2d(1),
    nn.Flatten(),
    nn.Linear(256, 10),  #~ CNN202 "`13` expects 256 input features, but gets 512"
)

# cnnlint: input(batch, 3, 32, 32)
right = nn.Sequential(*features(RIGHT), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(256, 10))


# cnnlint: input(batch, 3, 32, 32)
class StuckChannels(nn.Module):
    def __init__(self, cfg=(64, 'M', 128, 128, 'M')):
        super().__init__()
        layers = []
        channels = 3
        for v in cfg:
            if v == 'M':
                layers += [nn.MaxPool2d(kernel_size=2, stride=2)]
            else:
                layers += [nn.Conv2d(channels, v, kernel_size=3, padding=1)]  #~ CNN201 "`features.2` expects 3 input channels, but gets 64"
        self.features = nn.Sequential(*layers)

    def forward(self, x):
        return self.features(x)


# cnnlint: input(batch, 3, 32, 32)
def too_deep():
    return nn.Sequential(*features([8, 'M', 16, 'M', 32, 'M', 64, 'M', 64, 'M']), nn.MaxPool2d(2))  #~ CNN104 "(1 - 2 + 2*0) / 2 + 1 leaves a size of 0; it must be at least 1"
