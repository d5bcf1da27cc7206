import torch
import torch.nn as nn


class BidirectionalLSTM(nn.Module):

    def __init__(self, nIn, nHidden, nOut):
        super(BidirectionalLSTM, self).__init__()

        self.rnn = nn.LSTM(nIn, nHidden, bidirectional=True)
        self.embedding = nn.Linear(nHidden * 2, nOut)

    def forward(self, input):
        recurrent, _ = self.rnn(input)  #= (26, 8, 512), (2, 8, 256), (2, 8, 256) params=1576960 | (26, 8, 512), (2, 8, 256), (2, 8, 256) params=1052672
        T, b, h = recurrent.size()
        t_rec = recurrent.view(T * b, h)

        output = self.embedding(t_rec)  # [T * b, nOut]  #= (208, 256) | (208, 37)
        output = output.view(T, b, -1)

        return output


# cnnlint: input(8, 1, 32, 100)
class CRNN(nn.Module):  #= total params=8331301 macs=5095890944

    def __init__(self, imgH=32, nc=1, nclass=37, nh=256, n_rnn=2, leakyRelu=False):
        super(CRNN, self).__init__()
        if imgH % 16 != 0:
            raise ValueError('imgH has to be a multiple of 16')

        ks = [3, 3, 3, 3, 3, 3, 2]
        ps = [1, 1, 1, 1, 1, 1, 0]
        ss = [1, 1, 1, 1, 1, 1, 1]
        nm = [64, 128, 256, 256, 512, 512, 512]

        cnn = nn.Sequential()

        def convRelu(i, batchNormalization=False):
            nIn = nc if i == 0 else nm[i - 1]
            nOut = nm[i]
            cnn.add_module('conv{0}'.format(i), nn.Conv2d(nIn, nOut, ks[i], ss[i], ps[i]))
            if batchNormalization:
                cnn.add_module('batchnorm{0}'.format(i), nn.BatchNorm2d(nOut))
            if leakyRelu:
                cnn.add_module('relu{0}'.format(i), nn.LeakyReLU(0.2, inplace=True))
            else:
                cnn.add_module('relu{0}'.format(i), nn.ReLU(True))

        convRelu(0)
        cnn.add_module('pooling{0}'.format(0), nn.MaxPool2d(2, 2))  # 64x16x50
        convRelu(1)
        cnn.add_module('pooling{0}'.format(1), nn.MaxPool2d(2, 2))  # 128x8x25
        convRelu(2, True)
        convRelu(3)
        cnn.add_module('pooling{0}'.format(2), nn.MaxPool2d((2, 2), (2, 1), (0, 1)))  # 256x4x26
        convRelu(4, True)
        convRelu(5)
        cnn.add_module('pooling{0}'.format(3), nn.MaxPool2d((2, 2), (2, 1), (0, 1)))  # 512x2x27
        convRelu(6, True)  # 512x1x26

        self.cnn = cnn
        self.rnn = nn.Sequential(
            BidirectionalLSTM(512, nh, nh),
            BidirectionalLSTM(nh, nh, nclass))

    def forward(self, input):
        # conv features
        conv = self.cnn(input)  #= (8, 64, 32, 100) params=640 | (8, 64, 32, 100) params=0 | (8, 64, 16, 50) params=0 | (8, 128, 16, 50) params=73856 | (8, 128, 16, 50) params=0 | (8, 128, 8, 25) params=0 | (8, 256, 8, 25) params=295168 | (8, 256, 8, 25) params=512 | (8, 256, 8, 25) params=0 | (8, 256, 8, 25) params=590080 | (8, 256, 4, 26) params=0 | (8, 512, 4, 26) params=1180160 | (8, 512, 4, 26) params=1024 | (8, 512, 4, 26) params=0 | (8, 512, 4, 26) params=2359808 | (8, 512, 2, 27) params=0 | (8, 512, 1, 26) params=1049088 | (8, 512, 1, 26) params=1024 | (8, 512, 1, 26) params=0
        b, c, h, w = conv.size()
        assert h == 1, "the height of conv must be 1"
        conv = conv.squeeze(2)
        conv = conv.permute(2, 0, 1)  # [w, b, c]

        # rnn features
        output = self.rnn(conv)
        return output


# cnnlint: input(batch, 12, 3, 64, 64)
class CNNLSTM(nn.Module):  #= total params=466662 macs=19464960
    """Frames through a small CNN, then a recurrent layer over time."""

    def __init__(self, num_classes=6, hidden=128, num_layers=2):
        super().__init__()
        self.cnn = nn.Sequential(
            nn.Conv2d(3, 16, 3, stride=2, padding=1), nn.ReLU(), nn.Conv2d(16, 32, 3, stride=2, padding=1), nn.ReLU(),
            nn.AdaptiveAvgPool2d(4), nn.Flatten())
        self.lstm = nn.LSTM(32 * 4 * 4, hidden, num_layers=num_layers, batch_first=True, dropout=0.2)
        self.fc = nn.Linear(hidden, num_classes)

    def forward(self, x):
        b, t, c, h, w = x.shape
        x = x.view(b * t, c, h, w)
        features = self.cnn(x)
        features = features.view(b, t, -1)
        out, (hn, cn) = self.lstm(features)  #= (batch, 12, 128), (2, batch, 128), (2, batch, 128) params=460800
        assert hn.shape[0] == 2
        return self.fc(out[:, -1, :])  #= (batch, 6)
