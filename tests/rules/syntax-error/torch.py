from torch import nn

conv = nn.Conv2d(3, 64, 3  #~ CNN901 "`(` is never closed"
