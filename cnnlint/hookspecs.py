"""The hooks that a plugin may implement, marked with `cnnlint.plugin.hookimpl`. Each returns data and changes nothing.

A plugin is a module named by the entry-point group `cnnlint`. Its own import should be cheap: `cnnlint explain` pays for it.
What is large (a framework's table of layers) is imported inside the hook that returns it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from cnnlint.plugin.framework import Framework
    from cnnlint.plugin.reporter import Reporter
    from cnnlint.plugin.rule import Rule

hookspec = pluggy.HookspecMarker("cnnlint")


@hookspec
def cnnlint_frameworks() -> Iterable[Framework]:
    """The frameworks whose layers and operations this plugin knows."""
    return ()


@hookspec
def cnnlint_rules() -> Iterable[type[Rule]]:
    """Rule classes; `cnnlint.plugin.classes_below` finds those of a package."""
    return ()


@hookspec
def cnnlint_reporters() -> Iterable[type[Reporter]]:
    """Output formats, subclasses of `CheckReporter` or `SummaryReporter`."""
    return ()
