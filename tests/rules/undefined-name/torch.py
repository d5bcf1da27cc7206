import torch
from torch import nn


width = 64
conv = nn.Conv2d(3, widht, 3)  #~ CNN802 "`widht` is not defined; did you mean `width`?"


try:
    import missing_package
except ImportError:
    missing_package = None

if missing_package:
    extra = missing_package.Layer

print(extra)


class Unbuilt(nn.Module):
    def __init__(self, planes):
        super().__init__()
        self.conv = nn.Conv2d(3, inplanes, 3)


try:
    unicode
except NameError:
    unicode = str
