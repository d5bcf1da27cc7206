"""Transformations of module classes: a class whose calls are mapped over an axis, scanned, or only computed otherwise.

Source: https://flax.readthedocs.io/en/latest/api_reference/flax.linen/transformations.html
"""

from __future__ import annotations

from collections.abc import Callable

from cnnlint.plugin import (
    BoundMethod,
    ClassValue,
    DictValue,
    Dim,
    Door,
    Expression,
    FunctionValue,
    Instance,
    Shape,
    Tensor,
    Unknown,
    Value,
    current_work,
    unknown_size,
)
from cnnlint_flax.framework import below, flax
from cnnlint_flax.module import FORWARD
from cnnlint_flax.scopes import walk
from cnnlint_flax.transforms import mapped, size_along, without_axis, wrapped
from cnnlint_flax.variables import CHANGED, GIVEN, entries_of, hand_down, note, store, variables_of

Axes = dict[str, int]


def derived(cls: ClassValue, before: str) -> ClassValue:
    """A class that is called after its transformation: submodules are numbered by that name."""
    return ClassValue(f"{before}{cls.name}", (cls,), {}, cls.module)


def same_calls(before: str) -> Callable[..., Value]:
    """A transformation that changes how a class is computed, and nothing of its shapes; of a function it gives the function."""

    def transform(door: Door, /, target: Value = None, *options: Value, **keywords: Value) -> Value:
        if target is None:
            return wrapped(door, "transform", lambda inner: transform(door, inner))
        return derived(target, before) if isinstance(target, ClassValue) else target

    return transform


flax.native("linen.remat", "linen.checkpoint", takes_unknown=True)(same_calls("Checkpoint"))
flax.native("linen.jit", takes_unknown=True)(same_calls("Jit"))


@flax.native("linen.map_variables", "linen.add_metadata_axis", takes_unknown=True)
def map_variables(door: Door, /, target: Value = None, *options: Value, **keywords: Value) -> Value:
    """The target, whose variables a function of the program changes before they are used and before they are kept."""
    if isinstance(target, ClassValue):
        changed = derived(target, "")
        changed.contents[CHANGED] = True
        return changed
    note(door, {CHANGED: True})
    return target


def axes_of(value: Value) -> Axes | None:
    """Along which axis the variables of each collection are stacked; None where it is not known."""
    entries = entries_of(value)
    if entries is None:
        return {} if value is None or value == () else None
    return {name: axis for name, axis in entries.items() if isinstance(name, str) and isinstance(axis, int)}


@flax.native("linen.vmap", takes_unknown=True)
def vmap(
    door: Door,
    /,
    target: Value = None,
    variable_axes: Value = None,
    split_rngs: Value = None,
    in_axes: Value = 0,
    out_axes: Value = 0,
    axis_size: Value = None,
    *options: Value,
    **keywords: Value,
) -> Value:
    """A class whose call is made for each part along an axis, with variables of its own for those collections that have an axis."""
    if not isinstance(target, ClassValue):
        return door.unknown("a transformed function")

    def call(module: Instance, positional: tuple[Value, ...], keywords: dict[str, Value]) -> Value:
        axes = in_axes if isinstance(in_axes, tuple) else (in_axes,) * len(positional)
        sizes = [size for value, axis in zip(positional, axes, strict=False) for size in size_along(value, axis)]
        count = axis_size if isinstance(axis_size, int) else sizes[0] if sizes else unknown_size("how many parts are mapped over")
        inner = tuple(without_axis(door, value, axis) for value, axis in zip(positional, axes, strict=False))
        result = each(door, module, target, axes_of(variable_axes), count, inner, keywords)
        return mapped(result, lambda leaf: with_axis(leaf, out_axes, count))

    return lifted(door, target, "Vmap", call)


