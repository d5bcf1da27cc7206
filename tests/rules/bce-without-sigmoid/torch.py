import torch
from torch import nn


scores = nn.Linear(64, 1)(torch.randn(8, 64))
target = torch.rand(8, 1)
loss = nn.BCELoss()
loss(scores, target)  #~ CNN603 "`loss` needs probabilities between 0 and 1, but gets the output of a layer of weights"
nn.functional.binary_cross_entropy(scores.view(-1), target.view(-1))  #~ CNN603 "needs probabilities between 0 and 1"
loss(scores, target)  # cnnlint: ignore[bce-without-sigmoid] the weights are positive
loss(torch.sigmoid(scores), target)
loss(scores.clamp(0, 1), target)


def train(model, x):
    return loss(model(x), target)
