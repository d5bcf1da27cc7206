"""A text recogniser that puts height where the channels belong."""
import torch
import torch.nn as nn


class CRNN(nn.Module):
    def __init__(self, num_classes=37, hidden=128):
        super().__init__()
        self.cnn = nn.Sequential(
            nn.Conv2d(1, 64, 3, 1, 1), nn.ReLU(), nn.MaxPool2d(2, 2),
            nn.Conv2d(64, 128, 3, 1, 1), nn.ReLU(), nn.MaxPool2d(2, 2),
            nn.Conv2d(128, 256, 3, 1, 1), nn.ReLU(), nn.MaxPool2d((8, 1)),
        )
        self.rnn = nn.LSTM(256, hidden, bidirectional=True)  #~ CNN202 "`rnn` expects 256 input features, but gets 25"
        self.fc = nn.Linear(hidden * 2, num_classes)

    def forward(self, x):
        conv = self.cnn(x)  #= (4, 64, 32, 100) | (4, 64, 16, 50) | (4, 128, 16, 50) | (4, 128, 8, 25) | (4, 256, 8, 25) | (4, 256, 1, 25)
        conv = conv.squeeze(2)
        seq = conv.permute(1, 0, 2)
        out, _ = self.rnn(seq)
        T, b, h = out.size()
        return self.fc(out.view(T * b, h)).view(T, b, -1)


if __name__ == '__main__':
    model = CRNN()
    images = torch.rand(4, 1, 32, 100)
    print(model(images).shape)
