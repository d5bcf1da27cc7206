"""A feature pyramid that doubles odd sizes."""
import torch.nn as nn
import torch.nn.functional as F


class FPN(nn.Module):
    def __init__(self, in_channels, out_channels=256):
        super().__init__()
        self.lateral_convs = nn.ModuleList(nn.Conv2d(c, out_channels, 1) for c in in_channels)
        self.fpn_convs = nn.ModuleList(nn.Conv2d(out_channels, out_channels, 3, padding=1) for _ in in_channels)

    def forward(self, inputs):
        laterals = [lateral_conv(inputs[i]) for i, lateral_conv in enumerate(self.lateral_convs)]
        used_backbone_levels = len(laterals)
        for i in range(used_backbone_levels - 1, 0, -1):
            laterals[i - 1] = laterals[i - 1] + F.interpolate(laterals[i], scale_factor=2, mode='nearest')  #~ CNN204 "can't broadcast (batch, 256, 75, 75) with (batch, 256, 76, 76)"
        return tuple(self.fpn_convs[i](laterals[i]) for i in range(used_backbone_levels))


# cnnlint: input(batch, 3, 600, 600)
class Detector(nn.Module):
    def __init__(self, widths=(64, 128, 256, 512), num_anchors=3):
        super().__init__()
        stages = []
        previous = 3
        for width in widths:
            stages.append(nn.Sequential(nn.Conv2d(previous, width, 3, stride=2, padding=1), nn.BatchNorm2d(width), nn.ReLU()))
            previous = width
        self.stages = nn.ModuleList(stages)
        self.neck = FPN(widths[1:])
        self.head = nn.Conv2d(256, num_anchors * 5, 1)

    def forward(self, x):
        outs = []
        for i, stage in enumerate(self.stages):
            x = stage(x)
            if i > 0:
                outs.append(x)
        return [self.head(feature) for feature in self.neck(outs)]
