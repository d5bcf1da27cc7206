"""Transformations of functions: what they give takes and gives the same shapes, or one axis less inside than outside.

Sources: https://docs.jax.dev/en/latest/jax.html, https://docs.jax.dev/en/latest/jax.lax.html,
https://docs.jax.dev/en/latest/jax.tree.html
"""

from __future__ import annotations

from collections.abc import Callable

from cnnlint.plugin import (
    Choice,
    DictValue,
    Door,
    Instance,
    ListValue,
    OperationFails,
    Shape,
    Tensor,
    Unknown,
    Value,
    current_work,
    equal,
    items_of,
    unknown_size,
)
from cnnlint_flax.framework import below, flax

flax.transparent(
    *below(
        "jax",
        "jit checkpoint remat named_call disable_jit default_matmul_precision named_scope enable_x64 transfer_guard custom_jvp "
        "custom_vjp debug_nans check_tracer_leaks",
    ),
    *below("jax.experimental", "pjit.pjit disable_x64 enable_x64 shard_map.shard_map"),
    *below("jax.sharding", "Mesh use_mesh set_mesh"),
    *below("jax.profiler", "annotate_function TraceAnnotation StepTraceAnnotation trace"),
    *below("nnx", "jit remat checkpoint logical_axis_rules"),
    *below("linen", "checkpoint_method logical_axis_rules intercept_methods"),
    "jax.ad_checkpoint.checkpoint",
    "jax.numpy.vectorize",
)


def wrapped(door: Door, name: str, function: Callable[..., Value]) -> Value:
    """A function that a transformation gives."""
    return door.function(flax, name, function)


def mapped(value: Value, change: Callable[[Value], Value]) -> Value:
    """A nested value with every leaf changed; None is none."""
    match value:
        case tuple() if type(value) is tuple:
            return tuple(mapped(item, change) for item in value)
        case ListValue(contents=list() as items):
            return ListValue([mapped(item, change) for item in items])
        case DictValue(contents=dict() as entries):
            return DictValue({key: mapped(item, change) for key, item in entries.items()})
        case None:
            return None
    return change(value)


# Gradients


def carried(value: Value) -> Value:
    """What a loop carries, whose shape stays: numbers become arrays."""
    return Tensor(Shape(()), flax) if isinstance(value, (bool, int, float)) else like(value)


def like(value: Value) -> Value:
    return Tensor(value.shape, flax, dtype=value.dtype) if isinstance(value, Tensor) else value


def gradient_of(door: Door, positional: tuple[Value, ...], argnums: Value) -> Value:
    """What is shaped as the arguments that a gradient is taken for; of modules of nnx their state."""
    chosen = items_of(argnums)
    if isinstance(chosen, tuple):
        return tuple(gradient_of(door, positional, one) for one in chosen)
    if not isinstance(chosen, int) or not -len(positional) <= chosen < len(positional):
        return door.unknown("a gradient", is_harmless=True)
    value = positional[chosen]
    return door.unknown("the gradient for a module", is_harmless=True) if isinstance(value, Instance) else mapped(value, like)


@flax.native("jax.grad", "nnx.grad", takes_unknown=True)
def grad(door: Door, /, fun: Value = None, *, argnums: Value = 0, has_aux: Value = False, **options: Value) -> Value:
    """A function that gives the gradient, shaped as an argument; with `has_aux` also what else the function gives."""
    return differentiated(door, fun, argnums, has_aux, with_value=False)


def differentiated(door: Door, fun: Value, argnums: Value, has_aux: Value, *, with_value: bool) -> Value:
    if fun is None:
        return wrapped(door, "grad", lambda inner: differentiated(door, inner, argnums, has_aux, with_value=with_value))

    def call(*positional: Value, **keywords: Value) -> Value:
        value = door.call(fun, *positional, **keywords)
        found = gradient_of(door, positional, argnums)
        if with_value:
            return value, found
        if has_aux is True:
            return found, (door.item(value, 1) if not isinstance(value, Unknown) else value)
        return found

    return wrapped(door, "grad", call)


@flax.native("jax.value_and_grad", "nnx.value_and_grad", takes_unknown=True)
def value_and_grad(door: Door, /, fun: Value = None, *, argnums: Value = 0, has_aux: Value = False, **options: Value) -> Value:
    """A function that gives its value and the gradient."""
    return differentiated(door, fun, argnums, has_aux, with_value=True)


# Mapping over an axis


