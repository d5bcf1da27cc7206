"""Dataclasses of arrays, and the state of a training.

Source: https://flax.readthedocs.io/en/latest/api_reference/flax.training.html
"""

import dataclasses
from collections.abc import Callable
from typing import Any


def replace(self, **updates):
    return dataclasses.replace(self, **updates)


def dataclass(cls=None, **options):
    """A frozen dataclass with a method `replace`."""
    if cls is None:
        return lambda inner: dataclass(inner, **options)
    made = dataclasses.dataclass(cls, frozen=True, **{name: value for name, value in options.items() if name == "kw_only"})
    if not hasattr(made, "replace"):
        made.replace = replace
    return made


def field(pytree_node=True, *, metadata=None, **options):
    return dataclasses.field(**options)


class PyTreeNode:
    """A base of dataclasses of arrays."""

    def __init_subclass__(cls, **options):
        dataclass(cls, **options)


class TrainState(PyTreeNode):
    """The parameters, what is called with them, and the optimiser with its state."""

    step: Any
    apply_fn: Callable
    params: Any
    tx: Any
    opt_state: Any

    def apply_gradients(self, *, grads, **updates):
        return self.replace(step=self.step + 1, **updates)

    @classmethod
    def create(cls, *, apply_fn, params, tx, **fields):
        return cls(step=0, apply_fn=apply_fn, params=params, tx=tx, opt_state=tx.init(params), **fields)


class DynamicScale(PyTreeNode):
    growth_factor: float = 2.0
    backoff_factor: float = 0.5
    growth_interval: int = 2000
    fin_steps: Any = 0
    scale: Any = 65536.0
