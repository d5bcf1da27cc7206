"""Questions about the text of the program that need no evaluation: what stands below a node."""

from __future__ import annotations

from collections.abc import Iterator

from cnnlint.source import SourceText, ir

GROWING = ("add", "append", "appendleft", "extend", "extendleft", "insert", "setdefault", "update")
SHRINKING = ("clear", "discard", "pop", "popitem", "popleft", "remove")
CHANGING = frozenset({*GROWING, *SHRINKING, "reverse", "sort"})
"""The methods of built-in containers that change them."""


def nodes_below(node: object) -> Iterator[ir.Node]:
    """A node, or those of a tuple, and all nodes below in the order of their fields; iteratively, as trees may be deep."""
    left = [node] if isinstance(node, ir.Node) else list(nodes_in(node))[::-1]
    while left:
        found = left.pop()
        yield found
        left.extend(list(children_of(found))[::-1])


def children_of(node: ir.Node) -> Iterator[ir.Node]:
    """The nodes directly in a node, in the order of its fields."""
    for field in node.__match_args__:
        yield from nodes_in(getattr(node, field))


def nodes_in(value: object) -> Iterator[ir.Node]:
    """The nodes in what a field holds."""
    if isinstance(value, ir.Node):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from nodes_in(item)


def attributes_changed(definition: ir.FunctionDefinition | ir.Lambda) -> set[str]:
    """The attributes of its first parameter that a method assigns, or assigns items of, or lets grow or shrink."""
    own = definition.parameters[0].name if definition.parameters else ""
    changed: set[str] = set()
    for node in nodes_below(definition.body):
        match node:
            case ir.Assign(targets=targets):
                places = list(targets)
            case ir.AugmentedAssign(target=target):
                places = [target]
            case ir.Call(function=ir.Attribute(value=value, attr=method)) if method in CHANGING:
                places = [value]
            case _:
                continue
        for place in places:
            while isinstance(place, ir.Subscript):
                place = place.value
            match place:
                case ir.Attribute(value=ir.Name(id=name), attr=attr) if name == own:
                    changed.add(attr)
    return changed


def returns_something(definition: ir.FunctionDefinition | ir.Lambda) -> bool:
    """Whether a function may give another value than None."""
    if isinstance(definition, ir.Lambda):
        return True
    returned = (node.value for node in nodes_below(definition.body) if isinstance(node, ir.Return))
    return any(value is not None and not (isinstance(value, ir.Constant) and not value.value) for value in returned)


def attributes_read(node: object) -> set[str]:
    """The names under which something is read in a node: attributes, bare names, and words that could name an attribute."""
    read: set[str] = set()
    written = {id(target) for inner in nodes_below(node) if isinstance(inner, ir.Assign) for target in inner.targets}
    for inner in nodes_below(node):
        match inner:
            case ir.Attribute(attr=attr) if id(inner) not in written:
                read.add(attr)
            case ir.Name(id=name):
                read.add(name)
            case ir.Constant(value=str() as text):
                read.update(text.replace("[", ".").split("."))
    return read


def is_same(one: ir.Node, other: ir.Node) -> bool:
    """Whether both are the same variable, or the same attribute of the same variable."""
    match one, other:
        case ir.Name(id=a), ir.Name(id=b):
            return a == b
        case ir.Attribute(value=ir.Name(id=a), attr=b), ir.Attribute(value=ir.Name(id=c), attr=d):
            return (a, b) == (c, d)
    return False


def text_at(source: SourceText, span: ir.Span) -> str:
    return source.text[source.offset(span.line, span.column) : source.offset(span.end_line, span.end_column)]


def span_of(source: SourceText, start: int, end: int) -> ir.Span:
    return ir.Span(*source.position(start), *source.position(end))
