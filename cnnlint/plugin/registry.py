"""What the plugins gave: frameworks, rules and reporters, each once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnnlint.record import value

if TYPE_CHECKING:
    from cnnlint.plugin.framework import Framework
    from cnnlint.plugin.reporter import Reporter
    from cnnlint.plugin.rule import Rule


@value
class Registry:
    """Everything that plugins registered, sorted: frameworks by name, rules by code, reporters by command and name."""

    frameworks: tuple[Framework, ...] = ()
    rules: tuple[type[Rule], ...] = ()
    reporters: tuple[type[Reporter], ...] = ()

    @property
    def roots(self) -> tuple[str, ...]:
        """The import roots that frameworks claim: a file that names none of them holds no model."""
        return tuple(dict.fromkeys(root for framework in self.frameworks for root in framework.roots))
