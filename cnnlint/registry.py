"""Loads the plugins, the built-in ones through the same door as a stranger's."""

from __future__ import annotations

import importlib
import importlib.util
import pathlib
import sys
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from cnnlint.errors import CnnlintError
from cnnlint.paths import display_path
from cnnlint.plugin.discovered import modules_below
from cnnlint.plugin.registry import Registry
from cnnlint.plugin.reporter import Reporter
from cnnlint.plugin.rule import Rule

if TYPE_CHECKING:
    import pluggy

RULES = "cnnlint.rules"
GROUP = "cnnlint"
BUILT_IN = (RULES, "cnnlint.reporters")

T = TypeVar("T")


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

    A plugin that can't be loaded, or a hook that raises, is one line for `complain`, and the run goes on without it.
    Raises CnnlintError if two rules share a code or a name, or two reporters a format.
    """
    manager = _plugins(complain, plugins)
    rules: list[type[Rule]] = sorted(_answers(manager, "cnnlint_rules", complain), key=lambda rule: rule.code)
    _expect_unique("code", rules, lambda rule: rule.code)
    _expect_unique("name", rules, lambda rule: rule.name)
    if only_rules:
        return Registry(rules=tuple(rules))
    reporters: list[type[Reporter]] = list(_answers(manager, "cnnlint_reporters", complain))
    _expect_unique("output format", reporters, lambda reporter: (_command(reporter), reporter.name))
    return Registry(tuple(_answers(manager, "cnnlint_frameworks", complain)), tuple(rules), tuple(reporters))


def _command(reporter: type[Reporter]) -> str:
    """The kind of report that a reporter prints: the name of its base next to `Reporter`."""
    return next(cls.__name__ for cls, base in zip(reporter.__mro__, reporter.__mro__[1:], strict=False) if base is Reporter)


def _plugins(complain: Callable[[str], None], given: Sequence[str]) -> pluggy.PluginManager:
    import pluggy  # these two cost more start-up time than `explain` of a built-in rule has

    from cnnlint import hookspecs

    manager = pluggy.PluginManager("cnnlint")
    manager.add_hookspecs(hookspecs)
    for name in BUILT_IN:
        manager.register(importlib.import_module(name), name)
    for name, value in (*_entry_points(), *((pathlib.Path(each).stem if each.endswith(".py") else each, each) for each in given)):
        try:
            plugin = _executed(pathlib.Path(value)) if value.endswith(".py") else _loaded(value)
            if not manager.is_registered(plugin):
                manager.register(plugin, f"{name} ({value})")
        except Exception as error:  # noqa: BLE001  # a stranger's module may raise anything; its user must still be able to lint
            where = display_path(pathlib.Path(value)) if value.endswith(".py") else value
            complain(f"plugin `{name}` ({where}) could not be loaded: {_first_line(error)}")
    return manager


def _entry_points() -> list[tuple[str, str]]:
    """Name and object reference of each entry point of our group, sorted.

    `importlib.metadata` would say the same, but importing it takes a tenth of a cold run.
    Source: https://packaging.python.org/specifications/entry-points/
    """
    found: dict[tuple[str, str], None] = {}
    for folder in dict.fromkeys(sys.path):
        for file in pathlib.Path(folder or ".").glob("*-info/entry_points.txt"):
            is_ours = False
            for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
                text = line.strip()
                if text.startswith("["):
                    is_ours = text == f"[{GROUP}]"
                elif is_ours and "=" in text and not text.startswith(("#", ";")):
                    name, _, value = text.partition("=")
                    found[name.strip(), value.partition("[")[0].strip()] = None
    return sorted(found)


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


def _answers(manager: pluggy.PluginManager, hook: str, complain: Callable[[str], None]) -> Iterator[T]:
    """What each plugin returns for a hook, in the order of registration."""
    for implementation in getattr(manager.hook, hook).get_hookimpls():
        try:
            yield from tuple(implementation.function())
        except Exception as error:  # noqa: BLE001  # as above
            complain(f"plugin `{implementation.plugin_name}` failed in `{hook}`: {_first_line(error)}")


def _first_line(error: Exception) -> str:
    lines = str(error).splitlines() or [""]
    return f"{type(error).__name__}: {lines[0]}"


def _expect_unique(what: str, classes: Iterable[type[T]], key: Callable[[type[T]], Hashable]) -> None:
    seen: dict[Hashable, type[T]] = {}
    for cls in classes:
        other = seen.setdefault(key(cls), cls)
        if other is not cls:
            raise CnnlintError(f"`{_dotted(other)}` and `{_dotted(cls)}` have the same {what}; remove one of the two plugins")


def _dotted(cls: type[object]) -> str:
    return f"{cls.__module__}.{cls.__qualname__}"
