import torch
from torch import nn


x = torch.randn(8, 64)
net = nn.Sequential(nn.Dropout(0.5), nn.BatchNorm1d(64))
net(x)  #~ CNN707 "`1` normalises the output of a dropout, whose variance is another in evaluation than in training"
norm = nn.BatchNorm1d(64)
norm(nn.functional.dropout(x))  #~ CNN707 "`norm` normalises the output of a dropout"
norm(nn.functional.dropout(x, 0.1))  # cnnlint: ignore[CNN707] a little of it
nn.Sequential(nn.BatchNorm1d(64), nn.Dropout(0.5))(x)
nn.Sequential(nn.Dropout(0.5), nn.Linear(64, 64), nn.BatchNorm1d(64))(x)
nn.Sequential(nn.Dropout(0.5), nn.LayerNorm(64))(x)


def build(first):
    return nn.BatchNorm1d(64)(first(x))
