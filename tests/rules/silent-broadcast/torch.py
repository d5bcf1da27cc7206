import torch
from torch import nn


loss = nn.MSELoss()
loss(torch.randn(32, 1), torch.randn(32))  #~ CNN217 "`loss` brings (32, 1) and (32,) to (32, 32), and compares each with all others"
nn.functional.smooth_l1_loss(torch.randn(8), torch.randn(8, 1))  #~ CNN217 "`nn.functional.smooth_l1_loss` brings (8,) and (8, 1) to (8, 8), and"
loss(torch.randn(4, 1), torch.randn(4))  # cnnlint: ignore[silent-broadcast] all pairs are meant
loss(torch.randn(32, 1), torch.randn(32, 1))
loss(torch.randn(32, 10), torch.ones(1))
loss(torch.randn(1, 1), torch.randn(1))


def train(loader, model):
    for x, y in loader:
        loss(model(x), y)
