"""Operations: functions with the framework's call signature that compute on shapes, and how their arguments are read.

The annotation of a parameter says what the function wants to see: `Tensor`, `Shape` (a tensor's), `Dim` (an int or a symbolic
size), `Dims` (one size per spatial axis; a lone one stands for all), `int`, `bool`, `str`, `float`, combined with `| None`; a
parameter without annotation, or of type `object`, is passed as it is.
"""

from __future__ import annotations

import inspect
import types
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, get_args

from cnnlint.dims import Condition, Dim, Dims, Expression, Shape, is_float, symbols, unknown_size
from cnnlint.failures import FloatSize, InvalidArgument, LayerFailure, MissingArgument, OperationFails, UnknownArgument
from cnnlint.flows import Flow
from cnnlint.oddities import Oddity
from cnnlint.plugin.window import Window
from cnnlint.record import value
from cnnlint.values import ELSEWHERE, Choice, DictValue, FrameworkTuple, Instance, ListValue, SetValue, Tensor, Unknown, Value


class Undetermined(Exception):
    """An operation cannot say what it gives, because `cause` is not known."""

    def __init__(self, cause: Unknown) -> None:
        super().__init__(cause.reason)
        self.cause = cause


@dataclass(slots=True)
class Requirement:
    """What must hold of sizes for an operation to work, where it is not proven whether it does; else `failure` comes of it."""

    condition: Condition
    failure: LayerFailure


@dataclass(slots=True)
class Rank:
    """A tensor whose number of axes is not known must have `rank` axes; `channels` is demanded of axis 1 where known."""

    tensor: Tensor
    rank: int


@dataclass(slots=True)
class Work:
    """What operations did besides their result: costs, windows, and what they require of the sizes that are open."""

    macs: Dim = 0
    is_exact: bool = True
    windows: list[Window] = field(default_factory=list)
    requirements: list[Requirement] = field(default_factory=list)
    ranks: list[Rank] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)


def remark(oddity: Oddity) -> None:
    """Say that what is being computed can hardly be meant."""
    current_work().oddities.append(oddity)


def count_of_remarks() -> int:
    """How many remarks the current work holds so far."""
    listener = listening.get()
    return 0 if listener is None or listener.work is None else len(listener.work.oddities)


@dataclass(slots=True)
class Applied:
    """An operation that was applied: the tensors that it read, those that it gave (maybe some of the former), and those it overwrote."""

    read: list[Tensor]
    gave: list[Tensor]
    wrote: list[Tensor]


class Listener:
    """Collects what operations do while it is the one in `listening`: `work` is None until one of them has something to tell.

    `applied` are those that gave or overwrote tensors, the inner ones of one that is made of others before it; `wrote` is what the one
    that is being applied has overwritten.
    """

    __slots__ = ("applied", "work", "wrote")

    def __init__(self) -> None:
        self.work: Work | None = None
        self.applied: list[Applied] = []
        self.wrote: list[Tensor] = []


listening: ContextVar[Listener | None] = ContextVar("listening", default=None)


def current_work() -> Work:
    """What is being collected; a throw-away collection where nobody listens."""
    listener = listening.get()
    if listener is None:
        return Work()
    if listener.work is None:
        listener.work = Work()
    return listener.work


def overwrite(tensor: Tensor) -> None:
    """Say that the operation that is being applied writes into a tensor that it was given."""
    listener = listening.get()
    if listener is not None:
        listener.wrote.append(tensor)


@value
class Result:
    """What an operation gives: a tensor of this shape, and what else is to be said of it.

    `dtype` None means the one that all tensor arguments have. `macs` are those of the operation alone, and a lower bound unless
    `is_exact`; `data` is what the plugin attaches to the tensor. `base` is the tensor in whose memory the result lies, where the
    operation allocates none; `flow` says how its elements come from those that the operation reads.
    """

    shape: Shape
    macs: Dim = 0
    window: Window | None = None
    dtype: str | None = None
    values: tuple[Value, ...] | None = None
    padded: Dims | None = None
    is_contiguous: bool | None = None
    data: Mapping[str, Value] | None = None
    base: Tensor | None = None
    flow: Flow | None = None
    is_exact: bool = True


@value
class Parameter:
    """A parameter of a framework's function: `wants` are the words of its annotation."""

    name: str
    kind: inspect._ParameterKind
    wants: tuple[str, ...]
    default: Any


MISSING_DEFAULT = inspect.Parameter.empty
VAR_POSITIONAL, VAR_KEYWORD, KEYWORD_ONLY = inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD, inspect.Parameter.KEYWORD_ONLY


