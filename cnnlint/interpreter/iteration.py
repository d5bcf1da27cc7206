"""Iteration, subscripts and membership."""

from __future__ import annotations

from collections.abc import Iterable

from cnnlint.dims import Expression, differ, unknown_size
from cnnlint.interpreter import attributes, calls, operators
from cnnlint.interpreter.branches import distribute
from cnnlint.interpreter.describing import described
from cnnlint.interpreter.machine import MOST_ELEMENTS, Machine, Raised
from cnnlint.interpreter.raising import fail
from cnnlint.interpreter.types import OBJECT, is_open, type_of
from cnnlint.values import (
    MISSING,
    Choice,
    ClassMethod,
    ClassValue,
    DictValue,
    Instance,
    IteratorValue,
    ListValue,
    SetValue,
    SliceValue,
    StaticMethod,
    Tensor,
    Unknown,
    Value,
)


def iterate(machine: Machine, value: Value) -> list[Value] | Unknown:
    """All items that iterating over `value` gives, or the reason why they are not known.

    Raises Raised with TypeError for what cannot be iterated.
    """
    match value:
        case ListValue() | DictValue() | SetValue():
            machine.importer.registries.complete(value)
            return value.contents if isinstance(value.contents, Unknown) else list(value.contents)
        case tuple():
            return list(value)
        case str() | bytes():
            return list(value)
        case range():
            if len(value) > MOST_ELEMENTS:
                return machine.refused(f"a loop of {len(value):,} turns")
            return list(value)
        case Unknown():
            return value
        case Choice():
            return iterate_choice(machine, value)
        case IteratorValue():
            return drain(machine, value)
        case Tensor():
            return iterate_tensor(machine, value)
        case Instance():
            return iterate_instance(machine, value)
        case ClassValue():
            return iterate_class(machine, value)
    if is_open(value) or type_of(machine, value) is None:
        return machine.unknown(f"what iterating over {described(value)} gives")
    return fail(machine, "TypeError", f"{described(value)} is not iterable")


def iterate_choice(machine: Machine, value: Choice) -> list[Value] | Unknown:
    joined = distribute(machine, [value], lambda chosen: as_tuple(machine, chosen[0]))
    if isinstance(joined, tuple):
        return list(joined)
    return joined if isinstance(joined, Unknown) else machine.unknown("a loop over one of several sequences")


def as_tuple(machine: Machine, value: Value) -> Value:
    items = iterate(machine, value)
    return items if isinstance(items, Unknown) else tuple(items)


def drain(machine: Machine, iterator: IteratorValue) -> list[Value] | Unknown:
    """Take all that is left of an iterator."""
    if not isinstance(iterator.items, list):
        return machine.unknown("an iterator without an end")
    machine.store.touch(iterator)
    rest = iterator.items[iterator.contents :]
    iterator.contents = len(iterator.items)
    return rest


def advance(machine: Machine, iterator: Value) -> Value:
    """The next item of an iterator; MISSING at its end."""
    if isinstance(iterator, IteratorValue):
        machine.store.touch(iterator)
        position = iterator.contents
        iterator.contents = position + 1
        if isinstance(iterator.items, list):
            return iterator.items[position] if position < len(iterator.items) else MISSING
        return iterator.items(position)
    if isinstance(iterator, Instance) and (found := iterator.cls.find("__next__")) is not MISSING:
        try:
            return calls.call(machine, found, [iterator], {})
        except Raised as raised:
            if raised.exception.cls.name == "StopIteration":
                return MISSING
            raise
    if isinstance(iterator, Unknown):
        return iterator
    return machine.unknown(f"the next item of {described(iterator)}")


def iterate_tensor(machine: Machine, value: Tensor) -> list[Value] | Unknown:
    shape = value.shape
    if shape.rank == 0:
        return fail(machine, "TypeError", "iteration over a tensor without axes")
    if shape.leading or not isinstance(shape.dims[0], int) or shape.dims[0] > MOST_ELEMENTS:
        return machine.unknown(f"how many rows a tensor of shape {shape} has")
    return [get_item(machine, value, i) for i in range(shape.dims[0])]


