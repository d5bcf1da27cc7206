"""How the ways through a function end."""

from __future__ import annotations

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
