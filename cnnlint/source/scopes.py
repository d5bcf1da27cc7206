"""Which names a scope binds, gathered while its body is lowered."""

from __future__ import annotations

from collections.abc import Iterable

from cnnlint.source import ir


class Scope:
    """A module, class, function, lambda or comprehension whose body is being lowered."""

    __slots__ = ("bound", "claimed", "has_yield", "is_comprehension", "outer")

    def __init__(self, outer: Scope | None, is_comprehension: bool = False) -> None:
        self.outer = outer
        self.is_comprehension = is_comprehension
        self.bound: set[str] = set()
        self.claimed: set[str] = set()
        self.has_yield = False

    def locals(self) -> frozenset[str]:
        """The names bound here that no `global` or `nonlocal` claims."""
        return frozenset(self.bound - self.claimed)

    def owner(self) -> Scope:
        """The scope that a `:=` here binds in: comprehensions hand it outwards (PEP 572)."""
        scope = self
        while scope.is_comprehension and scope.outer is not None:
            scope = scope.outer
        return scope

    def bind_target(self, target: ir.Expression) -> None:
        """Bind the names in an assignment target."""
        match target:
            case ir.Name(id=name):
                self.bound.add(name)
            case ir.Display(elements=elements):
                for element in elements:
                    self.bind_target(element)
            case ir.Starred(value=value):
                self.bind_target(value)
            case _:
                pass

    def bind_aliases(self, aliases: Iterable[ir.Alias], is_from: bool) -> None:
        """Bind what an import binds: `import a.b` binds `a`; what `*` binds is not known here."""
        for alias in aliases:
            name = alias.asname or (alias.name if is_from else alias.name.partition(".")[0])
            if name != "*":
                self.bound.add(name)
