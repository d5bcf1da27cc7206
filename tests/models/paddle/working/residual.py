"""Residual blocks in containers, a stem without biases, squeezed channels, an adaptive pool before the head."""

import paddle
import paddle.nn as nn
import paddle.nn.functional as F


class ConvNorm(nn.Layer):
    def __init__(self, in_channels, out_channels, kernel_size=3, stride=1, groups=1, act=None):
        super(ConvNorm, self).__init__()
        self.conv = nn.Conv2D(
            in_channels, out_channels, kernel_size, stride, (kernel_size - 1) // 2, groups=groups, bias_attr=False)
        self.norm = nn.BatchNorm2D(out_channels)
        self.act = act

    def forward(self, inputs):
        y = self.norm(self.conv(inputs))
        return F.relu(y) if self.act == "relu" else y


class SqueezeExcite(nn.Layer):
    def __init__(self, channels, reduction=4):
        super().__init__()
        self.pool = nn.AdaptiveAvgPool2D(1)
        self.gate = nn.Sequential(
            nn.Linear(channels, channels // reduction), nn.ReLU(), nn.Linear(channels // reduction, channels), nn.Sigmoid())

    def forward(self, x):
        weights = self.gate(paddle.squeeze(self.pool(x), axis=[2, 3]))
        return x * paddle.unsqueeze(weights, axis=[2, 3])


class Block(nn.Layer):
    def __init__(self, in_channels, channels, stride=1):
        super().__init__()
        self.conv0 = ConvNorm(in_channels, channels, 3, stride, act="relu")
        self.conv1 = ConvNorm(channels, channels, 3)
        self.squeeze = SqueezeExcite(channels)
        self.short = None
        if stride != 1 or in_channels != channels:
            self.short = ConvNorm(in_channels, channels, 1, stride)

    def forward(self, x):
        y = self.squeeze(self.conv1(self.conv0(x)))
        short = x if self.short is None else self.short(x)
        return F.relu(paddle.add(x=short, y=y))


class ResNet(nn.Layer):
    def __init__(self, depth=(2, 2), widths=(16, 32), class_dim=10):
        super().__init__()
        self.stem = ConvNorm(3, widths[0], 7, 2, act="relu")
        self.pool = nn.MaxPool2D(kernel_size=3, stride=2, padding=1)
        self.blocks = []
        last = widths[0]
        for stage, repeats in enumerate(depth):
            for i in range(repeats):
                block = self.add_sublayer(f"bb_{stage}_{i}", Block(last, widths[stage], 2 if i == 0 and stage else 1))
                self.blocks.append(block)
                last = widths[stage]
        self.global_pool = nn.AdaptiveAvgPool2D(1)
        self.out = nn.Linear(last, class_dim)

    def forward(self, inputs):
        y = self.pool(self.stem(inputs))  #= (4, 16, 16, 16)
        for block in self.blocks:
            y = block(y)
        y = self.global_pool(y)
        y = paddle.reshape(y, [-1, y.shape[1]])
        return self.out(y)  #= (4, 10) params=330


model = ResNet()  #= total params=47026
out = model(paddle.randn([4, 3, 64, 64]))
