"""Variables of linen modules: `init`, `apply`, `param`, `variable`, and the dictionaries that hold what modules need.

Source: https://flax.readthedocs.io/en/latest/guides/flax_fundamentals/flax_basics.html
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from cnnlint.plugin import (
    BoundMethod,
    Choice,
    DictValue,
    Door,
    FunctionValue,
    Instance,
    ListValue,
    OperationFails,
    Shape,
    Tensor,
    Unknown,
    Value,
    differ,
    items_of,
)
from cnnlint_flax.framework import LINEN, below, flax
from cnnlint_flax.module import BINDING, PLAIN, Frame, at_top, is_linen, within
from cnnlint_flax.scopes import IS_BOUND, PARENT, children_of, path_of, scope_name, set_up, walk

VARIABLES, GIVEN, HAS_RUN, IS_BUILT = "_variables", "_given", "_has_run", "_is_built"
PARAMS, STATISTICS = "params", "batch_stats"
KEPT = (VARIABLES, GIVEN, IS_BUILT)


def variables_of(module: Instance) -> dict[tuple[str, str], Tensor]:
    """A module's own variables by collection and name, in the order in which it asked for them."""
    held = module.contents.get(VARIABLES)
    entries = held.contents if isinstance(held, DictValue) else None
    return {key: value for key, value in entries.items() if isinstance(value, Tensor)} if isinstance(entries, dict) else {}


def store(door: Door, module: Instance, collection: str, name: str, value: Value) -> None:
    held = module.contents.get(VARIABLES)
    if not isinstance(held, DictValue):
        held = DictValue()
        door.put(module, VARIABLES, held)
    door.touch(held)
    if isinstance(held.contents, dict):
        held.contents[collection, name] = value


def given_to(module: Instance, collection: str, name: str) -> Tensor | None:
    """The variable that `apply` was given for a module; None where it is not known."""
    entries = entries_of(module.contents.get(GIVEN))
    own = entries_of(entries.get(collection)) if entries is not None else None
    found = own.get(name) if own is not None else None
    return found if isinstance(found, Tensor) else None


def entries_of(value: Value) -> dict[Value, Value] | None:
    return value.contents if isinstance(value, DictValue) and isinstance(value.contents, dict) else None


def hand_down(door: Door, module: Instance) -> None:
    """Give a module its part of the variables that its parent was given."""
    parent = module.contents.get(PARENT)
    if not isinstance(parent, Instance) or module.contents.get(GIVEN) is not None:
        return
    hand_down(door, parent)
    entries = entries_of(parent.contents.get(GIVEN))
    if entries is None:
        return
    name = scope_name(module)
    parts = {collection: tree[name] for collection, held in entries.items() if (tree := entries_of(held)) is not None and name in tree}
    door.put(module, GIVEN, DictValue(parts))


def register(door: Door, module: Instance, collection: str, name: str, made: Tensor) -> Tensor:
    """Let a module have a variable: the one that it was given, else a new one."""
    hand_down(door, module)
    found = given_to(module, collection, name) or made
    if found.framework is not flax or (collection == PARAMS and found.kind != flax.parameter):
        is_parameter = collection == PARAMS
        found = Tensor(found.shape, flax, flax.parameter if is_parameter else "Tensor", found.dtype, requires_grad=is_parameter)
    store(door, module, collection, name, found)
    return found


def expect_shape(module: Instance, name: str, stored: Shape, needed: Shape) -> None:
    """Raises OperationFails where a parameter that was given has another shape than the module needs."""
    has_other_rank = not stored.leading and not needed.leading and len(stored) != len(needed)
    if has_other_rank or any(differ(a, b) for a, b in zip(stored.dims, needed.dims, strict=False)):
        reason = f"the parameter `{name}` of `{path_of(module) or '/'}` needs the shape {needed}, but was given with {stored}"
        raise OperationFails(reason, exception="ScopeParamShapeError")


# Running a module


MUTABLE, CHANCE, CHANGED = "mutable", "chance", "_changes_variables"
"""What the state says of the run of a module: which collections it may change, whether it has a source of chance, and whether functions
of the program change its variables on the way in and out."""


def noted(door: Door, key: str) -> Value:
    """What is noted of the run of a module; None where nothing is."""
    contents = door.state(flax).contents
    return contents.get(key) if isinstance(contents, dict) else None


