"""Models whose memory `benchmarks/record_memory.py` measures with PyTorch, and cnnlint from this text; each takes (2, 3, 32, 32)."""

import torch
import torch.nn.functional as F  # noqa: N812
from torch import nn


class Chain(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), nn.ReLU(inplace=True), nn.MaxPool2d(2))
        self.drop = nn.Dropout(0.5)
        self.head = nn.Linear(8 * 15 * 15, 10)

    def forward(self, x):
        return self.head(self.drop(torch.flatten(self.layers(x), 1)))


class Residual(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 16, 1)
        self.a = nn.Conv2d(16, 64, 3, padding=1)
        self.b = nn.Conv2d(64, 16, 3, padding=1)

    def forward(self, x):
        kept = self.stem(x)
        for _ in range(2):
            kept = kept + self.b(F.relu(self.a(kept)))
        kept += 1
        return kept.mean((2, 3))


class Dense(nn.Module):
    def __init__(self):
        super().__init__()
        self.convs = nn.ModuleList(nn.Conv2d(3 + 4 * i, 4, 3, padding=1) for i in range(4))

    def forward(self, x):
        maps = [x]
        for conv in self.convs:
            maps.append(F.relu_(conv(torch.cat(maps, 1))))
        return torch.cat(maps, 1)


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.down = nn.ModuleList(nn.Conv2d(a, b, 3, padding=1) for a, b in ((3, 8), (8, 16), (16, 32)))
        self.up = nn.ModuleList(nn.ConvTranspose2d(a, b, 2, stride=2) for a, b in ((32, 16), (24 + 8, 8)))
        self.last = nn.Conv2d(16, 2, 1)

    def forward(self, x):
        skips = []
        for conv in self.down[:2]:
            x = torch.sigmoid(conv(x))
            skips.append(x)
            x = F.max_pool2d(x, 2)
        x = self.down[2](x)
        for up, skip in zip(self.up, reversed(skips), strict=True):
            x = torch.cat([up(x), skip], dim=1)
        return {"out": self.last(x), "middle": x.amax(dim=(2, 3))}


class Tokens(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Conv2d(3, 24, 8, stride=8)
        self.norm = nn.LayerNorm(24)
        self.qkv = nn.Linear(24, 72)
        self.place = nn.Parameter(torch.zeros(1, 17, 24))
        self.token = nn.Parameter(torch.zeros(1, 1, 24))

    def forward(self, x):
        n = x.shape[0]
        x = self.embed(x).flatten(2).transpose(1, 2)
        x = torch.cat([self.token.expand(n, -1, -1), x], dim=1) + self.place
        q, k, v = self.qkv(self.norm(x)).reshape(n, 17, 3, 2, 12).permute(2, 0, 3, 1, 4).unbind(0)
        weights = (q @ k.transpose(-2, -1) * 12**-0.5).softmax(-1)
        x = x + (weights @ v).transpose(1, 2).reshape(n, 17, 24)
        return x[:, 0].argmax(1)


class Windows(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, padding=1)
        self.norm = nn.LayerNorm(8)

    def forward(self, x):
        x = self.conv(x).permute(0, 2, 3, 1)
        x = torch.roll(self.norm(x), (2, 2), (1, 2))
        windows = x.view(2, 4, 8, 4, 8, 8).permute(0, 1, 3, 2, 4, 5).reshape(-1, 64, 8)
        first, second = windows.chunk(2, dim=-1)
        gate = F.adaptive_avg_pool2d(x.permute(0, 3, 1, 2), 1)
        return (first * second).contiguous().view(2, -1), gate.squeeze(-1).squeeze(-1).half(), x[..., ::2].contiguous()
