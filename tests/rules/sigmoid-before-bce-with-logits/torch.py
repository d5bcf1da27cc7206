import torch
from torch import nn


scores = nn.Linear(64, 1)(torch.randn(8, 64))
target = torch.rand(8, 1)
loss = nn.BCEWithLogitsLoss()
loss(torch.sigmoid(scores), target)  #~ CNN602 "`loss` takes the sigmoid of its input itself, but gets the output of a sigmoid"
nn.functional.binary_cross_entropy_with_logits(nn.Sigmoid()(scores).squeeze(1), target.squeeze(1))  #~ CNN602 "takes the sigmoid of its input itself"
loss(scores.sigmoid(), target)  # cnnlint: ignore[CNN602] a smooth one
loss(scores, target)
nn.BCELoss()(torch.sigmoid(scores), target)
squared = torch.sigmoid(scores)
squared.mul_(2)
loss(squared, target)


def train(model, x):
    return loss(model(x), target)
