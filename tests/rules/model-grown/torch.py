import os

from torch import nn

model = nn.Linear(100, 15)  #~ CNN409 "`model` has grown by more than 1%: from 1,010 to 1,515 parameters (+50%)"

# the nearest harmless neighbours: as large as before, and 1% larger
same = nn.Linear(100, 10)
nearly = nn.Linear(100, 15)

# an unknown dimension: nothing is proven
wide = nn.Linear(100, int(os.environ["WIDTH"]))


# a second one, whose layers are told in notes
# cnnlint: input(batch, 3, 32, 32)
class Deeper(nn.Module):  #~ CNN409 "`Deeper` has grown by more than 1%: from 448 to 2,768 parameters (+517.85%); from 442,368 to 2,801,664 MACs (+533.33%); from 77,824 to 131,072 bytes for activations at once (+68.42%)"
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, 3, padding=1)
        self.more = nn.Conv2d(16, 16, 3, padding=1)

    def forward(self, x):
        return self.more(self.conv(x))


known = nn.Linear(100, 15)  # cnnlint: ignore[model-grown] the new classes are in
