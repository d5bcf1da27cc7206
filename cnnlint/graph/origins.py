"""Where sizes come from: what `cnnlint why` tells of a layer or an operation."""

from __future__ import annotations

from typing import Literal, TypeAlias

from cnnlint.dims import Dim, Shape
from cnnlint.graph.model import Occurrence, Place
from cnnlint.record import value

OriginKind: TypeAlias = Literal["argument", "window", "product", "sum", "same", "input", "made", "end"]


@value
class Origin:
    """A size and what made it: one step back, at `place`.

    `subject` is the layer, operation or model that made it, `text` says how. `through` are those behind it that pass the size on as
    it is. `sources` are the sizes that it was made of, none where the way ends: at an argument, an input, or what is not known.
    """

    kind: OriginKind
    size: Dim
    subject: str
    text: str
    place: Place | None
    through: tuple[str, ...] = ()
    sources: tuple[Origin, ...] = ()


@value
class AxisOrigin:
    """An axis of a tensor, counted from 0, of the tensor `number` among those that arrive."""

    number: int
    axis: int
    origin: Origin


@value
class ArgumentOrigin:
    """A size that a layer was built with: the argument's name, its value, and the places that lead to it, the outermost last."""

    name: str
    size: Dim
    text: str
    path: tuple[Place, ...]


@value
class Explanation:
    """A layer call, or an operation, of a model: what it gets and gives, and where that comes from.

    `type` is the layer's public name, "" for an operation; `how` the arithmetic of a window, once for axes that agree; `failure` what
    is proven to go wrong there.
    """

    model: str
    subject: str
    type: str
    built: Place | None
    called: Place | None
    gets: tuple[Shape, ...]
    gives: tuple[Shape, ...]
    how: tuple[str, ...]
    arguments: tuple[ArgumentOrigin, ...]
    axes: tuple[AxisOrigin, ...]
    failure: Occurrence | None = None
