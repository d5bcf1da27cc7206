"""Registries: containers that modules which were not needed yet may still fill, and `globals()`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cnnlint.interpreter.machine import Promise
from cnnlint.interpreter.special import InstanceDictionary
from cnnlint.values import MISSING, ClassValue, DictValue, Instance, ListValue, ModuleValue, SetValue, Value

if TYPE_CHECKING:
    from cnnlint.interpreter.imports import Importer


class Registries:
    """The containers that top-level statements of followed modules bound, and what else may put entries into them."""

    def __init__(self, importer: Importer) -> None:
        self.importer = importer
        self.homes: dict[Value, ModuleValue] = {}
        self.completed: set[ModuleValue] = set()

    def settle(self, module: ModuleValue, names: Iterable[str]) -> None:
        """Remember to which module the containers belong that a top-level statement bound, in attributes of objects too."""
        for name in names:
            value = module.contents.get(name)
            if isinstance(value, (DictValue, ListValue, SetValue)):
                self.homes.setdefault(value, module)
            elif isinstance(value, (Instance, ClassValue)) and not isinstance(value, ModuleValue):
                for held in (*value.contents.values(), value.payload if isinstance(value, Instance) else None):
                    if isinstance(held, (DictValue, ListValue, SetValue)):
                        self.homes.setdefault(held, module)

    def complete(self, container: Value, key: Value = MISSING) -> bool:
        """Evaluate what may still fill a container of a followed module; whether anything was evaluated.

        With a string that is looked up, the statements that bind that very name come first, and are enough if they fill it.
        """
        if isinstance(container, InstanceDictionary):
            return isinstance(container.owner, ModuleValue) and self.complete_globals(container.owner, key)
        home = self.homes.get(container)
        if home is None or home.source is None or home in self.completed or self.importer.evaluating:
            return False
        if isinstance(key, str):
            self.wake_named(home, key)
            if key in container.contents:
                return True
        self.completed.add(home)
        return self.wake_users(home)

    def complete_globals(self, module: ModuleValue, key: Value) -> bool:
        if module.source is None:
            return False
        if isinstance(key, str):
            return self.importer.own_name(module, key) is not MISSING
        self.importer.start(module)
        names = list(module.pending.lazy)
        for name in names:
            self.importer.own_name(module, name)
        return bool(names)

    def imported_below(self, home: ModuleValue) -> list[ModuleValue]:
        """The modules that the packages around a module import, in source order."""
        found: dict[ModuleValue, None] = {}
        package = home.package
        while package:
            module = self.importer.find(package)
            if isinstance(module, ModuleValue) and module.source is not None:
                self.importer.start(module)
                found.update(dict.fromkeys(star for star in module.pending.stars if isinstance(star, ModuleValue)))
                for statement in dict.fromkeys(module.pending.lazy.values()):
                    if statement.kind == "import":
                        self.importer.evaluate(module, statement)
                for value in list(module.contents.values()):
                    target = value.module if isinstance(value, Promise) else value
                    if isinstance(target, ModuleValue) and target.source is not None and target.name.startswith(package):
                        found.setdefault(target)
            package = package.rpartition(".")[0]
        return list(found)

    def wake_named(self, home: ModuleValue, name: str) -> None:
        """Evaluate the statements of the package's modules that bind a name."""
        for module in self.imported_below(home):
            if module.pending is None and not self.importer.mentions(module, name):
                continue
            self.importer.start(module)
            if name in module.pending.lazy:
                self.importer.own_name(module, name)

    def wake_users(self, home: ModuleValue) -> bool:
        """Evaluate the statements of the package's modules that use something of `home`: a decorator that registers, say."""
        self.importer.start(home)
        offered = {*home.contents, *home.pending.lazy}
        woken = False
        for module in self.imported_below(home):
            self.importer.start(module)
            for statement in list(dict.fromkeys(module.pending.lazy.values())):
                if statement.kind != "import" and statement.loads & offered and statement in module.pending.lazy.values():
                    self.importer.evaluate(module, statement)
                    woken = True
        return woken
