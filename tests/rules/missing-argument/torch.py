from torch import nn

linear = nn.Linear(128)  #~ CNN303 "needs `out_features`, which is not given"
conv = nn.Conv2d(3, 64)  #~ CNN303 "needs `kernel_size`, which is not given"
fine = nn.Linear(128, 10)


def build(*sizes):
    return nn.Linear(*sizes)


kept = nn.Linear(128)  # cnnlint: ignore[CNN303] to show the message
