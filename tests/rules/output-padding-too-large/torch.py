import torch
from torch import nn


x = torch.randn(1, 16, 14, 14)
up = nn.ConvTranspose2d(16, 8, 3, stride=2, output_padding=2)  #~ CNN307 "`up`: `output_padding` must be smaller than the stride 2 or the dilation 1, but is 2"
up(x)
unit = nn.ConvTranspose2d(16, 8, 3, output_padding=1)  #~ CNN307 "`output_padding` must be smaller than the stride 1 or the dilation 1, but is 1"
unit(x)

fine = nn.ConvTranspose2d(16, 8, 3, stride=2, output_padding=1)
fine(x)
dilated = nn.ConvTranspose2d(16, 8, 3, stride=1, dilation=2, output_padding=1)
dilated(x)


class Open(nn.Module):
    def __init__(self, stride):
        super().__init__()
        self.up = nn.ConvTranspose2d(16, 8, 3, stride=stride, output_padding=1)

    def forward(self, x):
        return self.up(x)


kept = nn.ConvTranspose2d(16, 8, 3, output_padding=1)  # cnnlint: ignore[CNN307] replaced later
kept(x)
