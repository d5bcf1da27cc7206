import torch
from torch import nn


same = nn.Conv2d(32, 64, 3, stride=2, padding="same")  #~ CNN308 "`nn.Conv2d`: `stride` must be 1 where padding is 'same', but is 2"
line = nn.Conv1d(32, 64, 3, 2, "same")  #~ CNN308 "`nn.Conv1d`: `stride` must be 1 where padding is 'same', but is 2"
fine = nn.Conv2d(32, 64, 3, stride=1, padding="same")
also_fine = nn.Conv2d(32, 64, 3, stride=2, padding="valid")


def build(stride):
    return nn.Conv2d(32, 64, 3, stride=stride, padding="same")


kept = nn.Conv2d(32, 64, 3, 2, "same")  # cnnlint: ignore[CNN308] for a fork that takes it
