import os

from torch import nn

model = nn.Linear(100, 15)  # cnnlint: budget(trainable-params=1k)  #~ CNN404 "`model` has 1.5k (1,515) trainable parameters, but a budget of 1k"


# the nearest harmless neighbour: most of it is frozen
# cnnlint: budget(trainable-params=1k)
class Frozen(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Linear(100, 100)
        self.head = nn.Linear(100, 9)
        for parameter in self.body.parameters():
            parameter.requires_grad = False

    def forward(self, x):
        return self.head(self.body(x))


# an unknown dimension: whether the budget holds is another rule's
# cnnlint: budget(trainable-params=1k)
wide = nn.Linear(100, int(os.environ["WIDTH"]))  #~ CNN403 "`wide` has at least 0 trainable parameters; whether its budget of 1k holds is unknown"

# a second one
tuned = nn.Sequential(nn.Linear(100, 15), nn.Linear(15, 2))  # cnnlint: budget(trainable-params=1.5k)  #~ CNN404 "`tuned` has 1.5k (1,547) trainable parameters, but a budget of 1.5k"

# cnnlint: budget(trainable-params=1k)
known = nn.Linear(100, 15)  # cnnlint: ignore[trainable-params-over-budget] it is frozen by the trainer
