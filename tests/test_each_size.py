"""Sizes that options state: a lone number, and several with `--each`."""

from __future__ import annotations

import csv
import io
import json
import pathlib

import pytest

from cnnlint.cli import main
from cnnlint.source import StatedError, StatedInput, StatedShape, parse_sizes_option

SOURCE = """
import torch
from torch import nn


class LeNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear(16 * 5 * 5, 120)

    def forward(self, x):
        x = torch.max_pool2d(torch.relu(self.conv1(x)), 2)
        x = torch.max_pool2d(torch.relu(self.conv2(x)), 2)
        return self.fc1(torch.flatten(x, 1))


class Stem(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 11, stride=4)

    def forward(self, x):
        return self.conv(x)


class Wave(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(3, 8, 3)

    def forward(self, x):
        return self.conv(x)


class Head(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(28, 10)

    def forward(self, x):
        return self.fc(x)
"""


@pytest.fixture(autouse=True)
def file(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    (tmp_path / "net.py").write_text(SOURCE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "net.py"


@pytest.mark.parametrize(
    ("text", "sizes", "name", "dtype"),
    [
        ("28", [28], None, None),
        ("224,256,384", [224, 256, 384], None, None),
        ("224, 256,", [224, 256], None, None),
        ("32,32,64", [32, 64], None, None),
        ("x=224,256:uint8", [224, 256], "x", "uint8"),
    ],
)
def test_sizes(text: str, sizes: list[int], name: str | None, dtype: str | None) -> None:
    assert parse_sizes_option(text) == tuple(StatedInput(name, StatedShape((), dtype), size) for size in sizes)


@pytest.mark.parametrize(("text", "wrong"), [("224,H", "H"), ("", ""), ("1,,3", ""), ("(1,3)", "(1")])
def test_what_is_no_size(text: str, wrong: str) -> None:
    with pytest.raises(StatedError) as error:
        parse_sizes_option(text)
    assert str(error.value) == f"expected whole numbers, each of them a size of the input, but got `{wrong}`"


# A lone number, and a shape of one axis


def shapes(target: str, size: str, capsys: pytest.CaptureFixture[str]) -> tuple[object, object]:
    main(["summary", target, "--input", size, "--output-format", "json"])
    (model,) = json.loads(capsys.readouterr().out)["models"]
    return model["inputs"], model["outputs"]


def test_a_lone_number_is_the_size_of_every_spatial_axis(capsys: pytest.CaptureFixture[str]) -> None:
    assert shapes("net.py::LeNet", "32", capsys) == ([["batch", 1, 32, 32]], [["batch", 120]])
    assert shapes("net.py::Wave", "16", capsys) == ([["batch", 3, 16]], [["batch", 8, 14]])


def test_a_number_and_a_comma_are_a_shape_of_one_axis(capsys: pytest.CaptureFixture[str]) -> None:
    assert shapes("net.py::Head", "28,", capsys) == ([[28]], [[10]])


def test_without_each_numbers_are_a_shape(capsys: pytest.CaptureFixture[str]) -> None:
    assert shapes("net.py::Wave", "3,16", capsys) == ([[3, 16]], [[8, 14]])


def test_a_lone_number_without_an_axis_for_it_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    main(["summary", "net.py::Head", "--input", "30", "--output-format", "json"])
    (model,) = json.loads(capsys.readouterr().out)["models"]
    assert [part["reason"] for part in model["unknown"]] == ["which axis of the input has the size 30; state its shape"]


# Several sizes


def test_a_line_a_size(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["summary", "net.py::LeNet", "--input", "28,32,33", "--each"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "LeNet (net.py::LeNet): 50,692 parameters",
        "",
        "size  output           MACs       activations",
        "----  ------------  -------  ----------------  ------------------",
        "  28                                           fails at net.py:11",
        "  32  (batch, 120)  405,600  36.8 KiB * batch",
        "  33  (batch, 120)  414,150  39.4 KiB * batch",
        "",
        "28: net.py:11: CNN202 `fc1` expects 400 input features, but gets 16 * 4 * 4 = 256",
        "input sizes: H, W = 32..35",
    ]


def test_a_size_that_loses_input(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["summary", "net.py::Stem", "--input", "224,227", "--each", "--weights", "float16"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Stem (net.py::Stem): 2,912 parameters",
        "",
        "size  output                   MACs        activations",
        "----  ------------------  ---------  -----------------  -------------------",
        " 224  (batch, 8, 54, 54)  8,468,064  679.1 KiB * batch  loses input in conv",
        " 227  (batch, 8, 55, 55)  8,784,600  698.4 KiB * batch",
        "",
        "224: net.py:22: `conv`: (224 - 11 + 2*0) / 4 + 1 = 54.25, rounded down to 54; the last row and column are read by nothing",
        "input sizes: H, W >= 11",
    ]


def test_sizes_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    main(["summary", "net.py::LeNet", "gone.py", "--input", "28,32", "--each", "--output-format", "json"])
    first, second = json.loads(capsys.readouterr().out)["models"]
    assert (first["name"], first["params"], first["input_sizes"]["text"]) == ("LeNet", 50692, "H, W = 32..35")
    small, fits = first["sizes"]
    assert (small["size"], small["outputs"], small["error"]["code"]) == (28, [], "CNN202")
    assert (fits["size"], fits["outputs"], fits["macs"], fits["exact"], fits["error"]) == (32, [["batch", 120]], 405600, True, None)
    assert second["sizes"][0]["error"]["message"] == "no such file"


def test_sizes_for_spreadsheets(capsys: pytest.CaptureFixture[str]) -> None:
    main(["summary", "net.py::Stem", "--input", "1,224", "--each", "--output-format", "csv"])
    small, lossy = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (small["size"], small["error"].partition(" ")[0]) == ("1", "net.py:22:")
    assert (lossy["size"], lossy["output"], lossy["loses_input"], lossy["error"]) == ("224", "(batch, 8, 54, 54)", "conv", "")


def test_sizes_in_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    main(["summary", "net.py::LeNet", "--input", "32", "--each", "--output-format", "markdown"])
    assert capsys.readouterr().out.splitlines() == [
        "## LeNet (net.py::LeNet): 50,692 parameters",
        "",
        "| size | output | MACs | activations |  |",
        "| ---: | --- | ---: | ---: | --- |",
        "| 32 | (batch, 120) | 405,600 | 36.8 KiB \\* batch |  |",
        "",
        "* input sizes: H, W = 32..35",
    ]


def test_a_check_at_several_sizes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["net.py", "--input", "net.py::LeNet=28,30,32", "--input", "net.py::Wave=1,2,3", "--each"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if "with input size" in line] == [
        "   = note: net.py:11: with input sizes 28/1 and 30/2",
        "   = note: net.py:31: with input size 28/1",
        "   = note: net.py:31: with input size 30/2",
    ]
    assert [line for line in lines if line.startswith("LeNet")] == [
        "LeNet: 50,692 parameters, 1x28x28 fails at net.py:11 (input sizes: H, W = 32..35)",
        "LeNet: 50,692 parameters, 1x30x30 fails at net.py:11 (input sizes: H, W = 32..35)",
        "LeNet: 50,692 parameters, 1x32x32 -> 120 (input sizes: H, W = 32..35)",
    ]
    assert not any("fixable" in line for line in lines), "a fix for one size would break another"


def test_what_is_wrong_at_all_sizes_is_said_as_ever(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["net.py", "--input", "net.py::LeNet=28,30", "--each", "--output-format", "concise", "-q"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "net.py:11:30: CNN202 `fc1` expects 400 input features, but gets 16 * 4 * 4 = 256 [feature-mismatch]"
    ]


def test_a_comment_is_unused_only_if_it_is_so_at_all_sizes(file: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = SOURCE.replace("16 * 5 * 5, 120)", "16 * 5 * 5, 120)  # cnnlint: ignore[feature-mismatch]")
    file.write_text(text, encoding="utf-8")
    options = ["--each", "--select", "CNN2", "--select", "CNN904", "-q"]
    assert main(["net.py", "--input", "net.py::LeNet=28,32", *options]) == 0
    assert capsys.readouterr().out == ""
    assert main(["net.py", "--input", "net.py::LeNet=32,33", *options]) == 1
    assert "unused-suppression" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["summary", "net.py", "--each"], "--each: state the sizes, such as --input 224,256,384"),
        (["check", "net.py", "--each"], "--each: state the sizes, such as --input net.py::Net=224,256,384"),
        (
            ["summary", "net.py", "--input", "28,x", "--each"],
            "--input 28,x --each: expected whole numbers, each of them a size of the input, but got `x`",
        ),
        (["summary", "net.py", "--input", "28,32", "--input", "y=8", "--each"], "--input y=8 --each: states 1 sizes, but 28,32 states 2"),
        (
            ["summary", "net.py", "--input", "28", "--each", "--depth", "1"],
            "--each: prints a line a size and no layers; leave out --depth",
        ),
        (
            ["check", "net.py", "--input", "net.py=28", "--each", "--fix"],
            "--each: only reports; leave out --fix, or state one size",
        ),
    ],
)
def test_what_each_can_not_do(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert capsys.readouterr().err == f"cnnlint: {message}\n"


def test_a_lone_number_replaces_sizes_that_a_model_states(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = """
import keras
from keras import layers

image = keras.Input((32, 32, 3))
model = keras.Model(image, layers.Dense(10)(layers.Flatten()(layers.Conv2D(8, 3)(image))))
"""
    (tmp_path / "model.py").write_text(source, encoding="utf-8")
    assert shapes("model.py::model", "40", capsys)[0] == [[None, 40, 40, 3]]
    assert main(["fit", "model.py::model", "--input", "40"]) == 1
    assert "takes 40:" not in capsys.readouterr().out
    assert main(["fit", "model.py::model", "--input", "32"]) == 0
