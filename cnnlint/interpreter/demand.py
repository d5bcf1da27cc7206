"""Running a model that nobody calls: inputs that are not stated are shaped by what the model demands of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import nullcontext
from dataclasses import dataclass

from cnnlint.dims import Comparison, Dim, Expression, Shape, substitute, symbol, symbols
from cnnlint.interpreter import calls
from cnnlint.interpreter.counts import is_spatial
from cnnlint.interpreter.known import InputDefaults
from cnnlint.interpreter.machine import Machine, Raised
from cnnlint.interpreter.models import framework_of
from cnnlint.interpreter.runs import Run
from cnnlint.plugin.framework import Framework
from cnnlint.plugin.operation import MISSING_DEFAULT, Operation
from cnnlint.source import StatedInput, ir
from cnnlint.values import MISSING, FunctionValue, Instance, NativeFunction, Tensor, Value

MOST_RUNS = 4
AXES = {
    1: ("n",),
    2: ("batch", "features"),
    3: ("batch", "channels", "L"),
    4: ("batch", "channels", "H", "W"),
    5: ("batch", "channels", "D", "H", "W"),
}


@dataclass(slots=True)
class Input:
    """A parameter of `forward` and the shape that is known of it; `is_stated` when somebody gave it, or only the `size` of its axes."""

    name: str
    shape: Shape
    dtype: str | None = None
    is_stated: bool = False
    size: int | None = None


def parameters_of(machine: Machine, instance: Instance, framework: Framework) -> list[str] | None:
    """The names of the inputs that `forward` requires; None where its signature is not known, or takes any number of them."""
    convention = framework.convention
    forward = instance.cls.find(convention.forward if convention is not None else "forward")
    if isinstance(forward, FunctionValue) and isinstance(forward.definition, ir.FunctionDefinition):
        parameters = forward.definition.parameters[1:]
        names = [p.name for p in parameters if p.kind in ("positional-only", "ordinary") and p.default is None]
        children = convention.children(instance) if convention is not None else []
        if not names and any(p.kind == "*" for p in parameters):
            return parameters_of(machine, children[0][1], framework) if len(children) == 1 else None  # a wrapper takes what it wraps takes
        return names
    if isinstance(forward, NativeFunction):
        declared = next((cls.declared for cls in instance.cls.mro if hasattr(cls.declared, "declared")), None)
        if declared is None:
            return ["input"]
        operation = Operation("", declared.declared.forward, framework)
        return [p.name for p in operation.parameters[1:] if p.default is MISSING_DEFAULT]
    return None


def given_arguments(machine: Machine, instance: Instance, framework: Framework, *, train: bool) -> dict[str, Value]:
    """What a call gets besides its inputs: what the framework says of a parameter's name, something unknown for flags nobody knows."""
    convention = framework.convention
    forward = instance.cls.find(convention.forward) if convention is not None else None
    if convention is None or not isinstance(forward, FunctionValue):
        return {}
    found: dict[str, Value] = {}
    for parameter in forward.definition.parameters[1:]:
        if parameter.kind not in ("ordinary", "keyword-only"):
            continue
        value = convention.given(machine.door, parameter.name, train)
        is_open = parameter.default is None and (parameter.kind == "keyword-only" or is_flag(parameter))
        if value is not MISSING:
            found[parameter.name] = value
        elif is_open:
            found[parameter.name] = machine.unknown(f"`{parameter.name}`, which nobody gives")
    return found


def is_flag(parameter: ir.Parameter) -> bool:
    return isinstance(parameter.annotation, ir.Name) and parameter.annotation.id in ("bool", "str")


def stated_shape(stated: StatedInput, defaults: InputDefaults) -> tuple[Shape, str | None]:
    """A stated shape and its dtype: names become symbols, `batch` what it stands for by default."""
    known = {"batch": defaults.batch} if defaults.batch is not None else {}
    dims: list[Dim] = [known.get(dim) or symbol(dim) if isinstance(dim, str) else dim for dim in stated.shape.dims]
    return Shape(tuple(dims)), stated.shape.dtype or defaults.dtype


