import torch
from torch import nn


mode = nn.Conv2d(3, 16, 3, padding_mode="reflect")  #~ CNN312 "`nn.Conv2d`: `padding_mode` has no effect: there is no padding whose values it could choose"
stack = nn.LSTM(8, 16, dropout=0.5)  #~ CNN312 "`nn.LSTM`: `dropout` has no effect: it stands between the layers of a stack, and there is one layer"
spread = nn.Conv2d(3, 16, 1, dilation=2)  #~ CNN312 "`nn.Conv2d`: `dilation` has no effect: it is the distance of the weights of a kernel, and there is one weight"
norm = nn.InstanceNorm2d(8, momentum=0.01)  #~ CNN312 "`nn.InstanceNorm2d`: `momentum` has no effect: there are no running statistics that it would update"
table = nn.Embedding(10, 4, norm_type=1.0)  #~ CNN312 "`nn.Embedding`: `norm_type` has no effect: it is the norm that `max_norm` limits, which is not given"
kept = nn.GRU(8, 16, dropout=0.5)  # cnnlint: ignore[dead-argument] more layers follow
fine = nn.Conv2d(3, 16, 3, padding=1, padding_mode="reflect")
also_fine = nn.LSTM(8, 16, num_layers=2, dropout=0.5)
wide = nn.Conv2d(3, 16, 3, dilation=2)
running = nn.InstanceNorm2d(8, momentum=0.01, track_running_stats=True)
limited = nn.Embedding(10, 4, max_norm=1.0, norm_type=1.0)


def wrapper(kernel_size, mode="reflect", layers=1):
    return nn.Conv2d(3, 16, kernel_size, padding=kernel_size // 2, padding_mode=mode), nn.LSTM(8, 16, layers, dropout=0.5)


def thin(kernel_size, dilation):
    return nn.Conv2d(3, 16, kernel_size, dilation=dilation)


wrapper(1)
thin(1, 2)
