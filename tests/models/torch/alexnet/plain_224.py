"""The article's AlexNet (Krizhevsky, Sutskever & Hinton, 2012), on one GPU, as a plain module; fed 224."""
import torch
import torch.nn as nn
import torch.nn.functional as F


# cnnlint: input(batch, 3, 224, 224)
class AlexNet(nn.Module):
    def __init__(self, num_classes=1000):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 96, kernel_size=11, stride=4)  #~ CNN101 "`conv1`: (224 - 11 + 2*0) / 4 + 1 = 54.25, rounded down to 54; the last row and column are read by nothing"
        self.conv2 = nn.Conv2d(96, 256, kernel_size=5, padding=2)
        self.conv3 = nn.Conv2d(256, 384, kernel_size=3, padding=1)
        self.conv4 = nn.Conv2d(384, 384, kernel_size=3, padding=1)
        self.conv5 = nn.Conv2d(384, 256, kernel_size=3, padding=1)
        self.pool1 = nn.MaxPool2d(3, 2)  #~ CNN101 "`pool1`: (54 - 3 + 2*0) / 2 + 1 = 26.5, rounded down to 26; the last row and column are read by nothing"
        self.pool2 = nn.MaxPool2d(3, 2)  #~ CNN101 "`pool2`: (26 - 3 + 2*0) / 2 + 1 = 12.5, rounded down to 12; the last row and column are read by nothing"
        self.pool3 = nn.MaxPool2d(3, 2)  #~ CNN101 "`pool3`: (12 - 3 + 2*0) / 2 + 1 = 5.5, rounded down to 5; the last row and column are read by nothing"
        self.relu = nn.ReLU()
        self.flatten = nn.Flatten()
        self.fc6 = nn.Linear(9216, 4096)  #~ CNN202 "`fc6` expects 9216 input features, but gets 256 * 5 * 5 = 6400"
        self.fc7 = nn.Linear(4096, 4096)
        self.fc8 = nn.Linear(4096, num_classes)

    def forward(self, x):
        x = self.conv1(x)
        x = self.relu(x)
        x = self.pool1(x)
        x = self.conv2(x)
        x = self.relu(x)
        x = self.pool2(x)
        x = self.conv3(x)
        x = self.relu(x)
        x = self.conv4(x)
        x = self.relu(x)
        x = self.conv5(x)
        x = self.relu(x)
        x = self.pool3(x)
        x = self.flatten(x)
        x = self.fc6(x)
        x = self.relu(x)
        x = self.fc7(x)
        x = self.relu(x)
        x = self.fc8(x)
        return x
