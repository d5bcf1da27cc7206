import os

from torch import nn

# cnnlint: budget(layer-share=90%)
model = nn.Sequential(nn.Conv2d(3, 8, 3), nn.Flatten(), nn.Linear(8 * 30 * 30, 10))  #~ CNN408 "`2` of `model` holds 72,010 of 72,234 parameters, 99.69%, but may hold 90%"

# the nearest harmless neighbour: pooled before it is flattened
# cnnlint: budget(layer-share=90%)
pooled = nn.Sequential(nn.Conv2d(3, 8, 3), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, 10))

# an unknown dimension: whether the budget holds is another rule's
# cnnlint: budget(layer-share=90%)
wide = nn.Sequential(nn.Conv2d(3, 8, 3), nn.Linear(10, int(os.environ["WIDTH"])))  #~ CNN403 "`wide` has an unknown amount of its parameters in one layer; whether its budget of 90% holds is unknown"

# a second one
# cnnlint: budget(layer-share=12.5%)
even = nn.Sequential(*(nn.Linear(10, 10) for _ in range(7)))  #~ CNN408 "`0` of `even` holds 110 of 770 parameters, 14.29%, but may hold 12.5%"

# cnnlint: budget(layer-share=90%)
known = nn.Sequential(nn.Conv2d(3, 8, 3), nn.Linear(7200, 10))  # cnnlint: ignore[layer-share-over-budget] the head is the point
