"""Lists of which nobody knows what is in them are no wrong arguments."""

import torch
import torch.nn.functional as F
from somewhere import n

torch.zeros([i for i in n]).view([i for i in n]).permute([i for i in n]).repeat([i for i in n]).expand([i for i in n])
torch.zeros(2, 3).sum([i for i in n]).mean(dim=[i for i in n])
torch.nn.Conv2d(3, 8, [i for i in n], padding=[i for i in n], stride=[i for i in n])(torch.zeros(1, 3, 4, 4))
torch.nn.MaxPool2d([i for i in n])(torch.zeros(1, 3, 4, 4))
torch.zeros(2, 3).split([i for i in n])
torch.cat([i for i in n]); torch.stack([i for i in n])
F.interpolate(torch.zeros(1, 3, 4, 4), size=[i for i in n], mode="nearest")
torch.nn.LayerNorm([i for i in n])(torch.zeros(1, 3))
torch.zeros(2, 3).unflatten(1, [i for i in n])
torch.nn.AdaptiveAvgPool2d([i for i in n])(torch.zeros(1, 3, 4, 4))
torch.einsum("ij->j", [i for i in n])
torch.nn.Upsample(size=[i for i in n])(torch.zeros(1, 3, 4, 4))
torch.zeros(2, 3).flip([i for i in n]).roll([i for i in n], [i for i in n])
