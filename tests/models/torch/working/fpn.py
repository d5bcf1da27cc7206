from collections import OrderedDict
from typing import Dict, List

import torch
import torch.nn.functional as F
from torch import nn, Tensor


class FeaturePyramidNetwork(nn.Module):
    def __init__(self, in_channels_list: List[int], out_channels: int):
        super().__init__()
        self.inner_blocks = nn.ModuleList()
        self.layer_blocks = nn.ModuleList()
        for in_channels in in_channels_list:
            if in_channels == 0:
                raise ValueError("in_channels=0 is currently not supported")
            self.inner_blocks.append(nn.Conv2d(in_channels, out_channels, 1))
            self.layer_blocks.append(nn.Conv2d(out_channels, out_channels, 3, padding=1))

        for m in self.children():
            if isinstance(m, nn.Conv2d):
                nn.init.kaiming_uniform_(m.weight, a=1)
                nn.init.constant_(m.bias, 0)

    def get_result_from_inner_blocks(self, x: Tensor, idx: int) -> Tensor:
        num_blocks = len(self.inner_blocks)
        if idx < 0:
            idx += num_blocks
        out = x
        for i, module in enumerate(self.inner_blocks):
            if i == idx:
                out = module(x)  #= (batch, 256, 25, 38) | (batch, 256, 50, 75) | (batch, 256, 100, 150)
        return out

    def forward(self, x: Dict[str, Tensor]) -> Dict[str, Tensor]:
        names = list(x.keys())
        x = list(x.values())

        last_inner = self.get_result_from_inner_blocks(x[-1], -1)
        results = []
        results.append(self.layer_blocks[-1](last_inner))

        for idx in range(len(x) - 2, -1, -1):
            inner_lateral = self.get_result_from_inner_blocks(x[idx], idx)
            feat_shape = inner_lateral.shape[-2:]
            inner_top_down = F.interpolate(last_inner, size=feat_shape, mode="nearest")
            last_inner = inner_lateral + inner_top_down
            results.insert(0, self.layer_blocks[idx](last_inner))  #= (batch, 256, 50, 75) | (batch, 256, 100, 150)

        results.append(F.max_pool2d(results[-1], 1, 2, 0))
        names.append("pool")
        out = OrderedDict([(k, v) for k, v in zip(names, results)])
        return out


class BodyWithStages(nn.Module):
    def __init__(self, widths):
        super().__init__()
        self.stem = nn.Conv2d(3, widths[0], 7, 2, 3)
        self.stages = nn.ModuleDict({
            f'res{i + 2}': nn.Sequential(nn.Conv2d(c_in, c_out, 3, 2, 1), nn.GroupNorm(32, c_out), nn.ReLU())
            for i, (c_in, c_out) in enumerate(zip(widths, widths[1:]))
        })

    def forward(self, x):
        out = OrderedDict()
        x = self.stem(x)
        for name, stage in self.stages.items():
            x = stage(x)
            out[name] = x
        return out


# cnnlint: input(batch, 3, 400, 600)
class RetinaLike(nn.Module):  #= total params=6404916 macs=95529559040
    def __init__(self, num_classes=80, num_anchors=9, widths=(64, 64, 128, 256)):
        super().__init__()
        self.body = BodyWithStages(widths)
        self.fpn = FeaturePyramidNetwork(list(widths[1:]), 256)
        self.heads = nn.ModuleDict({
            'cls_logits': self._head(num_anchors * num_classes),
            'bbox_regression': self._head(num_anchors * 4),
        })
        self.num_classes = num_classes

    @staticmethod
    def _head(out_channels, num_convs=2):
        layers = []
        for _ in range(num_convs):
            layers.append(nn.Conv2d(256, 256, 3, padding=1))
            layers.append(nn.ReLU())
        return nn.Sequential(*layers, nn.Conv2d(256, out_channels, 3, padding=1))

    def forward(self, images):
        features = self.fpn(self.body(images))
        cls_logits, regression = [], []
        for feature in features.values():
            logits = self.heads['cls_logits'](feature)
            N, _, H, W = logits.shape
            logits = logits.view(N, -1, self.num_classes, H, W).permute(0, 3, 4, 1, 2)
            cls_logits.append(logits.reshape(N, -1, self.num_classes))
            box = self.heads['bbox_regression'](feature)
            regression.append(box.permute(0, 2, 3, 1).reshape(N, -1, 4))
        cls_logits = torch.cat(cls_logits, dim=1)
        regression = torch.cat(regression, dim=1)
        return {'cls_logits': cls_logits, 'bbox_regression': regression,
                'scores': self.check(cls_logits) @ torch.zeros(80, 1, device=images.device)}

    def check(self, logits):
        # (100*150 + 50*75 + 25*38 + 13*19) * 9 anchors
        return logits.view(-1, 179523, 80)
