import torch
from torch import nn


# cnnlint: input(1, 16, 6, 6)
class Inferred(nn.Module):
    def forward(self, x):
        return x.view(-1, 400)  #~ CNN206 "can't make (-1, 400) of (1, 16, 6, 6): 1 * 16 * 6 * 6 = 576 elements are no multiple of 400"


# cnnlint: input(2, 16, 6, 6)
class Stated(nn.Module):
    def forward(self, x):
        return x.reshape(2, 16, 25)  #~ CNN206 "can't make (2, 16, 25) of (2, 16, 6, 6): 2 * 16 * 6 * 6 = 1152 elements are not 2 * 16 * 25 = 800"


# cnnlint: input(2, 16, 5, 5)
class Fits(nn.Module):
    def forward(self, x):
        return x.view(-1, 400)


# For some batch it works.
# cnnlint: input(batch, 16, 6, 6)
class Symbolic(nn.Module):
    def forward(self, x):
        return x.view(-1, 400)  #~ CNN216 "makes rows of 400 elements, but an example of (batch, 16, 6, 6) has 576 elements"


torch.zeros(2, 3).view(5)  # cnnlint: ignore[CNN206] to show the message
