from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnnlint.plugin import Finding, Rule
from cnnlint.rules._proof import differ, symbols_of

if TYPE_CHECKING:
    from cnnlint.dims import Dim, Shape
    from cnnlint.graph import FileAnalysis
    from cnnlint.source import StatedShape


@dataclass(frozen=True)
class ExpectedOutput(Rule):
    """A model gives another shape than is declared.

    Why is this bad?
        Somebody wrote down what must come out, in the configuration, in a directive or in an annotation of `forward`, because code
        elsewhere relies on it. A name stands for any size, and for the same size wherever it occurs, in the input too.

    Bad:
        # cnnlint: input(batch, 64)
        # cnnlint: output(batch, 10)
        head = Linear(64, 100)

    Good:
        # cnnlint: input(batch, 64)
        # cnnlint: output(batch, 100)
        head = Linear(64, 100)

    References:
        The README's section on directives
    """

    code = "CNN215"

    def findings(self, analysis: FileAnalysis) -> Iterator[Finding]:
        for model in analysis.models:
            declared = model.declared
            if declared is None or model.error is not None or not model.outputs:
                continue
            shown = ", ".join(map(_written, declared.outputs))
            help_text = f"the output is declared by {declared.source}"
            if len(declared.outputs) != len(model.outputs):
                message = f"`{model.name}` gives {_tensors(len(model.outputs))}, but is declared to give {_tensors(len(declared.outputs))}"
                yield Finding(model.place, f"{message}: {shown}", help_text)
                continue
            bound: dict[str, Dim] = {name: size for shape in model.inputs if shape is not None for name, size in symbols_of(shape).items()}
            for want, got in zip(declared.outputs, model.outputs, strict=True):
                if got is not None and not _fits(want, got, bound):
                    yield Finding(model.place, f"`{model.name}` gives {got}, but is declared to give {_written(want)}", help_text)


def _fits(want: StatedShape, got: Shape, bound: dict[str, Dim]) -> bool:
    """Whether it isn't proven that a shape is another; names get the sizes that they stand for."""
    if got.leading:
        return len(got.dims) <= len(want.dims)
    if len(want.dims) != len(got.dims):
        return False
    for size, dim in zip(want.dims, got.dims, strict=True):
        expected = size if isinstance(size, int) else bound.setdefault(size, dim)
        if differ(expected, dim):
            return False
    return True


def _written(shape: StatedShape) -> str:
    words = [str(size).partition(" on axis ")[0] for size in shape.dims]
    return f"({', '.join(words)}{',' if len(words) == 1 else ''})"


def _tensors(count: int) -> str:
    return f"{count} tensor{'' if count == 1 else 's'}"
