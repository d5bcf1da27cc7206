"""Recurrent layers and their cells.

Sources: https://docs.pytorch.org/docs/stable/generated/torch.nn.RNN.html, .../torch.nn.LSTM.html, .../torch.nn.GRU.html and the
pages of their cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cnnlint.formulas import linear_macs, recurrent_macs
from cnnlint.plugin import (
    DeadArgument,
    Dim,
    Door,
    DropoutProbability,
    FeatureMismatch,
    Instance,
    InvalidArgument,
    ListValue,
    OperationFails,
    Result,
    Shape,
    Tensor,
    Undetermined,
    Unknown,
    Value,
    WrongRank,
    at_least,
    current_work,
    equal,
    expect_equal,
    expect_rank,
    greater,
    per_example,
    remark,
    unknown_size,
)
from cnnlint_torch.dtypes import expect_like
from cnnlint_torch.framework import FACTORY, torch

GATES = {"RNN": 1, "GRU": 3, "LSTM": 4}


def weights(
    gates: int, input_size: Dim, hidden_size: Dim, num_layers: int, bias: bool, bidirectional: bool, proj_size: Dim
) -> dict[str, tuple[Dim, ...] | None]:
    """W_ih (G H, I), W_hh (G H, R) and two biases (G H,) for each layer and direction; R is H, or `proj_size` with W_hr (R, H)."""
    found: dict[str, tuple[Dim, ...] | None] = {}
    is_projected = has_projection(proj_size)
    R = proj_size if is_projected else hidden_size
    for layer in range(num_layers):
        for suffix in ("", "_reverse") if bidirectional else ("",):
            I = R * (2 if bidirectional else 1) if layer else input_size  # noqa: E741
            end = f"l{layer}{suffix}"
            found[f"weight_ih_{end}"] = (gates * hidden_size, I)
            found[f"weight_hh_{end}"] = (gates * hidden_size, R)
            if bias:
                found[f"bias_ih_{end}"] = (gates * hidden_size,)
                found[f"bias_hh_{end}"] = (gates * hidden_size,)
            if is_projected:
                found[f"weight_hr_{end}"] = (R, hidden_size)
    return found


def has_projection(proj_size: Dim) -> bool:
    """Raises Undetermined where it is not known whether the state is projected."""
    if equal(proj_size, 0):
        return False
    if greater(proj_size, 0):
        return True
    raise Undetermined(Unknown("whether `proj_size` is 0"))


def expect_arguments(input_size: Dim, hidden_size: Dim, num_layers: int, dropout: object, proj_size: Dim = 0) -> None:
    """What every recurrent layer checks when it is constructed.

    Raises InvalidArgument with the framework's ValueError.
    """
    if isinstance(dropout, float) and dropout and isinstance(num_layers, int) and num_layers == 1:
        reason = "it stands between the layers of a stack, and there is one layer"
        remark(DeadArgument(reason, argument="dropout", literal=("dropout", "num_layers")))
    is_number = isinstance(dropout, (int, float)) and not isinstance(dropout, bool)
    if isinstance(dropout, (bool, str, tuple, type(None))) or (is_number and not 0 <= dropout <= 1):  # type: ignore[operator]
        raise DropoutProbability(dropout, argument="dropout", exception="ValueError")
    for name, size in (("hidden_size", hidden_size), ("input_size", input_size), ("num_layers", num_layers)):
        if greater(1, size):
            raise InvalidArgument(f"must be positive, but is {size}", argument=name, exception="ValueError")
    if greater(0, proj_size):
        raise InvalidArgument(f"must not be negative, but is {proj_size}", argument="proj_size", exception="ValueError")
    if at_least(proj_size, hidden_size):
        reason = f"must be smaller than hidden_size, {hidden_size}, but is {proj_size}"
        raise InvalidArgument(reason, argument="proj_size", exception="ValueError")


@torch.layer("nn.RNNBase", hides=FACTORY)
class RnnBase:
    """What the three kinds have in common; `mode` is one of RNN_TANH, RNN_RELU, LSTM and GRU."""

    def parameters(
        mode: str,
        input_size: Dim,
        hidden_size: Dim,
        num_layers: int = 1,
        bias: bool = True,
        batch_first: object = False,
        dropout: object = 0.0,
        bidirectional: bool = False,
        proj_size: Dim = 0,
    ) -> dict[str, tuple[Dim, ...] | None]:
        expect_arguments(input_size, hidden_size, num_layers, dropout, proj_size)
        gates = GATES.get(mode.partition("_")[0])
        if gates is None:
            raise InvalidArgument(f"is no kind of recurrent layer: {mode!r}", argument="mode", exception="ValueError")
        return weights(gates, input_size, hidden_size, num_layers, bias, bidirectional, proj_size)


@torch.layer("nn.RNN", bases=("nn.RNNBase",), hides=FACTORY)
class Rnn:
    """h' = tanh(W_ih x + b_ih + W_hh h + b_hh)."""

    def parameters(
        input_size: Dim,
        hidden_size: Dim,
        num_layers: int = 1,
        nonlinearity: str = "tanh",
        bias: bool = True,
        batch_first: object = False,
        dropout: object = 0.0,
        bidirectional: bool = False,
        *,
        proj_size: object = None,
    ) -> dict[str, tuple[Dim, ...] | None]:
        refuse_projection(proj_size)
        if nonlinearity not in ("tanh", "relu"):
            reason = f"must be 'tanh' or 'relu', but is {nonlinearity!r}"
            raise InvalidArgument(reason, argument="nonlinearity", exception="ValueError")
        expect_arguments(input_size, hidden_size, num_layers, dropout)
        return weights(1, input_size, hidden_size, num_layers, bias, bidirectional, 0)

    def attributes(nonlinearity: str, **given: object) -> dict[str, object]:
        return {"mode": f"RNN_{nonlinearity.upper()}", "proj_size": 0}

    def forward(self, input: object, hx: object = None) -> object:
        return sequence("RNN", self, input, hx)


