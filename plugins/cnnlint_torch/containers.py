"""`Sequential`, `ModuleList` and `ModuleDict`.

Source: https://docs.pytorch.org/docs/stable/nn.html#containers
"""

from __future__ import annotations

from collections.abc import Iterable

from cnnlint.plugin import DictValue, Door, Instance, ListValue, SliceValue, Unknown, Value
from cnnlint_torch.framework import torch
from cnnlint_torch.module import children, entries, generator, listed, may_lack

for _path in ("nn.Sequential", "nn.ModuleList", "nn.ModuleDict"):
    torch.cls(_path, "nn.Module")


def add(door: Door, container: Instance, name: str, module: Value) -> None:
    door.call(door.attribute(container, "add_module"), name, module)


def start(door: Door, container: Instance) -> None:
    door.call(door.framework_value(torch, "nn.Module").find("__init__"), container)


def lose(door: Door, container: Instance, cause: Unknown) -> None:
    """The children are not known."""
    held = container.contents.get("_modules")
    if isinstance(held, DictValue):
        door.touch(held)
        held.contents = cause


def lacking(door: Door, container: Instance, entries: Iterable[Value]) -> bool:
    """Whether some of the entries are there on some ways only, so that the children are not known; it is noted."""
    if not any(map(may_lack, entries)):
        return False
    lose(door, container, door.unknown("which entries a dict of modules has"))
    return True


@torch.native("nn.Sequential.__init__", takes_unknown=True)
def make_sequential(door: Door, container: Instance, /, *layers: Value) -> None:
    start(door, container)
    if len(layers) == 1 and isinstance(layers[0], DictValue):
        held = layers[0].contents
        if isinstance(held, Unknown):
            lose(door, container, held)
            return
        if lacking(door, container, held.values()):
            return
        for name, module in held.items():
            add(door, container, name, module)
        return
    for i, module in enumerate(layers):
        if isinstance(module, (ListValue, tuple)):
            door.fail("TypeError", "Sequential takes modules one by one, but gets a list; write `*` before it")
        add(door, container, str(i), module)


@torch.native("nn.Sequential.forward", takes_unknown=True)
def run_sequential(door: Door, container: Instance, /, input: Value) -> Value:  # the framework's name
    found = listed(door, container)
    if isinstance(found, Unknown):
        return found
    for _, module in found:
        input = door.call(module, input)  # noqa: A001
    return input


@torch.native("nn.ModuleList.__init__", takes_unknown=True)
def make_list(door: Door, container: Instance, /, modules: Value = None) -> None:
    start(door, container)
    if modules is not None:
        extend(door, container, modules)


@torch.native("nn.ModuleList.extend", "nn.ModuleList.__iadd__", "nn.Sequential.extend", takes_unknown=True)
def extend(door: Door, container: Instance, /, modules: Value) -> Value:
    items = door.iterate(modules)
    if isinstance(items, Unknown):
        lose(door, container, items)
        return container
    for module in items:
        append(door, container, module)
    return container


@torch.native("nn.ModuleList.__add__", takes_unknown=True)
def add_lists(door: Door, container: Instance, /, other: Value) -> Value:
    """A new list of the modules of both."""
    combined = door.call(door.framework_value(torch, "nn.ModuleList"), container)
    return extend(door, combined, other)


@torch.native("nn.Sequential.__add__")
def add_sequences(door: Door, container: Instance, /, other: Value) -> Value:
    """Modules of both one after another; only a `Sequential` may be added."""
    if not door.is_instance(other, torch, "nn.Sequential"):
        if isinstance(other, Unknown):
            return other
        door.fail("ValueError", "only a `Sequential` can be added to a `Sequential`")
    first, second = listed(door, container), listed(door, other)
    if isinstance(first, Unknown):
        return first
    if isinstance(second, Unknown):
        return second
    return door.call(door.framework_value(torch, "nn.Sequential"), *(module for _, module in (*first, *second)))


@torch.native("nn.ModuleList.append", "nn.Sequential.append", takes_unknown=True)
def append(door: Door, container: Instance, /, module: Value) -> Value:
    add(door, container, str(len(entries(container, "_modules"))), module)
    return container


@torch.native("nn.ModuleList.insert", "nn.Sequential.insert")
def insert(door: Door, container: Instance, /, index: int, module: Value) -> Value:
    items = list(entries(container, "_modules").values())
    items.insert(index, module)
    renumber(door, container, items)
    return container


def renumber(door: Door, container: Instance, items: list[Value]) -> None:
    held = container.contents["_modules"]
    door.touch(held)
    held.contents = {str(i): module for i, module in enumerate(items)}


@torch.native("nn.ModuleList.pop", "nn.Sequential.pop")
def pop(door: Door, container: Instance, /, key: int = -1) -> Value:
    items = list(entries(container, "_modules").values())
    if not -len(items) <= key < len(items):
        door.fail("IndexError", f"index {key} is out of range for {len(items)} modules")
    taken = items.pop(key)
    renumber(door, container, items)
    return taken