def iterate_instance(machine: Machine, value: Instance) -> list[Value] | Unknown:
    found = value.cls.find("__iter__")
    if found is not MISSING:
        iterator = calls.call(machine, found, [value], {})
        if iterator is value:
            return iterate_by_next(machine, value)
        return iterate(machine, iterator)
    if value.payload is not MISSING:
        return iterate(machine, value.payload)
    found = value.cls.find("__getitem__")
    if found is not MISSING:
        items: list[Value] = []
        while len(items) < MOST_ELEMENTS:
            try:
                item = calls.call(machine, found, [value, len(items)], {})
            except Raised as raised:
                if raised.exception.cls.name in ("IndexError", "StopIteration"):
                    return items
                raise
            if isinstance(item, Unknown):
                return item
            items.append(item)
        return machine.unknown("a loop without an end")
    if attributes.find_attribute(machine, value, "__iter__") is not MISSING:
        return machine.unknown(f"what iterating over {described(value)} gives")
    return fail(machine, "TypeError", f"{described(value)} is not iterable")


def iterate_by_next(machine: Machine, value: Instance) -> list[Value] | Unknown:
    items: list[Value] = []
    while (item := advance(machine, value)) is not MISSING:
        if isinstance(item, Unknown) or len(items) > MOST_ELEMENTS:
            return item if isinstance(item, Unknown) else machine.unknown("an iterator without an end")
        items.append(item)
    return items


def iterate_class(machine: Machine, value: ClassValue) -> list[Value] | Unknown:
    members = value.find("__iterate__")
    if members is not MISSING:
        return iterate(machine, calls.call(machine, members, [value], {}))
    if value.metaclass is not None and (found := value.metaclass.find("__iter__")) is not MISSING:
        return iterate(machine, calls.call(machine, found, [value], {}))
    return fail(machine, "TypeError", f"{described(value)} is not iterable")


def element_of(machine: Machine, iterable: Value, cause: list[Value] | Unknown) -> Value:
    """What a loop over something of unknown length binds its target to: a row of a tensor, a number of a range, or Unknown."""
    if isinstance(iterable, Tensor) and iterable.shape.rank:
        return get_item(machine, iterable, unknown_size("a loop variable"))
    if isinstance(cause, Unknown) and cause.item is not None:
        return cause.item
    return machine.derived(cause) if isinstance(cause, Unknown) else machine.unknown("an item of an asynchronous loop")


def unpack(machine: Machine, value: Value, count: int, has_star: bool) -> list[Value] | Unknown:
    """The items for `count` targets, one of which may be starred.

    Raises Raised with ValueError where the numbers differ.
    """
    if isinstance(value, Tensor) and value.shape.rank and not isinstance(value.shape.dims[0], int) and not has_star:
        return [get_item(machine, value, i) for i in range(count)]
    if isinstance(value, IteratorValue) and value.is_endless:
        return [advance(machine, value) for _ in range(count)]
    if isinstance(value, Expression) and is_open(value):
        return machine.unknown(f"the items of parameter `{value}`, which nothing gives a value")
    items = iterate(machine, value)
    if isinstance(items, Unknown):
        return items
    if len(items) < count - has_star or (len(items) > count and not has_star):
        wanted = f"at least {count - 1}" if has_star else str(count)
        what = f" (a tensor of shape {value.shape})" if isinstance(value, Tensor) else ""
        fail(machine, "ValueError", f"unpacking into {wanted} targets, but there are {len(items)} values{what}")
    return items


