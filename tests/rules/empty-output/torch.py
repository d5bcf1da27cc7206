import torch
from torch import nn

x = torch.randn(1, 64, 2, 2)
up = nn.ConvTranspose2d(64, 32, 2, 2, padding=3)  #~ CNN103 "`up`: (2 - 1) * 2 - 2*3 + 2 = -2; the size must be at least 1"
up(x)
dilated = nn.ConvTranspose2d(64, 32, 2, 3, 5, output_padding=1, dilation=2)  #~ CNN103 "`dilated`: (2 - 1) * 3 - 2*5 + (2*(2 - 1) + 1) + 1 = -3; "
dilated(x)

fine = nn.ConvTranspose2d(64, 32, 2, 2, padding=1)
fine(x)


# cnnlint: input(batch, 64, H, W)
class Symbolic(nn.Module):
    def __init__(self):
        super().__init__()
        self.up = nn.ConvTranspose2d(64, 32, 2, 2, padding=3)

    def forward(self, x):
        return self.up(x)


kept = nn.ConvTranspose2d(64, 32, 2, 2, padding=3)  # cnnlint: ignore[CNN103] for larger images only
kept(x)