@torch.layer("nn.GRU", bases=("nn.RNNBase",), hides=FACTORY)
class Gru:
    """Three gates: reset, update, new."""

    def parameters(
        input_size: Dim,
        hidden_size: Dim,
        num_layers: int = 1,
        bias: bool = True,
        batch_first: object = False,
        dropout: object = 0.0,
        bidirectional: bool = False,
        *,
        proj_size: object = None,
    ) -> dict[str, tuple[Dim, ...] | None]:
        refuse_projection(proj_size)
        expect_arguments(input_size, hidden_size, num_layers, dropout)
        return weights(3, input_size, hidden_size, num_layers, bias, bidirectional, 0)

    def attributes(**given: object) -> dict[str, object]:
        return {"mode": "GRU", "proj_size": 0}

    def forward(self, input: object, hx: object = None) -> object:
        return sequence("GRU", self, input, hx)


def refuse_projection(proj_size: object) -> None:
    if proj_size is not None:
        raise InvalidArgument("is for LSTM only", argument="proj_size", exception="ValueError")


@torch.layer("nn.LSTM", bases=("nn.RNNBase",), hides=FACTORY)
class Lstm:
    """Four gates: input, forget, cell, output; with `proj_size` the hidden state, and not the cell, is projected."""

    def parameters(
        input_size: Dim,
        hidden_size: Dim,
        num_layers: int = 1,
        bias: bool = True,
        batch_first: object = False,
        dropout: object = 0.0,
        bidirectional: bool = False,
        proj_size: Dim = 0,
    ) -> dict[str, tuple[Dim, ...] | None]:
        expect_arguments(input_size, hidden_size, num_layers, dropout, proj_size)
        return weights(4, input_size, hidden_size, num_layers, bias, bidirectional, proj_size)

    def attributes(**given: object) -> dict[str, object]:
        return {"mode": "LSTM"}

    def forward(self, input: object, hx: object = None) -> object:
        return sequence("LSTM", self, input, hx)


