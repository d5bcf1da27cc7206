"""Faults to plant in a working model's source: each a kind, and the text that takes another's place at a line and column."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

KINDS = {
    "channels": re.compile(r"channels|planes|_ch\b|width|filters|dim$|embed|inp$|oup$|nin|nout|hidden|squeeze|expand"),
    "features": re.compile(r"features|num_classes|input_size|size$"),
    "kernel": re.compile(r"kernel"),
    "stride": re.compile(r"stride"),
    "padding": re.compile(r"padding"),
    "dilation": re.compile(r"dilation"),
    "groups": re.compile(r"groups|num_heads"),
}
AXES = {"cat": 1, "flatten": 1, "mean": 1, "sum": 1, "softmax": 1, "squeeze": 1, "unsqueeze": 1, "chunk": 2, "split": 2, "stack": 1}
FLATTENING = {"flatten", "view", "reshape"}


@dataclass(frozen=True)
class Mutation:
    """`old` at `line` (from 1) and `column` (characters from 0), in whose place `new` is planted: a fault of `kind`."""

    kind: str
    line: int
    column: int
    old: str
    new: str


Signatures = Callable[[str], Sequence[str] | None]


def mutations(text: str, signatures: Signatures) -> list[Mutation]:
    """All faults that could be planted; `signatures` has the parameters of a framework's layer by its last name."""
    tree = ast.parse(text)
    planter = _Planter(text, tree, signatures)
    found = [mutation for node in ast.walk(tree) for mutation in planter.of(node)]
    unique = {(each.line, each.column, each.old, each.new): each for each in found if each.old != each.new}
    return sorted(unique.values(), key=lambda each: (each.line, each.column, each.new))


def planted(text: str, mutation: Mutation) -> str:
    """The text with the fault in it."""
    lines = text.split("\n")
    start = sum(len(line) + 1 for line in lines[: mutation.line - 1]) + mutation.column
    assert text.startswith(mutation.old, start), mutation
    return text[:start] + mutation.new + text[start + len(mutation.old) :]