def inputs_for(
    machine: Machine, instance: Instance, framework: Framework, stated: Sequence[StatedInput], given: Collection[str] = ()
) -> list[Input]:
    """One input per required parameter that is not `given` otherwise, stated ones by name or position, the rest open."""
    names = parameters_of(machine, instance, framework)
    if names is not None:
        names = [name for name in names if name not in given]
    positional = [item for item in stated if item.name is None]
    named = {item.name: item for item in stated if item.name is not None}
    if names is None:
        names = [f"input{i}" for i in range(max(1, len(positional)))]
    names = [*names, *(name for name in named if name not in names)]
    inputs = []
    defaults = machine.input_defaults
    for name in names:
        item = named.get(name) or (positional.pop(0) if positional else None)
        if item is None:
            inputs.append(Input(name, Shape((), leading=True)))
        elif item.size is not None:
            inputs.append(Input(name, Shape((), leading=True), item.shape.dtype or defaults.dtype, size=item.size))
        else:
            inputs.append(Input(name, *stated_shape(item, defaults), is_stated=True))
    for extra in positional:
        inputs.append(Input("", *stated_shape(extra, defaults), is_stated=True))
    return inputs


def run_model(
    machine: Machine, instance: Instance, stated: Sequence[StatedInput], *, train: bool, leave_open: Sequence[str] = ()
) -> Run | None:
    """Call a model as cnnlint itself does: in eval mode unless `train`, with inputs stated or shaped by demand.

    The parameters that are to be left open get an unknown value instead of their default.
    """
    framework = framework_of(machine, instance)
    if framework is None or framework.convention is None:
        return None
    framework.convention.set_training(machine.door, instance, train)
    own = framework.convention.inputs(machine.door, instance)
    if own is not None:
        return call_with_own(machine, instance, framework, own, stated)
    given = given_arguments(machine, instance, framework, train=train)
    inputs = inputs_for(machine, instance, framework, stated, given)
    given |= {name: machine.unknown(f"input `{name}`") for name in leave_open if name not in {item.name for item in inputs}}
    with nullcontext() if stated else framework.convention.opened(machine.door, instance):
        for _ in range(MOST_RUNS - 1):
            if all(item.is_stated for item in inputs) or not probe(machine, instance, framework, inputs, given):
                break
        for item in inputs:
            if item.size is not None:
                item.shape = of_size(item.shape, item.size, machine.input_defaults.batch)
        tensors = tensors_for(framework, inputs)
        run = call_once(machine, instance, inputs, tensors, given)
        for item in inputs:
            if run is not None and item.size is not None and item.size not in item.shape.dims:
                run.unknown.append(machine.unknown(f"which axis of the input has the size {item.size}; state its shape"))
        return run


def call_with_own(
    machine: Machine, instance: Instance, framework: Framework, own: list[tuple[str, Tensor]], stated: Sequence[StatedInput]
) -> Run | None:
    """Call a model that says itself which inputs it takes; what is stated goes in the place of its own, by name or position."""
    positional = [item for item in stated if item.name is None]
    named = {item.name: item for item in stated if item.name is not None}
    tensors = []
    for name, tensor in own:
        item = named.get(name) or (positional.pop(0) if positional else None)
        if item is None:
            tensors.append(tensor)
        else:
            shape, dtype = stated_shape(item, machine.input_defaults)
            if item.size is not None:
                shape = of_own_size(framework, tensor.shape, item.size, machine.input_defaults.batch)
            tensors.append(Tensor(shape, framework.arrays, dtype=dtype or tensor.dtype, is_contiguous=True))
    assert framework.convention is not None
    return called_once(machine, instance, [framework.convention.packed(machine.door, instance, tensors)], {})


def tensors_for(framework: Framework, inputs: list[Input]) -> list[Tensor]:
    return [Tensor(item.shape, framework.arrays, dtype=item.dtype, is_contiguous=True) for item in inputs]


def optional_inputs(instance: Instance, framework: Framework) -> list[str]:
    """The parameters of `forward` that are None where nobody gives them."""
    forward = instance.cls.find(framework.convention.forward if framework.convention is not None else "forward")
    if not isinstance(forward, FunctionValue):
        return []
    return [name for name, value in forward.defaults.items() if value is None]


def call_once(machine: Machine, instance: Instance, inputs: list[Input], tensors: list[Tensor], given: dict[str, Value]) -> Run | None:
    names = parameters_of(machine, instance, framework_of(machine, instance)) or []  # type: ignore[arg-type]
    return called_once(machine, instance, *placed(names, inputs, tensors, given))


def placed(names: list[str], inputs: list[Input], tensors: list[Tensor], given: dict[str, Value]) -> tuple[list[Value], dict[str, Value]]:
    """The positional and the keyword arguments of a call: by name from the first input on that is not a parameter in its order."""
    positional: list[Value] = []
    keywords = dict(given)
    for item, tensor in zip(inputs, tensors, strict=True):
        is_behind = item.name in names and any(name in given for name in names[: names.index(item.name)])
        if item.name and names and (is_behind or (item.name not in names and item.is_stated)):
            keywords[item.name] = tensor
        else:
            positional.append(tensor)
    return positional, keywords


