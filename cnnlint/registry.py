"""Loads the plugins, the built-in ones through the same door as a stranger's."""

from __future__ import annotations

import functools
import importlib
import importlib.util
import pathlib
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeGuard

from cnnlint.paths import display_path
from cnnlint.plugin.discovered import modules_below
from cnnlint.plugin.registry import Registry
from cnnlint.plugin.reporter import Reporter
from cnnlint.plugin.rule import Rule
from cnnlint.record import value

if TYPE_CHECKING:
    from cnnlint.plugin.framework import Framework

RULES = "cnnlint.rules"
GROUP = "cnnlint"
BUILT_IN = (RULES, "cnnlint.reporters")


def built_in_rule(text: str) -> type[Rule] | None:
    """The built-in rule of that code or name, importing only its own module; None if there is none.

    `cnnlint explain` asks here first: looking for plugins, or importing all rules, takes longer than all the rest of it.
    """
    for name in modules_below(RULES):
        spec = importlib.util.find_spec(name)
        assert spec is not None
        assert spec.origin is not None
        if name.endswith("." + text.replace("-", "_")) or f'code = "{text}"' in pathlib.Path(spec.origin).read_text(encoding="utf-8"):
            for rule in vars(importlib.import_module(name)).values():
                if isinstance(rule, type) and issubclass(rule, Rule) and text in (rule.code, rule.name):
                    return rule
    return None


def load_registry(complain: Callable[[str], None], *, only_rules: bool = False, plugins: Sequence[str] = ()) -> Registry:
    """All that the built-in, the installed and the given plugins register; `plugins` are modules, or files ending in `.py`.

    A plugin that can't be loaded, whose hook raises, whose table does when it is first needed, or that claims what another has:
    each is one line for `complain`, and the run goes on without it.
    """
    found: list[_Claim] = []
    for name, hooks in _plugins(complain, plugins):
        try:
            claims = [claim for hook, function in hooks if hook == "cnnlint_rules" or not only_rules for claim in _claims(hook, function)]
            _expect_free(claims, found)
        except _BrokenPlugin as broken:
            complain(f"plugin {name} {broken}")
            continue
        found += claims
        for claim in claims:
            if claim.hook == "cnnlint_frameworks":
                claim.thing.when_broken = functools.partial(_complain_of_table, complain, name)
    things = {hook: tuple(dict.fromkeys(claim.thing for claim in found if claim.hook == hook)) for hook in _REGISTERS}
    rules = sorted(things["cnnlint_rules"], key=lambda rule: rule.code)
    return Registry(things["cnnlint_frameworks"], tuple(rules), things["cnnlint_reporters"])


class _BrokenPlugin(Exception):
    """Why a plugin can't be used, to follow its name."""


@value
class _Claim:
    """Something that a plugin registers, with a name that no other thing of the kind `what` may have."""

    hook: str
    thing: Any
    what: str
    name: str


_REGISTERS = {"cnnlint_rules": "classes of rules", "cnnlint_frameworks": "frameworks", "cnnlint_reporters": "classes of reporters"}


def _claims(hook: str, function: Callable[[], Iterable[object]]) -> Iterator[_Claim]:
    """What a plugin registers through a hook.

    Raises _BrokenPlugin if the hook raises, or gives what it shouldn't.
    """
    try:
        things = tuple(function())
    except Exception as error:  # noqa: BLE001  # a stranger's hook may raise anything; its user must still be able to lint
        raise _BrokenPlugin(f"failed in `{hook}`: {_in_one_line(error)}") from None
    for thing in things:
        names = _names(hook, thing)
        if not names:
            raise _BrokenPlugin(f"is left out: `{hook}` gives {thing!r}; it must give {_REGISTERS[hook]}")
        yield from (_Claim(hook, thing, what, name) for what, name in names)


def _names(hook: str, thing: object) -> list[tuple[str, str]]:
    """The names that something registered through a hook claims, with their kinds; none if it can't be registered there."""
    if hook == "cnnlint_rules":
        return [("code", thing.code), ("name", thing.name)] if _is_subclass(thing, Rule) else []
    if hook == "cnnlint_reporters":
        return [(f"{_command(thing)} format", thing.name)] if _is_subclass(thing, Reporter) else []
    from cnnlint.plugin.framework import Framework  # not paid for by commands that need no framework

    return [("framework", thing.name), *(("import root", root) for root in thing.roots)] if isinstance(thing, Framework) else []


