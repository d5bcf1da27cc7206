import torch
from torch import nn

# cnnlint: file-ignore[norm-mismatch]  #~ CNN904 "nothing is silenced by `norm-mismatch` here"


class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.used = nn.Linear(8, 4)
        # cnnlint: ignore[feature-mismatch] the one that is used
        self.above = nn.Linear(
            5,
            2,
        )
        self.plain = nn.Linear(4, 4)  # cnnlint: ignore[CNN202]  #~ CNN904 "nothing is silenced by `CNN202` here"
        self.unknown = nn.Linear(width, 4)  # noqa: CNN202  #~ CNN904 "nothing is silenced by `CNN202` here"
        self.other = nn.Linear(4, 4)  # noqa: E501

    def forward(self, x):
        x = self.plain(self.used(x))
        return self.above(x), self.unknown(x)


class Silent(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)  # cnnlint: ignore[CNN202, unused-suppression] a trainer elsewhere gives 5

    def forward(self, x):
        return self.fc(x)


text = """
# cnnlint: ignore[CNN202]
"""
net = Net(torch.load("width"))
net(torch.randn(1, 8))
Silent()(torch.randn(1, 4))
