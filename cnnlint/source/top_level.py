"""What a statement of a module's top level binds and loads, read from the standard `ast`."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class Mentions:
    """The names that statements bind, with how often, and those that they load."""

    __slots__ = ("binds", "loads")

    def __init__(self) -> None:
        self.binds: Counter[str] = Counter()
        self.loads: set[str] = set()


def mentions(statement: ast.stmt) -> Mentions:
    """What a statement binds and loads when it runs at the top level; bodies of functions only run later."""
    result = Mentions()
    _visit(statement, result, in_module=True)
    return result


def _visit(node: ast.AST, result: Mentions, in_module: bool) -> None:
    match node:
        case ast.Name(id=name, ctx=ast.Load()):
            result.loads.add(name)
        case ast.Name(id=name):
            _bind(name, result, in_module)
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            _bind(name, result, in_module)
            for part in (*node.decorator_list, node.args, node.returns):
                if part is not None:
                    _visit(part, result, in_module)
        case ast.ClassDef(name=name):
            _bind(name, result, in_module)
            for expression in (*node.decorator_list, *node.bases, *node.keywords):
                _visit(expression, result, in_module)
            for statement in node.body:
                _visit(statement, result, in_module=False)
        case ast.Import(names=aliases):
            for alias in aliases:
                _bind(alias.asname or alias.name.partition(".")[0], result, in_module)
        case ast.ImportFrom(names=aliases):
            for alias in aliases:
                if alias.name != "*":
                    _bind(alias.asname or alias.name, result, in_module)
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            _visit_comprehension(node, result, in_module)
        case ast.AugAssign(target=ast.Name(id=name), value=value):
            # It also loads what it binds, and so never is the only binding.
            _bind(name, result, in_module)
            result.loads.add(name)
            _visit(value, result, in_module)
        case ast.AnnAssign(target=ast.Name(), value=None):
            _visit(node.annotation, result, in_module)
        case _:
            if isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name is not None:
                _bind(node.name, result, in_module)
            elif isinstance(node, ast.MatchMapping) and node.rest is not None:
                _bind(node.rest, result, in_module)
            elif type(node).__name__ == "TypeAlias":
                # A type alias is evaluated when it is asked for.
                _visit(node.name, result, in_module)  # type: ignore[attr-defined]
                return
            for child in ast.iter_child_nodes(node):
                _visit(child, result, in_module)


def _bind(name: str, result: Mentions, in_module: bool) -> None:
    if in_module:
        result.binds[name] += 1


def _visit_comprehension(node: ast.AST, result: Mentions, in_module: bool) -> None:
    # Its targets are its own, what a `:=` in it binds is the module's.
    for child in ast.walk(node):
        match child:
            case ast.Name(id=name, ctx=ast.Load()):
                result.loads.add(name)
            case ast.NamedExpr(target=ast.Name(id=name)):
                _bind(name, result, in_module)
            case _:
                pass


def global_bindings(statement: ast.stmt) -> Iterator[str]:
    """The names that functions inside a statement claim with `global`; they may bind them at any time."""
    for node in ast.walk(statement):
        if isinstance(node, ast.Global):
            yield from node.names


def all_names(statement: ast.stmt) -> frozenset[str]:
    """Every name in a statement, bodies of functions included."""
    return frozenset(node.id for node in ast.walk(statement) if isinstance(node, ast.Name))


def first_line(statement: ast.stmt, lines: list[str]) -> int:
    """The line a statement begins on, its decorators included."""
    if not isinstance(statement, (*_FUNCTIONS, ast.ClassDef)) or not statement.decorator_list:
        return statement.lineno
    line = statement.decorator_list[0].lineno
    # The decorator's expression may stand below its `@`, in parentheses.
    while line > 1 and not lines[line - 1].lstrip(" \t\f").startswith("@"):
        line -= 1
    return line


def is_frozen_value(node: ast.expr | None) -> bool:
    """Whether an expression is a literal that nothing can change afterwards."""
    match node:
        case ast.Constant():
            return True
        case ast.Tuple(elts=elements):
            return all(is_frozen_value(element) for element in elements)
        case ast.UnaryOp(operand=operand):
            return is_frozen_value(operand)
        case ast.BinOp(left=left, right=right):
            return is_frozen_value(left) and is_frozen_value(right)
        case _:
            return False