@contextmanager
def noting(door: Door, **notes: Value) -> Iterator[None]:
    """Note something of the run of a module while it lasts."""
    before = {key: noted(door, key) for key in notes}
    note(door, notes)
    try:
        yield
    finally:
        note(door, before)


def note(door: Door, notes: dict[str, Value]) -> None:
    state = door.state(flax)
    door.touch(state)
    if isinstance(state.contents, dict):
        state.contents.update(notes)


@contextmanager
def bound(door: Door, module: Instance, variables: Value) -> Iterator[None]:
    """Let a module run with these variables, or make new ones; what an earlier run made is put back."""
    before = {each: {key: each.contents.get(key) for key in KEPT} for each in walk(module)}
    for each in before:
        for key in KEPT:
            if key in each.contents:
                door.put(each, key, None)
        door.touch(each)
        each.contents.pop(IS_BUILT, None)
    door.put(module, GIVEN, variables if entries_of(variables) is not None else None)
    had_run = module.contents.get(HAS_RUN) is True
    door.put(module, HAS_RUN, True)
    try:
        with at_top(door), within(door, Frame(module, PLAIN, BINDING)):
            yield
    finally:
        if had_run:
            put_back(door, before)


def put_back(door: Door, before: dict[Instance, dict[str, Value]]) -> None:
    for each, kept in before.items():
        for key, value in kept.items():
            if value is not None:
                door.put(each, key, value)


def run(door: Door, module: Instance, method: Value, positional: tuple[Value, ...], keywords: dict[str, Value]) -> Value:
    """Call a module, or a method of it that is named or given."""
    if method is None:
        return door.call(module, *positional, **keywords)
    if isinstance(method, str):
        return door.call(door.attribute(module, method), *positional, **keywords)
    if isinstance(method, BoundMethod):
        method = method.function
    if isinstance(method, FunctionValue) and any(method is value for cls in module.cls.mro for value in cls.contents.values()):
        return door.call(BoundMethod(method, module), *positional, **keywords)
    set_up(door, module)
    with within(door, Frame(module, PLAIN, "")):
        return door.call(method, module, *positional, **keywords)


def collected(module: Instance) -> DictValue:
    """All variables of a module as dictionaries: by collection, then by the names on the way to them."""
    found: dict[Value, Value] = {}
    gather(module, found)
    return DictValue({collection: as_dicts(tree) for collection, tree in found.items()})


def given_out(door: Door, module: Instance) -> DictValue:
    """The variables of a module as the program gets them; not known where functions of its own change them."""
    if noted(door, CHANGED) is True or any(CHANGED in cls.contents for each in walk(module) for cls in each.cls.mro):
        return DictValue(door.unknown("variables that `map_variables` changes"))
    return collected(module)


def gather(module: Instance, into: dict[Value, Value]) -> None:
    for (collection, name), tensor in variables_of(module).items():
        into.setdefault(collection, {})[name] = tensor
    for name, child in children_of(module).items():
        inner: dict[Value, Value] = {}
        gather(child, inner)
        for collection, tree in inner.items():
            into.setdefault(collection, {})[name] = tree


def as_dicts(value: Value) -> Value:
    return DictValue({key: as_dicts(item) for key, item in value.items()}) if isinstance(value, dict) else value


OPTIONS = ("method", "mutable", "capture_intermediates", "rngs")


@flax.native(f"{LINEN}.init_with_output", takes_unknown=True)
def init_with_output(door: Door, module: Instance, /, rngs: Value = None, *positional: Value, **keywords: Value) -> Value:
    """What a first call gives, and the variables that it made."""
    passed = {name: value for name, value in keywords.items() if name not in OPTIONS}
    with noting(door, **{MUTABLE: None, CHANCE: None, CHANGED: None}), bound(door, module, None):
        result = run(door, module, keywords.get("method"), positional, passed)
        if not is_understood(result):
            return result, DictValue(door.unknown("which variables a call makes that is not understood"))
        return result, given_out(door, module)


def is_understood(value: Value) -> bool:
    """Whether all of what a call gives is known to be a tensor or another value."""
    items = value.contents if isinstance(value, (ListValue, DictValue)) else value
    if isinstance(items, dict):
        items = tuple(items.values())
    if isinstance(items, (tuple, list)):
        return all(map(is_understood, items))
    return not isinstance(items, (Unknown, Choice))


@flax.native(f"{LINEN}.init", f"{LINEN}.lazy_init", takes_unknown=True)
def init(door: Door, module: Instance, /, rngs: Value = None, *positional: Value, **keywords: Value) -> Value:
    made = init_with_output(door, module, rngs, *positional, **keywords)
    return made[1]


