"""What a TARGET names."""

from __future__ import annotations

import pathlib

import pytest

from cnnlint.errors import CnnlintError
from cnnlint.interpreter import Target
from cnnlint.targets import parse_target, split_input


@pytest.mark.parametrize(
    ("text", "target", "shape"),
    [
        ("net.py=1,3,8,8", "net.py", "1,3,8,8"),
        ("net.py::Net(n=10)=x=1,3,8,8", "net.py::Net(n=10)", "x=1,3,8,8"),
        ("net.py::Net({'a=': [1]}, k='=')=1,8:int64", "net.py::Net({'a=': [1]}, k='=')", "1,8:int64"),
    ],
)
def test_split_input(text: str, target: str, shape: str) -> None:
    assert split_input(text) == (target, shape)


@pytest.mark.parametrize("text", ["net.py", "net.py::Net(n=10)", "=1,3", ""])
def test_split_input_without_a_shape(text: str) -> None:
    with pytest.raises(CnnlintError, match="expected TARGET=SHAPE"):
        split_input(text)


def test_targets(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    pathlib.Path("net.py").touch()
    file = pathlib.Path("net.py")
    assert parse_target("net.py") == Target("net.py", file, None, None)
    assert parse_target("net.py::Net(x[::2])") == Target("net.py::Net(x[::2])", file, None, "Net(x[::2])")
    assert parse_target("net.py::model#1") == Target("net.py::model#1", file, None, "model#1")
    text = "torchvision.models.resnet::resnet18"
    assert parse_target(text) == Target(text, None, "torchvision.models.resnet", "resnet18")
    assert parse_target("net") == Target("net", None, "net", None)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("gone.py", "no such file"),
        ("nett.py::Net", "no such file; did you mean `net.py`?"),
        ("a/b", "no such file"),
        ("", "no such file"),
        ("net.py::", "an expression must follow `::`"),
        ("models", "this is a folder; name a file in it"),
    ],
)
def test_what_is_no_target(text: str, message: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "net.py").touch()
    (tmp_path / "models").mkdir()
    with pytest.raises(CnnlintError) as error:
        parse_target(text)
    assert str(error.value) == message