@flax.native("linen.scan", takes_unknown=True)
def scan(
    door: Door,
    /,
    target: Value = None,
    variable_axes: Value = None,
    variable_broadcast: Value = False,
    variable_carry: Value = False,
    split_rngs: Value = None,
    in_axes: Value = 0,
    out_axes: Value = 0,
    length: Value = None,
    *options: Value,
    **keywords: Value,
) -> Value:
    """A class whose call takes a carry and steps, and gives the last carry and what each step gives."""
    if not isinstance(target, ClassValue):
        return door.unknown("a transformed function")

    def call(module: Instance, positional: tuple[Value, ...], keywords: dict[str, Value]) -> Value:
        steps = positional[1:]
        axes = in_axes if isinstance(in_axes, tuple) else (in_axes,) * len(steps)
        sizes = [size for value, axis in zip(steps, axes, strict=False) for size in size_along(value, axis)]
        count = length if isinstance(length, int) else sizes[0] if sizes else unknown_size("the length of a scan")
        inner = tuple(without_axis(door, value, axis) for value, axis in zip(steps, axes, strict=False))
        result = each(door, module, target, axes_of(variable_axes), count, (*positional[:1], *inner), keywords)
        if not isinstance(result, tuple) or len(result) != 2:
            return result if isinstance(result, Unknown) else door.unknown("what a scan gives")
        return result[0], mapped(result[1], lambda leaf: with_axis(leaf, out_axes, count))

    return lifted(door, target, "Scan", call)


def lifted(
    door: Door, target: ClassValue, before: str, call: Callable[[Instance, tuple[Value, ...], dict[str, Value]], Value]
) -> ClassValue:
    cls = derived(target, before)
    cls.contents[FORWARD] = door.function(flax, FORWARD, lambda module, *given, **named: call(module, given, named))
    return cls


def with_axis(leaf: Value, axis: Value, count: Dim) -> Value:
    if not isinstance(leaf, Tensor):
        return leaf
    if leaf.shape.leading or not isinstance(axis, int):
        return Tensor(Shape((), leading=True), flax)
    return Tensor(leaf.shape.inserted(axis, count), flax, dtype=leaf.dtype)


def each(
    door: Door, module: Instance, target: ClassValue, axes: Axes | None, count: Value, given: tuple[Value, ...], named: dict[str, Value]
) -> Value:
    """One of the calls that a transformed one stands for; what it costs is counted once, so that the sum is not exact."""
    current_work().is_exact = False
    size = count if isinstance(count, (int, Expression)) else unknown_size("how often a module is called")
    stacked = axes or {}
    take_apart(door, module, stacked)
    function = target.find(FORWARD)
    if isinstance(function, FunctionValue):
        result = door.call(BoundMethod(function, module), *given, **named)
    else:
        result = door.call(function, module, *given, **named)
    for inner in walk(module):
        for (collection, name), tensor in variables_of(inner).items():
            if collection in stacked:
                store(door, inner, collection, name, stacked_tensor(tensor, stacked[collection], size))
    return result


def stacked_tensor(tensor: Tensor, axis: int, count: Dim) -> Tensor:
    return Tensor(tensor.shape.inserted(axis, count), flax, tensor.kind, tensor.dtype, requires_grad=tensor.requires_grad)


def take_apart(door: Door, module: Instance, stacked: Axes) -> None:
    """Give a module one part of the variables: of those that it has, and of those that it was given."""
    for inner in walk(module):
        for (collection, name), tensor in variables_of(inner).items():
            if collection in stacked:
                store(door, inner, collection, name, part_of(tensor, stacked[collection]))
    hand_down(door, module)
    entries = entries_of(module.contents.get(GIVEN))
    if entries is not None:
        door.put(module, GIVEN, DictValue({name: parts_of(tree, stacked.get(name)) for name, tree in entries.items()}))


def parts_of(tree: Value, axis: int | None) -> Value:
    return mapped(tree, lambda leaf: part_of(leaf, axis))


def part_of(leaf: Value, axis: Value) -> Value:
    if not isinstance(leaf, Tensor) or not isinstance(axis, int) or leaf.shape.leading or not leaf.shape.dims:
        return leaf
    return Tensor(leaf.shape.removed(axis), flax, leaf.kind, leaf.dtype, requires_grad=leaf.requires_grad)


@flax.native(*below("linen", "while_loop cond switch custom_vjp vjp jvp grad value_and_grad"), takes_unknown=True)
def not_followed(door: Door, /, *given: Value, **named: Value) -> Value:
    return door.unknown("a transformation of a method")
