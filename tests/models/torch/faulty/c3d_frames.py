"""C3D on clips of half the length, with the head of whole ones."""
import torch
import torch.nn as nn


class C3D(nn.Module):
    def __init__(self, num_classes=101):
        super().__init__()
        self.conv1 = nn.Conv3d(3, 64, kernel_size=3, padding=1)
        self.pool1 = nn.MaxPool3d((1, 2, 2))
        self.conv2 = nn.Conv3d(64, 128, kernel_size=3, padding=1)
        self.pool2 = nn.MaxPool3d(2)
        self.conv3 = nn.Conv3d(128, 256, kernel_size=3, padding=1)
        self.pool3 = nn.MaxPool3d(2)
        self.conv4 = nn.Conv3d(256, 512, kernel_size=3, padding=1)
        self.pool4 = nn.MaxPool3d(2)
        self.pool5 = nn.MaxPool3d((2, 2, 2), padding=(0, 1, 1))
        self.fc6 = nn.Linear(16384, 1024)
        self.fc7 = nn.Linear(1024, num_classes)
        self.relu = nn.ReLU()

    def forward(self, x):
        x = self.pool1(self.relu(self.conv1(x)))
        x = self.pool2(self.relu(self.conv2(x)))
        x = self.pool3(self.relu(self.conv3(x)))
        x = self.pool4(self.relu(self.conv4(x)))
        x = self.pool5(x) if x.size(2) > 1 else nn.functional.max_pool3d(x, (1, 2, 2), padding=(0, 1, 1))
        h = x.view(-1, 16384)  #~ CNN206 "can't make (-1, 16384) of (1, 512, 1, 4, 4)"
        h = self.relu(self.fc6(h))
        return self.fc7(h)


def main():
    clip = torch.rand(1, 3, 8, 112, 112)
    model = C3D()
    logits = model(clip)
    print(logits.shape)


if __name__ == '__main__':
    main()
