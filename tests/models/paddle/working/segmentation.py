"""Down and up again with concatenated ways across, in two layouts of which one is not followed; lists of layers."""

import paddle
from paddle import nn


class Encoder(nn.Layer):
    def __init__(self, num_channels, num_filters):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2D(num_channels, num_filters, 3, padding=1), nn.BatchNorm2D(num_filters), nn.ReLU(),
            nn.Conv2D(num_filters, num_filters, 3, padding="SAME"), nn.BatchNorm2D(num_filters), nn.ReLU())
        self.pool = nn.MaxPool2D(kernel_size=2, stride=2, padding="SAME")

    def forward(self, inputs):
        x = self.layers(inputs)
        return x, self.pool(x)


class Decoder(nn.Layer):
    def __init__(self, num_channels, num_filters):
        super().__init__()
        self.up = nn.Conv2DTranspose(num_channels, num_filters, kernel_size=2, stride=2, padding=0)
        self.conv = nn.Conv2D(num_channels, num_filters, 3, padding=1)

    def forward(self, across, below):
        x = self.up(below)
        x = paddle.concat(x=[across, x], axis=1)
        return nn.functional.relu(self.conv(x))


class Segmenter(nn.Layer):
    def __init__(self, num_classes=4, widths=(8, 16, 32)):
        super().__init__()
        self.down = nn.LayerList([Encoder(a, b) for a, b in zip((3, *widths), widths)])
        self.mid = nn.Sequential(("conv", nn.Conv2D(widths[-1], 64, 1)), ("act", nn.ReLU()))
        self.up = nn.LayerList([Decoder(a, b) for a, b in ((64, 32), (32, 16), (16, 8))])
        self.last = nn.Conv2D(8, num_classes, kernel_size=1)

    def forward(self, inputs):
        across, x = [], inputs
        for encoder in self.down:
            kept, x = encoder(x)
            across.append(kept)
        x = self.mid(x)  #= (1, 64, 10, 10) params=2112 | (1, 64, 10, 10) params=0
        for decoder, kept in zip(self.up, reversed(across)):
            x = decoder(kept, x)
        return self.last(x)  #= (1, 4, 80, 80)


net = Segmenter()  #= total params=55836
mask = net(paddle.zeros([1, 3, 80, 80]))

last = nn.Conv2D(3, 8, 3, data_format="NHWC")  # what stands last is no channel that could be wrong
pooled = nn.MaxPool2D(2, data_format="NHWC")(last(paddle.zeros([1, 80, 80, 3])))
