import os

from torch import nn

model = nn.Linear(100, 100)  # cnnlint: budget(model-size=32KiB)  #~ CNN407 "`model` has weights of 39.5 KiB (40,400 bytes) in float32, but a budget of 32 KiB"

# the nearest harmless neighbour: half of the bytes
half = nn.Linear(100, 100)  # cnnlint: budget(model-size=32KiB, weights=float16)

# an unknown dimension: whether the budget holds is another rule's
# cnnlint: budget(model-size=32KiB)
wide = nn.Linear(100, int(os.environ["WIDTH"]))  #~ CNN403 "`wide` has at least 0 bytes of weights; whether its budget of 32 KiB holds is unknown"

# a second one: buffers are saved as well, the counter as an integer of eight bytes
norm = nn.BatchNorm2d(64)  # cnnlint: budget(model-size=1KiB)  #~ CNN407 "`norm` has weights of 1 KiB (1,032 bytes) in float32, but a budget of 1 KiB"

# cnnlint: budget(model-size=32KiB)
known = nn.Linear(100, 100)  # cnnlint: ignore[model-size-over-budget] it is pruned before it ships
