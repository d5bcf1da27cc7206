"""Modules as dataclasses, and the functions that look for the arrays in them.

Source: https://docs.kidger.site/equinox/api/module/module/ and https://docs.kidger.site/equinox/api/transformations/
"""

from __future__ import annotations

from cnnlint.plugin import ClassValue, Door, Instance, NativeFunction, Value
from cnnlint_equinox.framework import equinox
from cnnlint_flax.framework import flax as jax


@equinox.native("Module.__created__", takes_unknown=True)
def created(door: Door, cls: ClassValue, /, **keywords: Value) -> Value:
    """A class of modules is a dataclass, unless it has a constructor of its own."""
    has_fields = cls.contents.get("__annotations__") is not None
    if has_fields and not any("__init__" in base.contents and base.definition is not None for base in cls.mro):
        make = door.attribute(door.module("dataclasses"), "dataclass")
        door.call(door.call(make, eq=False, repr=False), cls)
    return cls


@equinox.native("field", "static_field", takes_unknown=True)
def field(door: Door, /, *given: Value, **keywords: Value) -> Value:
    """A field as `dataclasses` has it; whether it is static or converted changes no size."""
    kept = {name: value for name, value in keywords.items() if name in ("default", "default_factory", "init", "repr", "kw_only")}
    return door.call(door.attribute(door.module("dataclasses"), "field"), **kept)


equinox.transparent("filter_jit", "filter_checkpoint", "filter_pmap", "internal.while_loop", "debug.assert_max_traces")


def same_as(name: str, other: str) -> None:
    """A function of JAX that looks only at the arrays among its arguments."""

    @equinox.native(name, takes_unknown=True)
    def call(door: Door, /, *given: Value, **keywords: Value) -> Value:
        kept = {key: value for key, value in keywords.items() if key in ("has_aux", "in_axes", "out_axes")}
        return door.call(door.framework_value(jax, other), *given, **kept)


for _name, _other in (
    ("filter_vmap", "jax.vmap"),
    ("filter_grad", "jax.grad"),
    ("filter_value_and_grad", "jax.value_and_grad"),
    ("filter_eval_shape", "jax.eval_shape"),
):
    same_as(_name, _other)


@equinox.native("nn.inference_mode", "nn.delete_init_state", "combine", "filter_shard", takes_unknown=True)
def same(door: Door, /, pytree: Value, *given: Value, **keywords: Value) -> Value:
    """The same sizes."""
    return pytree


@equinox.native("apply_updates", takes_unknown=True)
def apply_updates(door: Door, /, model: Value, updates: Value = None) -> Value:
    return model


@equinox.native("nn.make_with_state", takes_unknown=True)
def make_with_state(door: Door, /, make_model: Value) -> Value:
    """A function that gives the model and the state of its layers."""

    def make(machine: object, *given: Value, **keywords: Value) -> Value:
        return door.call(make_model, *given, **keywords), door.call(door.framework_value(equinox, "nn.State"))

    return NativeFunction("make", make, takes_unknown=True, is_method=False)


equinox.cls("nn.State")


@equinox.native("nn.State.__init__", takes_unknown=True)
def make_state(door: Door, state: Instance, /, *given: Value) -> None:
    """What the layers of a model keep between calls; no size depends on it."""


@equinox.native("nn.State.get", takes_unknown=True)
def read_state(door: Door, state: Instance, /, index: Value) -> Value:
    return door.unknown("what a layer keeps between calls", is_harmless=True)


@equinox.native("nn.State.set", "nn.State.substate", "nn.State.update", takes_unknown=True)
def written_state(door: Door, state: Instance, /, *given: Value) -> Value:
    return state


@equinox.native("partition", takes_unknown=True)
def partition(door: Door, /, pytree: Value, *given: Value, **keywords: Value) -> Value:
    """The arrays of a module, and the rest: both are modules of the same kind, and together the whole."""
    return pytree, pytree


@equinox.native(
    "filter", "tree_at", "tree_serialise_leaves", "tree_deserialise_leaves", "tree_pprint", "tree_pformat", "tree_equal", takes_unknown=True
)
def not_followed(door: Door, /, *given: Value, **keywords: Value) -> Value:
    return door.unknown("a tree of arrays", is_harmless=True)


@equinox.native("is_array", "is_inexact_array", "is_array_like", "is_inexact_array_like", takes_unknown=True)
def is_array(door: Door, /, element: Value) -> Value:
    return False if isinstance(element, Instance) else door.is_instance(element, jax, "Tensor")


equinox.python("cnnlint_equinox", "sources/containers.py", "nn", "Identity", "Lambda", "Sequential", "MLP")
