import torch
from torch import nn


x = torch.randn(8, 3, 32, 32)
conv = nn.Conv2d(3, 16, 4, padding="same")  #~ CNN708 "`conv`: a kernel of 4 needs 3 pixels of padding, one more behind than before"
conv(x)
wide = nn.Conv2d(3, 16, (3, 2), padding="same")  #~ CNN708 "`wide`: a kernel of 2 needs 1 pixels of padding"
wide(x)
kept = nn.Conv2d(3, 16, 2, padding="same")  # cnnlint: ignore[CNN708] as the paper has it
kept(x)
nn.Conv2d(3, 16, 3, padding="same")(x)
nn.Conv2d(3, 16, 4, padding="valid")(x)


def build(size):
    return nn.Conv2d(3, 16, size, padding="same")(x)
