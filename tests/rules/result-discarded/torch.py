import torch
from torch import nn



class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(8, 8)
        self.relu = nn.ReLU(inplace=True)
        self.norm = nn.BatchNorm1d(8)
        self.cache = {}

    def forward(self, x):
        x.view(8, -1)  #~ CNN507 "`x.view` gives a new tensor of shape (8, 8) and leaves the old one as it is; nothing takes the result"
        nn.functional.relu(x)  #~ CNN507 "`nn.functional.relu` gives a new tensor of shape (8, 8) and leaves the old one as it is"
        self.fc(x)  #~ CNN507 "`self.fc` gives a new tensor"
        x.sum()  # cnnlint: ignore[result-discarded] to see that it can be
        self.relu(x)
        self.norm(x)
        x.add_(1)
        nn.functional.relu(x, inplace=True)
        nn.functional.relu(x, True)
        torch.add(x, 1, out=x)
        self.remember(x)
        return self.fc(x)

    def remember(self, x):
        self.cache["x"] = x
        return x


class Open(nn.Module):
    def forward(self, x, function):
        function(x)
        return x


Net()(torch.randn(8, 8))
Open()(torch.randn(8, 8), torch.load("function.pt"))
torch.randn(8, 8).view(-1)