@flax.native(f"{LINEN}.apply", takes_unknown=True)
def apply(door: Door, module: Instance, /, variables: Value = None, *positional: Value, **keywords: Value) -> Value:
    """What a call with these variables gives, and those of the collections that it may change, if there are any."""
    passed = {name: value for name, value in keywords.items() if name not in OPTIONS}
    mutable = keywords.get("mutable", False)
    chance = keywords.get("rngs") is not None
    with noting(door, **{MUTABLE: may_change(mutable), CHANCE: chance, CHANGED: None}), bound(door, module, variables):
        result = run(door, module, keywords.get("method"), positional, passed)
        changed = given_out(door, module)
    if isinstance(mutable, (Unknown, Choice, Instance)):
        return door.unknown("what `apply` gives with these collections to change")
    names = mutable if isinstance(mutable, tuple) else getattr(mutable, "contents", (mutable,))
    if mutable is False or mutable is None or not names:
        return result
    entries = changed.contents
    if isinstance(names, (list, tuple, dict, set)) and all(isinstance(name, str) for name in names) and isinstance(entries, dict):
        return result, DictValue({name: entries.get(name, DictValue()) for name in names})
    return result, changed


def may_change(mutable: Value) -> Value:
    """The names of the collections that `apply` may change, as a tuple; None where it is not known, or all of them."""
    if mutable is False or mutable is None:
        return ()
    items = items_of(mutable)
    names = items if isinstance(items, tuple) else (items,)
    return names if all(isinstance(name, str) for name in names) else None


def expect_mutable(door: Door, collection: str, what: str) -> None:
    """Raises OperationFails with linen's ModifyScopeVariableError where `apply` is proven not to let a collection be changed."""
    names = noted(door, MUTABLE)
    if isinstance(names, tuple) and collection not in names:
        reason = f"{what} changes `{collection}`, but `apply` is called without `mutable=['{collection}']`"
        raise OperationFails(reason, exception="ModifyScopeVariableError")


def expect_chance(door: Door, what: str) -> None:
    """Raises OperationFails with linen's InvalidRngError where `apply` is proven to give no source of chance."""
    if noted(door, CHANCE) is False:
        reason = f"{what} needs a source of chance, but `apply` is called without `rngs`"
        raise OperationFails(reason, exception="InvalidRngError")


@flax.native(f"{LINEN}.bind", takes_unknown=True)
def bind(door: Door, module: Instance, /, variables: Value, *options: Value, **keywords: Value) -> Value:
    """The module itself, which then keeps its variables."""
    door.put(module, IS_BOUND, True)
    return module


@flax.native(f"{LINEN}.unbind", takes_unknown=True)
def unbind(door: Door, module: Instance, /) -> Value:
    return module, collected(module)


@flax.native(f"{LINEN}.tabulate", takes_unknown=True)
def tabulate(door: Door, module: Instance, /, rngs: Value = None, *positional: Value, **keywords: Value) -> Value:
    """A table of the layers, for which the module is run once."""
    options = (*OPTIONS, "depth", "show_repeated", "console_kwargs", "table_kwargs", "column_kwargs", "compute_flops", "compute_vjp_flops")
    passed = {name: value for name, value in keywords.items() if name not in (*options, "exclude_methods")}
    with bound(door, module, None):
        run(door, module, keywords.get("method"), positional, passed)
    return door.unknown("a table of layers", is_harmless=True)


flax.alias(f"{LINEN}.tabulate", f"{LINEN}.module_paths")


@flax.native("linen.tabulate", takes_unknown=True)
def tabulate_later(door: Door, /, module: Value, *rngs: Value, **options: Value) -> Value:
    """A function of the module's inputs."""

    def table(*positional: Value, **keywords: Value) -> Value:
        return tabulate(door, module, None, *positional, **keywords) if isinstance(module, Instance) else door.unknown("a table")

    return door.function(flax, "tabulate", table)


@flax.native(*below("linen", "init init_with_output apply"), takes_unknown=True)
def later(door: Door, /, fn: Value, module: Value, *options: Value, **keywords: Value) -> Value:
    return door.unknown("a function of a module", is_harmless=True)


# What a module asks for


