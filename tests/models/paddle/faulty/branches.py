"""Ways that meet with other channels or sizes, groups that don't divide, a reshape of another count."""

import paddle
import paddle.nn as nn


class Bottleneck(nn.Layer):
    def __init__(self, channels, planes):
        super().__init__()
        self.reduce = nn.Conv2D(channels, planes, 1, bias_attr=False)
        self.norm = nn.BatchNorm2D(planes)
        self.expand = nn.Conv2D(planes, planes * 2, 3, padding=1)

    def forward(self, x):
        return x + self.expand(self.norm(self.reduce(x)))  #~ CNN204 "`+` can't broadcast (2, 64, 16, 16) with (2, 32, 16, 16): axis -3 is 64 on the left, 32 on the right, and neither is 1"


class Fuse(nn.Layer):
    def __init__(self):
        super().__init__()
        self.down = nn.Conv2D(3, 8, 3, stride=2, padding=1)
        self.up = nn.Conv2DTranspose(8, 8, 2, stride=2)

    def forward(self, x):
        y = self.up(self.down(x))
        return paddle.concat([x, y], axis=1)  #~ CNN205 "`paddle.concat` joins along axis 1, but gets (1, 3, 35, 35) and (1, 8, 36, 36), which differ on axis 2"


class Head(nn.Layer):
    def __init__(self):
        super().__init__()
        self.norm = nn.BatchNorm2D(16)  #~ CNN203 "`norm` normalises 16 channels, but gets 12"

    def forward(self, x):
        return self.norm(x)


Bottleneck(64, 16)(paddle.randn([2, 64, 16, 16]))
Fuse()(paddle.randn([1, 3, 35, 35]))
Head()(paddle.randn([2, 12, 4, 4]))
rows = paddle.reshape(paddle.ones([2, 12, 4, 4]), [2, -1, 5])  #~ CNN206 "`paddle.reshape` can't make (2, -1, 5) of (2, 12, 4, 4): 2 * 12 * 4 * 4 = 384 elements are no multiple of 2 * 5 = 10"
shuffle = nn.Conv2D(10, 20, 3, groups=4)  #~ CNN305 "`nn.Conv2D`: `in_channels` must be divisible by groups: 10 % 4 = 2"
