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
