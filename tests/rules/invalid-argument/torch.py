from torch import nn

shared = nn.Conv2d(32, 64, 3, groups=3)  #~ CNN301 "`nn.Conv2d`: `in_channels` must be divisible by groups: 32 % 3 = 2"
same = nn.Conv2d(32, 64, 3, stride=2, padding="same")  #~ CNN301 "`nn.Conv2d`: `stride` must be 1 where padding is 'same', but is 2"
fine = nn.Conv2d(32, 64, 3, groups=4)
also_fine = nn.Conv2d(32, 64, 3, padding="same")


def build(width):
    return nn.Conv2d(width, 64, 3, groups=4)
