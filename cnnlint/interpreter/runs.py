"""What happens while a model runs, call by call."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from cnnlint.dims import Dim, Expression, Shape, symbols
from cnnlint.graph import WindowCall
from cnnlint.interpreter.machine import Raised, Site
from cnnlint.plugin.operation import Applied
from cnnlint.plugin.window import Window
from cnnlint.solver import Demand
from cnnlint.values import Choice, DictValue, Instance, ListValue, Tensor, Unknown, Value, birth


@dataclass(slots=True, eq=False)
class CallRecord:
    """One application of a module, whether it is a leaf or not, at so many levels below the one that the run applies.

    `macs` are those of its own operations, not of modules inside; `counted` those of all layers in it that a summary counts.
    `end` is how many calls the run had when this one returned: those after it, up to there, were made inside of it.
    """

    instance: Instance
    site: Site | None
    inputs: list[Value]
    output: Value = None
    macs: Dim = 0
    counted: Dim | None = None
    depth: int = 0
    is_exact: bool = True
    has_ended: bool = False
    end: int = 0


Origin: TypeAlias = tuple["Site | None", "CallRecord | None"]
"""Where something is asked of sizes: the place, and the layer call that it is part of."""


@dataclass(slots=True, eq=False)
class Run:
    """A module applied by code that is no module: everything that happened until it returned.

    `named` are the keywords of the last of its `inputs`. `demands` are what it requires of sizes that are open, `lost` says why they may
    not be all ("" if they are). `failed` is the first failure after which the analysis went on, though no run of the program does.
    `applied` are the operations in order of time, each with the call that it was made in; `born` tells what was there before from what
    was made since. `placed` are the windows of the run, each as it stands in the program.
    """

    instance: Instance
    inputs: list[Value]
    site: Site | None
    calls: list[CallRecord] = field(default_factory=list)
    output: Value = None
    macs_all: Dim = 0
    is_exact: bool = True
    unknown: list[Unknown] = field(default_factory=list)
    raised: Raised | None = None
    failed: Raised | None = None
    names: dict[Instance, str] | None = None
    assumptions: int = 0
    is_speculative: bool = False
    demands: dict[Demand, Origin] = field(default_factory=dict)
    windows: list[Window] = field(default_factory=list)
    placed: list[WindowCall] = field(default_factory=list)
    lost: str = ""
    named: tuple[str, ...] = ()
    built: list[Instance] = field(default_factory=list)
    applied: list[tuple[CallRecord | None, list[Applied]]] = field(default_factory=list)
    born: int = field(default_factory=birth)

    @property
    def failure(self) -> Raised | None:
        """What the program is proven to fail with."""
        return self.failed or self.raised


class NotFollowed(Exception):
    """Ends a run with symbols where a size is no formula of them any more."""


def note_unknown(run: Run, output: Value) -> None:
    if isinstance(output, Unknown) and output not in run.unknown:
        run.unknown.append(output)


def follows(output: Value) -> bool:
    """Whether all sizes of what a module gives are formulas of the input's."""
    match output:
        case Tensor():
            return is_formula(output.shape)
        case Unknown() | Choice():
            return False
        case tuple() | list():
            return all(follows(item) for item in output)
        case ListValue() | DictValue():
            contents = output.contents
            return not isinstance(contents, Unknown) and follows(list(contents.values()) if isinstance(contents, dict) else contents)
    return True


def is_formula(shape: Shape) -> bool:
    return not shape.leading and not any(
        found.kind == "unknown" for size in shape.dims if isinstance(size, Expression) for found in symbols(size)
    )
