import torch
from jaxtyping import Float
from torch import Tensor, nn


# cnnlint: input(batch, 64)
# cnnlint: output(batch, 10)
class Net(nn.Module):  #~ CNN215 "`Net` gives (batch, 100), but is declared to give (batch, 10)"
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(64, 100)

    def forward(self, x):
        return self.fc(x)


# cnnlint: input(batch, 64)
class Annotated(nn.Module):  #~ CNN215 "`Annotated` gives (batch, 64), but is declared to give (batch, 8, 64)"
    def forward(self, x: Float[Tensor, "batch 64"]) -> Float[Tensor, "batch 8 64"]:
        return x * 2


# cnnlint: input(batch, 64)
# cnnlint: output((batch, 64), (batch,))
class Pair(nn.Module):  #~ CNN215 "`Pair` gives 1 tensor, but is declared to give 2 tensors: (batch, 64), (batch,)"
    def forward(self, x):
        return x


# cnnlint: input(batch, 64)
# cnnlint: output(batch, 64)
class Doubled(nn.Module):  #~ CNN215 "`Doubled` gives (2*batch, 64), but is declared to give (batch, 64)"
    def forward(self, x):
        return torch.cat([x, x])


# cnnlint: input(batch, 64)
# cnnlint: output(batch, 10)
class Kept(nn.Module):  # cnnlint: ignore[expected-output] the head follows
    def forward(self, x):
        return x


# cnnlint: input(8, 64)
# cnnlint: output(n, 64)
class Fits(nn.Module):
    def forward(self, x) -> Float[Tensor, "n c=64"]:
        return x


# cnnlint: input(batch, H)
# cnnlint: output(batch, 10)
class Symbolic(nn.Module):
    def forward(self, x):
        return x


class Open(nn.Module):
    def forward(self, x) -> Float[Tensor, "*batch 10"]:
        return torch.load("x.pt")
