"""Imports point one way, and the core knows no framework: read from the sources."""

from __future__ import annotations

import ast
import pathlib
import re
from collections.abc import Iterator

import pytest

ROOT = pathlib.Path(__file__).parent.parent
CORE = ROOT / "cnnlint"

# Each may import from the lines above it, and from what stands before it on its own line.
ORDER = [
    ["__init__"],
    ["record"],
    ["dims"],
    ["amounts", "budgets", "dtypes", "flows", "errors", "paths", "formulas", "failures", "oddities", "solver", "source"],
    ["graph", "diagnostics", "values", "edits"],
    ["plugin"],
    ["interpreter"],
    ["rules", "suppressions", "fixes"],
    ["hookspecs", "registry", "selection", "settings", "discovery", "environment", "importers", "targets", "fingerprints", "baseline"],
    ["recording", "budgeting", "headroom", "comparing", "checkpoint", "revisions", "reach"],
    ["analysing", "jobs", "engine", "fixing", "explaining", "each_size", "fitting"],
    ["reporters", "cli", "lsp"],
    ["__main__"],
]
RANK = {name: rank for rank, name in enumerate(name for line in ORDER for name in line)}
FRAMEWORKS = re.compile(r"\b(?:torch|keras|tensorflow|jax|flax|paddle)", re.IGNORECASE)
CORE_FILES = sorted(CORE.rglob("*.py"))
PLUGIN_FILES = sorted((ROOT / "plugins").rglob("*.py"))


def _name(path: pathlib.Path) -> str:
    return str(path.relative_to(ROOT))


def _imports(path: pathlib.Path) -> Iterator[tuple[int, str]]:
    """The absolute dotted names that a file imports, each with its line; `from a import b` is `a.b`."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{_name(path)}:{node.lineno}: relative import"
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def _part(dotted: str) -> str:
    """The part of cnnlint that an import names: `cnnlint.dims.shape.Shape` is `dims`, `cnnlint.__version__` the root."""
    part = dotted.split(".")[1] if "." in dotted else "__init__"
    return "__init__" if part == "__version__" else part


def _docstrings(tree: ast.AST) -> set[int]:
    """The ids of the constants that are docstrings."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                found.add(id(first.value))
    return found


@pytest.mark.parametrize("path", CORE_FILES, ids=_name)
def test_imports_point_down(path: pathlib.Path) -> None:
    own = path.relative_to(CORE).parts[0].removesuffix(".py")
    assert own in RANK, f"`{own}` has no place in the order of imports"
    for line, dotted in _imports(path):
        if dotted.split(".")[0] == "cnnlint" and _part(dotted) != own:
            assert RANK[_part(dotted)] < RANK[own], f"{_name(path)}:{line}: `{own}` must not import `{dotted}`"


@pytest.mark.parametrize("path", CORE_FILES, ids=_name)
def test_the_core_names_no_framework(path: pathlib.Path) -> None:
    tree = ast.parse(path.read_bytes())
    # A rule's docstring is printed by `cnnlint explain`; other docstrings may give an example.
    exempt = set() if "rules" in path.relative_to(CORE).parts else _docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in exempt:
            assert not FRAMEWORKS.search(node.value), f"{_name(path)}:{node.lineno}: {node.value[:80]!r}"
    for line, dotted in _imports(path):
        assert not FRAMEWORKS.match(dotted), f"{_name(path)}:{line}: imports {dotted}"


@pytest.mark.parametrize("path", CORE_FILES + PLUGIN_FILES, ids=_name)
def test_only_source_imports_libcst(path: pathlib.Path) -> None:
    if path.is_relative_to(CORE / "source"):
        return
    for line, dotted in _imports(path):
        assert dotted.split(".")[0] != "libcst", f"{_name(path)}:{line}: imports {dotted}"


@pytest.mark.parametrize("path", PLUGIN_FILES, ids=_name)
def test_plugins_import_only_the_door_and_the_formulas(path: pathlib.Path) -> None:
    for line, dotted in _imports(path):
        if dotted.split(".")[0] == "cnnlint":
            assert _part(dotted) in ("plugin", "formulas"), f"{_name(path)}:{line}: imports {dotted}"
