"""The input sizes that models are said to take, from their sources alone."""

from __future__ import annotations

import json
import pathlib

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

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        return self.fc1({flat})
"""

UNET = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.down = nn.ModuleList([nn.Conv2d(3 if i == 0 else 8, 8, 3, padding=1) for i in range(4)])
        self.up = nn.ModuleList([nn.ConvTranspose2d(8 if i == 0 else 16, 8, 2, stride=2) for i in range(4)])

    def forward(self, x):
        skips = []
        for layer in self.down:
            x = F.relu(layer(x))
            skips.append(x)
            x = F.max_pool2d(x, 2)
        for layer, skip in zip(self.up, reversed(skips)):
            x = layer(x)
            {meet}
            x = torch.cat([x, skip], 1)
        return x
"""
PADDED = "x = F.pad(x, [0, skip.size(3) - x.size(3), 0, skip.size(2) - x.size(2)])"

VGG = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(*[layer for i in range(5) for layer in (nn.LazyConv2d(512, 3, padding=1), nn.MaxPool2d(2))])
        self.classifier = nn.Linear(512 * 7 * 7, 10)

    def forward(self, x):
        return self.classifier(self.features(x).flatten(1))
"""

PATCHES = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Conv2d(3, 8, 16, 16)

    def forward(self, x):
        if x.shape[2] % 16 or x.shape[3] % 16:
            raise ValueError("no multiple of the patch")
        return self.embed(x).flatten(2).transpose(1, 2)
"""

ASSERTED = """
class Net(nn.Module):
    def forward(self, x):
        n, c, h, w = x.shape
        assert h == 96 and w >= 64, "size"
        return F.conv2d(x, torch.zeros(4, 3, 3, 3))
"""

ROWS = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Conv2d(3, 8, 4, 4)
        self.project = nn.Linear(8, 4)
        self.head = nn.Linear(4 * 7 * 7, 10)

    def forward(self, x):
        x = self.embed(x).permute(0, 2, 3, 1)
        rows = []
        for i in range(x.shape[1]):
            rows.append(self.project(x[:, i]))
        return self.head(torch.stack(rows, 1).flatten(1))
"""

WINDOWS = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Conv2d(3, 8, 4, 4)
        self.merge = nn.Linear(32, 8)
        self.mix = nn.Linear(8, 8)

    def windows(self, x):
        B, H, W, C = x.shape
        x = F.pad(x, (0, 0, 0, (7 - W % 7) % 7, 0, (7 - H % 7) % 7))
        _, rows, columns, _ = x.shape
        count = (rows // 7) * (columns // 7)
        x = x.view(B, rows // 7, 7, columns // 7, 7, C).permute(0, 1, 3, 2, 4, 5).reshape(B * count, 49, C)
        x = self.mix(x).view(x.size(0) // count, count, 49, C).view(-1, 49, C)
        x = x.view(B, rows // 7, columns // 7, 7, 7, C).permute(0, 1, 3, 2, 4, 5).reshape(B, rows, columns, C)
        return x[:, :H, :W]

    def forward(self, x):
        x = self.windows(self.embed(x).permute(0, 2, 3, 1))
        for _ in range(3):
            x = F.pad(x, (0, 0, 0, x.shape[2] % 2, 0, x.shape[1] % 2))
            x = torch.cat([x[:, i::2, j::2] for i in (0, 1) for j in (0, 1)], -1)
            x = self.windows(self.merge(x))
        return x
"""

POSITIONS = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(3, 8, 1)
        self.table = nn.{table}
        self.weights = nn.Parameter(torch.zeros(27, 8))

    def forward(self, x):
        x = self.conv(x).transpose(1, 2)
        B, L, _ = x.shape
        places = torch.arange(0, L, device=x.device)
        return x + {looked}
"""

DISTANCES = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(3, 8, 1)
        self.weights = nn.Parameter(torch.zeros(54, 8))

    def forward(self, x):
        x = self.conv(x).transpose(1, 2)
        places = torch.arange(x.shape[1])
        distances = places[None, :] - places[:, None] + x.shape[1] - 1
        return x + self.weights[distances].mean(0)
"""

SUBSCRIPT = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)

    def forward(self, x):
        return F.avg_pool2d(self.conv(x), 2)[:, :, 10]
