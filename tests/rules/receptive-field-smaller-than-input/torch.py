from torch import nn

# cnnlint: input(batch, 3, 224, 224)
model = nn.Sequential(nn.Conv2d(3, 16, 3), nn.MaxPool2d(2), nn.Conv2d(16, 16, 3))  #~ CNN412 "each output of `model` depends on at most 8x8 of 224x224 pixels of its input"

# the nearest harmless neighbours: all is mixed, and the windows reach over all
# cnnlint: input(batch, 3, 224, 224)
pooled = nn.Sequential(nn.Conv2d(3, 16, 3), nn.AdaptiveAvgPool2d(1))
# cnnlint: input(batch, 3, 8, 8)
small = nn.Sequential(nn.Conv2d(3, 16, 5), nn.Conv2d(16, 16, 4))

# an unknown dimension: nothing is proven
# cnnlint: input(batch, 3, H, W)
wide = nn.Sequential(nn.Conv2d(3, 16, 3), nn.Conv2d(16, 16, 3))


# a second one: the largest of two branches
# cnnlint: input(batch, 3, 64, 32)
class Branches(nn.Module):  #~ CNN412 "each output of `Branches` depends on at most 9x7 of 64x32 pixels of its input"
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 8, (9, 3), padding=(4, 1))
        self.b = nn.Conv2d(3, 8, 7, padding=3)

    def forward(self, x):
        return self.a(x) + self.b(x)


# cnnlint: input(batch, 3, 64, 64)
edges = nn.Sequential(nn.Conv2d(3, 1, 3))  # cnnlint: ignore[receptive-field-smaller-than-input] it finds edges
