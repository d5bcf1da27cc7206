import torch
from torch import nn



class Net(nn.Module):
    def __init__(self, depth, mode="plain"):
        super().__init__()
        if depth not in (18, 34):
            raise ValueError(f"depth must be 18 or 34, not {depth}")
        assert mode in ("plain", "dense")


class Outer(nn.Module):
    def __init__(self, depth):
        super().__init__()
        self.inner = Net(depth)


try:
    Net(50)
except ValueError:
    pass

fine = Net(18)
net = Net(19)  #~ CNN804 "`Net` can't be built with these arguments: it raises ValueError: depth must be 18 or 34, not 19"

def build(depth):
    return Net(depth)


class Abstract(nn.Module):
    def __init__(self):
        super().__init__()
        raise NotImplementedError
