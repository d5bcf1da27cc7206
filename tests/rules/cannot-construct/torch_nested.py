import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, mode):
        super().__init__()
        assert mode in ("plain", "dense")


class Outer(nn.Module):
    def __init__(self, mode):
        super().__init__()
        self.inner = Net(mode)


fine = Outer("dense")
outer = Outer("other")  #~ CNN804 "`Outer` can't be built with these arguments: it raises AssertionError"
