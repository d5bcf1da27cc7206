"""The article's AlexNet (Krizhevsky, Sutskever & Hinton, 2012), on one GPU, as a plain module."""
import torch
import torch.nn as nn
import torch.nn.functional as F


# cnnlint: input(1, 3, 227, 227)
class AlexNet(nn.Module):  #= total params=62378344 macs=1135256096
    def __init__(self, num_classes=1000):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 96, kernel_size=11, stride=4)
        self.conv2 = nn.Conv2d(96, 256, kernel_size=5, padding=2)
        self.conv3 = nn.Conv2d(256, 384, kernel_size=3, padding=1)
        self.conv4 = nn.Conv2d(384, 384, kernel_size=3, padding=1)
        self.conv5 = nn.Conv2d(384, 256, kernel_size=3, padding=1)
        self.pool1 = nn.MaxPool2d(3, 2)
        self.pool2 = nn.MaxPool2d(3, 2)
        self.pool3 = nn.MaxPool2d(3, 2)
        self.relu = nn.ReLU()
        self.flatten = nn.Flatten()
        self.fc6 = nn.Linear(9216, 4096)
        self.fc7 = nn.Linear(4096, 4096)
        self.fc8 = nn.Linear(4096, num_classes)

    def forward(self, x):
        x = self.conv1(x)  #= (1, 96, 55, 55) params=34944 macs=105415200
        x = self.relu(x)  #= (1, 96, 55, 55)
        x = self.pool1(x)  #= (1, 96, 27, 27)
        x = self.conv2(x)  #= (1, 256, 27, 27) params=614656 macs=447897600
        x = self.relu(x)  #= (1, 256, 27, 27)
        x = self.pool2(x)  #= (1, 256, 13, 13)
        x = self.conv3(x)  #= (1, 384, 13, 13) params=885120 macs=149520384
        x = self.relu(x)  #= (1, 384, 13, 13)
        x = self.conv4(x)  #= (1, 384, 13, 13) params=1327488 macs=224280576
        x = self.relu(x)  #= (1, 384, 13, 13)
        x = self.conv5(x)  #= (1, 256, 13, 13) params=884992 macs=149520384
        x = self.relu(x)  #= (1, 256, 13, 13)
        x = self.pool3(x)  #= (1, 256, 6, 6)
        x = self.flatten(x)  #= (1, 9216)
        x = self.fc6(x)  #= (1, 4096) params=37752832 macs=37748736
        x = self.relu(x)  #= (1, 4096)
        x = self.fc7(x)  #= (1, 4096) params=16781312 macs=16777216
        x = self.relu(x)  #= (1, 4096)
        x = self.fc8(x)  #= (1, 1000) params=4097000 macs=4096000
        return x
