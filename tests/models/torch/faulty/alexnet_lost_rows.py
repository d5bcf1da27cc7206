"""An AlexNet for any size: it runs at 224, and its first layer never reads the last row and column."""
import torch
import torch.nn as nn


class AlexNet(nn.Module):
    def __init__(self, num_classes=1000):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(3, 64, kernel_size=11, stride=4),  #~ CNN101 "`features.0`: (224 - 11 + 2*0) / 4 + 1 = 54.25, rounded down to 54; the last row and column are read by nothing"
            nn.ReLU(inplace=True),
            nn.MaxPool2d(kernel_size=2, stride=2),
            nn.Conv2d(64, 192, kernel_size=5, padding=2),
            nn.ReLU(inplace=True),
        )
        self.avgpool = nn.AdaptiveAvgPool2d((6, 6))
        self.classifier = nn.Sequential(nn.Dropout(), nn.Linear(192 * 6 * 6, num_classes))

    def forward(self, x):
        x = self.features(x)
        x = self.avgpool(x)  #= (1, 192, 6, 6)
        x = torch.flatten(x, 1)
        return self.classifier(x)


if __name__ == '__main__':
    from torchinfo import summary

    model = AlexNet()  #= total params=7243688
    summary(model, input_size=(1, 3, 224, 224))
