"""Classes that are summarised by their name alone: symbols stand for what their constructors require."""

from __future__ import annotations

import json
import pathlib

import pytest

from cnnlint.cli import main

SOURCE = """
from torch import nn


class Block(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.conv = nn.Conv2d(in_channels, out_channels, 3, stride, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(out_channels)

    def forward(self, x):
        return self.norm(self.conv(x))


class Wrong(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.squeeze = nn.Conv2d(width, 2 * width, 1)
        self.excite = nn.Conv2d(3 * width, width, 1)

    def forward(self, x):
        return self.excite(self.squeeze(x))


class Base(nn.Module):
    def __init__(self, width, *, depth):
        super().__init__()
        raise NotImplementedError("take a subclass")


class Group(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv = nn.Conv2d(width, 8, 3, groups=0)


stem = Block(3, 64)
"""


@pytest.fixture(autouse=True)
def file(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "net.py").write_text(SOURCE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


def summary(target: str, capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, object]:
    main(["summary", target, "--output-format", "json", *options])
    (model,) = json.loads(capsys.readouterr().out)["models"]
    assert isinstance(model, dict)
    return model


def test_parameters_are_a_formula_of_the_arguments(capsys: pytest.CaptureFixture[str]) -> None:
    model = summary("net.py::Block", capsys)
    assert (model["params"], model["exact"], model["error"]) == ("9*in_channels*out_channels + 2*out_channels", True, None)
    assert model["inputs"] == [["batch", "in_channels", 224, 224]]


def test_arguments_that_are_given_stay_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    assert summary("net.py::Block(64, 64)", capsys)["params"] == 9 * 64 * 64 + 2 * 64
    assert summary("net.py::stem", capsys)["params"] == 9 * 3 * 64 + 2 * 64


def test_a_size_is_given_beside_symbols(capsys: pytest.CaptureFixture[str]) -> None:
    assert summary("net.py::Block", capsys, "--input", "56")["outputs"] == [["batch", "out_channels", 56, 56]]


def test_what_fails_for_all_values_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    error = summary("net.py::Wrong", capsys)["error"]
    assert isinstance(error, dict)
    assert (error["code"], error["message"]) == ("CNN201", "`excite` expects 3*width input channels, but gets 2*width")
    error = summary("net.py::Group", capsys)["error"]
    assert isinstance(error, dict)
    assert error["message"] == "building it fails: `nn.Conv2d`: `groups` must be positive, but is 0"


def test_what_fails_with_symbols_only_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["summary", "net.py::Base"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "net.py::Base",
        (
            "error: net.py:28: it can't be built without `width`, `depth`: raises NotImplementedError: take a subclass; "
            "give them: 'net.py::Base(width=..., depth=...)'"
        ),
    ]


def test_formulas_stand_once_and_begin_where_numbers_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["summary", "net.py::Block", "--input", "8"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[lines.index("") + 5 :] == [
        "",
        "parameters            9*in_channels*out_channels + 2*out_channels",
        "buffers               2*out_channels + 1",
        "MACs                  576*in_channels*out_channels",
        "bytes of weights      36*in_channels*out_channels + 16*out_channels + 8  in float32",
        "bytes of activations  max(256*in_channels + 256*out_channels, 512*out_channels)  for one example, in float32 at once",
        (
            "bytes of a layer      max(36*in_channels*out_channels + 256*in_channels + 256*out_channels, 520*out_channels)"
            "  for one example, at most: what a layer reads, makes and weighs"
        ),
        "receptive field: 3 pixels, 1 apart",
        "input sizes: H, W: any",
    ]