@torch.native("nn.ModuleList.__getitem__", "nn.Sequential.__getitem__")
def get_item(door: Door, container: Instance, /, index: Value) -> Value:
    items = listed(door, container)
    if isinstance(items, Unknown):
        return items
    if isinstance(index, SliceValue):
        chosen = door.item(ListValue([(name, module) for name, module in items]), index)
        if isinstance(chosen.contents, Unknown):
            return chosen.contents
        if door.is_instance(container, torch, "nn.Sequential"):
            return door.call(container.cls, DictValue(dict(chosen.contents)))
        return door.call(container.cls, ListValue([module for _, module in chosen.contents]))
    return door.item(ListValue([module for _, module in items]), index)


@torch.native("nn.ModuleList.__setitem__", "nn.Sequential.__setitem__")
def set_item(door: Door, container: Instance, /, index: int, module: Value) -> None:
    found = listed(door, container)
    if isinstance(found, Unknown):
        return
    names = [name for name, _ in found]
    if not -len(names) <= index < len(names):
        door.fail("IndexError", f"index {index} is out of range for {len(names)} modules")
    add(door, container, names[index], module)


@torch.native("nn.ModuleList.__delitem__", "nn.Sequential.__delitem__")
def delete_item(door: Door, container: Instance, /, index: Value) -> None:
    found = listed(door, container)
    if isinstance(found, Unknown):
        return
    items = ListValue([module for _, module in found])
    gone = door.item(items, index)
    removed = gone.contents if isinstance(gone, ListValue) else gone
    if isinstance(removed, Unknown):
        lose(door, container, removed)
        return
    removed = removed if isinstance(removed, list) else [removed]
    renumber(door, container, [module for module in entries(container, "_modules").values() if not any(module is one for one in removed)])


@torch.native("nn.ModuleList.__len__", "nn.Sequential.__len__", "nn.ModuleDict.__len__")
def length(door: Door, container: Instance, /) -> Value:
    found = listed(door, container)
    return found if isinstance(found, Unknown) else len(found)


@torch.native("nn.ModuleList.__iter__", "nn.Sequential.__iter__")
def iterate(door: Door, container: Instance, /) -> Value:
    found = listed(door, container)
    return found if isinstance(found, Unknown) else generator([module for _, module in found])


@torch.native("nn.ModuleDict.__init__", takes_unknown=True)
def make_dict(door: Door, container: Instance, /, modules: Value = None) -> None:
    start(door, container)
    if modules is not None:
        update(door, container, modules)


@torch.native("nn.ModuleDict.update", takes_unknown=True)
def update(door: Door, container: Instance, /, modules: Value) -> None:
    if isinstance(modules, Instance):
        pairs: list[Value] | Unknown = [(name, module) for name, module in children(modules)]
    elif isinstance(modules, DictValue):
        pairs = modules.contents if isinstance(modules.contents, Unknown) else list(modules.contents.items())
    else:
        pairs = door.iterate(modules)
    if isinstance(pairs, Unknown):
        lose(door, container, pairs)
        return
    if isinstance(modules, DictValue) and lacking(door, container, [door.item(pair, 1) for pair in pairs]):
        return
    for pair in pairs:
        add(door, container, door.item(pair, 0), door.item(pair, 1))


@torch.native("nn.ModuleDict.__getitem__")
def get_entry(door: Door, container: Instance, /, key: Value) -> Value:
    return door.item(container.contents["_modules"], key)


@torch.native("nn.ModuleDict.__setitem__", takes_unknown=True)
def set_entry(door: Door, container: Instance, /, key: Value, module: Value) -> None:
    add(door, container, key, module)


@torch.native("nn.ModuleDict.pop", "nn.ModuleDict.__delitem__")
def pop_entry(door: Door, container: Instance, /, key: Value) -> Value:
    found = door.item(container.contents["_modules"], key)
    held = container.contents["_modules"]
    door.touch(held)
    held.contents.pop(key, None)
    return found


@torch.native("nn.ModuleDict.__contains__")
def contains(door: Door, container: Instance, /, key: Value) -> Value:
    found = listed(door, container)
    return found if isinstance(found, Unknown) else key in [name for name, _ in found]


@torch.native("nn.ModuleDict.__iter__", "nn.ModuleDict.keys")
def keys(door: Door, container: Instance, /) -> Value:
    found = listed(door, container)
    return found if isinstance(found, Unknown) else generator([name for name, _ in found])


@torch.native("nn.ModuleDict.values")
def values(door: Door, container: Instance, /) -> Value:
    found = listed(door, container)
    return found if isinstance(found, Unknown) else generator([module for _, module in found])


@torch.native("nn.ModuleDict.items")
def items(door: Door, container: Instance, /) -> Value:
    found = listed(door, container)
    return found if isinstance(found, Unknown) else generator([(name, module) for name, module in found])