@dataclass(frozen=True)
class Sizes:
    """The numbers of a recurrent layer as its attributes are now."""

    input: Dim
    hidden: Dim
    output: Dim
    layers: Dim
    directions: int


def sizes_of(layer: object) -> Sizes:
    hidden, projected = layer.hidden_size, layer.proj_size  # type: ignore[attr-defined]
    output = projected if has_projection(projected) else hidden
    directions = 2 if is_set(layer.bidirectional, "bidirectional") else 1  # type: ignore[attr-defined]
    return Sizes(layer.input_size, hidden, output, layer.num_layers, directions)  # type: ignore[attr-defined]


def sequence(kind: str, layer: object, input: object, hx: object) -> object:
    """(L, batch, input_size) becomes (L, batch, D H) and the last states (D * num_layers, batch, H); the batch may be missing.

    Raises FeatureMismatch, WrongRank and OperationFails as the framework.
    """
    sizes = sizes_of(layer)
    if isinstance(input, Instance):
        return packed_sequence(kind, sizes, input, hx)
    tensor, states = as_tensor(kind, input), states_given(kind, hx)
    x = expect_rank(tensor, *ranks_of(tensor.shape, states), exception="ValueError")
    is_batched = len(x) == 3
    first = is_batched and is_set(layer.batch_first, "batch_first")  # type: ignore[attr-defined]
    steps, batch = (x[1], x[0]) if first else (x[0], x[1] if is_batched else 1)
    for state in states:
        if state.rank is not None and len(state) != len(x):
            raise WrongRank(f"{len(x)}, as the input has", state)
    expect_equal(x[-1], sizes.input, FeatureMismatch(sizes.input, x[-1], argument="input_size"))
    expect_states(sizes, states, (batch,) if is_batched else ())
    if greater(1, steps):
        raise OperationFails(f"`{kind}` needs a sequence of at least one step, but gets {x}")
    expect_like(tensor, getattr(layer, "weight_ih_l0", None), exception="ValueError")
    output = Shape((*x.dims[:-1], sizes.directions * sizes.output))
    return result(kind, sizes, output, (batch,) if is_batched else (), steps)


def ranks_of(x: Shape, states: Sequence[Shape]) -> tuple[int, int]:
    """The numbers of axes that an input may have; the likelier first: that of the states, else with a batch."""
    is_unbatched = x.leading and len(x.dims) < 3 and any(state.rank == 2 for state in states)
    return (2, 3) if is_unbatched else (3, 2)


def is_set(flag: object, name: str) -> bool:
    """A flag that only a call needs. Raises Undetermined where it is not known."""
    if isinstance(flag, (bool, int, type(None))):
        return bool(flag)
    raise Undetermined(flag if isinstance(flag, Unknown) else Unknown(f"`{name}` of a layer"))


def result(kind: str, sizes: Sizes, output: Shape, batch: tuple[Dim, ...], steps: Dim) -> tuple[Result, object]:
    """The output and the last states; the costs of all steps are the output's. A symbolic batch counts 1."""
    positions = steps * per_example(batch)
    last = Shape((sizes.layers * sizes.directions, *batch, sizes.output))
    made = Result(output, macs=macs(GATES[kind], sizes, positions), dtype=None)
    if kind == "LSTM":
        return made, (last, Shape((sizes.layers * sizes.directions, *batch, sizes.hidden)))
    return made, last


def macs(gates: int, sizes: Sizes, positions: Dim) -> Dim:
    """Every step of every layer and direction, the projections included."""
    first = recurrent_macs(gates, sizes.input, sizes.hidden, sizes.output, positions)
    other = recurrent_macs(gates, sizes.output * sizes.directions, sizes.hidden, sizes.output, positions)
    total = sizes.directions * (first + (sizes.layers - 1) * other)
    if sizes.output is not sizes.hidden:
        total = total + sizes.layers * sizes.directions * linear_macs(sizes.hidden, sizes.output, positions)
    return total


