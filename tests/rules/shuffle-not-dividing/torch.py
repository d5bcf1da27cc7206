import torch
from torch import nn


x = torch.randn(1, 6, 33, 32)
shuffle = nn.PixelShuffle(2)  #~ CNN310 "`shuffle` gets 6 channels, which upscale_factor * upscale_factor = 2 * 2 must divide: 6 % 4 = 2"
shuffle(x)
unshuffle = nn.PixelUnshuffle(2)  #~ CNN310 "`unshuffle` gets 33 pixels, which downscale_factor must divide: 33 % 2 = 1"
unshuffle(x)
groups = nn.ChannelShuffle(4)  #~ CNN310 "`groups` gets 6 channels, which groups must divide: 6 % 4 = 2"
groups(x)

fine = nn.PixelShuffle(2)
fine(torch.randn(1, 8, 33, 32))


class Open(nn.Module):
    def __init__(self, factor):
        super().__init__()
        self.shuffle = nn.PixelShuffle(factor)

    def forward(self, x):
        return self.shuffle(x)


kept = nn.PixelShuffle(3)
kept(x)  # cnnlint: ignore[CNN310] to see it fail
