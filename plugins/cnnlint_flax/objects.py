"""Modules of nnx: plain objects whose attributes are variables and other modules.

Source: https://flax.readthedocs.io/en/latest/nnx_basics.html
"""

from __future__ import annotations

from collections.abc import Iterator

from cnnlint.plugin import (
    Choice,
    ClassValue,
    DictValue,
    Door,
    FrameworkTuple,
    Instance,
    ListValue,
    Shape,
    Tensor,
    Unknown,
    Value,
)
from cnnlint_flax.framework import NNX, below, flax
from cnnlint_flax.module import PLAIN, Frame, applied, is_nnx, name_of


@flax.native(f"{NNX}.__new__", takes_unknown=True)
def new(door: Door, cls: ClassValue, /, *given: Value, **named: Value) -> Value:
    module = door.instance(cls)
    door.built(module)
    return module


@flax.native(f"{NNX}.__init__", takes_unknown=True)
def initialise(door: Door, module: Instance, /, *given: Value, **named: Value) -> None:
    return


def call_method(door: Door, module: Instance, function: Value, positional: tuple[Value, ...], keywords: dict[str, Value]) -> Value:
    """Call a method as Python does; what a call of a module runs is a layer call."""
    return applied(door, Frame(module, PLAIN, name_of(function)), function, positional, keywords)


# What a module holds


def held(name: str, value: Value) -> Iterator[tuple[str, Value]]:
    """What an attribute holds, by the path to it: itself, or the items of a list or dict."""
    items = value.contents if isinstance(value, (ListValue, DictValue)) else value
    if isinstance(items, dict):
        for key, item in items.items():
            yield from held(f"{name}/{key}", item)
    elif isinstance(items, (list, tuple)) and not isinstance(items, FrameworkTuple):
        for place, item in enumerate(items):
            yield from held(f"{name}/{place}", item)
    elif isinstance(value, Choice):
        for option in value.alternatives:
            yield from held(name, option.value)
    else:
        yield name, value


def children_of(module: Instance) -> list[tuple[str, Instance]]:
    """The modules that a module holds, by path, in the order in which it got them."""
    found: dict[Instance, str] = {}
    for key, value in module.contents.items():
        for name, item in held(key, value):
            if is_nnx(item) and item is not module:
                found.setdefault(item, name)
    return [(name, child) for child, name in found.items()]


def variables_of(module: Instance) -> list[tuple[str, Tensor]]:
    """A module's own variables by path, whatever they are of."""
    found: dict[Tensor, str] = {}
    for key, value in module.contents.items():
        for name, item in held(key, value):
            if isinstance(item, Tensor) and item.framework is flax and item.kind.startswith("nnx."):
                found.setdefault(item, name)
    return [(name, tensor) for tensor, name in found.items()]


# Variables


VARIABLES = "Variable BatchStat Cache Intermediate Perturbation"
flax.cls("nnx.Variable", "Tensor")
flax.cls("nnx.Param", "nnx.Variable")
for _name in ("BatchStat", "Cache", "Intermediate", "Perturbation", "RngState", "LoRAParam"):
    flax.cls(f"nnx.{_name}", "nnx.Param" if _name == "LoRAParam" else "nnx.Variable")


@flax.native("nnx.Variable.__new__", takes_unknown=True)
def new_variable(door: Door, cls: ClassValue, /, value: Value = None, *given: Value, **keywords: Value) -> Value:
    """A variable of the value's shape; the program's own kinds count as what they are made from."""
    kind = next((base.qualified.removeprefix("flax.") for base in cls.mro if base.qualified.startswith("flax.nnx.")), "nnx.Variable")
    made = door.call(door.framework_value(flax, "jax.numpy.asarray"), value)
    if not isinstance(made, Tensor):
        return made if isinstance(made, Unknown) else door.unknown("a variable that is no tensor")
    return Tensor(made.shape, flax, kind, made.dtype, requires_grad=kind == "nnx.Param")


@flax.attribute("nnx.Variable.value", "nnx.Variable.raw_value")
def value_of(door: Door, variable: Tensor, /) -> Value:
    return Tensor(variable.shape, flax, dtype=variable.dtype)


@flax.native("nnx.Variable.get_value", "nnx.Variable.get_raw_value", takes_unknown=True)
def read(door: Door, variable: Tensor, /, *given: Value, **named: Value) -> Value:
    return value_of(door, variable)


@flax.native("nnx.Variable.__setattr__", "nnx.Variable.set_value", "nnx.Variable.__setitem__", takes_unknown=True)
def write(door: Door, variable: Tensor, /, *given: Value, **named: Value) -> None:
    """Other numbers: the shape is taken to stay."""
    return


# Chance


flax.cls("nnx.Rngs")


@flax.native("nnx.Rngs.__init__", takes_unknown=True)
def new_rngs(door: Door, rngs: Instance, /, *given: Value, **streams: Value) -> None:
    return


flax.cls("nnx.RngStream")
DRAWN = "normal uniform bernoulli categorical choice randint truncated_normal gumbel exponential gamma permutation bits"


@flax.native("nnx.Rngs.__getattr__", takes_unknown=True)
def stream(door: Door, rngs: Instance, /, name: str) -> Value:
    """A stream of keys, which draws numbers as well; so does what holds the streams."""
    if name in DRAWN.split():
        return draws(door, name)
    return door.instance(door.framework_value(flax, "nnx.RngStream"))


@flax.native("nnx.RngStream.__getattr__", takes_unknown=True)
def drawing(door: Door, rngs: Instance, /, name: str) -> Value:
    return draws(door, name)


