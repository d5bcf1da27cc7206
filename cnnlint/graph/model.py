"""The model graph: plain data, in source order or call order, free of syntax."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cnnlint.dims import Dim, Dims, Shape, Symbol, substitute
from cnnlint.failures import LayerFailure
from cnnlint.graph.budget import Budget
from cnnlint.graph.input_sizes import InputSizes
from cnnlint.graph.trace import Trace
from cnnlint.record import value
from cnnlint.source.ir import Span
from cnnlint.source.stated import StatedShape

if TYPE_CHECKING:
    from cnnlint.graph.written import Written


@value
class Place:
    """A range in a file; `path` is as printed: relative to the working directory or to a search-path entry.

    In a notebook the lines count within a cell, and `cell` is its ordinal among all cells, from 1; it is 0 in any other file.
    """

    path: str
    span: Span
    cell: int = 0

    @property
    def shown(self) -> str:
        """The path, with the cell of a notebook: `train.ipynb:cell 3`."""
        return f"{self.path}:cell {self.cell}" if self.cell else self.path

    @property
    def start(self) -> Place:
        """The empty range before it."""
        return Place(self.path, Span(self.span.line, self.span.column, self.span.line, self.span.column), self.cell)

    @property
    def end(self) -> Place:
        """The empty range behind it."""
        span = self.span
        return Place(self.path, Span(span.end_line, span.end_column, span.end_line, span.end_column), self.cell)


@value
class Note:
    place: Place
    message: str


@value
class UnknownPart:
    """Something that was not understood: the first cause, where it stands."""

    place: Place
    reason: str


@value
class Layer:
    """A module instance of a model.

    `name` is its first name in the model (`layer1.0.conv2`), `type` its public dotted name. `params` and `trainable_params`
    count its own parameters (not its children's), None where a size is unknown; `built` is the path of places from the outermost.
    `filters` is how many output channels or features it was built for, where it has weights that make them.
    """

    name: str
    type: str
    built: tuple[Place, ...]
    params: Dim | None
    is_leaf: bool
    was_called: bool
    filters: Dim | None = None


@value
class LayerCall:
    """One application of a leaf layer, in call order.

    `inputs` and `outputs` hold a shape per tensor, None for what is no tensor or whose shape is unknown. `macs` is None for
    layers whose MACs do not count. `call` is the ordinal of this call of the same layer, from 1.
    """

    layer: Layer
    called: tuple[Place, ...]
    inputs: tuple[Shape | None, ...]
    outputs: tuple[Shape | None, ...]
    macs: Dim | None
    call: int


@value
class BlockCall:
    """One application of a module that holds others, in order of its start; `calls[first:end]` of the model are what was called in it."""

    layer: Layer
    inputs: tuple[Shape | None, ...]
    outputs: tuple[Shape | None, ...]
    first: int
    end: int
    call: int


@value
class StateEntry:
    """A parameter or buffer that the framework saves with a model, under each name that it has there."""

    name: str
    shape: Shape
    is_parameter: bool


@value
class WindowCall:
    """A convolution or pool as it was applied: per spatial axis the quantities of O = (I - K + 2P) / S + 1.

    `padding_after` includes explicit padding directly before. `rounds` is false for transposed, adaptive, fractional,
    "same" and ceil_mode layers, of which the textbook's rule says nothing.
    """

    subject: str
    type: str
    place: Place
    notes: tuple[Note, ...]
    input: Dims
    kernel: Dims
    stride: Dims
    padding_before: Dims
    padding_after: Dims
    dilation: Dims
    output: Dims
    has_weights: bool
    rounds: bool


@value
class Occurrence:
    """A proven failure at its place: `subject` names the layer (`fc1`) or the operation (`torch.cat`) that fails.

    `place` is where the wrong number is made; `notes` walk how the layer was built and how it was called; `written` is what a fix may
    change.
    """

    failure: LayerFailure
    subject: str
    place: Place
    notes: tuple[Note, ...] = ()
    written: Written | None = None


@value
class Declared:
    """The shapes that a model is said to give, and where that is said."""

    outputs: tuple[StatedShape, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Model:
    """A model of a file: an instance together with the call of it that the summary shows.

    `params`, `trainable_params`, `buffers` (elements), `macs` (of leaves with weights) and `macs_all` are lower bounds unless
    `exact`; the parameters and buffers alone are so where `params_exact`. `inputs` are the shapes it was called with, by parameter
    name where known; `outputs` the result's tensors flattened, `structure` their keys. `unknown` lists what was not understood,
    first cause first. `declared` is what the configuration, a directive or an annotation says must come out. `input_sizes` are
    those for which it runs, where some size of its input may be another. `blocks` are the calls of modules that hold others, the
    model's own among them; `state` is what a file with its weights holds, in the framework's order, complete where `params_exact`.
    `weight_elements` counts the elements of all parameters and buffers by dtype. `trace` is the data flow of the run, None where there
    is none.
    """

    name: str
    target: str
    place: Place
    framework: str
    inputs: tuple[Shape | None, ...]
    outputs: tuple[Shape | None, ...]
    structure: tuple[str, ...] | None
    params: Dim
    trainable_params: Dim
    buffers: Dim
    macs: Dim
    macs_all: Dim
    exact: bool
    params_exact: bool
    layers: tuple[Layer, ...]
    calls: tuple[LayerCall, ...]
    unknown: tuple[UnknownPart, ...]
    budget: Budget | None = None
    declared: Declared | None = None
    error: Occurrence | None = None
    input_sizes: InputSizes | None = None
    blocks: tuple[BlockCall, ...] = ()
    state: tuple[StateEntry, ...] = ()
    weight_elements: tuple[tuple[str | None, Dim], ...] = ()
    trace: Trace | None = None

    def at(self, sizes: Mapping[Symbol, int]) -> Model:
        """The model with numbers for some sizes of its input: in the shapes and costs of its layer calls, and in the totals."""
        if not sizes:
            return self
        return replace(
            self,
            inputs=_shapes_at(self.inputs, sizes),
            outputs=_shapes_at(self.outputs, sizes),
            macs=_size_at(self.macs, sizes),
            macs_all=_size_at(self.macs_all, sizes),
            calls=tuple(_call_at(call, sizes) for call in self.calls),
            blocks=tuple(_block_at(block, sizes) for block in self.blocks),
            trace=None if self.trace is None else self.trace.with_sizes(lambda size: _size_at(size, sizes)),
        )


def _size_at(size: Dim, sizes: Mapping[Symbol, int]) -> Dim:
    """The size with numbers put in; as it is where some part of it, which these numbers don't choose, would divide by 0."""
    try:
        return substitute(size, sizes)
    except ArithmeticError:
        return size


def _call_at(call: LayerCall, sizes: Mapping[Symbol, int]) -> LayerCall:
    macs = None if call.macs is None else _size_at(call.macs, sizes)
    return LayerCall(call.layer, call.called, _shapes_at(call.inputs, sizes), _shapes_at(call.outputs, sizes), macs, call.call)


def _block_at(block: BlockCall, sizes: Mapping[Symbol, int]) -> BlockCall:
    inputs, outputs = _shapes_at(block.inputs, sizes), _shapes_at(block.outputs, sizes)
    return BlockCall(block.layer, inputs, outputs, block.first, block.end, block.call)


def _shapes_at(shapes: tuple[Shape | None, ...], sizes: Mapping[Symbol, int]) -> tuple[Shape | None, ...]:
    return tuple(None if shape is None else Shape(tuple(_size_at(size, sizes) for size in shape.dims), shape.leading) for shape in shapes)


@value
class Unbuilt:
    """A model that the configuration builds, by its name there, and why its arguments or its expression fail."""

    name: str
    why: Occurrence


@dataclass(frozen=True, slots=True)
class FileAnalysis:
    """All that was found out about one file, in source order; `unknown` is where a limit of the analysis itself was
    met, `malformed` which directives cannot be read."""

    path: str
    models: tuple[Model, ...] = ()
    occurrences: tuple[Occurrence, ...] = ()
    windows: tuple[WindowCall, ...] = ()
    unknown: tuple[UnknownPart, ...] = ()
    malformed: tuple[Note, ...] = ()
    unbuilt: tuple[Unbuilt, ...] = ()