def parameters_of(function: Callable[..., Any], fixed: Mapping[str, Any]) -> tuple[Parameter, ...]:
    """The signature of a function as the framework's users see it: without what the plugin fixed.

    Raises ValueError for an annotation that says nothing of how an argument is read.
    """
    parameters = []
    for parameter in inspect.signature(function).parameters.values():
        if parameter.name in fixed or parameter.name == "spatial":
            continue
        wants = () if parameter.annotation is MISSING_DEFAULT else words_of(parameter.annotation)
        for want in wants:
            if want not in ANNOTATIONS:
                known = ", ".join(f"`{word}`" for word in sorted(ANNOTATIONS))
                raise ValueError(f"`{parameter.name}` of `{function.__qualname__}` is annotated `{want}`, which is none of {known}")
        parameters.append(Parameter(parameter.name, parameter.kind, wants, parameter.default))
    return tuple(parameters)


def words_of(annotation: object) -> tuple[str, ...]:
    """The alternatives that an annotation names, whether it is text or, in a module that evaluates its annotations, a type."""
    if isinstance(annotation, str):
        return tuple(word.strip() for word in annotation.split("|"))
    kinds = get_args(annotation) if isinstance(annotation, types.UnionType) else (annotation,)
    names = {None: "None", type(None): "None", Any: "object"}
    words = [names.get(kind) or getattr(kind, "__name__", str(kind)) for kind in kinds]
    if {"int", "Expression"} <= set(words):  # what a `Dim` is
        words = ["Dim" if word == "int" else word for word in words if word != "Expression"]
    return tuple(words)


@dataclass(eq=False)
class Operation:
    """A declared operation. Calling it reads the arguments, computes, and returns a value (mostly a `Tensor`)."""

    name: str
    function: Callable[..., Any]
    framework: Any
    fixed: Mapping[str, Any] = field(default_factory=dict)
    _parameters: tuple[Parameter, ...] | None = None

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        if self._parameters is None:
            self._parameters = parameters_of(self.function, self.fixed)
        return self._parameters

    def __call__(self, *positional: Value, **keywords: Value) -> Value:
        """Apply the operation.

        Raises LayerFailure where the framework raises, Undetermined where an argument that decides is not known.
        """
        fixed = self.fixed
        if "spatial" in keywords:
            fixed = {**fixed, "spatial": keywords.pop("spatial")}
        parameters = self.parameters
        bound = bind(self.name, parameters, positional, self.renamed(keywords) if keywords else keywords)
        spatial = fixed.get("spatial")
        arguments: list[Value] = []
        named: dict[str, Value] = {}
        as_tensor = self.framework.as_tensor
        for parameter in parameters:
            value = bound[parameter.name]
            kind = parameter.kind
            if as_tensor is not None and "Tensor" in parameter.wants:
                value = tuple(map(as_tensor, value)) if kind is VAR_POSITIONAL else as_tensor(value)
            if kind is VAR_POSITIONAL:
                arguments.extend(read(self.name, parameter, item, spatial) for item in value)
            elif kind is VAR_KEYWORD:
                named.update(value)
            elif kind is KEYWORD_ONLY:
                named[parameter.name] = read(self.name, parameter, value, spatial)
            else:
                arguments.append(read(self.name, parameter, value, spatial) if parameter.wants else value)
        result = self.function(*arguments, **named, **fixed)
        operands = tensors_within(bound.values())
        common = operands[0].dtype if operands else None
        is_placed = False
        for operand in operands:
            if operand.dtype != common:
                common = None
            is_placed = is_placed or operand.device is not None
        finished = self.finished(result, common)
        if is_placed:
            lie_with(finished, operands)
        if self.framework.finish is not None:
            self.framework.finish(self, positional, keywords, finished)
        listener = listening.get()
        if listener is not None:
            gave = [finished] if isinstance(finished, Tensor) else tensors_within((finished,))
            if gave or listener.wrote:
                listener.applied.append(Applied(operands, gave, listener.wrote))
                listener.wrote = []
        return finished

    def renamed(self, keywords: dict[str, Value]) -> dict[str, Value]:
        """The keywords, each synonym by the name that the signature has for it."""
        synonyms = self.framework.synonyms
        if not any(name in synonyms for name in keywords):
            return keywords
        known = {parameter.name for parameter in self.parameters}
        return {synonyms[name] if name not in known and synonyms.get(name) in known else name: keywords[name] for name in keywords}

    def finished(self, result: Any, common: str | None) -> Value:
        """A result as values of the program, its costs added to the current work; `common` is the dtype of all operands, if it is one."""
        if isinstance(result, Shape):
            return Tensor(result, self.framework.arrays, dtype=common)
        if isinstance(result, Result):
            work = current_work()
            work.macs = work.macs + result.macs
            work.is_exact = work.is_exact and result.is_exact
            if result.window is not None:
                work.windows.append(result.window)
            made = Tensor(
                result.shape,
                self.framework.arrays,
                dtype=result.dtype or common,
                values=result.values,
                padded=result.padded,
                is_contiguous=result.is_contiguous,
                data=result.data,
            )
            made.base = result.base
            made.flow = result.flow
            return made
        if isinstance(result, Dims):
            return tuple(result)
        if isinstance(result, tuple):
            kind = type(result) if isinstance(result, FrameworkTuple) else tuple
            return kind(self.finished(part, common) for part in result)
        if isinstance(result, list):
            return ListValue([self.finished(part, common) for part in result])
        return result