def get_item(machine: Machine, owner: Value, index: Value) -> Value:
    """`owner[index]`.

    Raises Raised with IndexError, KeyError or TypeError.
    """
    if isinstance(owner, Unknown):
        return machine.derived(owner, ("item", type(index), index) if isinstance(index, (int, str)) else None)
    if isinstance(owner, Choice) or isinstance(index, Choice):
        return distribute(machine, [owner, index], lambda chosen: get_item(machine, *chosen))
    if isinstance(owner, (Instance, Tensor)):
        cls = type_of(machine, owner)
        found = cls.find("__getitem__") if cls is not None else MISSING
        if found is not MISSING:
            return calls.call(machine, found, [owner, index], {})
        if isinstance(owner, Instance) and owner.payload is not MISSING:
            missing = owner.cls.find("__missing__")
            if missing is not MISSING and isinstance(owner.payload, DictValue) and contains(machine, owner.payload, index) is False:
                return calls.call(machine, missing, [owner, index], {})
            return get_item(machine, owner.payload, index)
        if isinstance(owner, Instance) and attributes.find_attribute(machine, owner, "__getitem__") is not MISSING:
            return machine.unknown(f"an item of {described(owner)}")
    if isinstance(owner, DictValue):
        return get_entry(machine, owner, index)
    if isinstance(owner, ListValue):
        if isinstance(owner.contents, Unknown):
            return owner.contents if not isinstance(index, SliceValue) else ListValue(owner.contents)
        return get_element(machine, owner.contents, index)
    if isinstance(owner, (tuple, str, bytes, range)):
        return get_element(machine, owner, index)
    if isinstance(owner, ClassValue):
        return get_from_class(machine, owner, index)
    if is_open(owner) or isinstance(owner, Tensor) or type_of(machine, owner) is None or owner in machine.decorated:
        return machine.unknown(f"an item of {described(owner)}")
    return fail(machine, "TypeError", f"{described(owner)} cannot be subscripted")


def get_from_class(machine: Machine, cls: ClassValue, index: Value) -> Value:
    """`cls[index]`: `__class_getitem__`, a metaclass's `__getitem__`, or a generic class, which stands for itself."""
    found = cls.find("__class_getitem__")
    if found is not MISSING:
        function = found.function if isinstance(found, (ClassMethod, StaticMethod)) else found
        return calls.call(machine, function, [cls, index], {})
    if cls.metaclass is not None and (found := cls.metaclass.find("__getitem__")) is not MISSING:
        return calls.call(machine, found, [cls, index], {})
    return cls


def one_of(machine: Machine, items: Iterable[Value], index: Unknown) -> Value:
    """An item, nobody knows which: whoever changes it may change each of them."""
    parts = tuple(item for item in items if isinstance(item, (ListValue, DictValue, SetValue)))
    if not parts:
        return index
    found = machine.derived(index)
    machine.parts[found] = parts
    return found


def get_entry(machine: Machine, owner: DictValue, key: Value) -> Value:
    if isinstance(owner.contents, Unknown):
        return owner.contents
    if isinstance(key, Unknown):
        return one_of(machine, owner.contents.values(), key)
    check_hashable(machine, key)
    found = owner.contents.get(key, MISSING)
    if found is MISSING and machine.importer.registries.complete(owner, key):
        found = owner.contents.get(key, MISSING)
    if isinstance(found, Choice):
        from cnnlint.interpreter.assignment import without_missing

        found = without_missing(found)
    if found is not MISSING:
        return found
    if may_be_among(key, owner.contents):
        return machine.unknown(f"which entry of a dict `{key}` is")
    if owner.default_factory is not None:
        made = calls.call(machine, owner.default_factory, [], {})
        machine.store.touch(owner)
        owner.contents[key] = made
        return made
    return fail(machine, "KeyError", f"key {shown(key)} is not in the dict")


def may_be_among(item: Value, keys: Iterable[Value]) -> bool:
    """Whether an item that is none of the keys as it is written may yet equal one, because sizes in either are not known."""
    if isinstance(item, str):
        return any(is_open(key) for key in keys)
    if isinstance(item, (int, float, Expression)):
        return is_open(item) or any(
            isinstance(key, (int, float, Expression)) and not differ(item, key)
            for key in keys
            if isinstance(item, Expression) or isinstance(key, Expression)
        )
    if isinstance(item, tuple):
        return any(isinstance(key, tuple) and len(key) == len(item) and (has_unknown_part(key) or has_unknown_part(item)) for key in keys)
    if isinstance(item, Instance) and item.cls.find("__eq__") not in (MISSING, OBJECT.find("__eq__")):
        return any(isinstance(key, Instance) for key in keys)  # equal by what they hold, which is not compared here
    return False


def has_unknown_part(item: tuple[Value, ...]) -> bool:
    return any(isinstance(part, (Expression, Unknown, Choice)) or (isinstance(part, tuple) and has_unknown_part(part)) for part in item)


def shown(value: Value) -> str:
    return repr(value) if isinstance(value, (str, int, float, type(None))) else described(value)


def check_hashable(machine: Machine, key: Value) -> None:
    """Raises Raised with TypeError for a list, dict or set as a key."""
    if isinstance(key, (ListValue, DictValue)) or (isinstance(key, SetValue) and not key.is_frozen):
        fail(machine, "TypeError", f"{described(key)} is not hashable")