def tensor_from(door: Door, init_fn: Value, given: tuple[Value, ...], *, with_key: bool) -> Value:
    """What an initialiser makes: those of parameters take a source of chance first."""
    key = (Tensor(Shape((2,)), flax, dtype="uint32"),) if with_key else ()
    return init_fn if isinstance(init_fn, Unknown) else door.call(init_fn, *key, *given)


@flax.native(f"{LINEN}.param", takes_unknown=True)
def param(door: Door, module: Instance, /, name: Value, init_fn: Value, *given: Value, unbox: Value = True, **keywords: Value) -> Value:
    """A parameter of this name. Fails where the one that `apply` was given has another shape."""
    made = tensor_from(door, init_fn, given, with_key=True)
    if not isinstance(name, str) or not isinstance(made, Tensor):
        return made if isinstance(made, (Tensor, Unknown)) else door.unknown("a parameter that is no tensor")
    known = variables_of(module).get((PARAMS, name))
    found = known if known is not None else register(door, module, PARAMS, name, made)
    expect_shape(module, name, found.shape, made.shape)
    return Tensor(found.shape, flax, dtype=made.dtype)


flax.cls("linen.Variable")


@flax.native(f"{LINEN}.variable", takes_unknown=True)
def variable(door: Door, module: Instance, /, col: Value, name: Value, init_fn: Value = None, *given: Value, **keywords: Value) -> Value:
    """A variable of some collection, whose `value` the module reads and writes."""
    made = None if init_fn is None else tensor_from(door, init_fn, given, with_key=False)
    if isinstance(made, Tensor) and isinstance(name, str) and isinstance(col, str):
        known = variables_of(module).get((col, name))
        made = known if known is not None else register(door, module, col, name, made)
    box = door.instance(door.framework_value(flax, "linen.Variable"))
    box.contents["value"] = door.unknown("a variable") if made is None else made
    return box


@flax.native(f"{LINEN}.get_variable", takes_unknown=True)
def get_variable(door: Door, module: Instance, /, col: Value, name: Value, default: Value = None) -> Value:
    found = variables_of(module).get((col, name)) if isinstance(col, str) and isinstance(name, str) else None
    return door.unknown("a variable of a module") if found is None else found


@flax.native(f"{LINEN}.has_variable", f"{LINEN}.is_mutable_collection", f"{LINEN}.has_rng", f"{LINEN}.is_initializing", takes_unknown=True)
def unknown_flag(door: Door, module: Instance, /, *given: Value) -> Value:
    """Either way is taken by some run."""
    return door.unknown("the state of a module", is_free=True, is_harmless=True)


@flax.native(f"{LINEN}.put_variable", f"{LINEN}.sow", f"{LINEN}.set_attributes", takes_unknown=True)
def for_effect(door: Door, module: Instance, /, *given: Value, **keywords: Value) -> None:
    return


@flax.native(f"{LINEN}.perturb", takes_unknown=True)
def perturb(door: Door, module: Instance, /, name: Value, value: Value, *options: Value, **keywords: Value) -> Value:
    return value


@flax.native(f"{LINEN}.make_rng", takes_unknown=True)
def make_rng(door: Door, module: Instance, /, *name: Value) -> Value:
    return Tensor(Shape((2,)), flax, dtype="uint32")


@flax.attribute(f"{LINEN}.variables")
def variables(door: Door, module: Instance, /) -> Value:
    return collected(module)


@flax.attribute(f"{LINEN}.name")
def name(door: Door, module: Instance, /) -> Value:
    return scope_name(module) or None


@flax.attribute(f"{LINEN}.parent")
def parent(door: Door, module: Instance, /) -> Value:
    return module.contents.get(PARENT)


@flax.attribute(f"{LINEN}.path")
def path(door: Door, module: Instance, /) -> Value:
    return tuple(part for part in path_of(module).split("/") if part)


@flax.attribute(f"{LINEN}.scope")
def scope(door: Door, module: Instance, /) -> Value:
    return door.unknown("the scope of a module", is_harmless=True, is_free=True)


@flax.native(f"{LINEN}.clone", f"{LINEN}.copy", takes_unknown=True)
def clone(door: Door, module: Instance, /, **changes: Value) -> Value:
    """A module of its own with some other fields."""
    kept = {name: value for name, value in module.contents.items() if not name.startswith("_")}
    if any(hasattr(base.declared, "declared") for base in module.cls.mro) or not is_linen(module):
        return door.unknown("a copy of a layer")
    return door.call(module.cls, **{**kept, **{name: value for name, value in changes.items() if name not in ("parent", "name")}})
