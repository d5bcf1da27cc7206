import torch
from torch import nn


x = torch.randn(8, 16, 14, 14)
up = nn.ConvTranspose2d(16, 8, 3, stride=2)  #~ CNN702 "`up`: the kernel size is no multiple of the stride: 3 % 2 = 1; output pixels get unequal sums"
up(x)
nn.functional.conv_transpose2d(x, torch.randn(16, 8, 5, 5), stride=3)  #~ CNN702 "`nn.functional.conv_transpose2d`: the kernel size is no multiple of the stride: 5 % 3 = 2"
kept = nn.ConvTranspose2d(16, 8, 3, stride=2)  # cnnlint: ignore[CNN702] smoothed later
kept(x)
fine = nn.ConvTranspose2d(16, 8, 4, stride=2, padding=1)
fine(x)
same = nn.ConvTranspose2d(16, 8, 3)
same(x)


def build(stride):
    return nn.ConvTranspose2d(16, 8, 3, stride=stride)(x)
