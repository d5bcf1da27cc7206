"""Records the constructors and base classes of an installed framework's layers: tests/conformance/data/torch_signatures.json.

Usage: python benchmarks/record_signatures.py [output], with a Python that has torch.
"""

from __future__ import annotations

import importlib
import inspect
import json
import pathlib
import sys
from typing import Any

OUTPUT = pathlib.Path(__file__).parent.parent / "tests" / "conformance" / "data" / "torch_signatures.json"


def default_of(parameter: inspect.Parameter) -> object:
    """A default as JSON has it; what JSON has not is told by its name."""
    value = parameter.default
    if isinstance(value, tuple):
        return {"tuple": list(value)}
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    return {"object": getattr(value, "__name__", type(value).__name__)}


def signature_of(cls: type, base: type) -> list[list[object]]:
    """Each parameter of the constructor: its name, its kind, and its default where it has one.

    The constructor of `base` itself accepts anything in its signature and nothing in its body.
    """
    rows: list[list[object]] = []
    if cls.__init__ is base.__init__:  # type: ignore[misc]
        return rows
    for parameter in list(inspect.signature(cls.__init__).parameters.values())[1:]:  # type: ignore[misc]
        row: list[object] = [parameter.name, parameter.kind.name]
        rows.append(row if parameter.default is parameter.empty else [*row, default_of(parameter)])
    return rows


def path_of(cls: type, torch: Any) -> str:
    """The name under which a class is found, `nn.Linear` rather than `nn.modules.linear.Linear`."""
    is_public = getattr(torch.nn, cls.__name__, None) is cls
    return f"nn.{cls.__name__}" if is_public else f"{cls.__module__.removeprefix('torch.')}.{cls.__name__}"


def lines(table: dict[str, Any]) -> str:
    """A JSON object with one entry a line."""
    return "{\n" + ",\n".join(f"    {json.dumps(key)}: {json.dumps(value)}" for key, value in table.items()) + "\n  }"


def main() -> None:
    torch = importlib.import_module("torch")  # this script alone runs the framework
    classes = {f"nn.{name}": value for name, value in vars(torch.nn).items() if isinstance(value, type)}
    layers = {path: signature_of(cls, torch.nn.Module) for path, cls in sorted(classes.items()) if issubclass(cls, torch.nn.Module)}
    output = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else OUTPUT
    output.parent.mkdir(parents=True, exist_ok=True)
    bases = {path: [path_of(base, torch) for base in classes[path].__mro__[1:] if issubclass(base, torch.nn.Module)] for path in layers}
    version = torch.__version__.partition("+")[0]
    output.write_text(f'{{\n  "torch": "{version}",\n  "layers": {lines(layers)},\n  "bases": {lines(bases)}\n}}\n')
    print(f"{len(layers)} layers -> {output.name}")


if __name__ == "__main__":
    main()
