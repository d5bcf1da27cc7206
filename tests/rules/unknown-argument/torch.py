from torch import nn

conv = nn.Conv2d(3, 64, 3, strides=2)  #~ CNN302 "has no argument `strides`; did you mean `stride`?"
misspelt = nn.Conv2d(3, 64, kernal_size=3)  #~ CNN302 "`Conv2d` has no argument `kernal_size`; did you mean `kernel_size`?"
flatten = nn.Flatten(1, -1, 2)  #~ CNN302 "takes at most 2 arguments, but gets more"
fine = nn.Conv2d(3, 64, 3, stride=2)


def build(**options):
    return nn.Conv2d(3, 64, 3, **options)


kept = nn.Conv2d(3, 64, 3, strides=2)  # cnnlint: ignore[CNN302] to show the message