def get_element(machine: Machine, items: Value, index: Value) -> Value:
    """An item or a slice of a list's contents, a tuple, a string or a range."""
    if isinstance(index, SliceValue):
        bounds = [index_number(machine, part) for part in (index.lower, index.upper, index.step)]
        unknown = next((part for part in bounds if isinstance(part, (Unknown, Expression))), None)
        if unknown is not None or bounds[2] == 0:
            reason = unknown if isinstance(unknown, Unknown) else machine.unknown(f"a slice with bound `{unknown}`")
            return ListValue(reason) if isinstance(items, list) else reason
        part = items[slice(*bounds)]
        return ListValue(part) if isinstance(part, list) else part
    number = index_number(machine, index)
    if isinstance(number, Unknown):
        return number
    if isinstance(number, Expression):
        return machine.unknown(f"the item with index `{number}`")
    if number is None:
        fail(machine, "TypeError", "an index is None")
    try:
        return items[number]
    except IndexError:
        return fail(machine, "IndexError", f"index {number} is out of range for {len(items)} items")


def index_number(machine: Machine, value: Value) -> Value:
    """An index as an int, a symbolic size, None or Unknown.

    Raises Raised with TypeError for what is no index.
    """
    if value is None or isinstance(value, (int, Unknown, Expression)):
        return value
    if isinstance(value, Instance) and isinstance(value.payload, int):
        return value.payload
    if isinstance(value, Tensor) and value.values is not None and len(value.values) == 1:
        return value.values[0]
    if isinstance(value, (Tensor, Choice, Instance)):
        return machine.unknown(f"the index {described(value)}")
    return fail(machine, "TypeError", f"{described(value)} is no index")


def set_item(machine: Machine, owner: Value, index: Value, value: Value) -> None:
    """`owner[index] = value`."""
    if isinstance(owner, (Instance, Tensor)):
        cls = type_of(machine, owner)
        found = cls.find("__setitem__") if cls is not None else MISSING
        if found is not MISSING:
            calls.call(machine, found, [owner, index, value], {})
            return
        if isinstance(owner, Instance) and owner.payload is not MISSING:
            set_item(machine, owner.payload, index, value)
        return
    if isinstance(owner, Choice):
        distribute(machine, [owner], lambda chosen: set_item(machine, chosen[0], index, value))
        return
    if not isinstance(owner, (ListValue, DictValue)) or isinstance(owner.contents, Unknown):
        if isinstance(owner, (tuple, str, int, float)) or owner is None:
            fail(machine, "TypeError", f"{described(owner)} does not support item assignment")
        return
    machine.store.touch(owner)
    if isinstance(index, (Unknown, Choice)):
        owner.contents = index if isinstance(index, Unknown) else machine.unknown("written at an index that is not known")
    elif isinstance(owner, DictValue):
        check_hashable(machine, index)
        owner.contents[index] = value
    else:
        set_element(machine, owner, index, value)


def set_element(machine: Machine, owner: ListValue, index: Value, value: Value) -> None:
    contents = owner.contents
    if isinstance(contents, Unknown):
        return
    if isinstance(index, SliceValue):
        bounds = [index_number(machine, part) for part in (index.lower, index.upper, index.step)]
        items = iterate(machine, value)
        if isinstance(items, Unknown) or any(isinstance(part, (Unknown, Expression)) for part in bounds):
            owner.contents = machine.unknown("a slice of a list is replaced by what is not known")
            return
        try:
            contents[slice(*bounds)] = items
        except ValueError as error:
            fail(machine, "ValueError", str(error))
        return
    number = index_number(machine, index)
    if isinstance(number, (Unknown, Expression)):
        owner.contents = machine.unknown("written at an index that is not known")
        return
    try:
        contents[number] = value
    except (IndexError, TypeError) as error:
        fail(machine, type(error).__name__, f"index {number} is out of range for {len(contents)} items")


