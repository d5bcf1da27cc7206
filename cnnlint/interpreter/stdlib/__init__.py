"""Models of the standard library: pure functions are computed, effects and the environment are unknown.

A module is modelled by the file of its name here (`collections.abc` by `collections_abc.py`), whose `NAMES` are its contents,
together with what its `names_of(machine)` gives, if it has one.
Each file is imported only when a program imports its module, and its name then hides a real module's here: this file
imports names of modules, never modules. A module without a file has only unknown attributes.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from sys import stdlib_module_names

from cnnlint.interpreter.builtins.natives import native
from cnnlint.interpreter.machine import Machine
from cnnlint.values import MISSING, ModuleValue, Value

_UNSETTLED = """
argparse asyncio atexit csv ctypes datetime fcntl fileinput gc getopt getpass glob gzip http importlib io json
linecache locale logging mmap multiprocessing os pathlib pdb pickle pkgutil platform pprint queue random resource
secrets select shelve shutil signal site socket sqlite3 ssl stat subprocess sys sysconfig syslog tarfile tempfile
threading time timeit tomllib traceback unittest urllib uuid warnings webbrowser zipfile zoneinfo
"""

ENVIRONMENT = frozenset(_UNSETTLED.split())
"""Modules whose results differ from run to run, so that every value of them really occurs."""

HARMLESS = ENVIRONMENT - {"random", "ctypes", "importlib", "multiprocessing"}
"""Those of them that leave what they are given as it is."""

BEYOND = frozenset({"typing_extensions"})
"""Installed packages that are modelled as if they belonged to the standard library."""


def standard_module(machine: Machine, name: str) -> ModuleValue | None:
    """The model of a standard module by its dotted name; None for a name that is not in the standard library."""
    root = name.partition(".")[0]
    if root not in stdlib_module_names and root not in BEYOND:
        return None
    path = f"{__name__}.{name.replace('.', '_')}"
    is_modelled = find_spec(path) is not None
    if not is_modelled and is_shadowed(machine, root):
        return None
    module = ModuleValue(name, package=name)
    module.born = 0
    if is_modelled:
        model = import_module(path)
        module.contents.update(model.NAMES)
        if hasattr(model, "names_of"):
            module.contents.update(model.names_of(machine))
    module.contents.setdefault("__getattr__", native("__getattr__", lambda machine, attribute: beyond(machine, name, attribute)))
    return module


def is_shadowed(machine: Machine, root: str) -> bool:
    """Whether the program has a module of its own under this name."""
    return any((folder / f"{root}.py").is_file() or (folder / root / "__init__.py").is_file() for folder in machine.search_path)


def beyond(machine: Machine, module: str, attribute: str) -> Value:
    """An attribute that the model of a module does not have."""
    if attribute.startswith("__"):
        return MISSING
    if has_submodule(module, attribute):
        return machine.importer.find(f"{module}.{attribute}")
    root = module.partition(".")[0]
    return machine.unknown(f"`{module}.{attribute}`", is_free=root in ENVIRONMENT, is_harmless=root in HARMLESS)


def has_submodule(module: str, attribute: str) -> bool:
    return find_spec(f"{__name__}.{module.replace('.', '_')}_{attribute}") is not None
