"""Cutting a module's top level at statement borders, so that only what is needed of it is parsed and evaluated."""

from __future__ import annotations

import ast
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cnnlint.record import value
from cnnlint.source import ir
from cnnlint.source.lowering import lower
from cnnlint.source.scopes import Scope
from cnnlint.source.text import SourceText
from cnnlint.source.top_level import Mentions, all_names, first_line, global_bindings, is_frozen_value, mentions


@value
class TopStatement:
    """One or several whole lines of a module's top level that are parsed together.

    `kind` is `definition`, `import`, `assignment` or `other`. A `lazy` statement may be evaluated when one of the
    names it binds is first needed, all others run in order. `loads` are the names it reads when it runs itself,
    not when a function in it is called. `star_import_from` is the module of a `from module import *`, with its dots.
    """

    first_line: int
    last_line: int
    kind: str
    binds: frozenset[str]
    loads: frozenset[str]
    lazy: bool
    star_import_from: str | None = None


@dataclass(slots=True)
class _Piece:
    """A `TopStatement` in the making."""

    first_line: int
    last_line: int
    statements: list[ast.stmt]
    mentions: Mentions
    kind: str
    lazy: bool = False


def cut(source: SourceText) -> list[TopStatement]:
    """The statements of a module's top level, in order; docstrings and bare constants are left out.

    Raises NotAnalysed if the module is not Python.
    """
    try:
        with warnings.catch_warnings():
            # Python warns about escapes in the text it is given to read; that is not for this user.
            warnings.simplefilter("ignore")
            tree = ast.parse(source.text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        # A newer grammar than the running Python's, or no Python at all.
        return _cut_ir(lower(source))
    pieces = _pieces(tree.body, source)
    _decide_laziness(pieces, _once_bound(pieces, source))
    return [
        TopStatement(
            piece.first_line,
            piece.last_line,
            piece.kind,
            frozenset(piece.mentions.binds),
            frozenset(piece.mentions.loads),
            piece.lazy,
            _star_import(piece.statements),
        )
        for piece in pieces
    ]


def _pieces(body: Sequence[ast.stmt], source: SourceText) -> list[_Piece]:
    lines = [source.text[start:end] for start, end in zip(source.line_starts, source.line_starts[1:], strict=False)]
    pieces: list[_Piece] = []
    for statement in body:
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
            continue
        start = first_line(statement, lines)
        end = statement.end_lineno or statement.lineno
        found = mentions(statement)
        if pieces and start <= pieces[-1].last_line:
            # Several statements on one line cannot be parsed apart.
            piece = pieces[-1]
            piece.last_line = max(end, piece.last_line)
            piece.statements.append(statement)
            piece.mentions.binds.update(found.binds)
            piece.mentions.loads |= found.loads
            piece.kind = piece.kind if piece.kind == _kind(statement) else "other"
        else:
            pieces.append(_Piece(start, end, [statement], found, _kind(statement)))
    return pieces


def _kind(statement: ast.stmt) -> str:
    match statement:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return "definition"
        case ast.Import() | ast.ImportFrom():
            return "import"
        case ast.Assign(targets=targets) if all(_is_plain(target) for target in targets):
            return "assignment"
        case ast.AnnAssign(target=ast.Name()):
            return "assignment"
        case _:
            return "other"


def _is_plain(target: ast.expr) -> bool:
    match target:
        case ast.Name():
            return True
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            return all(_is_plain(element) for element in elements)
        case _:
            return False


def _once_bound(pieces: Iterable[_Piece], source: SourceText) -> frozenset[str]:
    """The names that the module's top level binds once, and no function rebinds."""
    counts: Counter[str] = Counter()
    has_global = "global" in source.text
    for piece in pieces:
        counts.update(piece.mentions.binds)
        if has_global:
            for statement in piece.statements:
                counts.update(2 * list(global_bindings(statement)))
    return frozenset(name for name, count in counts.items() if count == 1)


def _decide_laziness(pieces: Sequence[_Piece], once_bound: frozenset[str]) -> None:
    for piece in pieces:
        is_candidate = piece.kind != "other" and all(name in once_bound for name in piece.mentions.binds)
        piece.lazy = is_candidate and not (piece.kind == "import" and any(_runs_in_order(item) for item in piece.statements))
    values = {name: piece for piece in pieces if piece.kind == "assignment" for name in piece.mentions.binds}
    changeable = frozenset(name for name, piece in values.items() if not all(_is_frozen(item) for item in piece.statements))
    definitions = {name: piece for piece in pieces if piece.kind == "definition" for name in piece.mentions.binds}
    # What statements that run in order mention may be changed by them; what reads it must keep its place.
    pending: list[str] = []
    for piece in pieces:
        if piece.kind == "assignment" and piece.lazy:
            # A call may change what it is given: `first = queue.pop()`.
            touched = piece.mentions.loads & changeable
            piece.lazy = not (touched and any(isinstance(node, ast.Call) for item in piece.statements for node in ast.walk(item)))
        if not piece.lazy:
            pending += piece.mentions.loads
            pending += piece.mentions.binds
    touched_names: set[str] = set()
    readers: dict[str, list[_Piece]] = {}
    for piece in pieces:
        if piece.kind == "assignment":
            for name in piece.mentions.loads & (changeable | definitions.keys()):
                readers.setdefault(name, []).append(piece)
    while pending:
        name = pending.pop()
        if name in touched_names:
            continue
        touched_names.add(name)
        if name in definitions:
            # A function that they call mentions what its body does.
            for statement in definitions[name].statements:
                pending += all_names(statement) & (changeable | definitions.keys())
        # A literal that nothing can change has the same value whenever it is evaluated.
        affected = [values[name], *readers.get(name, ())] if name in changeable else []
        for piece in affected:
            if piece.lazy:
                piece.lazy = False
                pending += piece.mentions.binds
                pending += piece.mentions.loads & changeable


def _runs_in_order(statement: ast.stmt) -> bool:
    match statement:
        case ast.ImportFrom(module="__future__"):
            return True
        case ast.ImportFrom(names=[ast.alias(name="*")]):
            return True
        case _:
            return False


def _is_frozen(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Assign | ast.AnnAssign) and is_frozen_value(statement.value)


def _star_import(statements: Iterable[ast.stmt]) -> str | None:
    for statement in statements:
        if isinstance(statement, ast.ImportFrom) and statement.names[0].name == "*":
            return "." * statement.level + (statement.module or "")
    return None


def _cut_ir(module: ir.Module) -> list[TopStatement]:
    """The same from ir, without laziness: every statement runs in order."""
    pieces: list[TopStatement] = []
    for statement in module.body:
        if isinstance(statement, ir.ExpressionStatement) and isinstance(statement.value, ir.Constant):
            continue
        start, end = statement.span.line, statement.span.end_line
        if isinstance(statement, ir.FunctionDefinition | ir.ClassDefinition) and statement.decorators:
            start = statement.decorators[0].span.line
        if pieces and start <= pieces[-1].last_line:
            last = pieces.pop()
            binds = last.binds | _ir_binds(statement)
            star = last.star_import_from or _ir_star_import(statement)
            pieces.append(TopStatement(last.first_line, max(end, last.last_line), "other", binds, frozenset(), False, star))
        else:
            kind = _ir_kind(statement)
            star = _ir_star_import(statement)
            pieces.append(TopStatement(start, end, kind, _ir_binds(statement), frozenset(), False, star))
    return pieces


def _ir_binds(statement: ir.Statement) -> frozenset[str]:
    scope = Scope(None)
    pending: list[ir.Node] = [statement]
    while pending:
        match pending.pop():
            case ir.FunctionDefinition(name=name) | ir.ClassDefinition(name=name):
                scope.bound.add(name)
            case ir.Import(names=aliases):
                scope.bind_aliases(aliases, is_from=False)
            case ir.ImportFrom(names=aliases):
                scope.bind_aliases(aliases, is_from=True)
            case ir.NotModelled(bound=bound):
                scope.bound |= bound
            case ir.NamedExpression(target=target) | ir.AugmentedAssign(target=target) | ir.For(target=target) as node:
                scope.bind_target(target)
                pending += _parts(node)
            case ir.Assign(targets=targets) | ir.Delete(targets=targets) as node:
                for target in targets:
                    scope.bind_target(target)
                pending += _parts(node)
            case ir.WithItem(target=ir.Name() | ir.Display() as target) as node:
                scope.bind_target(target)
                pending += _parts(node)
            case ir.Handler(name=str(name)) | ir.CapturePattern(name=str(name)) | ir.StarPattern(name=str(name)) as node:
                scope.bound.add(name)
                pending += _parts(node)
            case ir.MappingPattern(rest=str(name)) as node:
                scope.bound.add(name)
                pending += _parts(node)
            case ir.Lambda():
                pass
            case node:
                pending += _parts(node)
    return frozenset(scope.bound)


def _parts(node: ir.Node) -> Iterator[ir.Node]:
    for name in node.__match_args__:
        value = getattr(node, name)
        if isinstance(value, ir.Node):
            yield value
        elif isinstance(value, tuple):
            yield from (item for item in value if isinstance(item, ir.Node))


def _ir_kind(statement: ir.Statement) -> str:
    match statement:
        case ir.FunctionDefinition() | ir.ClassDefinition():
            return "definition"
        case ir.Import() | ir.ImportFrom():
            return "import"
        case ir.Assign(targets=targets) if all(isinstance(target, ir.Name) for target in targets):
            return "assignment"
        case _:
            return "other"


def _ir_star_import(statement: ir.Statement) -> str | None:
    match statement:
        case ir.ImportFrom(module=module, level=level, names=(ir.Alias(name="*"),)):
            return "." * level + module
        case _:
            return None
