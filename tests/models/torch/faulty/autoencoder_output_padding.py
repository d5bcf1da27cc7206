"""A denoising autoencoder whose decoder ends one pixel short on each stage."""
import torch
from torch import nn


class Encoder(nn.Module):
    def __init__(self, widths):
        super().__init__()
        layers = []
        for cin, cout in zip(widths, widths[1:]):
            layers += [nn.Conv2d(cin, cout, 3, stride=2, padding=1), nn.BatchNorm2d(cout), nn.ReLU(inplace=True)]
        self.net = nn.Sequential(*layers)

    def forward(self, x):
        return self.net(x)


class Decoder(nn.Module):
    def __init__(self, widths):
        super().__init__()
        layers = []
        for cin, cout in zip(widths[::-1], widths[-2::-1]):
            layers += [nn.ConvTranspose2d(cin, cout, 3, stride=2, padding=1), nn.ReLU(inplace=True)]
        self.net = nn.Sequential(*layers[:-1], nn.Sigmoid())

    def forward(self, z):
        return self.net(z)


# cnnlint: input(batch, 3, 64, 64)
class Denoiser(nn.Module):
    def __init__(self, widths=(3, 32, 64, 128)):
        super().__init__()
        self.encoder = Encoder(widths)
        self.decoder = Decoder(widths)

    def forward(self, x):
        noisy = x + 0.1 * torch.randn_like(x)
        out = self.decoder(self.encoder(noisy))
        return out, (out - x).abs().mean()  #~ CNN204 "can't broadcast (batch, 3, 57, 57) with (batch, 3, 64, 64)"