def without_axis(door: Door, value: Value, axis: Value) -> Value:
    """An argument as the mapped function sees it: each of its tensors without the axis that is mapped over."""
    if axis is None:
        return value
    if isinstance(items_of(axis), tuple) and isinstance(items_of(value), tuple):
        pairs = zip(items_of(value), items_of(axis), strict=False)
        return tuple(without_axis(door, item, one) for item, one in pairs)

    def change(leaf: Value) -> Value:
        if not isinstance(leaf, Tensor) or not isinstance(axis, int):
            return leaf if not isinstance(leaf, Tensor) else Tensor(Shape((), leading=True), flax)
        if leaf.shape.leading:
            return Tensor(Shape((), leading=True), flax)
        if not -len(leaf.shape) <= axis < len(leaf.shape):
            raise OperationFails(f"`vmap` over axis {axis} of a tensor of shape {leaf.shape}", exception="ValueError")
        return Tensor(leaf.shape.removed(axis), flax, dtype=leaf.dtype)

    return mapped(value, change)


def size_along(value: Value, axis: Value) -> list[Value]:
    """The sizes of the axes that are mapped over, of all tensors in an argument."""
    found: list[Value] = []
    if isinstance(items_of(axis), tuple) and isinstance(items_of(value), tuple):
        for item, one in zip(items_of(value), items_of(axis), strict=False):
            found += size_along(item, one)
        return found

    def look(leaf: Value) -> Value:
        if isinstance(leaf, Tensor) and isinstance(axis, int) and not leaf.shape.leading and -len(leaf.shape) <= axis < len(leaf.shape):
            found.append(leaf.shape.dims[axis])
        return leaf

    mapped(value, look)
    return found


@flax.native("jax.vmap", "jax.pmap", takes_unknown=True)
def vmap(door: Door, /, fun: Value, in_axes: Value = 0, out_axes: Value = 0, *options: Value, **named: Value) -> Value:
    """A function that is applied to each part along an axis, and whose results are put together along one."""
    if in_axes is not None and isinstance(in_axes, str):
        in_axes = 0

    def call(*positional: Value, **keywords: Value) -> Value:
        axes = items_of(in_axes)
        each = axes if isinstance(axes, tuple) else (in_axes,) * len(positional)
        inner = tuple(without_axis(door, value, axis) for value, axis in zip(positional, each, strict=False))
        sizes = [size for value, axis in zip(positional, each, strict=False) for size in size_along(value, axis)]
        inner_named = {name: without_axis(door, value, 0) for name, value in keywords.items()}
        sizes += [size for value in keywords.values() for size in size_along(value, 0)]
        for size in sizes[1:]:
            if isinstance(size, int) and isinstance(sizes[0], int) and not equal(size, sizes[0]):
                raise OperationFails(f"`vmap` over axes of the sizes {sizes[0]} and {size}", exception="ValueError")
        result = door.call(fun, *inner, **inner_named)
        count = sizes[0] if sizes else unknown_size("how many parts are mapped over")

        def change(leaf: Value) -> Value:
            if not isinstance(leaf, Tensor) or leaf.shape.leading or not isinstance(out_axes, int):
                return leaf if not isinstance(leaf, Tensor) else Tensor(Shape((), leading=True), flax)
            return Tensor(leaf.shape.inserted(out_axes, count), flax, dtype=leaf.dtype)

        return mapped(result, change)

    return wrapped(door, "vmap", call)


@flax.native("jax.eval_shape", "nnx.eval_shape", takes_unknown=True)
def eval_shape(door: Door, /, fun: Value, *given: Value, **named: Value) -> Value:
    """What a function gives for arguments of these shapes."""
    return door.call(fun, *given, **named)


@flax.native("jax.ShapeDtypeStruct", takes_unknown=True)
def shape_struct(door: Door, /, shape: Value, dtype: Value = None, **named: Value) -> Value:
    return door.call(door.framework_value(flax, "jax.numpy.zeros"), shape)


@flax.native("jax.make_jaxpr", "jax.linearize", "jax.vjp", "jax.jvp", "jax.hessian", "jax.jacfwd", "jax.jacrev", takes_unknown=True)
def not_followed(door: Door, /, *given: Value, **named: Value) -> Value:
    return door.unknown("a derivative", is_harmless=True)


# Control flow


@flax.native("jax.lax.cond", takes_unknown=True)
def cond(door: Door, /, pred: Value, true_fun: Value, false_fun: Value, *operands: Value, **named: Value) -> Value:
    """Both ways give the same shapes."""
    door.call(false_fun, *operands)
    return door.call(true_fun, *operands)


@flax.native("jax.lax.scan", takes_unknown=True)
def scan(door: Door, /, f: Value, init: Value, xs: Value = None, length: Value = None, **named: Value) -> Value:
    """The function on each part along the first axis of `xs`: its carry keeps its shape, what else it gives is stacked."""
    sizes = size_along(xs, 0)
    current_work().is_exact = False  # the steps cost more than the one that is made
    result = door.call(f, init, without_axis(door, xs, 0))
    if not isinstance(result, tuple) or len(result) != 2:
        return door.unknown("what `scan` gives")
    count = sizes[0] if sizes else length if isinstance(length, int) else unknown_size("the length of a scan")

    def change(leaf: Value) -> Value:
        if not isinstance(leaf, Tensor):
            return leaf
        return Tensor(leaf.shape if leaf.shape.leading else leaf.shape.inserted(0, count), flax, dtype=leaf.dtype)

    return mapped(init, carried), mapped(result[1], change)