def draws(door: Door, name: str) -> Value:
    """A function of `jax.random` that needs no key."""
    function = door.framework_value(flax, f"jax.random.{name}")

    return door.function(flax, name, lambda *given, **named: door.call(function, key(door), *given, **named))


@flax.native("nnx.Rngs.__call__", "nnx.Rngs.next", "nnx.RngStream.__call__", "nnx.RngStream.next", takes_unknown=True)
def next_key(door: Door, rngs: Instance, /, *given: Value) -> Value:
    return key(door)


@flax.native("nnx.Rngs.fork", "nnx.Rngs.split", "nnx.RngStream.fork", "nnx.RngStream.split", takes_unknown=True)
def fork(door: Door, rngs: Instance, /, *given: Value, **named: Value) -> Value:
    return rngs


def key(door: Door) -> Tensor:
    return Tensor(Shape((2,)), flax, dtype="uint32")


def rngs(door: Door) -> Value:
    """A source of chance that nobody gave."""
    return door.call(door.framework_value(flax, "nnx.Rngs"), 0)


# Containers, and what a program does with whole modules


@flax.native("nnx.List", "nnx.Dict", "nnx.data", "nnx.static", "nnx.to_tree", "nnx.from_tree", takes_unknown=True)
def contained(door: Door, /, value: Value = (), **entries: Value) -> Value:
    """A list or dict of modules, as one of Python's."""
    if entries:
        return DictValue(dict(entries))
    if isinstance(value, (Instance, Tensor, Unknown, DictValue, Choice)):
        return value
    items = door.iterate(value) if not isinstance(value, (int, float, str, type(None))) else None
    return value if items is None else items if isinstance(items, Unknown) else ListValue(items)


@flax.native(f"{NNX}.train", f"{NNX}.eval", f"{NNX}.set_attributes", f"{NNX}.set_mode", takes_unknown=True)
def set_mode(door: Door, module: Instance, /, *given: Value, **attributes: Value) -> None:
    """No shape depends on the mode."""
    return


@flax.native(f"{NNX}.sow", f"{NNX}.perturb", f"{NNX}.pop", takes_unknown=True)
def for_effect(door: Door, module: Instance, /, *given: Value, **named: Value) -> Value:
    return door.unknown("what a module collects", is_harmless=True)


@flax.native(f"{NNX}.iter_modules", f"{NNX}.iter_children", takes_unknown=True)
def iterated(door: Door, module: Instance, /) -> Value:
    return door.unknown("the modules in a module")


@flax.native("nnx.split", takes_unknown=True)
def split(door: Door, /, module: Value, *filters: Value) -> Value:
    """What a module is, and its state: the first is the module itself here."""
    state = door.unknown("the state of a module", is_harmless=True)
    return (module, *([state] * max(1, len(filters))))


@flax.native("nnx.merge", takes_unknown=True)
def merge(door: Door, /, graphdef: Value, *states: Value, **named: Value) -> Value:
    return graphdef


@flax.native("nnx.clone", "nnx.view", takes_unknown=True)
def clone(door: Door, /, module: Value, *given: Value, **named: Value) -> Value:
    return module


@flax.native(
    *below("nnx", "state graphdef variables get_partition_spec get_named_sharding pure to_pure_dict iter_graph"), takes_unknown=True
)
def state(door: Door, /, *given: Value, **named: Value) -> Value:
    return door.unknown("the state of a module", is_harmless=True)


@flax.native(*below("nnx", "update display reseed pop use_eager_sharding replace_by_pure_dict set_mode_ use_refs"), takes_unknown=True)
def changed(door: Door, /, *given: Value, **named: Value) -> None:
    """Other numbers in the same variables."""
    return


@flax.native("nnx.tabulate", takes_unknown=True)
def tabulate(door: Door, /, module: Value, *inputs: Value, **options: Value) -> Value:
    """A table of the layers, for which the module is run once."""
    table = {"depth", "method", "row_filters", "table_kwargs", "column_kwargs", "console_kwargs", "compute_flops", "compute_vjp_flops"}
    passed = {name: value for name, value in options.items() if name not in table}
    if isinstance(module, Instance) and options.get("method") in (None, "__call__"):
        door.call(module, *inputs, **passed)
    return door.unknown("a table of layers", is_harmless=True)


flax.cls("nnx.Optimizer")


@flax.native("nnx.Optimizer.__init__", "nnx.Optimizer.update", takes_unknown=True)
def optimise(door: Door, optimizer: Instance, /, *given: Value, **named: Value) -> None:
    if given and is_nnx(given[0]) and "model" not in optimizer.contents:
        door.put(optimizer, "model", given[0])


flax.alias("nnx.Optimizer", "nnx.ModelAndOptimizer")


for _name in ("MultiMetric", "metrics.Average", "metrics.Accuracy", "metrics.Welford"):
    flax.cls(f"nnx.{_name}")

    @flax.native(f"nnx.{_name}.__init__", f"nnx.{_name}.update", f"nnx.{_name}.reset", takes_unknown=True)
    def count(door: Door, metric: Instance, /, *given: Value, **named: Value) -> None:
        """What is counted while a model is trained."""
        return

    @flax.native(f"nnx.{_name}.compute", takes_unknown=True)
    def computed(door: Door, metric: Instance, /) -> Value:
        return door.unknown("a metric", is_harmless=True, is_free=True)


flax.alias("nnx.metrics.Average", "nnx.Average")
flax.alias("nnx.metrics.Accuracy", "nnx.Accuracy")
