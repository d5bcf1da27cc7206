"""Receptive fields against brute force: the input positions that each element depends on, counted one by one."""

from __future__ import annotations

import pathlib
import random
from dataclasses import dataclass
from fractions import Fraction

import pytest

from cnnlint.dims import Dims, Shape
from cnnlint.flows import (
    ELEMENTWISE,
    Concatenated,
    Enlarged,
    Flow,
    Sliced,
    Sliding,
    Spreading,
    linear_taps,
    nearest_taps,
)
from cnnlint.graph import ReceptiveField, Step, Trace, TracedTensor, receptive_fields
from cnnlint.graph.reach import Reach
from cnnlint.graph.receptive_field import follow
from cnnlint.interpreter import Target
from cnnlint.source import StatedInput, parse_shape
from tests.conformance.replay import analyser

LENGTH = 400


@dataclass
class Signal:
    """A tensor of one channel and one axis: per element the input positions that it depends on; None where padding was read."""

    elements: list[frozenset[int] | None]
    number: int


class Network:
    """A trace, and what it does, element by element."""

    def __init__(self) -> None:
        self.tensors = [TracedTensor(Shape((1, 1, LENGTH)), None, 0)]
        self.steps: list[Step] = []
        self.start = Signal([frozenset((i,)) for i in range(LENGTH)], 0)

    def made(self, elements: list[frozenset[int] | None], flow: Flow, *read: Signal, channels: int = 1) -> Signal:
        number = len(self.tensors)
        self.tensors.append(TracedTensor(Shape((1, channels, len(elements))), None, number, flow))
        self.steps.append(Step(None, tuple(dict.fromkeys(signal.number for signal in read)), (number,)))
        return Signal(elements, number)

    def slide(self, x: Signal, kernel: int, stride: int, padding: int, dilation: int) -> Signal:
        count = (len(x.elements) + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1
        windows = [[o * stride - padding + k * dilation for k in range(kernel)] for o in range(count)]
        flow = Sliding((-1,), *(Dims((size,)) for size in (kernel, stride, padding, dilation)), mixed=(-2,))
        return self.made([union(x.elements, taps) for taps in windows], flow, x)

    def spread(self, x: Signal, kernel: int, stride: int, padding: int, dilation: int) -> Signal:
        count = (len(x.elements) - 1) * stride - 2 * padding + dilation * (kernel - 1) + 1
        taps: list[list[int]] = [[] for _ in range(count)]
        for m in range(-kernel * dilation, len(x.elements) + kernel * dilation):
            for k in range(kernel):
                if 0 <= m * stride - padding + k * dilation < count:
                    taps[m * stride - padding + k * dilation].append(m)
        flow = Spreading((-1,), *(Dims((size,)) for size in (kernel, stride, padding, dilation)), mixed=(-2,))
        return self.made([union(x.elements, each) for each in taps], flow, x)

    def enlarge(self, x: Signal, factor: int, *, is_linear: bool) -> Signal:
        places = []
        for i in range(len(x.elements) * factor):
            first, rest = divmod(2 * i + 1 - factor, 2 * factor)  # (i + 1/2) / factor - 1/2
            places.append(([first, first + 1] if rest else [first]) if is_linear else [i // factor])
        taps = linear_taps(factor) if is_linear else nearest_taps(factor)
        return self.made([union(x.elements, each) for each in places], Enlarged((-1,), (taps,)), x)

    def add(self, x: Signal, y: Signal) -> Signal:
        both = [None if a is None or b is None else a | b for a, b in zip(x.elements, y.elements, strict=True)]
        return self.made(both, ELEMENTWISE, x, y)

    def join(self, x: Signal, y: Signal) -> Signal:
        both = [None if a is None or b is None else a | b for a, b in zip(x.elements, y.elements, strict=True)]
        return self.made(both, Concatenated(1), x, y, channels=2)

    def crop(self, x: Signal, start: int, step: int) -> Signal:
        return self.made(x.elements[start::step], Sliced(((0, 0, 1), (1, 0, 1), (2, start, step))), x)

    def trace(self, x: Signal) -> Trace:
        return Trace(tuple(self.tensors), tuple(self.steps), (0,), (x.number,), is_complete=True)


def union(elements: list[frozenset[int] | None], places: list[int]) -> frozenset[int] | None:
    found: frozenset[int] = frozenset()
    for place in places:
        element = elements[place] if 0 <= place < len(elements) else None
        if element is None:
            return None
        found |= element
    return found


def chain(net: Network, x: Signal, source: random.Random, *, keeps_length: bool) -> Signal:
    """A few windows; such as keep the length have odd kernels."""
    for _ in range(source.randrange(1, 4)):
        dilation = source.randrange(1, 4)
        if keeps_length:
            kernel = source.choice((1, 3, 5))
            x = net.slide(x, kernel, 1, dilation * (kernel - 1) // 2, dilation)
        else:
            kernel = source.randrange(1, 6)
            x = net.slide(x, kernel, source.randrange(1, 3), source.randrange(kernel // 2 + 1), dilation)
    return x


def random_network(seed: int) -> tuple[Network, Signal]:
    source = random.Random(seed)
    net = Network()
    x = net.start
    for _ in range(source.randrange(1, 4)):
        match source.randrange(6):
            case 0 | 1:
                x = chain(net, x, source, keeps_length=False)
            case 2:
                x = net.add(chain(net, x, source, keeps_length=True), chain(net, x, source, keeps_length=True))
            case 3:
                x = net.join(x, chain(net, x, source, keeps_length=True))
            case 4 if len(x.elements) < 2 * LENGTH:
                kernel = source.randrange(2, 6)
                stride = source.randrange(1, kernel + 1)
                x = net.spread(x, kernel, stride, source.randrange(2), source.randrange(1, 3)) if stride < 4 else x
            case 5 if len(x.elements) < 2 * LENGTH:
                x = net.enlarge(x, source.randrange(2, 4), is_linear=source.random() < 0.5)
            case _:
                x = net.crop(x, source.randrange(4), source.randrange(1, 3))
    return net, x


@pytest.mark.parametrize("seed", range(400))
def test_random_networks(seed: int) -> None:
    net, x = random_network(seed)
    reach = follow(net.trace(x)).fields[x.number][2]
    assert isinstance(reach, Reach)
    inside = [(i, element) for i, element in enumerate(x.elements) if element is not None]
    assert len(inside) >= len(reach.lows)
    for i, element in inside:
        assert (reach.low(i), reach.high(i)) == ((min(element), max(element)) if element else (None, None))
    found = receptive_fields(net.trace(x), 0)
    if found.axes and reach.lows[0] is not None:
        (field,) = found.model
        assert field == ReceptiveField(
            max(max(element) - min(element) + 1 for _, element in inside if element),
            Fraction(reach.step, len(reach.lows)),
            -reach.lows[0],
        )


def fields_of(tmp_path: pathlib.Path, layers: str, body: str, shape: str = "1,3,64,64") -> list[str]:
    """The fields of the layer calls of a module along the first axis that windows slide over, then that of the model: `7/2/3`."""
    lines = "\n        ".join(body.splitlines())
    file = tmp_path / "net.py"
    file.write_text(
        "import torch\nimport torch.nn.functional as F\nfrom torch import nn\n\nclass Net(nn.Module):\n    def __init__(self):\n"
        f"        super().__init__()\n        self.net = nn.ModuleList([{layers}])\n\n    def forward(self, x):\n        net = self.net\n"
        f"        {lines}\n",
        encoding="utf-8",
    )
    (model,) = analyser().summarise(Target("Net", file, None, "Net()"), (StatedInput(None, parse_shape(shape)),))
    assert not model.unknown
    found = receptive_fields(model.trace, len(model.calls))
    return [shown(fields[0] if fields else None) for fields in (*found.calls, found.model)]


def shown(field: ReceptiveField | None) -> str:
    if field is None:
        return "?"
    return "all" if field.size is None else f"{field.size}/{field.stride}/{field.padding}"


ALEXNET = """nn.Conv2d(3, 64, 11, 4, 2), nn.ReLU(), nn.MaxPool2d(3, 2), nn.Conv2d(64, 192, 5, padding=2), nn.ReLU(inplace=True),
    nn.MaxPool2d(3, 2), nn.Conv2d(192, 384, 3, padding=1), nn.Conv2d(384, 256, 3, padding=1), nn.Conv2d(256, 256, 3, padding=1),
    nn.MaxPool2d(3, 2)"""


def test_a_chain(tmp_path: pathlib.Path) -> None:
    """Sizes as Araujo et al. give them for AlexNet: 195 pixels, 32 apart."""
    found = fields_of(tmp_path, ALEXNET, "for layer in net:\n    x = layer(x)\nreturn x", "1,3,224,224")
    assert found[:4] == ["11/4/2", "11/4/2", "19/8/2", "51/8/18"]
    assert found[-1] == "195/32/66"


@pytest.mark.parametrize(
    ("layers", "body", "expected"),
    [
        # a branch with another reach, and one that goes round it
        ("nn.Conv2d(3, 3, 3, padding=1), nn.Conv2d(3, 3, 7, padding=3)", "return net[0](x) + net[1](x)", "7/1/3"),
        ("nn.Conv2d(3, 3, 3, padding=1)", "return x + net[0](x)", "3/1/1"),
        ("nn.Conv2d(3, 3, 3, padding=1)", "y = net[0](x)\nx += y\nreturn x", "3/1/1"),
        ("nn.Conv2d(3, 3, 3, padding=1)", "return torch.cat([x, net[0](net[0](x))], 1)", "5/1/2"),
        # branches whose windows lie askew see what both see
        ("nn.Conv2d(3, 3, 3, padding=1), nn.Conv2d(3, 3, (2, 1))", "return net[0](x)[:, :, 2:] + net[1](x)[:, :, :62]", "4/1/0"),
        # all of the input: pooled, weighed, normalised, attended to
        ("nn.Conv2d(3, 8, 3), nn.AdaptiveAvgPool2d(1)", "return net[1](net[0](x))", "all"),
        ("nn.Conv2d(3, 8, 3), nn.Linear(8 * 62 * 62, 2)", "return net[1](net[0](x).flatten(1))", "all"),
        ("nn.Conv2d(3, 8, 3), nn.GroupNorm(2, 8)", "return net[1](net[0](x))", "all"),
        ("nn.Conv2d(3, 8, 3)", "x = net[0](x)\nreturn x * torch.sigmoid(x.mean((2, 3), keepdim=True))", "all"),
        (
            "nn.Conv2d(3, 8, 8, 8), nn.MultiheadAttention(8, 2, batch_first=True)",
            "x = net[0](x).flatten(2).transpose(1, 2)\nreturn net[1](x, x, x)[0]",
            "all",
        ),
        (
            "nn.Conv2d(3, 8, 8, 8)",
            "x = net[0](x).flatten(2).transpose(1, 2)\nreturn (x @ x.transpose(1, 2).clone()).softmax(-1) @ x",
            "all",
        ),
        # what mixes channels keeps positions
        (
            "nn.Conv2d(3, 8, 3), nn.Linear(8, 8), nn.LayerNorm(8)",
            "x = net[0](x).permute(0, 2, 3, 1)\nreturn net[2](net[1](x)).permute(0, 3, 1, 2)",
            "3/1/0",
        ),
        (
            "nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), nn.Dropout(), nn.ReLU6(inplace=True)",
            "for layer in net:\n    x = layer(x)\nreturn x",
            "3/1/0",
        ),
        (
            "nn.Conv2d(3, 8, 3)",
            "x = net[0](x).view(1, 2, 4, 62, 62).transpose(1, 2).reshape(1, 8, 62, 62)\nreturn x.chunk(2, 1)[1].softmax(1)",
            "3/1/0",
        ),
        # one position is left, so features are those of that position
        ("nn.Conv2d(3, 8, 64), nn.Linear(8, 2)", "return net[1](net[0](x).flatten(1))", "64/None/None"),
        ("nn.Conv2d(3, 8, 8, 8), nn.Linear(8, 2)", "return net[1](net[0](x).flatten(2).transpose(1, 2))", "8/None/None"),
        # padding, cropping, enlarging
        ("nn.ZeroPad2d(2), nn.Conv2d(3, 8, 5)", "return net[1](net[0](x))", "5/1/2"),
        ("nn.Conv2d(3, 8, 3)", "return net[0](x)[:, :, 4::2]", "3/2/-4"),
        ("nn.Conv2d(3, 8, 3, 2, 1), nn.Upsample(scale_factor=2)", "return net[1](net[0](x))", "3/1/1"),
        (
            "nn.Conv2d(3, 8, 3, 2, 1), nn.Upsample(scale_factor=2, mode='bilinear'), nn.Conv2d(8, 8, 3, padding=1)",
            "return net[2](net[1](net[0](x)))",
            "7/1/3",
        ),
        ("nn.Conv2d(3, 8, 2, 2), nn.ConvTranspose2d(8, 8, 2, 2)", "return x[:, :1] + net[1](net[0](x))[:, :1]", "2/1/0"),
        ("nn.Conv2d(3, 16, 3, padding=1), nn.PixelShuffle(2)", "return net[1](net[0](x))", "3/1/2/1"),
        ("nn.PixelUnshuffle(4), nn.Conv2d(48, 8, 3)", "return net[1](net[0](x))", "12/4/0"),
        # what isn't known is left open
        ("nn.Conv2d(3, 8, 3), nn.Upsample(size=(99, 99), mode='bilinear')", "return net[1](net[0](x))", "?"),
        ("nn.Conv2d(3, 8, 3)", "x = net[0](x)\nx[:, :, 3:] = 1\nreturn x", "?"),
        ("nn.Conv2d(3, 8, 3)", "x = net[0](x)[:, :, :10]\nreturn x.mean((2, 3))", "?"),
        ("nn.Conv2d(3, 8, 3)", "return torch.fft.fft2(net[0](x)).real", "?"),
    ],
)
def test_models(layers: str, body: str, expected: str, tmp_path: pathlib.Path) -> None:
    assert fields_of(tmp_path, layers, body)[-1] == expected


def test_axes_are_followed_apart(tmp_path: pathlib.Path) -> None:
    file = tmp_path / "net.py"
    file.write_text(
        "from torch import nn\n\nnet = nn.Sequential(nn.Conv2d(3, 8, (1, 7), (1, 2)), nn.Conv2d(8, 8, (3, 1)))\n", encoding="utf-8"
    )
    (model,) = analyser().summarise(Target("net", file, None, "net"), (StatedInput(None, parse_shape("1,3,64,64")),))
    found = receptive_fields(model.trace, 2)
    assert found.axes == (2, 3)
    assert [shown(field) for field in found.model] == ["3/1/0", "7/2/0"]


def test_a_model_without_windows_has_no_field(tmp_path: pathlib.Path) -> None:
    assert fields_of(tmp_path, "nn.Linear(64, 2)", "return net[0](x)") == ["?", "?"]


@pytest.mark.parametrize(
    ("layers", "expected"),
    [
        ("layers.Conv2D(8, 3), layers.MaxPooling2D(), layers.Conv2D(8, 3, padding='same', activation='relu')", "8/2/2"),
        ("layers.Conv2D(8, 7, strides=2, padding='same'), layers.BatchNormalization(), layers.ReLU()", "7/2/2"),
        ("layers.DepthwiseConv2D(3), layers.SeparableConv2D(8, 3), layers.ZeroPadding2D(2), layers.Activation('softmax')", "5/1/2"),
        ("layers.Conv2D(8, 3, 2, 'same'), layers.UpSampling2D(2), layers.Cropping2D(1), layers.Dropout(0.5)", "3/1/0"),
        ("layers.Conv2DTranspose(8, 3, 2, 'same')", "2/1/2/1"),
        ("layers.Conv2D(8, 3), layers.GlobalAveragePooling2D(), layers.Dense(2)", "all"),
        ("layers.Conv2D(8, 3), layers.Flatten(), layers.Dense(2)", "all"),
        ("layers.Conv2D(8, 3), layers.Reshape((62 * 62, 8)), layers.Softmax(1)", "all"),
        ("layers.Conv2D(8, 3), layers.LayerNormalization(), layers.Permute((2, 1, 3)), layers.Dense(4)", "3/1/0"),
        ("layers.Conv2D(8, 3), layers.GroupNormalization(2)", "all"),
    ],
)
def test_channels_last(layers: str, expected: str, tmp_path: pathlib.Path) -> None:
    file = tmp_path / "net.py"
    program = f"import keras\nfrom keras import layers\n\nmodel = keras.Sequential([keras.Input((64, 64, 3)), {layers}])\n"
    file.write_text(program, encoding="utf-8")
    (model,) = analyser().summarise(Target("model", file, None, "model"), ())
    assert not model.unknown
    found = receptive_fields(model.trace, len(model.calls))
    assert found.axes == (1, 2)
    assert shown(found.model[0]) == expected


def test_channels_last_branches(tmp_path: pathlib.Path) -> None:
    file = tmp_path / "net.py"
    program = """import keras
from keras import layers

x = keras.Input((64, 64, 3))
a = layers.Conv2D(8, 3, padding="same")(x)
b = layers.Conv2D(8, 5, padding="same", dilation_rate=2)(x)
y = layers.Concatenate()([layers.Add()([a, b]), x])
model = keras.Model(x, layers.Conv2D(4, 3)(y * 2))
"""
    file.write_text(program, encoding="utf-8")
    (model,) = analyser().summarise(Target("model", file, None, "model"), ())
    assert shown(receptive_fields(model.trace, len(model.calls)).model[0]) == "11/1/4"


FLAX = """
import flax.linen as nn
import jax.numpy as jnp


class Block(nn.Module):
    features: int
    strides: int = 1

    @nn.compact
    def __call__(self, x):
        y = nn.relu(nn.BatchNorm(use_running_average=True)(nn.Conv(self.features, (3, 3), strides=self.strides, padding=1)(x)))
        y = nn.Conv(self.features, (3, 3))(y)
        if x.shape != y.shape:
            x = nn.Conv(self.features, (1, 1), strides=self.strides)(x)
        return nn.relu(jnp.concatenate([x + y, x], -1))


class Net(nn.Module):
    @nn.compact
    def __call__(self, x):
        x = nn.Conv(16, (7, 7), strides=2, padding=3)(x)
        x = nn.max_pool(x, (3, 3), strides=(2, 2), padding="SAME")
        x = nn.LayerNorm()(Block(32, 2)(x))
        return {end}
"""


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("nn.Conv(8, (3, 3), padding='SAME_LOWER', kernel_dilation=2)(x)", "67/8/31"),
        ("nn.GroupNorm(num_groups=8)(x)", "all"),
        ("nn.Dense(10)(jnp.mean(x, axis=(1, 2)))", "all"),
        ("nn.Dense(10)(x.reshape((x.shape[0], -1)))", "all"),
        ("nn.softmax(x)", "?"),
        ("nn.Conv(8, (3, 3), padding='CIRCULAR')(x)", "?"),
    ],
)
def test_flax(end: str, expected: str, tmp_path: pathlib.Path) -> None:
    """Padding "SAME" puts nothing before an even size that is halved, so that the first fields reach less far beyond the edge."""
    file = tmp_path / "net.py"
    file.write_text(FLAX.replace("{end}", end), encoding="utf-8")
    (model,) = analyser().summarise(Target("Net", file, None, "Net()"), (StatedInput(None, parse_shape("1,64,64,3")),))
    assert not model.unknown
    found = receptive_fields(model.trace, len(model.calls))
    fields = {call.layer.name: shown(fields[0] if fields else None) for call, fields in zip(model.calls, found.calls, strict=True)}
    assert [fields[name] for name in ("Conv_0", "Block_0/Conv_0", "Block_0/Conv_1", "Block_0/Conv_2")] == [
        "7/2/3",
        "19/8/7",
        "35/8/15",
        "11/8/3",
    ]
    assert shown(found.model[0] if found.model else None) == expected
