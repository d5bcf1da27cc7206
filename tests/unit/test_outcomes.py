"""How the ways through a function end."""

from __future__ import annotations

import pathlib

from cnnlint.discovery import FoundFile
from cnnlint.engine import Run, check
from cnnlint.registry import load_registry
from cnnlint.values import Unknown
from tests.conformance.replay import replay


def test_a_function_that_raises_on_every_way_gives_nothing_known() -> None:
    program = """
import os

def convert(flag):
    if flag:
        raise ValueError("one way")
    else:
        raise TypeError("the other")

out = convert(os.urandom(1) == b"0")
"""
    found = replay(program, {})
    assert found.raised is not None
    assert isinstance(found.value, Unknown)


def test_a_call_that_may_change_the_globals_leaves_the_names_that_are_there() -> None:
    program = """
import unheard_of

kept = 3
unheard_of.register(globals())
out = kept
"""
    assert replay(program, {}).value == 3


def test_a_layer_of_one_of_several_widths_has_its_weights() -> None:
    program = """
import sys
from torch import nn

width = 17
if sys.argv[1] == "b":
    width = 10
layer = nn.Linear(8, width)
out = list(layer.weight.shape)[1]
names = [name for name, _ in layer.named_modules()]
"""
    found = replay(program, {})
    assert found.raised is None
    assert found.value == 8


def test_the_shape_of_a_tensor_may_equal_a_list() -> None:
    program = """
import tensorflow as tf

out = tf.zeros((4, 5)).shape == [4, 5], tf.zeros((4, 5)).get_shape() == [4, 6], tf.zeros((4, 5)).shape == (4, 5)
"""
    equal, differs, same = replay(program, {}).value
    assert isinstance(equal, Unknown)
    assert (differs, same) == (False, True)


def test_the_classes_of_a_data_set_are_not_their_count() -> None:
    program = """
from torchvision.datasets import CIFAR10

names = CIFAR10("data").classes
out = names[3]
"""
    found = replay(program, {})
    assert found.raised is None
    assert isinstance(found.value, Unknown)


def test_the_kind_of_a_free_value_is_not_free() -> None:
    program = """
import sys

path = sys.argv[1]
out = isinstance(path, list), path == "a"
"""
    kind, same = replay(program, {}).value
    assert isinstance(kind, Unknown)
    assert not kind.is_free
    assert same.is_free


def test_what_an_imported_object_lacks_does_not_depend_on_the_files_before(tmp_path: pathlib.Path) -> None:
    (tmp_path / "conf").mkdir()
    (tmp_path / "conf" / "values.py").write_text("MEAN = (1, 2)\n", encoding="utf-8")
    (tmp_path / "conf" / "__init__.py").write_text(
        "from conf import values\n\n\nclass Settings:\n    def __init__(self, given):\n        for name in dir(given):\n"
        "            setattr(self, name, getattr(given, name))\n\n\nsettings = Settings(values)\n",
        encoding="utf-8",
    )
    for name in ("a.py", "b.py"):
        text = "from conf import settings\nfrom torch import nn\n\nnet = nn.Linear(2, 2)\nprint(settings.MEAN)\n"
        (tmp_path / name).write_text(text, encoding="utf-8")
    registry = load_registry(print)
    files = [FoundFile(tmp_path / name, name, is_named=True) for name in ("conf/__init__.py", "a.py", "b.py")]
    report, faults = check(files, Run(registry, tuple(rule for rule in registry.rules if rule.is_on), ()))
    assert (report.diagnostics, faults) == ((), ())
