import torch
from torch import nn


class Nothing(nn.Module):
    pass


nothing = Nothing()
nothing(torch.randn(1, 8))  #~ CNN508 "`Nothing` defines no `forward`, which a call runs"


class Unseen(nn.Module):
    def farward(self, x):  #~ CNN508 "`Unseen` defines no `forward`, which a call runs; is it `farward`?"
        return x


class ForFeatures(nn.Module):
    def features_of(self, x):
        return x
