"""A classifier of digits as classes of the framework's own, trained by hand and through its model wrapper."""

import paddle
import paddle.nn.functional as F
from paddle import nn
from paddle.nn import Conv2D, Linear, MaxPool2D
from paddle.vision.transforms import Compose, Normalize


class Digits(paddle.nn.Layer):
    def __init__(self, classes=10):
        super().__init__()
        self.conv1 = Conv2D(in_channels=1, out_channels=8, kernel_size=5, padding=2)
        self.pool1 = MaxPool2D(kernel_size=2, stride=2)
        self.conv2 = Conv2D(in_channels=8, out_channels=16, kernel_size=5)
        self.pool2 = MaxPool2D(kernel_size=2, stride=2)
        self.hidden = Linear(in_features=16 * 5 * 5, out_features=64)
        self.drop = nn.Dropout(0.3)
        self.head = Linear(in_features=64, out_features=classes)

    def forward(self, x):
        x = self.pool1(F.relu(self.conv1(x)))  #= (1, 8, 28, 28) params=208 macs=156800 | (1, 8, 14, 14) params=0 macs=None
        x = self.pool2(F.relu(self.conv2(x)))
        x = paddle.flatten(x, start_axis=1, stop_axis=-1)
        x = self.drop(F.relu(self.hidden(x)))
        return self.head(x)  #= (1, 10) params=650 macs=640


transform = Compose([Normalize(mean=[127.5], std=[127.5], data_format="CHW")])
loader = paddle.io.DataLoader(paddle.vision.datasets.MNIST(mode="train", transform=transform), batch_size=64, shuffle=True)
net = Digits()  #= total params=29738 macs=503040
paddle.summary(net, (1, 1, 28, 28))
optimizer = paddle.optimizer.Adam(learning_rate=0.001, parameters=net.parameters())
net.train()
for images, labels in loader():
    loss = F.cross_entropy(net(images), labels)
    loss.backward()
    optimizer.step()
    optimizer.clear_grad()

model = paddle.Model(net)
model.prepare(optimizer, nn.CrossEntropyLoss(), paddle.metric.Accuracy())
