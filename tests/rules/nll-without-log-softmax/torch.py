import torch
from torch import nn


scores = nn.Linear(64, 10)(torch.randn(8, 64))
target = torch.randint(10, (8,))
loss = nn.NLLLoss()
loss(scores, target)  #~ CNN604 "`loss` needs log-probabilities, but gets the output of a layer of weights"
nn.functional.nll_loss(scores.softmax(1), target)  #~ CNN604 "`nn.functional.nll_loss` needs log-probabilities, but gets the output of a softmax"
loss(scores, target)  # cnnlint: ignore[CNN604] scores are compared only
loss(scores.log_softmax(1), target)
loss(scores.softmax(1).log(), target)


def train(model, x):
    return loss(model(x), target)