@flax.native("jax.lax.fori_loop", takes_unknown=True)
def fori_loop(door: Door, /, lower: Value, upper: Value, body_fun: Value, init_val: Value, **named: Value) -> Value:
    """The carry keeps its shape."""
    return mapped(init_val, carried)


@flax.native("jax.lax.while_loop", takes_unknown=True)
def while_loop(door: Door, /, cond_fun: Value, body_fun: Value, init_val: Value) -> Value:
    return mapped(init_val, carried)


@flax.native("jax.lax.map", takes_unknown=True)
def lax_map(door: Door, /, f: Value, xs: Value, **named: Value) -> Value:
    return door.call(vmap(door, f), xs)


@flax.native("jax.lax.switch", takes_unknown=True)
def switch(door: Door, /, index: Value, branches: Value, *operands: Value) -> Value:
    items = items_of(branches)
    return door.call(items[0], *operands) if isinstance(items, tuple) and items else door.unknown("what a branch gives")


# Trees


@flax.native("jax.tree.map", "jax.tree_util.tree_map", "jax.tree_map", "jax.tree_multimap", takes_unknown=True)
def tree_map(door: Door, /, f: Value, tree: Value, *rest: Value, **named: Value) -> Value:
    """The function on every leaf; with more trees only of those of which all have the same form."""
    if isinstance(tree, (Unknown, Choice, Instance)):
        return door.unknown("a tree of arrays", is_harmless=True)
    if rest:
        return mapped(tree, like)
    return mapped(tree, lambda leaf: door.call(f, leaf))


@flax.native("jax.tree.leaves", "jax.tree_util.tree_leaves", "jax.tree_leaves", takes_unknown=True)
def leaves(door: Door, /, tree: Value, **named: Value) -> Value:
    found: list[Value] = []

    def look(leaf: Value) -> Value:
        found.append(leaf)
        return leaf

    mapped(tree, look)
    return (
        ListValue(found)
        if not any(isinstance(leaf, (Unknown, Instance, Choice)) for leaf in found)
        else door.unknown("the leaves of a tree")
    )


TREES = "flatten unflatten structure reduce all map_with_path leaves_with_path flatten_with_path transpose broadcast"


@flax.native(
    *below("jax.tree", TREES),
    *(f"jax.tree_util.tree_{name}" for name in TREES.split()),
    *below("jax.tree_util", "register_pytree_node register_pytree_with_keys keystr Partial"),
    "jax.flatten_util.ravel_pytree",
    takes_unknown=True,
)
def other_tree(door: Door, /, *given: Value, **named: Value) -> Value:
    return door.unknown("a tree of arrays", is_harmless=True)


flax.transparent("jax.tree_util.register_pytree_node_class", "jax.tree_util.register_dataclass", "jax.tree_util.register_static")


# Devices, settings, and what looks on


@flax.native(
    *below("jax", "device_count local_device_count process_count"),
    takes_unknown=True,
)
def device_count(door: Door, /, *given: Value) -> Value:
    return door.unknown("how many devices there are", is_free=True, is_harmless=True)


@flax.native("jax.lax.psum", takes_unknown=True)
def summed_over_devices(door: Door, /, x: Value, *given: Value, **named: Value) -> Value:
    """The sum over all devices: of a tensor one of its shape, of a number one that depends on how many there are."""
    return mapped(x, lambda leaf: device_count(door) if isinstance(leaf, (int, float)) else leaf)


@flax.native(
    *below("jax", "devices local_devices process_index device_get live_arrays default_backend clear_caches print_environment_info"),
    *below("jax.debug", "print callback breakpoint visualize_array_sharding"),
    *below("jax.experimental", "io_callback"),
    *below("jax.config", "update parse_flags_with_absl"),
    *below("jax.distributed", "initialize"),
    *below("jax.profiler", "start_trace stop_trace start_server"),
    *below("jax.lax", "axis_index all_gather ppermute"),
    *below("jax.sharding", "PartitionSpec NamedSharding PositionalSharding SingleDeviceSharding"),
    *below("jax.experimental.mesh_utils", "create_device_mesh"),
    takes_unknown=True,
)
def surroundings(door: Door, /, *given: Value, **named: Value) -> Value:
    return door.unknown("something of the devices", is_free=True, is_harmless=True)


@flax.native("jax.lax.with_sharding_constraint", "linen.with_logical_constraint", takes_unknown=True)
def constrained(door: Door, /, x: Value, *given: Value, **named: Value) -> Value:
    return x
