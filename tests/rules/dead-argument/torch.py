import torch
from torch import nn


mode = nn.Conv2d(3, 16, 3, padding_mode="reflect")  #~ CNN312 "`nn.Conv2d`: `padding_mode` has no effect: there is no padding whose values it could choose"
stack = nn.LSTM(8, 16, dropout=0.5)  #~ CNN312 "`nn.LSTM`: `dropout` has no effect: it stands between the layers of a stack, and there is one layer"
kept = nn.GRU(8, 16, dropout=0.5)  # cnnlint: ignore[dead-argument] more layers follow
fine = nn.Conv2d(3, 16, 3, padding=1, padding_mode="reflect")
also_fine = nn.LSTM(8, 16, num_layers=2, dropout=0.5)


def wrapper(kernel_size, mode="reflect", layers=1):
    return nn.Conv2d(3, 16, kernel_size, padding=kernel_size // 2, padding_mode=mode), nn.LSTM(8, 16, layers, dropout=0.5)


wrapper(1)
