"""Modules and tensors of a framework that asks nothing special of them: objects that hold what is assigned to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cnnlint.dims import Dim
from cnnlint.failures import ForwardMissing
from cnnlint.plugin.framework import Framework
from cnnlint.plugin.native import Convention, Door
from cnnlint.values import MISSING, DictValue, FunctionValue, Instance, ListValue, Tensor, Value

TRAINING = "training"


def declare_modules(
    framework: Framework,
    *,
    forward: str = "forward",
    holds_containers: bool = False,
    all_floats_train: bool = False,
    axes: Callable[[int], tuple[str | Dim, ...]] | None = None,
) -> None:
    """Declare the base class of all modules, the classes of tensors and parameters, and the framework's convention.

    An attribute that is neither assigned nor declared is unknown. A module is called through `forward`. Its children are the modules
    among its attributes, and with `holds_containers` those in its lists, tuples and dicts too; its parameters are the tensors of the
    framework's class of parameters, its buffers all others. With `all_floats_train` all tensors of floats are parameters, and there
    are no buffers. `axes` names those of an input of so many.
    """
    base = framework.module
    framework.cls(base)
    for path, bases in ((framework.tensor, ()), (framework.parameter, (framework.tensor,))):
        if framework.arrays is framework and path not in framework.table:
            framework.cls(path, *bases)

    @framework.native(f"{base}.__new__", takes_unknown=True)
    def make(door: Door, cls: Value, /, *positional: Value, **keywords: Value) -> Value:
        """A module counts as built before its constructor runs, which need not be that of the base."""
        module = door.instance(cls)
        module.contents[TRAINING] = True
        door.built(module)
        return module

    @framework.native(f"{base}.__init__", takes_unknown=True)
    def initialise(door: Door, module: Instance, /, *positional: Value, **keywords: Value) -> None:
        """There is nothing to do."""

    @framework.native(f"{base}.__getattr__", takes_unknown=True)
    def attribute(door: Door, module: Instance, /, name: str) -> Value:
        """What the plugin doesn't declare may be there all the same: only the framework knows what its modules have."""
        return door.unknown(f"`{name}` of `{module.cls.name}`", is_harmless=True)

    if forward != "__call__":

        @framework.native(f"{base}.__call__", takes_unknown=True)
        def call(door: Door, module: Instance, /, *positional: Value, **keywords: Value) -> Value:
            function = module.cls.find(forward)
            if function is MISSING:
                if door.is_open(module):
                    return door.unknown(f"`{forward}` of `{module.cls.name}`")
                known = [name for cls in module.cls.mro for name, value in cls.contents.items() if isinstance(value, FunctionValue)]
                door.failed(ForwardMissing(module.cls.name, forward, tuple(known), exception="NotImplementedError"))
            return door.apply_layer(module, function, list(positional), keywords)

    if framework.arrays is framework:
        _declare_attributes(framework)

    def is_module(value: Value) -> bool:
        return isinstance(value, Instance) and any(cls.declared is framework.table[base] for cls in value.cls.mro)

    def tensors(module: Instance) -> list[tuple[str, Tensor]]:
        return [(name, value) for name, value in _held(module, holds_containers) if isinstance(value, Tensor)]

    def is_parameter(tensor: Tensor) -> bool:
        if all_floats_train:
            return not (tensor.dtype or "float").startswith(("int", "uint", "bool"))
        return tensor.kind == framework.parameter

    def children(module: Instance) -> list[tuple[str, Instance]]:
        return [(name, value) for name, value in _held(module, holds_containers) if is_module(value)]

    def set_training(door: Door, module: Instance, mode: bool) -> None:
        door.put(module, TRAINING, mode)
        for _, child in children(module):
            set_training(door, child, mode)

    framework.convention = Convention(
        children=children,
        parameters=lambda module: [(name, tensor) for name, tensor in tensors(module) if is_parameter(tensor)],
        buffers=lambda module: [] if all_floats_train else [(name, tensor) for name, tensor in tensors(module) if not is_parameter(tensor)],
        register=lambda door, module, name, value, is_parameter: door.put(module, name, value),
        set_training=set_training,
        forward=forward,
        axes=axes,
        is_trainable=lambda module, tensor: all_floats_train or tensor.requires_grad,
    )


def _declare_attributes(framework: Framework) -> None:
    """What programs read of every tensor."""

    @framework.attribute(f"{framework.tensor}.shape")
    def shape(door: Door, tensor: Tensor, /) -> Value:
        return door.unknown(f"the shape {tensor.shape}") if tensor.shape.leading else tensor.shape.dims

    @framework.attribute(f"{framework.tensor}.ndim")
    def ndim(door: Door, tensor: Tensor, /) -> Value:
        return door.unknown("the number of axes of a tensor") if tensor.shape.rank is None else tensor.shape.rank


def _held(module: Instance, with_containers: bool) -> Iterator[tuple[str, Value]]:
    """What a module holds, by name; with containers also what is in them, by the name of the container and the index or key."""
    pending: list[tuple[str, Value]] = list(module.contents.items())
    while pending:
        name, value = pending.pop(0)
        yield name, value
        inner = value.contents if isinstance(value, (ListValue, DictValue)) else value
        if with_containers and isinstance(inner, (list, tuple)):
            pending[:0] = [(f"{name}.{i}", item) for i, item in enumerate(inner)]
        elif with_containers and isinstance(inner, dict):
            pending[:0] = [(f"{name}.{key}", item) for key, item in inner.items()]
