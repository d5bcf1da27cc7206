import torch
from torch import nn



# cnnlint: input(batch, 64)
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.head = nn.Sequential(nn.Linear(64, 10), nn.Softmax(dim=1))

    def forward(self, x):
        return torch.softmax(self.head(x), dim=-1)  #~ CNN607 "`torch.softmax` takes the softmax of what is a softmax along the same axis already"


net = Net()
torch.log_softmax(net(torch.randn(8, 64)), dim=1)  #~ CNN607 "`torch.log_softmax` takes the log_softmax of what is a softmax along the same axis already"
x = torch.randn(8, 4, 4)
torch.softmax(torch.softmax(x, 1), 2)
torch.softmax(torch.softmax(x, 1).transpose(1, 2), 2)
torch.softmax(torch.log_softmax(x, 1), 1)
torch.softmax(torch.softmax(x, 1), 1)  # cnnlint: ignore[CNN607] tempered


def twice(x, axis):
    return torch.softmax(torch.softmax(x, 1), axis)
