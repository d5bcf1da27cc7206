"""How the model graph reads modules of linen and nnx."""

from __future__ import annotations

from cnnlint.plugin import MISSING, Convention, Dim, Door, Instance, Tensor, Value
from cnnlint_flax import objects, scopes, variables
from cnnlint_flax.framework import flax
from cnnlint_flax.module import FORWARD, is_linen

MODES = {
    "train": True,
    "training": True,
    "is_training": True,
    "is_train": True,
    "deterministic": False,
    "use_running_average": False,
    "eval": False,
    "inference": False,
}
"""Names of flags that state the mode, and what they are where a model is trained."""
SPATIAL = {1: ("L",), 2: ("H", "W"), 3: ("D", "H", "W")}


@flax.native("Module.__calls__", takes_unknown=True)
def call_method(door: Door, module: Instance, function: Value, /, *positional: Value, **keywords: Value) -> Value:
    """Call a method of a module."""
    family = scopes if is_linen(module) else objects
    return family.call_method(door, module, function, positional, keywords)


@flax.native("Module.__init__", takes_unknown=True)
def initialise(door: Door, module: Instance, /, *given: Value, **named: Value) -> None:
    return


def children(module: Instance) -> list[tuple[str, Instance]]:
    if is_linen(module):
        return [(name, child) for name, child in scopes.children_of(module).items() if child is not module]
    return objects.children_of(module)


def parameters(module: Instance) -> list[tuple[str, Tensor]]:
    if is_linen(module):
        return [(name, tensor) for (collection, name), tensor in variables.variables_of(module).items() if collection == variables.PARAMS]
    return [(name, tensor) for name, tensor in objects.variables_of(module) if tensor.kind in PARAMETERS]


PARAMETERS = ("nnx.Param", "nnx.LoRAParam")


def buffers(module: Instance) -> list[tuple[str, Tensor]]:
    """Variables of all other collections, or of all other kinds."""
    if is_linen(module):
        return [(name, tensor) for (collection, name), tensor in variables.variables_of(module).items() if collection != variables.PARAMS]
    return [(name, tensor) for name, tensor in objects.variables_of(module) if tensor.kind not in PARAMETERS]


def register(door: Door, module: Instance, name: str, value: Value, is_parameter: bool) -> None:
    """Give a layer a variable; an absent one leaves no trace in linen, and is None in nnx."""
    if is_linen(module):
        if isinstance(value, Tensor):
            variables.register(door, module, variables.PARAMS if is_parameter else variables.STATISTICS, name, value)
    elif isinstance(value, Tensor) and not is_parameter:
        door.put(module, name, Tensor(value.shape, flax, "nnx.BatchStat", value.dtype))
    else:
        door.put(module, name, value)


def set_training(door: Door, module: Instance, mode: bool) -> None:
    return


def applied(door: Door, model: Instance) -> Value:
    """What cnnlint calls: a module of linen is bound to new variables first."""
    if not is_linen(model):
        return model

    def call(*positional: Value, **keywords: Value) -> Value:
        with variables.bound(door, model, None):
            return door.call(model, *positional, **keywords)

    return door.function(flax, FORWARD, call)


def given(door: Door, parameter: str, training: bool) -> Value:
    if parameter in MODES:
        return MODES[parameter] if training else not MODES[parameter]
    return objects.rngs(door) if parameter == "rngs" else MISSING


def axes(rank: int) -> tuple[str | Dim, ...]:
    """The axes of an input of so many, channels last."""
    if rank <= 2:
        return ("batch", "features")[:rank]
    return ("batch", *SPATIAL.get(rank - 2, tuple(f"n{i}" for i in range(1, rank - 1))), "channels")


flax.convention = Convention(
    children=children,
    parameters=parameters,
    buffers=buffers,
    register=register,
    set_training=set_training,
    forward=FORWARD,
    axes=axes,
    own_name=scopes.scope_name,
    separator="/",
    applied=applied,
    given=given,
)