def as_tensor(kind: str, value: object) -> Tensor:
    if isinstance(value, Unknown):
        return Tensor(Shape((), leading=True))
    if not isinstance(value, Tensor):
        raise OperationFails(f"`{kind}` takes a tensor, but gets {value!r}", exception="TypeError")
    return value


def states_given(kind: str, hx: object) -> list[Shape]:
    """The shapes of the initial states: none, h, or h and c.

    Raises Undetermined where they are not known.
    """
    if hx is None:
        return []
    if kind != "LSTM":
        return [as_tensor(kind, hx).shape]
    parts = hx.contents if isinstance(hx, ListValue) else hx
    if isinstance(parts, Unknown):
        return []
    if isinstance(parts, Instance) and isinstance(parts.payload, tuple):
        parts = parts.payload
    if isinstance(parts, Tensor) and parts.shape.rank and isinstance(parts.shape.dims[0], int):
        parts = [Tensor(Shape(parts.shape.dims[1:]))] * parts.shape.dims[0]
    if not isinstance(parts, (list, tuple)):
        raise Undetermined(Unknown("the initial states of an LSTM"))
    if len(parts) != 2:
        raise OperationFails(
            f"`{kind}` takes the states (h, c), but gets {len(parts)}", exception="IndexError" if len(parts) < 2 else "RuntimeError"
        )
    return [as_tensor(kind, part).shape for part in parts]


def expect_states(sizes: Sizes, states: Sequence[Shape], batch: tuple[Dim, ...]) -> None:
    """Each initial state is (D * num_layers, batch, H).

    Raises OperationFails with the framework's RuntimeError.
    """
    for state, width in zip(states, (sizes.output, sizes.hidden), strict=False):
        if state.leading:
            continue
        wanted = Shape((sizes.layers * sizes.directions, *batch, width))
        for got, expected in zip(state, wanted, strict=True):
            expect_equal(got, expected, OperationFails(f"the initial state must have shape {wanted}, but has {state}"))


# Cells


def cell_weights(gates: int, input_size: Dim, hidden_size: Dim, bias: bool) -> dict[str, tuple[Dim, ...] | None]:
    for name, size in (("input_size", input_size), ("hidden_size", hidden_size)):
        if greater(0, size):
            raise InvalidArgument(f"must not be negative, but is {size}", argument=name)
    return {
        "weight_ih": (gates * hidden_size, input_size),
        "weight_hh": (gates * hidden_size, hidden_size),
        "bias_ih": (gates * hidden_size,) if bias else None,
        "bias_hh": (gates * hidden_size,) if bias else None,
    }


@torch.layer("nn.RNNCellBase", hides=FACTORY)
class RnnCellBase:
    def parameters(input_size: Dim, hidden_size: Dim, bias: bool, num_chunks: int) -> object:
        return cell_weights(num_chunks, input_size, hidden_size, bias)


@torch.layer("nn.RNNCell", bases=("nn.RNNCellBase",), hides=FACTORY)
class RnnCell:
    def parameters(input_size: Dim, hidden_size: Dim, bias: bool = True, nonlinearity: str = "tanh") -> object:
        return cell_weights(1, input_size, hidden_size, bias)

    def forward(self, input: object, hx: object = None) -> object:
        if self.nonlinearity not in ("tanh", "relu"):  # type: ignore[attr-defined]
            reason = f"must be 'tanh' or 'relu', but is {self.nonlinearity!r}"  # type: ignore[attr-defined]
            raise InvalidArgument(reason, argument="nonlinearity")
        return step("RNN", self, input, hx)


