"""What scripts and notebooks do beside models, none of which is at fault unless it says so."""

import numpy as np
import torch
import torch.nn.functional as F
from elsewhere import score
from torch import nn

# Text takes whatever it is given.
print("%d of %s" % (torch.arange(3)[0], torch.zeros(2)), "on %s" % torch.device("cpu"), "%.2f" % torch.zeros(1))
help(torch.ones)

# What a framework's name means may be changed.
torch.pi = torch.acos(torch.zeros(1)) * 2
torch.sqrt(torch.pi)
F.relu = lambda x: x.flatten(1)
nn.Linear(12, 2)(F.relu(torch.zeros(1, 3, 4)))
nn.Linear(4, 2)(F.relu(torch.zeros(1, 3, 4)))  #~ CNN202 "`Linear` expects 4 input features, but gets 3 * 4 = 12"

# Arrays change their shape in place.
signal = np.linspace(0, 3, 20)
signal.resize((20, 1))
nn.Linear(1, 3)(torch.Tensor(signal))
signal.shape = 4, -1
nn.Linear(5, 3)(torch.Tensor(signal))
nn.Linear(3, 2)(torch.Tensor(signal))  #~ CNN202 "`Linear` expects 3 input features, but gets 5"

# Tensors of one element are numbers in a list.
nn.Linear(2, 3)(torch.tensor([torch.zeros(1), torch.zeros(1, 1)]))

on_gpu = torch.cuda.is_available()


class Recurrent(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(4, 8, batch_first=True)
        for name in self.lstm._flat_weights_names:
            nn.init.zeros_(self.lstm._parameters[name])

    def forward(self, x, state):
        return self.lstm(x, state)[0]  #= (3, 5, 8), (1, 3, 8), (1, 3, 8) params=448

    def first_state(self, batch):
        if on_gpu:
            return torch.zeros(1, batch, 8).cuda(), torch.zeros(1, batch, 8).cuda()
        return torch.zeros(1, batch, 8), torch.zeros(1, batch, 8)


recurrent = Recurrent()
recurrent(torch.zeros(3, 5, 4), tuple([part.data for part in recurrent.first_state(3)]))


class TwoWays(nn.Module):
    """Nobody calls it, but its methods."""

    def __init__(self):
        super().__init__()
        self.embed = nn.Linear(4, 8)

    def forward_input(self, x):
        return self.embed(x)

    def forward_noise(self, n):
        return torch.zeros(n, 8)


ways = TwoWays()
ways.forward_input(torch.zeros(1, 4))

# What a statement that doesn't come to its end would have filled or bound isn't known.
losses, widths = [], [8]
for step in range(3):
    widths.append(score(step))
    losses.append(nn.Linear(3, 3)(torch.zeros(1, 4)).sum())  #~ CNN202 "`Linear` expects 3 input features, but gets 4"
    raise RuntimeError("the data is not there")
    best = step
print(losses[0], widths[3], np.argmin(losses), best)

# Nor is it where every way through a loop of unknown length ends in an exception.
kept = []
for epoch in range(3):
    for batch in torch.load("batches"):
        raise RuntimeError(batch)
    kept.append(epoch)
print(kept[0])
