import torch
from torch import nn



# cnnlint: input(batch, 64)
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(64, 10)
        self.softmax = nn.Softmax(dim=0)  #~ CNN606 "`softmax` runs over axis 0 of (batch, 10), the batch"

    def forward(self, x):
        return self.softmax(self.fc(x)), torch.softmax(x.view(-1, 4, 16), 1)


# cnnlint: input(batch, 8, 64)
class Implicit(nn.Module):
    def forward(self, x):
        return nn.functional.softmax(x)  #~ CNN606 "`nn.functional.softmax` runs over axis 0 of (batch, 8, 64), the batch (which is what no `dim` means for 1 and 3 axes)"


# cnnlint: input(batch, 64)
class Pairs(nn.Module):
    def forward(self, x):
        return torch.softmax(x @ x.t(), dim=0), torch.softmax(x, dim=1), nn.functional.softmax(x)


# cnnlint: input(batch, 64)
class Kept(nn.Module):
    def forward(self, x):
        return torch.softmax(x, dim=0)  # cnnlint: ignore[CNN606] the batch is a bag of instances


class Unstated(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(64, 10)

    def forward(self, x):
        return torch.softmax(self.fc(x), dim=0)
