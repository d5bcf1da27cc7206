from torch import nn


# cnnlint: input(batch, 3072)
class Unpacking(nn.Module):
    def forward(self, x):
        batch, channels, height, width = x.shape  #~ CNN801 "raises ValueError: "
        return x


# cnnlint: input(batch, 3072)
class Subscript(nn.Module):
    def forward(self, x):
        return x.reshape(x.shape[0], x.shape[2])  #~ CNN801 "raises IndexError: "


# cnnlint: input(batch, 3, 32, 32)
class Fits(nn.Module):
    def forward(self, x):
        batch, channels, height, width = x.shape
        return x
