import torch
from torch import nn



class Net(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.fc = nn.Linear(64, classes)

    def forward(self, x):
        return torch.softmax(self.fc(x), dim=1)


class Segment(nn.Module):
    def __init__(self):
        super().__init__()
        self.head = nn.Conv2d(64, 5, 1)

    def forward(self, x):
        return self.head(x).softmax(1)


class Scores(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(64, 10)

    def forward(self, x):
        return self.fc(x)


criterion = nn.CrossEntropyLoss()


def train(loader):
    net, segment, scores = Net(10), Segment(), Scores()
    for x, y in loader:
        criterion(net(x), y)  #~ CNN601 "`criterion` takes the softmax of its input itself, but gets the output of a softmax"
        nn.functional.cross_entropy(segment(x), y)  #~ CNN601 "`nn.functional.cross_entropy` takes the softmax"
        criterion(net(x), y)  # cnnlint: ignore[CNN601] compared with the above
        criterion(scores(x), y)
        criterion(torch.log_softmax(scores(x), dim=1), y)
        criterion(net(x).transpose(1, 2), y)
        criterion(loader.model(x), y)


train(torch.utils.data.DataLoader(None))
