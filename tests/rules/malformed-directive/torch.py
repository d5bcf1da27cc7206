from torch import nn


class Readable(nn.Module):  # cnnlint: input(batch, 3, 8, 8)
    def forward(self, x):
        return x


class Unreadable(nn.Module):  # cnnlint: input(batch; 3, 8, 8)  #~ CNN903 "expected whole numbers or names, separated by commas, in the shape `batch; 3, 8, 8`, but got `batch; 3`"
    def forward(self, x):
        return x


# cnnlint: bugdet(params=1M)  #~ CNN903 "`bugdet` is no directive; did you mean `budget`?"
class Misspelt(nn.Module):
    def forward(self, x):
        return x


text = "# cnnlint: input(in a string)"

fine = nn.Linear(8, 4)  # cnnlint: bugdet(params=1M) # cnnlint: ignore[malformed-directive]
