"""How a module is called: hooks before its `forward`, the function itself, hooks behind it.

Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Module.html#torch.nn.Module.register_forward_hook
"""

from __future__ import annotations

from cnnlint.plugin import (
    MISSING,
    Alternative,
    Choice,
    ContainerCalled,
    Door,
    ForwardMissing,
    Instance,
    ListValue,
    NativeFunction,
    Tensor,
    Unknown,
    Value,
)
from cnnlint_torch.framework import torch
from cnnlint_torch.module import expect_initialised

CONTAINERS = ("nn.ModuleList", "nn.ModuleDict", "nn.ParameterList", "nn.ParameterDict")
BEFORE, BEHIND, BACKWARD = "_forward_pre_hooks", "_forward_hooks", "_backward_hooks"
HOOKS = frozenset({BEFORE, BEHIND, BACKWARD})
HANDLE = "utils.hooks.RemovableHandle"

torch.cls(HANDLE)


@torch.native("nn.Module.__call__", takes_unknown=True)
def call(door: Door, module: Instance, /, *positional: Value, **keywords: Value) -> Value:
    expect_initialised(door, module)
    if not HOOKS & module.contents.keys():
        return door.apply_layer(module, forward_of(door, module), list(positional), keywords)
    before, behind = hooks_of(module, BEFORE), hooks_of(module, BEHIND)
    if isinstance(before, Unknown) or isinstance(behind, Unknown):
        door.apply_layer(module, forward_of(door, module), list(positional), keywords)
        return door.unknown("a hook that may change the output")
    given: tuple[Value, ...] = positional
    for hook, has_keywords in before:
        given = changed_inputs(door.call(hook, module, given), given) if not has_keywords else given
    result = door.apply_layer(module, forward_of(door, module), list(given), keywords)
    for hook, has_keywords in behind:
        other = door.call(hook, module, given, result) if not has_keywords else door.unknown("a hook that takes keywords")
        result = result if other is None else other
    backward = hooks_of(module, BACKWARD)
    for hook, _ in [] if isinstance(backward, Unknown) else backward:
        perhaps(door, hook, module, door.unknown("gradients of inputs"), door.unknown("gradients of outputs"))
    return result


def perhaps(door: Door, function: Value, *given: Value) -> None:
    """Call a function that a later `backward` may call, or may not: what it writes is there on one of two ways."""
    cause = door.unknown("whether gradients are computed")
    skip = NativeFunction("skip", lambda machine, *positional: None, takes_unknown=True)
    ways = (Alternative(frozenset({(cause, True)}), function), Alternative(frozenset({(cause, False)}), skip))
    door.call(Choice(ways), *given)


def hooks_of(module: Instance, group: str) -> list[tuple[Value, bool]] | Unknown:
    """The hooks of a module, each with whether it takes the keywords of the call too."""
    held = module.contents.get(group)
    contents: list[tuple[Value, bool]] | Unknown = held.contents if isinstance(held, ListValue) else []
    return contents


def changed_inputs(answer: Value, given: tuple[Value, ...]) -> tuple[Value, ...]:
    """What a hook before `forward` gives stands for the inputs: a tuple of them, or the only one."""
    return given if answer is None else answer if isinstance(answer, tuple) else (answer,)


def forward_of(door: Door, module: Instance) -> Value:
    """The function that a call runs: the instance's own `forward` if it has one, else the class's."""
    own = module.contents.get("forward", MISSING)
    if own is not MISSING:
        return door.unbound(own)
    found = module.cls.find("forward")
    if found is not MISSING:
        return found
    if door.is_open(module):
        return door.unknown(f"what a call of `{module.cls.name}` runs")
    if any(door.is_instance(module, torch, path) for path in CONTAINERS):
        return door.failed(ContainerCalled(module.cls.name, exception="NotImplementedError"))
    methods = dict.fromkeys(name for cls in module.cls.mro if cls.definition is not None for name in cls.contents)
    return door.failed(ForwardMissing(module.cls.name, "forward", tuple(methods), exception="NotImplementedError"))


@torch.native("nn.Module.register_forward_hook", takes_unknown=True)
def add_hook(door: Door, module: Instance, /, hook: Value, *, with_kwargs: Value = False, **options: Value) -> Value:
    return registered(door, module, BEHIND, hook, with_kwargs)


@torch.native("nn.Module.register_forward_pre_hook", takes_unknown=True)
def add_hook_before(door: Door, module: Instance, /, hook: Value, *, with_kwargs: Value = False, **options: Value) -> Value:
    return registered(door, module, BEFORE, hook, with_kwargs)


def registered(door: Door, module: Instance, group: str, hook: Value, with_kwargs: Value) -> Value:
    """Add a hook; the handle takes it off again."""
    held = module.contents.get(group)
    if not isinstance(held, ListValue):
        held = ListValue([])
        door.put(module, group, held)
    entry = (hook, with_kwargs is not False)
    if isinstance(held.contents, list):
        door.touch(held)
        held.contents = [*held.contents, entry]
    handle = door.call(door.framework_value(torch, HANDLE))
    if isinstance(handle, Instance):
        door.put(handle, "hooks", held)
        door.put(handle, "entry", entry)
    return handle


@torch.native(f"{HANDLE}.__init__")
def start(door: Door, handle: Instance, /) -> None:
    return


@torch.native(f"{HANDLE}.remove", f"{HANDLE}.__exit__", takes_unknown=True)
def remove(door: Door, handle: Instance, /, *given: Value) -> None:
    held, entry = handle.contents.get("hooks"), handle.contents.get("entry")
    if isinstance(held, ListValue) and isinstance(held.contents, list):
        door.touch(held)
        held.contents = [other for other in held.contents if other is not entry]


@torch.native(f"{HANDLE}.__enter__")
def enter(door: Door, handle: Instance, /) -> Value:
    return handle


@torch.native(*(f"nn.Module.{name}" for name in ("register_full_backward_hook", "register_backward_hook")), takes_unknown=True)
def add_hook_backward(door: Door, module: Instance, /, hook: Value, **options: Value) -> Value:
    return registered(door, module, BACKWARD, hook, False)


@torch.native("Tensor.register_hook", "Tensor.register_post_accumulate_grad_hook", takes_unknown=True)
def add_hook_of_tensor(door: Door, tensor: Tensor, /, hook: Value) -> Value:
    """It gets the gradient, which has the tensor's shape."""
    perhaps(door, hook, Tensor(tensor.shape, torch, dtype=tensor.dtype))
    return door.unknown("the handle of a hook", is_free=True, is_harmless=True)


OTHERS = (
    "register_full_backward_pre_hook register_load_state_dict_post_hook"
    " register_load_state_dict_pre_hook register_state_dict_pre_hook _register_load_state_dict_pre_hook"
)


@torch.native(*(f"nn.Module.{name}" for name in OTHERS.split()), takes_unknown=True)
def add_other_hook(door: Door, module: Instance, /, *given: Value, **keywords: Value) -> Value:
    return door.unknown("the handle of a hook", is_harmless=True)
