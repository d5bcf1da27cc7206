import torch
from torch import nn

negative = nn.Linear(-3, 10)  #~ CNN301 "`nn.Linear`: `in_features` must not be negative, but is -3"
word = nn.Conv2d(32, 64, 3, padding="full")  #~ CNN301 "`nn.Conv2d`: `padding` must be 'same', 'valid' or sizes, but is 'full'"
fine = nn.Conv2d(32, 64, 3, padding="valid")
also_fine = nn.Linear(0, 10)


def build(width):
    return nn.Linear(width, 10)


kept = nn.Linear(-3, 10)  # cnnlint: ignore[invalid-argument] to show the message
