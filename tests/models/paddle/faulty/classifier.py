"""Channels and features that don't fit, a window larger than what is left, in a program that trains through the wrapper."""

import paddle
from paddle import nn
import paddle.nn.functional as F


class Classifier(nn.Layer):
    def __init__(self, num_classes=100):
        super().__init__()
        self.conv1 = nn.Conv2D(in_channels=3, out_channels=32, kernel_size=(3, 3))
        self.pool1 = nn.MaxPool2D(kernel_size=2, stride=2)
        self.conv2 = nn.Conv2D(in_channels=64, out_channels=64, kernel_size=(3, 3))  #~ CNN201 "`conv2` expects 64 input channels, but gets 32"
        self.pool2 = nn.MaxPool2D(kernel_size=2, stride=2)
        self.flatten = nn.Flatten()
        self.linear1 = nn.Linear(in_features=1024, out_features=64)  #~ CNN202 "`linear1` expects 1024 input features, but gets 64 * 6 * 6 = 2304"
        self.linear2 = nn.Linear(in_features=64, out_features=num_classes)

    def forward(self, x):
        x = self.pool1(F.relu(self.conv1(x)))
        x = self.pool2(F.relu(self.conv2(x)))
        return self.linear2(F.relu(self.linear1(self.flatten(x))))


model = paddle.Model(Classifier())
paddle.summary(model.network, (1, 3, 32, 32))

small = nn.Sequential(nn.Conv2D(1, 4, 3), nn.MaxPool2D(2, 2), nn.Conv2D(4, 8, 5))  #~ CNN104 "`2`: (3 - 5 + 2*0) / 1 + 1 leaves a size of -1, and the framework goes on with nothing"
small(paddle.randn([1, 1, 8, 8]))