def tensors_within(values: Iterable[Value]) -> list[Tensor]:
    """The tensors among values, and in the tuples and lists among them."""
    found: list[Tensor] = []
    for item in values:
        if isinstance(item, Tensor):
            found.append(item)
        elif isinstance(item, (tuple, list)):
            found += tensors_within(item)
        elif isinstance(item, ListValue) and isinstance(item.contents, list):
            found += tensors_within(item.contents)
    return found


def lie_with(result: Value, operands: list[Tensor]) -> None:
    """New tensors lie where the operands with axes do, unless the operation says where."""
    devices = {operand.device for operand in operands if operand.shape.rank and operand.device is not None}
    for made in tensors_within((result,)):
        if made.device is None and made not in operands:
            made.device = next(iter(devices)) if len(devices) == 1 else ELSEWHERE


def bind(name: str, parameters: tuple[Parameter, ...], positional: tuple[Value, ...], keywords: Mapping[str, Value]) -> dict[str, Value]:
    """Arguments by parameter name, defaults filled in.

    Raises UnknownArgument and MissingArgument with the framework's TypeError.
    """
    bound: dict[str, Value] = {}
    taken, given = 0, len(positional)
    named = dict(keywords)
    missing = ""
    for parameter in parameters:
        kind, own = parameter.kind, parameter.name
        if kind is VAR_POSITIONAL:
            bound[own], taken = positional[taken:], given
        elif kind is VAR_KEYWORD:
            bound[own], named = named, {}
        elif taken < given and kind is not KEYWORD_ONLY:
            bound[own] = positional[taken]
            taken += 1
            if own in named:
                raise UnknownArgument(name, (), is_repeated=True, argument=own, exception="TypeError")
        elif own in named:
            bound[own] = named.pop(own)
        elif parameter.default is MISSING_DEFAULT:
            missing = missing or own
        else:
            bound[own] = parameter.default
    if taken < given or named:
        known = tuple(parameter.name for parameter in parameters)
        raise UnknownArgument(name, known, argument=next(iter(named), None), exception="TypeError")
    if missing:  # said last, as Python does: a misspelt name is the likelier fault
        raise MissingArgument(name, argument=missing, exception="TypeError")
    return bound


def read(name: str, parameter: Parameter, value: Value, spatial: int | None = None) -> Value:
    """An argument as the parameter's annotation wants it.

    Raises FloatSize, InvalidArgument or OperationFails where the framework raises TypeError, Undetermined where the value is not known.
    """
    wants = parameter.wants
    if not wants or wants == ("object",) or value is parameter.default:
        return _default(wants, value, spatial)
    if value is None and "None" in wants:
        return None
    if isinstance(value, Choice) and "Dim" not in wants and ("Dims" not in wants or not spatial):
        raise Undetermined(Unknown(f"`{parameter.name}` of `{name}` is one of several values"))
    for want in wants:
        reader = _READERS.get(want)
        if reader is not None:
            found = reader(value, spatial)
            if found is not _UNFIT:
                return found
    if isinstance(value, Unknown):
        raise Undetermined(value)
    if isinstance(value, (ListValue, DictValue, SetValue)) and isinstance(value.contents, Unknown):
        raise Undetermined(value.contents)
    if isinstance(value, Instance) or (isinstance(value, Expression) and any(symbol.kind == "parameter" for symbol in symbols(value))):
        raise Undetermined(Unknown(f"`{parameter.name}` of `{name}`"))
    if {"Tensor", "Shape"} & set(wants):
        reason = f"`{parameter.name}` of `{name}` must be a tensor, but is {_shown(value)}"
        raise OperationFails(reason, is_language=value is None, exception="TypeError")
    if "Dim" in wants or "Dims" in wants:
        expect_no_float(parameter.name, value)
    reason = f"must be {_wanted(wants)}, but is {_shown(value)}"
    raise InvalidArgument(reason, value is None, argument=parameter.name, exception="TypeError")


