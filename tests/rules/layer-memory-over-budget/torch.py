import os

import torch
from torch import nn


# (400 + 120 + 400 * 120 + 120) * 4 bytes
# cnnlint: input(batch, 400)
# cnnlint: budget(layer-memory=128KiB)
class Plain(nn.Module):  #~ CNN406 "`fc` of `Plain` reads, makes and weighs 190 KiB, but has a budget of 128 KiB"
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(400, 120)

    def forward(self, x):
        return self.fc(x)


# the nearest harmless neighbour: weights of a byte each
# cnnlint: input(batch, 400)
# cnnlint: budget(layer-memory=128KiB, weights=int8)
class Quantised(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(400, 120)

    def forward(self, x):
        return self.fc(x)


# an unknown dimension: whether the budget holds is another rule's
# cnnlint: budget(layer-memory=128KiB)
wide = nn.Linear(400, int(os.environ["WIDTH"]))  #~ CNN403 "`wide` has an unknown amount for a layer; whether its budget of 128 KiB holds is unknown"


# a second one: the largest of several layers, whatever the whole model takes
# cnnlint: input(batch, 3, 32, 32)
# cnnlint: budget(layer-memory=128KiB)
class Several(nn.Module):  #~ CNN406 "`second` of `Several` reads, makes and weighs 137.1 KiB (140,352 bytes), but has a budget of 128 KiB"
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(3, 16, 3, padding=1)
        self.second = nn.Conv2d(16, 16, 3, padding=1)

    def forward(self, x):
        return self.second(torch.relu_(self.first(x)))


# cnnlint: input(batch, 400)
# cnnlint: budget(layer-memory=128KiB)
class Known(nn.Module):  # cnnlint: ignore[layer-memory-over-budget] it stays on the processor
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(400, 120)

    def forward(self, x):
        return self.fc(x)
