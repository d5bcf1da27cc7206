"""`cnnlint fit`: what would let a model take an input, proven by analysing the change."""

from __future__ import annotations

import json
import pathlib
from typing import Any

import pytest

from cnnlint.cli import main

HEAD = """
import torch
import torch.nn.functional as F
from torch import nn
"""

LENET = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear({features}, 120)
        self.fc2 = nn.Linear(120, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        return self.fc2(self.fc1({flat}))
"""

VGG = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        layers, channels = [], 3
        for width in (64, 128, 256, 512, 512):
            layers += [nn.Conv2d(channels, width, 3, padding=1), nn.ReLU(inplace=True), nn.MaxPool2d(2)]
            channels = width
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Sequential(nn.Flatten(), nn.Linear(512 * 7 * 7, 4096), nn.ReLU(), nn.Linear(4096, 1000))

    def forward(self, x):
        return self.classifier(self.features(x))
"""

ALEXNET = """
class Net(nn.Module):
    def __init__(self, num_classes=1000):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(3, 96, 11, stride=4),
            nn.ReLU(),
            nn.MaxPool2d(3, 2),
            nn.Conv2d(96, 256, 5, padding=2),
            nn.ReLU(),
            nn.MaxPool2d(3, 2),
            nn.Conv2d(256, 384, 3, padding=1),
            nn.ReLU(),
            nn.Conv2d(384, 256, 3, padding=1),
            nn.MaxPool2d(3, 2),
        )
        self.classifier = nn.Linear(256 * 6 * 6, num_classes)

    def forward(self, x):
        x = self.features(x)
        x = x.view(x.size(0), -1)
        return self.classifier(x)
"""

UNET = """
class Up(nn.Module):
    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.up = nn.ConvTranspose2d(in_channels, out_channels, 2, stride=2)
        self.conv = nn.Conv2d(2 * out_channels, out_channels, 3, padding=1)

    def forward(self, x, skip):
        x = self.up(x)
        return self.conv(torch.cat([skip, x], dim=1))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(3, 8, 3, padding=1)
        self.down = nn.ModuleList([nn.Conv2d(8 * 2**i, 16 * 2**i, 3, padding=1) for i in range(4)])
        self.up = nn.ModuleList([Up(128 // 2**i, 64 // 2**i) for i in range(4)])

    def forward(self, x):
        skips = [self.first(x)]
        for layer in self.down:
            skips.append(layer(F.max_pool2d(skips[-1], 2)))
        x = skips.pop()
        for layer in self.up:
            x = layer(x, skips.pop())
        return x
"""

BACKBONE = """
def stage(in_channels, out_channels, stride):
    return nn.Sequential(nn.Conv2d(in_channels, out_channels, 3, stride, 1, bias=False), nn.BatchNorm2d(out_channels), nn.ReLU())


class Net(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 64, 7, stride=2, padding=3, bias=False), nn.BatchNorm2d(64), nn.MaxPool2d(3, 2, 1))
        self.layer1 = stage(64, 64, 1)
        self.layer2 = stage(64, 128, 2)
        self.layer3 = stage(128, 256, 2)
        self.layer4 = stage(256, 512, 2)
        self.avgpool = nn.{pool}
        self.fc = nn.Linear(512, num_classes)

    def forward(self, x):
        x = self.layer4(self.layer3(self.layer2(self.layer1(self.stem(x)))))
        return self.fc(torch.flatten(self.avgpool(x), 1))
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def fitted(source: str, size: str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    text = HEAD + source
    pathlib.Path("net.py").write_text(text, encoding="utf-8")
    code = main(["fit", "net.py::Net", "--input", size, "--output-format", "json"])
    (model,) = json.loads(capsys.readouterr().out)["models"]
    assert code == int(model["takes"] is not True)
    assert pathlib.Path("net.py").read_text(encoding="utf-8") == text, "nothing is written"
    assert isinstance(model, dict)
    return model


def told(model: dict[str, Any]) -> list[tuple[str, int, str]]:
    return [("; ".join(each["changes"]), each["params_difference"], each["input_sizes"]["text"]) for each in model["choices"]]


def written(model: dict[str, Any], number: int) -> list[str]:
    return [line.strip() for lines in model["choices"][number]["lines"] for line in lines["after"]]


def test_lenet(capsys: pytest.CaptureFixture[str]) -> None:
    model = fitted(LENET.format(features="16 * 5 * 5", flat="torch.flatten(x, 1)"), "28", capsys)
    assert (model["takes"], model["params"], model["error"]["code"], model["input_sizes"]["text"]) == (
        False,
        51902,
        "CNN202",
        "H, W = 32..35",
    )
    assert told(model) == [
        ("set `in_features` to 16 * 4 * 4 in `fc1`", 120 * (256 - 400), "H, W = 28..31"),
        ("set `padding` of `conv1` to 2", 0, "H, W = 28..31"),
        ("set `padding` of `conv2` to 1", 0, "H, W = 28..31"),
        ("pool to 5 x 5 before `torch.flatten`", 0, "H, W >= 16"),
    ]
    assert [written(model, number) for number in range(4)] == [
        ["self.fc1 = nn.Linear(16 * 4 * 4, 120)"],
        ["self.conv1 = nn.Conv2d(1, 6, 5, padding=2)"],
        ["self.conv2 = nn.Conv2d(6, 16, 5, padding=1)"],
        ["return self.fc2(self.fc1(torch.flatten(F.adaptive_avg_pool2d(x, (5, 5)), 1)))"],
    ]
    assert all(each["outputs"] == [[1, 10]] for each in model["choices"])


def test_a_reshape_with_the_number_of_features(capsys: pytest.CaptureFixture[str]) -> None:
    model = fitted(LENET.format(features="16*5*5", flat="x.view(-1, 16*5*5)"), "28", capsys)
    assert told(model)[0] == ("write 16*4*4 in `x.view`; set `in_features` to 16*4*4 in `fc1`", -17280, "H, W = 28..31")
    assert written(model, 0) == ["self.fc1 = nn.Linear(16*4*4, 120)", "return self.fc2(self.fc1(x.view(-1, 16*4*4)))"]
    assert written(model, 3) == ["return self.fc2(self.fc1(F.adaptive_avg_pool2d(x, (5, 5)).view(-1, 16*5*5)))"]


def test_a_number_of_features_that_has_a_name(capsys: pytest.CaptureFixture[str]) -> None:
    source = LENET.format(features="FEATURES", flat="x.view(-1, FEATURES)").replace("class Net", "FEATURES = 16 * 5 * 5\n\n\nclass Net")
    model = fitted(source, "28", capsys)
    assert told(model)[0] == ("write 16 * 4 * 4 in `x.view`", -17280, "H, W = 28..31")
    assert written(model, 0) == ["FEATURES = 16 * 4 * 4"]


def test_a_size_that_is_taken(capsys: pytest.CaptureFixture[str]) -> None:
    model = fitted(LENET.format(features="16 * 5 * 5", flat="torch.flatten(x, 1)"), "33", capsys)
    assert (model["takes"], model["choices"], model["outputs"]) == (True, [], [["batch", 10]])
    assert main(["fit", "net.py", "--input", "33"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Net (net.py::Net) takes 33: (batch, 1, 33, 33) -> (batch, 10)",
        "  input sizes: H, W = 32..35",
    ]


def test_vgg(capsys: pytest.CaptureFixture[str]) -> None:
    model = fitted(VGG, "32", capsys)
    assert told(model) == [
        ("set `in_features` to 512 * 1 * 1 in `classifier.1`", 4096 * (512 - 25088), "H, W = 32..63"),
        ("pool to 7 x 7 before `classifier.0`", 0, "H, W >= 32"),
    ]
    layers = "nn.Flatten(), nn.Linear(512 * 7 * 7, 4096), nn.ReLU(), nn.Linear(4096, 1000))"
    assert written(model, 1) == [f"self.classifier = nn.Sequential(nn.AdaptiveAvgPool2d((7, 7)), {layers}"]


def test_alexnet_without_padding(capsys: pytest.CaptureFixture[str]) -> None:
    model = fitted(ALEXNET, "224", capsys)
    assert model["input_sizes"]["text"] == "H, W = 227..258"
    assert told(model) == [
        ("set `in_features` to 256 * 5 * 5 in `classifier`", 1000 * (6400 - 9216), "H, W = 195..226"),
        ("set `padding` of `features.0` to 2", 0, "H, W = 223..254"),
        ("set `padding` of `features.2` to 1", 0, "H, W = 219..250"),
        ("set `padding` of `features.3` to 3", 0, "H, W = 211..242"),
        ("let `features.9` pool to 6 x 6", 0, "H, W >= 35"),
        ("pool to 6 x 6 before `x.view`", 0, "H, W >= 67"),
    ]
    assert written(model, 1) == ["nn.Conv2d(3, 96, 11, stride=4, padding=2),"]
    assert written(model, 3) == ["nn.Conv2d(96, 256, 5, padding=3),"]
    assert written(model, 4) == ["nn.AdaptiveMaxPool2d((6, 6)),"]
    assert model["not_tried"] > 0


def test_a_unet_with_plain_concatenation(capsys: pytest.CaptureFixture[str]) -> None:
    model = fitted(UNET, "100", capsys)
    assert model["input_sizes"]["text"] == "multiples of 16"
    assert told(model) == [
        ("resize `x` to the size of `skip`", 0, "H, W >= 16"),
        ("pad `x` to the size of `skip`", 0, "H, W >= 16"),
    ]
    assert written(model, 0) == ["return self.conv(torch.cat([skip, F.interpolate(x, size=skip.shape[2:])], dim=1))"]
    padded = "F.pad(x, [0, skip.size(3) - x.size(3), 0, skip.size(2) - x.size(2)])"
    assert written(model, 1) == [f"return self.conv(torch.cat([skip, {padded}], dim=1))"]
    assert all(each["outputs"] == [[1, 8, 100, 100]] for each in model["choices"])


@pytest.mark.parametrize("size", ["32", "64"])
def test_a_backbone_with_a_fixed_pool(size: str, capsys: pytest.CaptureFixture[str]) -> None:
    model = fitted(BACKBONE.replace("{pool}", "AvgPool2d(7)"), size, capsys)
    assert model["error"]["code"] == "CNN104"
    assert ("let `avgpool` pool to 1 x 1", 0, "H, W: any") in told(model)
    number = [text for text, _, _ in told(model)].index("let `avgpool` pool to 1 x 1")
    assert written(model, number) == ["self.avgpool = nn.AdaptiveAvgPool2d(1)"]


def test_a_backbone_with_a_pool_too_small(capsys: pytest.CaptureFixture[str]) -> None:
    model = fitted(BACKBONE.replace("{pool}", "AvgPool2d(7)"), "448", capsys)
    assert told(model) == [
        ("set `in_features` to 2048 in `fc`", 10 * (2048 - 512), "H, W = 417..640"),
        ("let `avgpool` pool to 1 x 1", 0, "H, W: any"),
        ("pool to 1 x 1 before `torch.flatten`", 0, "H, W >= 193"),
    ]


def test_a_backbone_that_takes_any_size(capsys: pytest.CaptureFixture[str]) -> None:
    assert fitted(BACKBONE.replace("{pool}", "AdaptiveAvgPool2d(1)"), "48", capsys)["takes"] is True


def test_what_nothing_helps(capsys: pytest.CaptureFixture[str]) -> None:
    source = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)

    def forward(self, x):
        assert x.shape[2] == 224
        return self.conv(x)
"""
    model = fitted(source, "28", capsys)
    assert (model["takes"], model["error"]["code"], model["choices"]) == (False, "CNN106", [])
    main(["fit", "net.py", "--input", "28"])
    assert capsys.readouterr().out.splitlines()[-1] == "no change was found that lets it take 28"


def test_what_is_not_understood_is_not_known_to_fit(capsys: pytest.CaptureFixture[str]) -> None:
    source = """
import elsewhere


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)

    def forward(self, x):
        return elsewhere.applied(self.conv(x))
"""
    assert fitted(source, "28", capsys)["takes"] is None
    assert main(["fit", "net.py", "--input", "28"]) == 1
    assert capsys.readouterr().out.splitlines()[0] == "Net (net.py::Net): it is not known whether it takes 28"


def test_several_models_and_a_stated_shape(capsys: pytest.CaptureFixture[str]) -> None:
    source = LENET.format(features="16 * 5 * 5", flat="torch.flatten(x, 1)")
    pathlib.Path("net.py").write_text(HEAD + source + source.replace("class Net", "class Other"), encoding="utf-8")
    assert main(["fit", "net.py", "gone.py", "--input", "1,1,28,36", "--output-format", "json"]) == 1
    first, second, third = json.loads(capsys.readouterr().out)["models"]
    assert (first["name"], second["name"], third["error"]["message"]) == ("Net", "Other", "no such file")
    assert [each["changes"] for each in second["choices"]] == [
        ["set `in_features` to 16 * 4 * 6 in `fc1`"],
        ["pool to 5 x 5 before `torch.flatten`"],
    ]
    assert second["choices"][0]["lines"][0]["line"] > first["choices"][0]["lines"][0]["line"]


def test_a_notebook(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = HEAD + LENET.format(features="16 * 5 * 5", flat="torch.flatten(x, 1)")
    cell = {"cell_type": "code", "execution_count": None, "id": "a", "metadata": {}, "outputs": [], "source": source.splitlines(True)}
    (folder / "net.ipynb").write_text(json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), encoding="utf-8")
    assert main(["fit", "net.ipynb::Net", "--input", "28", "--output-format", "json"]) == 1
    (model,) = json.loads(capsys.readouterr().out)["models"]
    assert written(model, 0) == ["self.fc1 = nn.Linear(16 * 4 * 4, 120)"]


def test_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    pathlib.Path("net.py").write_text(HEAD + VGG, encoding="utf-8")
    assert main(["fit", "net.py::Net", "--input", "32"]) == 1
    line = "self.classifier = nn.Sequential(nn.Flatten(), nn.Linear(512 * {0} * {0}, 4096), nn.ReLU(), nn.Linear(4096, 1000))"
    assert capsys.readouterr().out.splitlines()[:14] == [
        "Net (net.py::Net) does not take 32",
        "  net.py:14: CNN202 `classifier.1` expects 25088 input features, but gets 512 * 1 * 1 = 512",
        "  input sizes: H, W = 224..255",
        "",
        "   change                                               parameters    difference         MACs  input sizes",
        "-  --------------------------------------------------  -----------  ------------  -----------  ---------------",
        "   as it is                                            110,772,328                             H, W = 224..255",
        "1  set `in_features` to 512 * 1 * 1 in `classifier.1`   10,109,032  -100,663,296   74,022,912  H, W = 32..63",
        "2  pool to 7 x 7 before `classifier.0`                 110,772,328             0  174,686,208  H, W >= 32",
        "",
        "1  net.py:14",
        f"   -        {line.format(7)}",
        f"   +        {line.format(1)}",
        "",
    ]


def test_it_asks_for_a_size(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fit", "net.py"]) == 2
    assert capsys.readouterr().err == "cnnlint: fit: state the input that the model shall take, such as --input 28\n"
