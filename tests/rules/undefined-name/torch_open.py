import argparse

import torch
from somewhere import *
from torch import nn

parser = argparse.ArgumentParser()
parser.add_argument("--width", default="small")
args = parser.parse_args()

if args.width == "small":
    width = 16
elif args.width == "large":
    width = 64
else:
    raise ValueError(args.width)

conv = nn.Conv2d(3, width, 3)
head = nn.Linear(FEATURES, 10)


class Net(nn.Module):
    def __init__(self):
        super(__class__, self).__init__()
        self.fc = nn.Linear(8, 2)


net = Net()
