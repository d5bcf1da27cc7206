"""Finds what a package holds by walking it, so that there is no index to maintain."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import TypeVar

T = TypeVar("T")


def classes_below(package: str, base: type[T]) -> tuple[type[T], ...]:
    """The subclasses of `base` defined in the modules below `package`, by module name; private classes are left out."""
    return tuple(
        cls
        for name in modules_below(package)
        for cls in vars(importlib.import_module(name)).values()
        if isinstance(cls, type) and issubclass(cls, base) and cls.__module__ == name and not cls.__name__.startswith("_")
    )


def modules_below(package: str) -> Iterator[str]:
    """The dotted names of all modules below `package`, sorted within each folder; none of the plain modules is imported."""
    for found in sorted(pkgutil.iter_modules(importlib.import_module(package).__path__), key=lambda module: module.name):
        name = f"{package}.{found.name}"
        if found.ispkg:
            yield from modules_below(name)
        else:
            yield name