"""

MODELS = {
    "flattened": (LENET.format(features="16 * 5 * 5", flat="torch.flatten(x, 1)"), "H, W = 32..35", [32, 32]),
    "flattened to rows": (LENET.format(features="16 * 5 * 5", flat="x.view(-1, 16 * 5 * 5)"), "H, W = 32..35", [32, 32]),
    "smaller": (LENET.format(features="16 * 4 * 4", flat="x.view(x.size(0), -1)"), "H, W = 28..31", [28, 28]),
    "halves that meet again": (UNET.format(meet="pass"), "multiples of 16", [224, 224]),
    "halves that are padded": (UNET.format(meet=PADDED), "H, W >= 16", [224, 224]),
    "no adaptive pool": (VGG, "H, W = 224..255", [224, 224]),
    "an exception on a condition": (PATCHES, "multiples of 16", [224, 224]),
    "windows whose number depends on the size": (WINDOWS, "H, W >= 4 (up to 4,096)", [224, 224]),
    "a table of positions": (
        POSITIONS.format(table="Embedding(27, 8)", looked="self.table(places.unsqueeze(0).expand(B, L))"),
        "L = 1..27",
        [1],
    ),
    "weights of positions": (POSITIONS.format(table="Identity()", looked="self.weights[places]"), "L = 1..27", [1]),
    "a row of a map": (SUBSCRIPT, "H >= 22, W >= 2", [224, 224]),
    "an assertion": (ASSERTED, "H = 96, W >= 64", None),
}


@pytest.mark.parametrize("name", MODELS)
def test_input_sizes(name: str, tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, text, example = MODELS[name]
    path = tmp_path / "net.py"
    path.write_text(HEAD + source, encoding="utf-8")
    main(["summary", f"{path}::Net()", "--output-format", "json"])
    (model,) = json.loads(capsys.readouterr().out)["models"]
    assert model["error"] is None
    sizes = model["input_sizes"]
    assert (sizes["text"], sizes["sampled"]) == (text, False)
    if example is not None:
        assert sizes["examples"] == [example]


def test_a_stated_size_leaves_the_set_as_it_is(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "net.py"
    path.write_text(HEAD + MODELS["flattened"][0], encoding="utf-8")
    main(["summary", f"{path}::Net()", "--input", "1,1,32,32"])
    printed = capsys.readouterr().out
    assert "input sizes: H, W = 32..35" in printed and "(1, 120)" in printed


def test_check_says_it_on_the_model_s_line(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "net.py"
    path.write_text(HEAD + MODELS["flattened"][0], encoding="utf-8")
    assert main(["check", str(path)]) == 0
    assert capsys.readouterr().out == "Net: 50,692 parameters, 1xHxW -> 120 (input sizes: H, W = 32..35)\n"


def test_a_lone_number_is_the_size_and_the_model_says_the_rest(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "net.py"
    path.write_text(HEAD + MODELS["flattened"][0], encoding="utf-8")
    main(["summary", f"{path}::Net()", "--input", "28"])
    printed = capsys.readouterr().out
    assert "`fc1` expects 400 input features, but gets 16 * 4 * 4 = 256" in printed and "input sizes: H, W = 32..35" in printed
    main(["summary", f"{path}::Net()", "--input", "1,1,16,112"])
    assert "error" not in capsys.readouterr().out


def test_the_size_that_nobody_states_is_said(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "net.py"
    path.write_text(HEAD + MODELS["flattened"][0], encoding="utf-8")
    main(["summary", f"{path}::Net()"])
    printed = capsys.readouterr().out
    assert "(batch, 16, 10, 10)" in printed
    assert "input sizes: H, W = 32..35; nobody states one, so 32 x 32 is taken" in printed
    main(["summary", f"{path}::Net()", "--output-format", "markdown"])
    assert "\n\ninput sizes: H, W = 32..35; nobody states one, so 32 x 32 is taken\n" in capsys.readouterr().out


@pytest.mark.parametrize("given", [["--input", "1,3,28,28"], []])
def test_sizes_are_tried_where_conditions_are_not_all_known(
    given: list[str], tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "net.py"
    path.write_text(HEAD + ROWS, encoding="utf-8")
    main(["summary", f"{path}::Net()", *given])
    printed = capsys.readouterr().out
    assert "input sizes: sampled with H = W: runs with 28; fails with 32, 64, 96" in printed
    assert ("nobody states one, so 28 x 28 is taken" in printed) is (not given)
    assert "22,344" in printed  # 8*3*4*4 * 49 + 7 * 7*8*4 + 196*10
    main(["summary", f"{path}::Net()", *given, "--output-format", "json"])
    (model,) = json.loads(capsys.readouterr().out)["models"]
    sizes = model["input_sizes"]
    assert (sizes["sampled"], sizes["min"], sizes["examples"]) == (True, [28, 28], [[28, 28]])


def test_an_index_that_the_size_decides_about_leaves_the_set_open(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "net.py"
    path.write_text(HEAD + DISTANCES, encoding="utf-8")
    main(["summary", f"{path}::Net()"])
    assert capsys.readouterr().out.splitlines()[-1] == "input sizes: sampled: fails with 28, 32"  # whether it runs with 64 isn't known


def test_a_position_outside_of_the_table(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "net.py"
    path.write_text(HEAD + MODELS["a table of positions"][0], encoding="utf-8")
    assert main(["summary", f"{path}::Net()", "--input", "28"]) == 1
    assert "CNN801 `table` raises IndexError: gets the index 27, but its table has 27 rows" in capsys.readouterr().out
    assert main(["summary", f"{path}::Net()", "--input", "27"]) == 0


ANY_NUMBER = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 4, 3)

    def forward(self, *inputs):
        x = inputs[0]
        x = self.conv(x.view(x.shape[0], 1, 28, 28))
        return x.flatten(1)
"""


def test_a_model_of_any_number_of_inputs_gets_one(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "net.py"
    path.write_text(HEAD + ANY_NUMBER, encoding="utf-8")
    assert main([str(path)]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "Net: 40 parameters, ... -> 2704"
    assert main(["summary", f"{path}::Net", "--input", "2,28,28"]) == 0
    assert "(2, 28, 28) -> (2, 2704)" in capsys.readouterr().out