def called_once(machine: Machine, instance: Instance, positional: list[Value], keywords: dict[str, Value]) -> Run | None:
    recorder = machine.recorder
    before = len(recorder.runs)
    try:
        calls.call(machine, applied(machine, instance), positional, keywords)
    except Raised as raised:
        recorder.report_uncaught(raised)
    return recorder.runs[before] if len(recorder.runs) > before else None


def applied(machine: Machine, instance: Instance) -> Value:
    """What to call in order to apply a model."""
    framework = framework_of(machine, instance)
    convention = framework.convention if framework is not None else None
    return instance if convention is None else convention.applied(machine.door, instance)


def probe(machine: Machine, instance: Instance, framework: Framework, inputs: list[Input], given: dict[str, Value]) -> bool:
    """Run once without findings and learn what the model demands of its open inputs; whether anything new was learned."""
    recorder = machine.recorder
    tensors = tensors_for(framework, inputs)
    machine.store.open()
    depth = len(machine.store.journals)
    ranks, requirements = len(recorder.ranks), len(recorder.requirements)
    with recorder.muted():
        try:
            names = parameters_of(machine, instance, framework) or []
            calls.call(machine, applied(machine, instance), *placed(names, inputs, tensors, given))
        except Raised:
            pass
        finally:
            machine.store.unwind(depth - 1)
    learned = False
    for rank in recorder.ranks[ranks:]:
        for item, tensor in zip(inputs, tensors, strict=True):
            if rank.tensor is tensor and item.shape.leading:
                layout = machine.input_defaults.layout if item.size is not None else None
                item.shape = named_shape(framework, item.name, rank.rank, len(inputs) == 1, layout)
                learned = True
    demands: dict[Value, Dim] = {}
    for requirement in recorder.requirements[requirements:]:
        condition = requirement.condition
        if not isinstance(condition, Comparison) or condition.op != "==":
            continue
        for left, right in ((condition.left, condition.right), (condition.right, condition.left)):
            if (
                isinstance(left, Expression)
                and left.symbol is not None
                and left.symbol.kind == "size"
                and left not in demands
                and isinstance(right, (int, Expression))
                and left.symbol not in symbols(right)
            ):
                demands[left] = right
                break
    for item in inputs:
        if not item.is_stated and not item.shape.leading:
            dims = tuple(substitute(dim, demands) if isinstance(dim, Expression) else dim for dim in item.shape)
            if dims != item.shape.dims:
                item.shape = Shape(dims)
                learned = True
    return learned


def of_size(shape: Shape, size: int, batch: int | None = None) -> Shape:
    """The shape with this size for each of its spatial axes that is open, and this batch if one is given."""
    names = [dim.symbol.name if isinstance(dim, Expression) and dim.symbol is not None else "" for dim in shape.dims]
    sizes = [size if is_spatial(name) else (batch or dim) if name == "batch" else dim for name, dim in zip(names, shape.dims, strict=True)]
    return Shape(tuple(sizes), shape.leading)


def of_own_size(framework: Framework, shape: Shape, size: int, batch: int | None) -> Shape:
    """As `of_size`, of a shape that a model states itself, whatever sizes it has there."""
    names = axes_of(framework, len(shape)) if not shape.leading else ()
    dims = [size if isinstance(name, str) and is_spatial(name) else dim for name, dim in zip(names, shape.dims, strict=bool(names))]
    return of_size(Shape(tuple(dims)), size, batch) if dims else of_size(shape, size, batch)


def named_shape(framework: Framework, name: str, rank: int, is_only: bool, layout: str | None = None) -> Shape:
    """A shape of symbols, named as the framework names its axes, else as the field does; those of several inputs by input."""
    axes = axes_of(framework, rank)
    spatial = [axis for axis in axes if isinstance(axis, str) and is_spatial(axis)]
    others = [axis for axis in axes if axis not in spatial]
    if layout is not None and spatial:
        axes = (*others, *spatial) if layout == "channels-first" else (*others[:1], *spatial, *others[1:])
    return Shape(tuple(named_axis(axis, "" if is_only else name) for axis in axes))


def axes_of(framework: Framework, rank: int) -> tuple[str | Dim, ...]:
    """The names, or sizes, of the axes of an input of so many."""
    names = framework.convention.axes if framework.convention is not None else None
    return AXES.get(rank, tuple(f"n{i}" for i in range(rank))) if names is None else names(rank)


def named_axis(axis: str | Dim, owner: str) -> Dim:
    """A symbol of this name, before it that of the input unless it is the only one; all inputs have the same batch."""
    if not isinstance(axis, str):
        return axis
    return symbol(axis if not owner or axis == "batch" else f"{owner}.{axis}")
