"""`torch.nn.Module`: what assignment registers, how a module is called, and how it is walked.

Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Module.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from cnnlint.plugin import MISSING, BaseNotInitialised, Choice, DictValue, Door, Instance, IteratorValue, ListValue, Tensor, Unknown, Value
from cnnlint_torch.framework import torch

Held = TypeVar("Held", bound=Value)

GROUPS = ("_parameters", "_buffers", "_modules")
NOT_SAVED = "_non_persistent_buffers_set"

torch.cls("nn.Module")


def entries(module: Instance, group: str) -> dict[str, Value]:
    """The registered parameters, buffers or children of a module, by name; None entries included."""
    held = module.contents.get(group)
    if isinstance(held, DictValue) and isinstance(held.contents, dict):
        return held.contents
    return {}


def held_by(module: Instance, group: str, kind: type[Held]) -> list[tuple[str, Held]]:
    """The entries of a kind; most modules have none."""
    found = entries(module, group)
    return [(name, value) for name, value in found.items() if isinstance(value, kind)] if found else []


def children(module: Instance) -> list[tuple[str, Instance]]:
    return held_by(module, "_modules", Instance)


def listed(door: Door, module: Instance) -> list[tuple[str, Value]] | Unknown:
    """The children in order, None entries included; Unknown where it is not known which there are."""
    held = module.contents.get("_modules")
    if isinstance(held, DictValue) and isinstance(held.contents, Unknown):
        return held.contents
    found = list(entries(module, "_modules").items())
    return door.unknown("which children a module has") if any(may_lack(value) for _, value in found) else found


def may_lack(value: Value) -> bool:
    """Whether an entry is there on some ways only."""
    return isinstance(value, Choice) and any(option.value is MISSING for option in value.alternatives)


def own_parameters(module: Instance) -> list[tuple[str, Tensor]]:
    return held_by(module, "_parameters", Tensor)


def own_buffers(module: Instance) -> list[tuple[str, Tensor]]:
    return held_by(module, "_buffers", Tensor)


def is_saved(module: Instance, name: str) -> bool:
    return name not in not_saved(module)


def walked(door: Door, module: Instance, prefix: str = "", remove_duplicate: bool = True) -> list[tuple[str, Instance]]:
    """As `walk`, for the program, which raises where the constructor of one of them has not run."""
    found = walk(module, prefix, remove_duplicate)
    for _, owner in found:
        if "_modules" not in owner.contents:
            expect_initialised(door, owner)
    return found


def walk(module: Instance, prefix: str = "", remove_duplicate: bool = True) -> list[tuple[str, Instance]]:
    """The module and all below it, by dotted name, parents first."""
    found: list[tuple[str, Instance]] = []
    seen: set[Instance] = set()

    def visit(module: Instance, path: str) -> None:
        if module in seen:
            return
        if remove_duplicate:
            seen.add(module)
        found.append((path, module))
        for name, child in children(module):
            visit(child, f"{path}.{name}" if path else name)

    visit(module, prefix)
    return found


def named_tensors(door: Door, module: Instance, group: str, prefix: str = "", recurse: bool = True) -> Iterator[tuple[str, Tensor]]:
    """Parameters or buffers of the module and all below, each tensor once, by dotted name."""
    seen: set[Tensor] = set()
    for path, owner in walked(door, module, prefix) if recurse else [(prefix, module)]:
        for name, tensor in entries(owner, group).items():
            if isinstance(tensor, Tensor) and tensor not in seen:
                seen.add(tensor)
                yield f"{path}.{name}" if path else name, tensor


def generator(items: list[Value]) -> IteratorValue:
    return IteratorValue(items, "generator")


@torch.native("nn.Module.__init__", takes_unknown=True)
def initialise(door: Door, module: Instance, /, *positional: Value, **keywords: Value) -> None:
    door.touch(module)
    for group in GROUPS:
        module.contents[group] = DictValue()
    module.contents["training"] = True
    if not entries(module, "_modules"):
        door.built(module)


@torch.native("nn.Module.__setattr__", takes_unknown=True)
def set_attribute(door: Door, module: Instance, /, name: str, value: Value) -> None:
    """Parameters and modules go to their groups; a tensor to a buffer of that name; the rest are plain attributes."""
    kinds = {group_of(door, option.value) for option in value.alternatives} if isinstance(value, Choice) else {group_of(door, value)}
    if kinds & {"_parameters", "_modules"}:
        enter(door, module, "_modules" if "_modules" in kinds else "_parameters", name, value)
    elif isinstance(value, Tensor) and value.kind == "nn.Buffer":
        enter(door, module, "_buffers", name, value)
    else:
        for group in GROUPS:
            held = module.contents.get(group)
            if not isinstance(held, DictValue) or not isinstance(held.contents, dict) or name not in held.contents:
                continue
            if group == "_buffers" or value is None or not isinstance(value, (int, float, str)):
                door.touch(held)
                held.contents[name] = value
                return
        door.put(module, name, value)


def group_of(door: Door, value: Value) -> str:
    """Where assignment registers a value; empty for a plain attribute."""
    if isinstance(value, Tensor):
        return "_parameters" if value.kind == torch.parameter else "_buffers"
    return "_modules" if isinstance(value, Instance) and door.is_instance(value, torch, "nn.Module") else ""


def enter(door: Door, module: Instance, group: str, name: str, value: Value) -> None:
    """Register under a name, which leaves every other place that holds it."""
    if group not in module.contents:
        expect_initialised(door, module)
    for other in GROUPS:
        held = module.contents.get(other)
        if other != group and isinstance(held, DictValue) and isinstance(held.contents, dict) and name in held.contents:
            door.touch(held)
            del held.contents[name]
    if name in module.contents:
        door.touch(module)
        del module.contents[name]
    held = module.contents[group]
    if isinstance(held, DictValue) and isinstance(held.contents, dict):
        old = held.contents.get(name)
        if isinstance(old, Instance) and isinstance(value, Instance):
            door.replaced(value, old)
        door.touch(held)
        held.contents[name] = value


def expect_initialised(door: Door, module: Instance) -> None:
    """The program raises where the constructor of `Module` has not run; a finding only where all is known that may have run it."""
    if "_modules" in module.contents:
        return
    if door.is_open(module):
        door.fail("AttributeError", f"`{module.cls.name}` is used before Module.__init__() call")
    door.failed(BaseNotInitialised(module.cls.name, owner=module.cls, exception="AttributeError"))


@torch.native("nn.Module.__getattr__", takes_unknown=True)
def get_attribute(door: Door, module: Instance, /, name: str) -> Value:
    for group in GROUPS:
        held = module.contents.get(group)
        if isinstance(held, DictValue):
            if isinstance(held.contents, Unknown):
                return held.contents
            if name in held.contents:
                return door.present(held.contents[name])
    if door.is_open(module):
        return door.unknown(f"attribute `{name}` of a `{module.cls.name}`")
    return door.fail("AttributeError", f"`{module.cls.name}` object has no attribute `{name}`")


@torch.native("nn.Module.__delattr__")
def delete_attribute(door: Door, module: Instance, /, name: str) -> None:
    for group in GROUPS:
        held = module.contents.get(group)
        if isinstance(held, DictValue) and isinstance(held.contents, dict) and name in held.contents:
            door.touch(held)
            del held.contents[name]
            return
    door.touch(module)
    if module.contents.pop(name, MISSING) is MISSING:
        door.fail("AttributeError", f"`{module.cls.name}` object has no attribute `{name}`")


@torch.native("nn.Module.register_parameter", takes_unknown=True)
def register_parameter(door: Door, module: Instance, /, name: Value, param: Value = None) -> None:
    register(door, module, "_parameters", name, param)


@torch.native("nn.Module.register_buffer", takes_unknown=True)
def register_buffer(door: Door, module: Instance, /, name: Value, tensor: Value = None, persistent: Value = True) -> None:
    register(door, module, "_buffers", name, tensor)
    fleeting = tuple(other for other in not_saved(module) if other != name)
    if persistent is False or fleeting:
        door.put(module, NOT_SAVED, (*fleeting, name) if persistent is False else fleeting)


def not_saved(module: Instance) -> tuple[Value, ...]:
    """The names of the buffers that are no part of the state dict."""
    names = module.contents.get(NOT_SAVED, ())
    return names if isinstance(names, tuple) else ()


@torch.native("nn.Module.add_module", "nn.Module.register_module", takes_unknown=True)
def add_module(door: Door, owner: Instance, /, name: Value, module: Value = None) -> None:
    register(door, owner, "_modules", name, module)


def register(door: Door, module: Instance, group: str, name: Value, value: Value) -> None:
    """Register under a name; where that is not known, neither is anything of the group."""
    if isinstance(name, str):
        enter(door, module, group, name, value)
        return
    held = module.contents.get(group)
    if isinstance(held, DictValue):
        door.touch(held)
        held.contents = name if isinstance(name, Unknown) else door.unknown("a name that is not known")


@torch.native("nn.Module.children")
def children_of(door: Door, module: Instance, /) -> Value:
    found = present(door, module)
    return found if isinstance(found, Unknown) else generator([child for _, child in found])


@torch.native("nn.Module.named_children")
def named_children(door: Door, module: Instance, /) -> Value:
    found = present(door, module)
    return found if isinstance(found, Unknown) else generator([(name, child) for name, child in found])


def present(door: Door, module: Instance) -> list[tuple[str, Value]] | Unknown:
    """The children that are not None; Unknown where it is not known which there are."""
    found = listed(door, module)
    if isinstance(found, Unknown):
        return found
    if any(isinstance(child, Choice) and any(option.value is None for option in child.alternatives) for _, child in found):
        return door.unknown("which children a module has")
    return [(name, child) for name, child in found if child is not None]


@torch.native("nn.Module.modules")
def modules(door: Door, module: Instance, /, remove_duplicate: bool = True) -> Value:
    return generator([owner for _, owner in walked(door, module, remove_duplicate=remove_duplicate)])


@torch.native("nn.Module.named_modules")
def named_modules(door: Door, module: Instance, /, memo: Value = None, prefix: str = "", remove_duplicate: bool = True) -> Value:
    return generator(list(walked(door, module, prefix, remove_duplicate)))


@torch.native("nn.Module.parameters")
def parameters(door: Door, module: Instance, /, recurse: bool = True) -> Value:
    return generator([tensor for _, tensor in named_tensors(door, module, "_parameters", recurse=recurse)])


@torch.native("nn.Module.named_parameters")
def named_parameters(door: Door, module: Instance, /, prefix: str = "", recurse: bool = True, remove_duplicate: bool = True) -> Value:
    return generator([(name, tensor) for name, tensor in named_tensors(door, module, "_parameters", prefix, recurse)])


@torch.native("nn.Module.buffers")
def buffers(door: Door, module: Instance, /, recurse: bool = True) -> Value:
    return generator([tensor for _, tensor in named_tensors(door, module, "_buffers", recurse=recurse)])


@torch.native("nn.Module.named_buffers")
def named_buffers(door: Door, module: Instance, /, prefix: str = "", recurse: bool = True, remove_duplicate: bool = True) -> Value:
    return generator([(name, tensor) for name, tensor in named_tensors(door, module, "_buffers", prefix, recurse)])


@torch.native("nn.Module.state_dict")
def state_dict(door: Door, module: Instance, /, *positional: Value, **keywords: Value) -> Value:
    found: dict[Value, Value] = {}
    for path, owner in walked(door, module, remove_duplicate=False):
        for group in ("_parameters", "_buffers"):
            for name, tensor in entries(owner, group).items():
                if isinstance(tensor, Tensor) and name not in not_saved(owner):
                    found[f"{path}.{name}" if path else name] = tensor
    return DictValue(found)


@torch.native("nn.Module.get_submodule", "nn.Module.get_parameter", "nn.Module.get_buffer")
def get_below(door: Door, module: Instance, /, target: str) -> Value:
    found: Value = module
    for name in target.split(".") if target else []:
        found = door.attribute(found, name)
        if found is MISSING:
            return door.fail("AttributeError", f"`{target}` is not found below `{module.cls.name}`")
    return found


@torch.native("nn.Module.apply", takes_unknown=True)
def apply(door: Door, module: Instance, /, fn: Value) -> Value:
    expect_initialised(door, module)
    for _, child in children(module):
        if not isinstance(fn, Unknown):
            door.call(door.attribute(child, "apply"), fn)
    if not isinstance(fn, Unknown):
        door.call(fn, module)
    return module


def set_training(door: Door, module: Instance, mode: bool) -> None:
    if all("_modules" in owner.contents for _, owner in walk(module)):
        door.call(door.attribute(module, "train"), mode)


@torch.native("nn.Module.train", takes_unknown=True)
def train(door: Door, module: Instance, /, mode: Value = True) -> Value:
    door.put(module, "training", mode)
    expect_initialised(door, module)
    own = door.framework_value(torch, "nn.Module.train")
    for _, child in children(module):
        if child.cls.find("train") is own and "train" not in child.contents:
            train(door, child, mode)  # what the call below comes to, in a tenth of the time
        else:
            door.call(door.attribute(child, "train"), mode)
    return module


@torch.native("nn.Module.eval")
def evaluation(door: Door, module: Instance, /) -> Value:
    return door.call(door.attribute(module, "train"), False)


@torch.native("nn.Module.requires_grad_", takes_unknown=True)
def requires_grad_(door: Door, module: Instance, /, requires_grad: Value = True) -> Value:
    for _, tensor in named_tensors(door, module, "_parameters"):
        door.set_attribute(tensor, "requires_grad", requires_grad)
    return module


@torch.native("nn.Module.share_memory", takes_unknown=True)
def shared(door: Door, module: Instance, /) -> Value:
    return module


EFFECTS = ["zero_grad", "compile", "_load_from_state_dict", "_save_to_state_dict", "set_extra_state"]


@torch.native(*(f"nn.Module.{name}" for name in EFFECTS), takes_unknown=True)
def for_effect(door: Door, module: Instance, /, *positional: Value, **keywords: Value) -> None:
    """Methods that change no shape and give nothing."""
    return


@torch.native("nn.Module.extra_repr")
def extra_repr(door: Door, module: Instance, /) -> Value:
    """What a layer adds to its name in print."""
    return door.unknown("how a layer is printed", is_free=True, is_harmless=True)


@torch.native("nn.Module.load_state_dict", takes_unknown=True)
def load_state_dict(door: Door, module: Instance, /, *positional: Value, **keywords: Value) -> Value:
    """The names that were missing or unexpected."""
    return door.unknown("which names a state dict lacks", is_free=True)


@torch.native("nn.Module._get_name")
def get_name(door: Door, module: Instance, /) -> Value:
    return module.cls.name


@torch.native("nn.Module.__dir__")
def directory(door: Door, module: Instance, /) -> Value:
    return ListValue([*module.contents, *(name for group in GROUPS for name in entries(module, group))])


def register_tensor(door: Door, module: Instance, name: str, value: Value, is_parameter: bool) -> None:
    enter(door, module, "_parameters" if is_parameter else "_buffers", name, value)


def is_single_leaf(module: Instance) -> bool:
    """A MultiheadAttention counts as one layer with its `out_proj`, which it applies by a function; a parametrised layer as one too."""
    held = entries(module, "_modules")
    if not held:
        return False  # a leaf that needs no rule
    return held.keys() == {"parametrizations"} or any(cls.qualified == "torch.nn.MultiheadAttention" for cls in module.cls.mro)


@torch.native("nn.Parameter.__new__", takes_unknown=True)
def new_parameter(door: Door, cls: Value, /, data: Value = None, requires_grad: Value = True) -> Value:
    if not isinstance(data, Tensor):
        return data if isinstance(data, Unknown) else door.unknown("a parameter that is made of no tensor")
    return Tensor(data.shape, torch, torch.parameter, data.dtype, device=data.device, requires_grad=requires_grad is True)


torch.cls("nn.Parameter", "Tensor")
torch.alias("nn.Module", "jit.ScriptModule")