class _Planter:
    def __init__(self, text: str, tree: ast.Module, signatures: Signatures) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.signatures = signatures
        self.own = dict(_own_signatures(tree))

    def source(self, node: ast.AST) -> str:
        return ast.get_source_segment(self.text, node) or ""

    def change(self, kind: str, node: ast.expr | ast.stmt, new: str) -> Mutation:
        column = len(self.lines[node.lineno - 1].encode()[: node.col_offset].decode())
        return Mutation(kind, node.lineno, column, self.source(node), new)

    def of(self, node: ast.AST) -> Iterator[Mutation]:
        match node:
            case ast.Call():
                yield from self.of_call(node)
            case ast.BinOp(op=ast.FloorDiv()):
                left, right = self.source(node.left), self.source(node.right)
                whole = self.source(node)
                if whole == f"{left} // {right}":
                    yield self.change("division", node, f"{left} / {right}")
            case ast.Expr(value=ast.Call(func=ast.Attribute(attr="__init__", value=ast.Call(func=ast.Name(id="super"))))):
                yield self.change("super", node, "pass")
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=ast.Attribute(value=ast.Name(id="self")), args=[first, *_])):
                if isinstance(first, ast.Name) and first.id == name:
                    yield self.change("dropped layer", node, "pass")
            case ast.FunctionDef(body=body):
                yield from self.of_attributes(node.name, body)
            case ast.List(elts=elements):
                numbers = [each for each in elements if isinstance(each, ast.Constant) and type(each.value) is int]
                for each in numbers[1::2]:
                    yield self.change("number in a list", each, str(each.value * 2 + 1))

    def of_attributes(self, name: str, body: Sequence[ast.stmt]) -> Iterator[Mutation]:
        """Misspelt attributes of layers in a `forward`."""
        if name != "forward":
            return
        for statement in body:
            for node in ast.walk(statement):
                match node:
                    case ast.Call(func=ast.Attribute(value=ast.Name(id="self"), attr=attribute)):
                        yield self.change("misspelt attribute", node.func, f"self.{attribute}x")

    def of_call(self, node: ast.Call) -> Iterator[Mutation]:
        name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id if isinstance(node.func, ast.Name) else ""
        if any(isinstance(each, ast.Starred) for each in node.args):
            return
        yield from self.of_container(node, name)
        yield from self.of_flattening(node, name)
        yield from self.of_axes(node, name)
        own = self.own.get(name)
        signature = own or self.signatures(name) or ()
        given = list(zip(signature, node.args, strict=False)) + [(each.arg, each.value) for each in node.keywords if each.arg]
        for parameter, value in given:
            kind = next((kind for kind, words in KINDS.items() if words.search(parameter)), None)
            if kind is not None and (own or self.signatures(name)):
                yield from self.of_value(kind, value)
        if signature:
            for keyword in node.keywords:
                if keyword.arg in signature and keyword.arg is not None:
                    column = len(self.lines[keyword.lineno - 1].encode()[: keyword.col_offset].decode())
                    yield Mutation("misspelt keyword", keyword.lineno, column, keyword.arg, keyword.arg[:-1] + keyword.arg[-1] * 2)

    def of_value(self, kind: str, value: ast.expr) -> Iterator[Mutation]:
        match value:
            case ast.Constant(value=int() as number) if type(number) is int:
                yield self.change(kind, value, str(number + 1))
                if kind in ("channels", "features", "stride"):
                    yield self.change(kind, value, str(number * 2))
                elif kind in ("kernel", "padding"):
                    yield self.change(kind, value, str(number + 2))
            case ast.Tuple(elts=[ast.Constant(value=int() as number), *_]):
                yield self.change(kind, value.elts[0], str(number + 1))
            case ast.Name() | ast.Attribute() | ast.BinOp() | ast.Subscript() if kind in ("channels", "features"):
                whole = self.source(value)
                yield self.change(kind, value, f"{whole} * 2" if isinstance(value, (ast.Name, ast.Attribute)) else f"({whole}) + 1")

    def of_container(self, node: ast.Call, name: str) -> Iterator[Mutation]:
        if name == "ModuleList" and len(node.args) == 1:
            inner = self.source(node.args[0])
            yield self.change("plain list", node, inner if isinstance(node.args[0], (ast.List, ast.ListComp)) else f"list({inner})")

    def of_flattening(self, node: ast.Call, name: str) -> Iterator[Mutation]:
        if name == "Flatten":
            yield self.change("dropped flatten", node, self.source(node.func).removesuffix("Flatten") + "Identity()")
        elif name in FLATTENING and isinstance(node.func, ast.Attribute):
            is_function = isinstance(node.func.value, ast.Name) and node.func.value.id == "torch"
            inner = node.args[0] if is_function and node.args else node.func.value
            yield self.change("dropped flatten", node, self.source(inner))

    def of_axes(self, node: ast.Call, name: str) -> Iterator[Mutation]:
        axes = [each.value for each in node.keywords if each.arg in ("dim", "axis", "start_dim")]
        if name in AXES and isinstance(node.func, ast.Attribute):
            is_function = isinstance(node.func.value, ast.Name) and node.func.value.id == "torch"
            place = AXES[name] - (0 if is_function else 1)
            axes += node.args[place : place + 1]
        for axis in axes:
            if isinstance(axis, ast.Constant) and type(axis.value) is int:
                yield self.change("axis", axis, str(axis.value + 1))
        if name in ("permute", "transpose") and len(node.args) >= 2:
            first, second = node.args[-2:]
            if all(isinstance(each, ast.Constant) for each in (first, second)):
                yield self.change("axis", first, self.source(second) if name == "permute" else str(int(self.source(first)) + 1))


def _own_signatures(tree: ast.Module) -> Iterator[tuple[str, Sequence[str]]]:
    """The parameters of the classes and functions that a file defines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            for each in node.body:
                if isinstance(each, ast.FunctionDef) and each.name == "__init__":
                    yield node.name, [parameter.arg for parameter in each.args.args[1:]]
        elif isinstance(node, ast.FunctionDef) and not node.name.startswith("__"):
            names = [parameter.arg for parameter in node.args.args]
            yield node.name, names[1:] if names[:1] == ["self"] else names


def sample(found: Sequence[Mutation], most: int, order: Callable[[Sequence[Mutation]], None]) -> list[Mutation]:
    """At most so many, as even over the kinds as they allow; `order` shuffles a list in place."""
    by_kind: Mapping[str, list[Mutation]] = {kind: [each for each in found if each.kind == kind] for kind in {each.kind for each in found}}
    for kind in sorted(by_kind):
        order(by_kind[kind])
    chosen: list[Mutation] = []
    while len(chosen) < most and any(by_kind.values()):
        for kind in sorted(by_kind):
            if by_kind[kind] and len(chosen) < most:
                chosen.append(by_kind[kind].pop())
    return sorted(chosen, key=lambda each: (each.line, each.column, each.new))
