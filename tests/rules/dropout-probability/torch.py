import torch
from torch import nn


percent = nn.Dropout(50)  #~ CNN311 "`nn.Dropout`: `p` must be between 0 and 1, but is 50"
negative = nn.Dropout2d(p=-0.1)  #~ CNN311 "`nn.Dropout2d`: `p` must be between 0 and 1, but is -0.1"
recurrent = nn.LSTM(8, 8, num_layers=2, dropout=20)  #~ CNN311 "`nn.LSTM`: `dropout` must be between 0 and 1, but is 20"
fine = nn.Dropout(1.0)
also_fine = nn.Dropout(0)


def build(rate):
    return nn.Dropout(rate)


kept = nn.Dropout(2)  # cnnlint: ignore[CNN311] to see it fail
