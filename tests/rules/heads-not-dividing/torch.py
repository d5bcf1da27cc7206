import torch
from torch import nn


attention = nn.MultiheadAttention(100, 8)  #~ CNN309 "`nn.MultiheadAttention`: `embed_dim` must be divisible by num_heads: 100 % 8 = 4"
layer = nn.MultiheadAttention(num_heads=7, embed_dim=64)  #~ CNN309 "`embed_dim` must be divisible by num_heads: 64 % 7 = 1"
fine = nn.MultiheadAttention(96, 8)


def build(width, heads):
    return nn.MultiheadAttention(width, heads)


kept = nn.MultiheadAttention(100, 8)  # cnnlint: ignore[CNN309] for a fork that takes it
