"""What was given a method may call it at any time: what the method changes of its instance is not known from then on."""

import numpy as np
import torch
from somewhere import backbone
from torch import nn


class Saver:
    def __init__(self, layers):
        self.kept = []
        self.sizes = {}
        self.count = 0
        for layer in layers:
            layer.register_forward_hook(self.save)

    def save(self, module, given, result):
        self.kept.append(result.detach())
        self.sizes["last"] = result.shape
        self.count += 1

    def run(self, model, x):
        self.kept = []
        self.count = 0
        model(x)
        return np.concatenate([one.numpy() for one in self.kept], axis=1), 1 / self.count


model = backbone()
saver = Saver([model.features[-1]])
saver.run(model, torch.zeros(1, 3, 8, 8))
head = nn.Linear(8, 2)
head(torch.zeros(1, 8))