def delete_item(machine: Machine, owner: Value, index: Value) -> None:
    """`del owner[index]`."""
    if isinstance(owner, Instance):
        found = owner.cls.find("__delitem__")
        if found is not MISSING:
            calls.call(machine, found, [owner, index], {})
        elif owner.payload is not MISSING:
            delete_item(machine, owner.payload, index)
        return
    if not isinstance(owner, (ListValue, DictValue)) or isinstance(owner.contents, Unknown):
        return
    machine.store.touch(owner)
    if isinstance(owner, DictValue):
        if isinstance(index, (Unknown, Choice)):
            owner.contents = machine.unknown("an entry that is not known was deleted")
        elif owner.contents.pop(index, MISSING) is MISSING:
            fail(machine, "KeyError", f"key {shown(index)} is not in the dict")
        return
    bounds = [index_number(machine, part) for part in (index.lower, index.upper, index.step)] if isinstance(index, SliceValue) else []
    number = slice(*bounds) if bounds else index_number(machine, index)
    if isinstance(number, (Unknown, Expression)) or any(isinstance(part, (Unknown, Expression)) for part in bounds):
        owner.contents = machine.unknown("an item that is not known was deleted")
        return
    try:
        del owner.contents[number]
    except IndexError:
        fail(machine, "IndexError", f"index {number} is out of range for {len(owner.contents)} items")


def entries(machine: Machine, value: Value, strings_only: bool = True) -> dict[Value, Value] | Unknown:
    """What `**value` adds: a dict's entries, or those of what has `keys()`."""
    if isinstance(value, Instance) and isinstance(value.payload, DictValue):
        value = value.payload
    if isinstance(value, DictValue):
        contents = value.contents
        if isinstance(contents, dict) and strings_only and not all(isinstance(key, str) for key in contents):
            fail(machine, "TypeError", "keywords must be strings")
        return contents if isinstance(contents, Unknown) else dict(contents)
    if isinstance(value, Unknown):
        return value
    if isinstance(value, Instance) and value.cls.find("keys") is not MISSING:
        keys = iterate(machine, calls.call(machine, attributes.attribute(machine, value, "keys"), [], {}))
        return keys if isinstance(keys, Unknown) else {key: get_item(machine, value, key) for key in keys}
    return machine.unknown(f"the entries of {described(value)}")


def contains(machine: Machine, owner: Value, item: Value) -> Value:
    """`item in owner`."""
    if isinstance(owner, Unknown):
        return machine.derived(owner, ("in", type(item), item) if isinstance(item, (int, str)) else None)
    if isinstance(owner, Choice) or isinstance(item, Choice):
        return distribute(machine, [owner, item], lambda chosen: contains(machine, *chosen))
    if isinstance(owner, (Instance, ClassValue)):
        cls = owner.cls if isinstance(owner, Instance) else owner.metaclass
        found = cls.find("__contains__") if cls is not None else MISSING
        if found is not MISSING:
            return calls.call(machine, found, [owner, item], {})
        if isinstance(owner, Instance) and owner.payload is not MISSING:
            return contains(machine, owner.payload, item)
    if isinstance(owner, (DictValue, SetValue)):
        return contains_key(machine, owner, item)
    if isinstance(owner, str) and isinstance(item, str):
        return item in owner
    if isinstance(owner, range) and isinstance(item, int):
        return item in owner
    if isinstance(item, Unknown):
        return item
    if isinstance(owner, Tensor) or is_open(owner):
        return machine.unknown("whether a tensor has an element")
    items = iterate(machine, owner)
    if isinstance(items, Unknown):
        return items
    undecided: Value = False
    for element in items:
        same = operators.truth(machine, operators.compare_values(machine, "==", element, item))
        if same is True:
            return True
        if same is not False:
            undecided = machine.unknown("whether a sequence has an item")
    return undecided


def contains_key(machine: Machine, owner: DictValue | SetValue, item: Value) -> Value:
    if isinstance(owner.contents, Unknown):
        return owner.contents
    if isinstance(item, Unknown):
        return item if owner.contents else False
    check_hashable(machine, item)
    found = owner.contents.get(item, MISSING)
    if found is MISSING and may_be_among(item, owner.contents):
        return machine.unknown(f"whether `{item}` is among some values")
    if found is MISSING and machine.importer.registries.complete(owner, item):
        found = owner.contents.get(item, MISSING)
    if isinstance(found, Choice) and any(option.value is MISSING for option in found.alternatives):
        return machine.unknown("whether a key was set under a condition that is not known")
    return found is not MISSING