def expect_no_float(argument: str, value: Value) -> None:
    """Raises FloatSize for a size that is a float, or sizes among which one is."""
    items = value.contents if isinstance(value, ListValue) else value
    for item in items if isinstance(items, (tuple, list)) else (items,):
        if isinstance(item, float) or (isinstance(item, Expression) and is_float(item)):
            raise FloatSize(item, argument=argument, exception="TypeError")


def _default(wants: tuple[str, ...], value: Value, spatial: int | None) -> Value:
    if "Dims" in wants and isinstance(value, (int, tuple)) and not isinstance(value, bool):
        return as_dims(value, spatial)
    return value


def _shown(value: Value) -> str:
    if isinstance(value, (int, float, str, type(None))):
        return repr(value)
    if isinstance(value, Tensor):
        return f"a tensor of shape {value.shape}"
    return f"a {type(value).__name__.removesuffix('Value').lower()}"


def _wanted(wants: tuple[str, ...]) -> str:
    words = {
        "Dim": "an int",
        "Dims": "an int or a tuple of ints",
        "int": "an int",
        "bool": "a bool",
        "str": "a string",
        "float": "a number",
    }
    return " or ".join(dict.fromkeys(words.get(want, want) for want in wants))


_UNFIT = object()


def _tensor(value: Value, spatial: int | None) -> Value:
    if isinstance(value, Tensor):
        return value
    return Tensor(Shape((), leading=True)) if isinstance(value, Unknown) else _UNFIT


def _shape(value: Value, spatial: int | None) -> Value:
    tensor = _tensor(value, spatial)
    return tensor.shape if isinstance(tensor, Tensor) else _UNFIT


def as_dim(value: Value) -> Value:
    """A value as one size; an unknown one becomes a fresh symbol. `_UNFIT` for what is proven to be no int."""
    if isinstance(value, int):
        return value if type(value) is int else int(value)
    if isinstance(value, Expression):
        if is_float(value):
            return _UNFIT
        return value if value.is_integer else unknown_size(f"whether `{value}` is an int")
    if isinstance(value, Unknown):
        return unknown_size(value.reason)
    if isinstance(value, Choice):
        return unknown_size("one of several values")
    if isinstance(value, Tensor):
        if value.values is not None and len(value.values) == 1 and isinstance(value.values[0], int):
            return value.values[0]
        return unknown_size("a number from a tensor")
    if isinstance(value, Instance) and isinstance(value.payload, int):
        return value.payload
    return _UNFIT


def as_dims(value: Value, spatial: int | None) -> Value:
    """A value as one size per spatial axis: a lone one, and a tuple of one, stand for all axes."""
    items = value.contents if isinstance(value, ListValue) else value
    if isinstance(items, Unknown):
        return Dims.of(unknown_size(items.reason), spatial) if spatial else _UNFIT
    if isinstance(items, (tuple, list)):
        dims = [as_dim(item) for item in items]
        if any(dim is _UNFIT for dim in dims) or any(isinstance(item, bool) for item in items[:1]):
            return _UNFIT
        if len(dims) == 1 and spatial:
            return Dims.of(dims[0], spatial)
        return Dims(dims)
    dim = as_dim(items)
    if dim is _UNFIT or isinstance(items, bool):
        return _UNFIT
    if not spatial:
        return dim
    return Dims.of(dim, spatial)


def _boolean(value: Value, spatial: int | None) -> Value:
    if isinstance(value, (bool, int, float, str, type(None), tuple)):
        return bool(value)
    return _UNFIT


def _integer(value: Value, spatial: int | None) -> Value:
    dim = as_dim(value)
    if isinstance(value, Unknown):
        raise Undetermined(value)
    if isinstance(dim, Expression):
        raise Undetermined(Unknown(f"an index `{dim}`"))
    return dim


def _text(value: Value, spatial: int | None) -> Value:
    return value if isinstance(value, str) else _UNFIT


def _number(value: Value, spatial: int | None) -> Value:
    return value if isinstance(value, (int, float, Expression)) else _UNFIT


_READERS: dict[str, Callable[[Value, int | None], Value]] = {
    "Tensor": _tensor,
    "Shape": _shape,
    "Dim": lambda value, spatial: as_dim(value),
    "Dims": as_dims,
    "bool": _boolean,
    "int": _integer,
    "str": _text,
    "float": _number,
}
ANNOTATIONS = frozenset({*_READERS, "None", "object"})
"""What an annotation of an operation's or a layer's parameter may say."""
