import torch
from torch import nn



class Net(nn.Module):
    def __init__(self):
        self.fc = nn.Linear(8, 2)  #~ CNN504 "`Net` registers something before its constructor calls `super().__init__()`"
        super().__init__()


class Weight(nn.Module):
    def __init__(self):
        self.weight = nn.Parameter(torch.zeros(8))  #~ CNN504 "`Weight` registers something before its constructor calls `super().__init__()`"
        super(Weight, self).__init__()


class Plain(nn.Module):
    def __init__(self, width):
        self.width = width
        super().__init__()
        self.fc = nn.Linear(8, width)


class Whether(nn.Module):
    def __init__(self, early):
        if early:
            super().__init__()
        self.fc = nn.Linear(8, 2)


class Kept(nn.Module):
    def __init__(self):
        self.fc = nn.Linear(8, 2)  # cnnlint: ignore[CNN504] to see it fail
        super().__init__()