def _expect_free(claims: Sequence[_Claim], found: Sequence[_Claim]) -> None:
    """Raises _BrokenPlugin for what has no name, or one that something else has."""
    taken = {(claim.what, claim.name): claim.thing for claim in reversed(found)}
    for claim in claims:
        if not claim.name:
            raise _BrokenPlugin(f"is left out: `{_called(claim.thing)}` has no {claim.what}")
        other = taken.setdefault((claim.what, claim.name), claim.thing)
        if other is not claim.thing:
            raise _BrokenPlugin(f"is left out: `{_called(claim.thing)}` has the {claim.what} `{claim.name}`, which `{_called(other)}` has")


def _called(thing: Any) -> str:
    return f"{thing.__module__}.{thing.__qualname__}" if isinstance(thing, type) else thing.name


def _is_subclass(thing: object, base: type) -> TypeGuard[type[Any]]:
    return isinstance(thing, type) and issubclass(thing, base)


def _command(reporter: type[Reporter]) -> str:
    """What a reporter prints: the base next to `Reporter` without that word, as `check` of `CheckReporter`."""
    base = next(cls for cls, base in zip(reporter.__mro__, reporter.__mro__[1:], strict=False) if base is Reporter)
    return base.__name__.removesuffix("Reporter").lower()


def _complain_of_table(complain: Callable[[str], None], plugin: str, framework: Framework, error: Exception) -> None:
    complain(f"plugin {plugin} is left out: the table of `{framework.name}` can't be filled: {_in_one_line(error)}")


def _plugins(complain: Callable[[str], None], given: Sequence[str]) -> list[tuple[str, list[tuple[str, Callable[[], Iterable[object]]]]]]:
    """Each plugin's name and its hooks with their names, in the order in which they were found."""
    import pluggy  # these two cost more start-up time than `explain` of a built-in rule has

    from cnnlint import hookspecs

    manager = pluggy.PluginManager("cnnlint")
    manager.add_hookspecs(hookspecs)
    for name in BUILT_IN:
        manager.register(importlib.import_module(name), name)
    for name, reference in (*_entry_points(), *((pathlib.Path(each).stem if each.endswith(".py") else each, each) for each in given)):
        is_file = reference.endswith(".py")
        label = f"`{name}` ({display_path(pathlib.Path(reference)) if is_file else reference})"
        try:
            plugin = _executed(pathlib.Path(reference)) if is_file else _loaded(reference)
            if not manager.is_registered(plugin):
                manager.register(plugin, label)
        except (Exception, SystemExit) as error:  # noqa: BLE001  # a stranger's module may raise anything; its user must still be able to lint
            complain(f"plugin {label} could not be loaded: {_in_one_line(error)}")
    hooks: dict[str, list[tuple[str, Callable[[], Iterable[object]]]]] = {name: [] for name, _ in manager.list_name_plugin()}
    for hook in _REGISTERS:
        for implementation in getattr(manager.hook, hook).get_hookimpls():
            hooks[implementation.plugin_name].append((hook, implementation.function))
    return list(hooks.items())


def _entry_points() -> list[tuple[str, str]]:
    """Name and object reference of each entry point of our group, sorted; our own first, so that no stranger takes their names.

    `importlib.metadata` would say the same, but importing it takes a tenth of a cold run.
    Source: https://packaging.python.org/specifications/entry-points/
    """
    found: dict[tuple[bool, str, str], None] = {}
    for folder in dict.fromkeys(sys.path):
        for file in pathlib.Path(folder or ".").glob("*-info/entry_points.txt"):
            is_strange = file.parent.name.partition("-")[0] != "cnnlint"
            is_ours = False
            for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
                text = line.strip()
                if text.startswith("["):
                    is_ours = text == f"[{GROUP}]"
                elif is_ours and "=" in text and not text.startswith(("#", ";")):
                    name, _, reference = text.partition("=")
                    found[is_strange, name.strip(), reference.partition("[")[0].strip()] = None
    return [(name, reference) for _, name, reference in sorted(found)]


def _loaded(reference: str) -> object:
    """The module, or the object in it, that `package.module:object` names."""
    module, _, path = reference.partition(":")
    found: object = importlib.import_module(module.strip())
    for name in path.strip().split(".") if path.strip() else ():
        found = getattr(found, name)
    return found


def _executed(file: pathlib.Path) -> object:
    """The module that a file makes; its folder is not where imports are looked for."""
    name = f"cnnlint_plugin_{file.stem}"
    if not file.is_file():
        raise FileNotFoundError("there is no such file")
    spec = importlib.util.spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise ImportError(f"{file.name} is no module")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module


def _in_one_line(error: BaseException) -> str:
    """What an exception says in its last line: the one that tells most where it has several."""
    return f"{type(error).__name__}: {(str(error).splitlines() or [''])[-1]}"
