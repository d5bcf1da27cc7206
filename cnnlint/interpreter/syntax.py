"""Questions about the text of the program that need no evaluation: what stands below a node."""

from __future__ import annotations

from collections.abc import Iterator

from cnnlint.source import ir


def nodes_below(node: object) -> Iterator[ir.Node]:
    """A node and all nodes in it, in the order of their fields."""
    if isinstance(node, ir.Node):
        yield node
        for field in node.__match_args__:
            yield from nodes_below(getattr(node, field))
    elif isinstance(node, tuple):
        for item in node:
            yield from nodes_below(item)