@torch.layer("nn.GRUCell", bases=("nn.RNNCellBase",), hides=FACTORY)
class GruCell:
    def parameters(input_size: Dim, hidden_size: Dim, bias: bool = True) -> object:
        return cell_weights(3, input_size, hidden_size, bias)

    def forward(self, input: object, hx: object = None) -> object:
        return step("GRU", self, input, hx)


@torch.layer("nn.LSTMCell", bases=("nn.RNNCellBase",), hides=FACTORY)
class LstmCell:
    def parameters(input_size: Dim, hidden_size: Dim, bias: bool = True) -> object:
        return cell_weights(4, input_size, hidden_size, bias)

    def forward(self, input: object, hx: object = None) -> object:
        return step("LSTM", self, input, hx)


def step(kind: str, cell: object, input: object, hx: object) -> object:
    """One step: (batch, input_size), the batch may be missing, becomes (batch, hidden_size), for an LSTM both its states."""
    x = expect_rank(as_tensor(f"{kind}Cell", input), 2, 1, exception="ValueError")
    I, H = cell.input_size, cell.hidden_size  # type: ignore[attr-defined]  # noqa: E741
    states = states_given(kind, hx)
    for state in states:
        if state.rank not in (None, 1, 2):
            raise WrongRank("1 or 2", state, exception="ValueError")
        if state.rank is not None and len(state) != len(x):
            raise WrongRank(f"{len(x)}, as the input has", state)
    expect_equal(x[-1], I, FeatureMismatch(I, x[-1], argument="input_size"))
    expect_like(input, getattr(cell, "weight_ih", None))
    output = Shape((*x.dims[:-1], H))
    for state in states:
        for got, expected in zip(state if not state.leading else (), output, strict=False):
            expect_equal(got, expected, OperationFails(f"the state must have shape {output}, but has {state}"))
    positions = per_example(x.dims[:-1])
    made = Result(output, macs=recurrent_macs(GATES[kind], I, H, H, positions))
    return (made, output) if kind == "LSTM" else made


# What all have besides


@torch.native("nn.RNNBase.flatten_parameters", takes_unknown=True)
def flatten_parameters(door: Door, layer: Instance, /) -> None:
    """Moves the weights in memory."""


@torch.attribute("nn.RNNBase.all_weights")
def all_weights(door: Door, layer: Instance, /) -> Value:
    """The parameters of each layer and direction, in order."""
    numbers = layer.contents
    directions = ("", "_reverse") if numbers.get("bidirectional") else ("",)
    rows = []
    for number in range(numbers["num_layers"]):
        for suffix in directions:
            names = [f"weight_ih_l{number}{suffix}", f"weight_hh_l{number}{suffix}"]
            names += [f"bias_ih_l{number}{suffix}", f"bias_hh_l{number}{suffix}"] if numbers.get("bias") else []
            names += [f"weight_hr_l{number}{suffix}"] if numbers.get("proj_size") else []
            rows.append(ListValue([door.attribute(layer, name) for name in names]))
    return ListValue(rows)


def packed_sequence(kind: str, sizes: Sizes, packed: Instance, hx: object) -> object:
    """A packed sequence of width I becomes one of width D H, and the last states; see `packing`."""
    data = packed.contents.get("data")
    batch = packed.contents.get("_batch", unknown_size("the batch of a packed sequence"))
    if not isinstance(data, Tensor):
        raise Undetermined(Unknown(f"what `{kind}` is given"))
    x = expect_rank(data, 2)
    expect_equal(x[-1], sizes.input, FeatureMismatch(sizes.input, x[-1], argument="input_size"))
    expect_states(sizes, states_given(kind, hx), (batch,))
    output = Shape((x[0], sizes.directions * sizes.output))
    _, last = result(kind, sizes, output, (batch,), 1)
    work = current_work()
    work.macs = work.macs + macs(GATES[kind], sizes, x[0])
    after = Instance(packed.cls, packed.site)
    after.contents.update(packed.contents)
    after.contents["data"] = Tensor(output, torch, dtype=data.dtype)
    return after, last
