import torch
from torch import nn


x = torch.randn(8, 3, 32, 32)
torch.softmax(x, dim=4)  #~ CNN212 "`torch.softmax`: `dim` must lie between -4 and 3 for a tensor of shape (8, 3, 32, 32), but is 4"
x.mean(dim=(2, 3)).sum(dim=2)  #~ CNN212 "`dim` must lie between -2 and 1 for a tensor of shape (8, 3), but is 2"
torch.softmax(x, dim=-4)
x.unsqueeze(4)


class Open(nn.Module):
    def forward(self, x, axis):
        return torch.cat([x, x], dim=axis)


x.sum(dim=5)  # cnnlint: ignore[CNN212] to see it fail
