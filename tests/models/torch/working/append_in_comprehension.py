"""Lists that grow inside of comprehensions over what is not known: how much is in them is not known either."""

import numpy as np
import torch
from somewhere import items, loader
from torch import nn


def predictions(model):
    rows = []
    for x, y in loader:
        [rows.append(row) for row in model(x).data.numpy()]
    return np.array(rows)


def chosen():
    rows = []
    [rows.append(np.zeros(3)) for item in items if item]
    return np.array(rows)


def some(flags):
    rows = []
    [rows.append(np.zeros(3)) for flag in flags if flag]
    return np.array(rows)


def nested():
    rows = []
    {item: [rows.append(np.zeros(3)) for _ in range(2)] for item in items}
    return np.array(rows)


net = nn.Linear(3, 4)
net(torch.zeros(2, 3))  #= (2, 4)
np.argmax(predictions(net), axis=1)
np.argmax(chosen(), axis=1)
np.argmax(some([items, items]), axis=1)
np.argmax(nested(), axis=1)
