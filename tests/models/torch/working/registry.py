"""Builders in a registry, configured by data classes, layers by an enumeration."""
from __future__ import annotations

import dataclasses
import enum
import functools
from dataclasses import dataclass, field
from typing import Any, Callable, Dict, Sequence

import torch
from torch import nn

MODELS: Dict[str, Callable[..., nn.Module]] = {}


def register_model(name=None):
    def decorator(fn):
        key = name if name is not None else fn.__name__
        if key in MODELS:
            raise ValueError(f"An entry is already registered under the name '{key}'.")
        MODELS[key] = fn

        @functools.wraps(fn)
        def wrapper(*args, **kwargs):
            return fn(*args, **kwargs)

        return wrapper

    return decorator


class Norm(enum.Enum):
    BATCH = 'bn'
    GROUP = 'gn'
    NONE = 'none'


def get_norm(norm: Norm | str, channels: int) -> nn.Module:
    norm = Norm(norm)
    return {
        Norm.BATCH: nn.BatchNorm2d,
        Norm.GROUP: lambda c: nn.GroupNorm(num_groups=8, num_channels=c),
        Norm.NONE: nn.Identity,
    }[norm](channels)


def get_activation(name: str) -> nn.Module:
    if name == 'relu':
        return nn.ReLU(inplace=True)
    elif name == 'gelu':
        return nn.GELU()
    elif name in ('silu', 'swish'):
        return nn.SiLU(inplace=True)
    raise NotImplementedError(f'activation {name}')


@dataclass
class StageConfig:
    width: int
    depth: int
    stride: int = 2


@dataclass
class NetConfig:
    in_channels: int = 3
    num_classes: int = 10
    stem_width: int = 16
    norm: Norm = Norm.BATCH
    activation: str = 'relu'
    stages: Sequence[StageConfig] = field(default_factory=lambda: [StageConfig(32, 1), StageConfig(64, 2)])

    @property
    def num_features(self) -> int:
        return self.stages[-1].width

    @classmethod
    def from_dict(cls, options: Dict[str, Any]) -> NetConfig:
        known = {f.name for f in dataclasses.fields(cls)}
        return cls(**{k: v for k, v in options.items() if k in known})


class ConvNormAct(nn.Sequential):
    def __init__(self, in_channels, out_channels, *, stride=1, config: NetConfig):
        layers = dict(
            conv=nn.Conv2d(in_channels, out_channels, 3, stride, 1, bias=config.norm is Norm.NONE),
            norm=get_norm(config.norm, out_channels),
            act=get_activation(config.activation),
        )
        super().__init__()
        for name, layer in layers.items():
            self.add_module(name, layer)


class ConfiguredNet(nn.Module):
    def __init__(self, config: NetConfig):
        super().__init__()
        self.config = config
        self.stem = ConvNormAct(config.in_channels, config.stem_width, stride=2, config=config)
        channels = config.stem_width
        stages = []
        for stage in config.stages:
            blocks = []
            for i in range(stage.depth):
                blocks.append(ConvNormAct(channels, stage.width, stride=stage.stride if i == 0 else 1, config=config))
                channels = stage.width
            stages.append(nn.Sequential(*blocks))
        self.stages = nn.ModuleList(stages)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.head = nn.Linear(config.num_features, config.num_classes)

    def forward(self, x):
        x = self.stem(x)  #= (batch, 16, 16, 16) params=432 | (batch, 16, 16, 16) params=32 | (batch, 16, 16, 16) params=0 | (2, 16, 32, 32) params=432 | (2, 16, 32, 32) params=32 | (2, 16, 32, 32) params=0
        for stage in self.stages:
            x = stage(x)  #= (batch, 32, 8, 8) | (batch, 64, 4, 4) | (2, 32, 16, 16) | (2, 64, 8, 8) | (2, 64, 16, 16) | (2, 128, 8, 8)
        x = self.pool(x).flatten(1)
        return self.head(x)  #= (batch, 10) | (2, 7) | (2, 10)


# cnnlint: input(batch, 3, 32, 32)
@register_model()
def tiny(**kwargs):  #= total params=61338 macs=1290880
    return ConfiguredNet(NetConfig(**kwargs))


@register_model('wide_gn')
def _wide(width_mult=2, **kwargs):
    base = NetConfig.from_dict(dict(norm='gn', activation='silu', unused=1, **kwargs))
    stages = [dataclasses.replace(stage, width=stage.width * width_mult) for stage in base.stages]
    return ConfiguredNet(dataclasses.replace(base, stages=stages, norm=Norm(base.norm)))


def create_model(name: str, **kwargs) -> nn.Module:
    if name not in MODELS:
        raise ValueError(f'Unknown model {name}; known: {sorted(MODELS)}')
    return MODELS[name](**kwargs)


if __name__ == '__main__':
    net = create_model('tiny', num_classes=7)  #= total params=61143
    print(net(torch.randn(2, 3, 64, 64)).shape)
    wide = create_model('wide_gn')  #= total params=232794
    print(wide(torch.randn(2, 3, 64, 64)).shape)
