"""From a module instance and a run of it to the graph that rules and the summary see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate, compress

from cnnlint.dims import Dim, Expression, Shape, symbols
from cnnlint.graph import BlockCall, Layer, LayerCall, Model, Occurrence, Place, StateEntry, UnknownPart
from cnnlint.interpreter.machine import Machine, Site
from cnnlint.interpreter.runs import Run
from cnnlint.interpreter.tensors import tensors_in
from cnnlint.interpreter.tracing import trace_of
from cnnlint.plugin.framework import Framework
from cnnlint.values import Choice, DictValue, Instance, Tensor, Unknown, Value


def framework_of(machine: Machine, instance: Instance) -> Framework | None:
    """The framework whose module class an instance's class inherits from."""
    for framework in machine.registry.frameworks:
        if machine.door.is_instance(instance, framework, framework.module):
            return framework  # type: ignore[no-any-return]
    return None


def below(framework: Framework, instance: Instance) -> list[tuple[str, Instance]]:
    """The module and all below it by dotted name, parents first; a shared one under each of its names."""
    assert framework.convention is not None
    children, separator = framework.convention.children, framework.convention.separator
    found: list[tuple[str, Instance]] = []
    around: list[Instance] = []

    def visit(module: Instance, name: str) -> None:
        if module not in around:
            found.append((name, module))
            around.append(module)
            for inner, child in children(module):
                visit(child, f"{name}{separator}{inner}" if name else inner)
            around.pop()

    visit(instance, "")
    return found


def first_names(framework: Framework, instance: Instance) -> dict[Instance, str]:
    """Each module below an instance with the first of its names."""
    assert framework.convention is not None
    children, separator = framework.convention.children, framework.convention.separator
    names: dict[Instance, str] = {}

    def visit(module: Instance, name: str) -> None:
        if module not in names:
            names[module] = name
            for inner, child in children(module):
                visit(child, f"{name}{separator}{inner}" if name else inner)

    visit(instance, "")
    return names


def is_leaf(framework: Framework, instance: Instance) -> bool:
    convention = framework.convention
    assert convention is not None
    return not convention.children(instance) or convention.is_single_leaf(instance)


def is_row(framework: Framework, run: Run, number: int) -> bool:
    """Whether a summary has a line for a call: of a leaf, or of what the model itself calls where its framework shows only that."""
    convention = framework.convention
    assert convention is not None
    record = run.calls[number]
    if convention.row_depth is None:
        return is_leaf(framework, record.instance) and not only_calls(framework, run, number)
    return record.depth == convention.row_depth or (record is run.calls[0] and not convention.children(record.instance))


def only_calls(framework: Framework, run: Run, number: int) -> bool:
    """Whether a call is of a module that holds no others, but calls layers that another one holds."""
    convention = framework.convention
    assert convention is not None
    record = run.calls[number]
    return record.end > number + 1 and not convention.is_single_leaf(record.instance)


def is_block(framework: Framework, run: Run, number: int) -> bool:
    """Whether a call that has no line of its own is of a module that holds or calls others, and not inside of what has one."""
    convention = framework.convention
    assert convention is not None
    record = run.calls[number]
    is_inside = convention.row_depth is not None and record.depth >= convention.row_depth
    return not is_inside and (not is_leaf(framework, record.instance) or only_calls(framework, run, number))


@dataclass(slots=True)
class Totals:
    """Counts that are lower bounds once a part is not known; `lost` says why some of what modules hold was not counted."""

    params: Dim = 0
    trainable: Dim = 0
    buffers: Dim = 0
    is_exact: bool = True
    lost: list[Unknown] = field(default_factory=list)
    elements: dict[str | None, Dim] = field(default_factory=dict)
    tensors: set[Tensor] = field(default_factory=set)

    def add(self, tensor: Tensor, is_parameter: bool, is_trainable: bool) -> None:
        count = counted(tensor.shape)
        if count is None:
            self.is_exact = False
            return
        self.elements[tensor.dtype] = self.elements.get(tensor.dtype, 0) + count
        if not is_parameter:
            self.buffers = self.buffers + count
        else:
            self.params = self.params + count
            if is_trainable:
                self.trainable = self.trainable + count


def counted(shape: Shape) -> Dim | None:
    """The number of elements, if it is known or a formula of what the user gives."""
    if shape.leading:
        return None
    numel = shape.numel
    return None if not isinstance(numel, int) and any(symbol.kind == "unknown" for symbol in symbols(numel)) else numel


def totals_of(framework: Framework, modules: dict[Instance, str]) -> Totals:
    """Parameters and buffers of all modules, each tensor once."""
    totals = Totals()
    seen = totals.tensors
    convention = framework.convention
    assert convention is not None
    for module in modules:
        for tensors, is_parameter in ((convention.parameters(module), True), (convention.buffers(module), False)):
            for _, tensor in tensors:
                if tensor not in seen:
                    seen.add(tensor)
                    totals.add(tensor, is_parameter, is_parameter and convention.is_trainable(module, tensor))
        cause = hidden(module)
        if cause is not None:
            totals.lost.append(cause)
            totals.is_exact = False
    return totals


PLAIN = (bool, int, str, float, type(None))
FLAGS = (bool, str, type(None))


def hidden(module: Instance) -> Unknown | None:
    """Why some of what a module holds is not known: an attribute may be a layer that nobody counted."""
    for held in module.contents.values():
        if type(held) in PLAIN:
            continue
        values = held.contents if isinstance(held, DictValue) else held
        for value in values.values() if isinstance(values, dict) else (values,):
            if isinstance(value, Unknown) and not value.is_free:
                return value
            if isinstance(value, Choice) and any(isinstance(option.value, (Instance, Tensor)) for option in value.alternatives):
                return Unknown("a layer or parameter that depends on a condition that is not known", placed(module))
    return None


def placed(module: Instance) -> Place | None:
    return module.site.place if module.site is not None else None


def own_params(framework: Framework, module: Instance) -> Dim | None:
    """A layer's own parameters; with all below it, each once, where it stands for them in a summary."""
    convention = framework.convention
    assert convention is not None
    is_whole = convention.row_depth is not None or convention.is_single_leaf(module)
    modules = list(first_names(framework, module)) if is_whole else [module]
    tensors = dict.fromkeys(tensor for inner in modules for _, tensor in convention.parameters(inner))
    counts = [counted(tensor.shape) for tensor in tensors]
    total: Dim = 0
    for count in counts:
        if count is None:
            return None
        total = total + count
    return total


def build_model(
    machine: Machine, instance: Instance, run: Run | None, name: str, target: str, place: Place, unknown: tuple[Unknown, ...]
) -> Model:
    """The graph of one model: its layers in order of registration, the calls of its leaves in order of time, and the totals."""
    framework = framework_of(machine, instance)
    assert framework is not None
    names = first_names(framework, instance)
    called = {record.instance for record in run.calls} if run is not None else set()
    inside = insides(framework, instance, names)
    paths = Paths(machine)
    layers = {
        module: layer_of(paths, framework, module, dotted, module in called) for module, dotted in names.items() if module not in inside
    }
    rows = [record.has_ended and is_row(framework, run, number) for number, record in enumerate(run.calls)] if run is not None else []
    calls = tuple(call_rows(paths, framework, run, rows, layers)) if run is not None else ()
    blocks = tuple(block_rows(paths, framework, run, rows, layers)) if run is not None else ()
    totals = totals_of(framework, names)
    # A layer that is called on some ways only may not be held when the run is over.
    totals.is_exact = totals.is_exact and all(call.layer.params is not None for call in calls)
    causes = list(causes_of(machine, instance, run, (*unknown, *totals.lost), place))
    macs: Dim = 0
    for call in calls:
        if call.macs is not None:
            macs = macs + call.macs
    is_exact = totals.is_exact and not causes and (run is None or (run.is_exact and run.failure is None))
    return Model(
        name=name,
        target=target,
        place=place,
        framework=framework.name,
        inputs=shapes_given(run.inputs) if run is not None else (),
        outputs=tuple(shape_of(tensor) for tensor in tensors_in(run.output)) if run is not None and run.failure is None else (),
        structure=structure_of(run.output) if run is not None else None,
        params=totals.params,
        trainable_params=totals.trainable,
        buffers=totals.buffers,
        macs=macs,
        macs_all=run.macs_all if run is not None else 0,
        exact=is_exact,
        params_exact=totals.is_exact and escape_of(machine, instance) is None,
        layers=tuple(layers.values()),
        calls=calls,
        unknown=tuple(causes),
        error=error_of(machine, run),
        blocks=blocks,
        state=tuple(state_of(framework, instance)),
        weight_elements=tuple(totals.elements.items()),
        trace=trace_of(run, rows, totals.tensors) if run is not None else None,
    )


def insides(framework: Framework, model: Instance, names: Mapping[Instance, str]) -> set[Instance]:
    """The modules of a model that are no layers of their own in its summary, but parts of one."""
    convention = framework.convention
    assert convention is not None
    if convention.row_depth is not None:
        rows = {child for _, child in convention.children(model)}
        return {module for module in names if module is not model and module not in rows}
    wholes = {module for module in names if convention.is_single_leaf(module)}
    return {inner for module in wholes for _, inner in below(framework, module)} - wholes


class Paths:
    """The places on the way to sites, from the outermost inwards; what sites of one call share is put together once."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.known: dict[Site, tuple[Place, ...]] = {}

    def to(self, site: Site | None) -> tuple[Place, ...]:
        if site is None:
            return ()
        if site not in self.known:
            before = self.to(site.parent)
            self.known[site] = (*before, site.place) if self.machine.is_shown(site.path) else before
        return self.known[site]


def layer_of(paths: Paths, framework: Framework, module: Instance, dotted: str, was_called: bool) -> Layer:
    convention = framework.convention
    assert convention is not None
    own, is_at_the_end = own_params(framework, module), is_leaf(framework, module)
    filters = convention.filters(module) if is_at_the_end and own != 0 else None
    return Layer(
        dotted or convention.own_name(module),
        module.cls.qualified,
        paths.to(module.site),
        own,
        is_at_the_end,
        was_called,
        filters if isinstance(filters, (int, Expression)) else None,
    )


def call_rows(paths: Paths, framework: Framework, run: Run, rows: list[bool], layers: dict[Instance, Layer]) -> Iterator[LayerCall]:
    """The calls that have a line in a summary, as `rows` says of each."""
    ordinals: Counter[Instance] = Counter()
    for record in compress(run.calls, rows):
        module = record.instance
        layer = layers.get(module) or layer_of(paths, framework, module, "", True)
        ordinals[module] += 1
        yield LayerCall(
            layer,
            paths.to(record.site),
            shapes_given(record.inputs),
            tuple(shape_of(tensor) for tensor in tensors_in(record.output)),
            record.counted,
            ordinals[module],
        )


def block_rows(paths: Paths, framework: Framework, run: Run, rows: list[bool], layers: dict[Instance, Layer]) -> Iterator[BlockCall]:
    """The calls of modules that hold others, each with the range of the rows inside of it."""
    before = [0, *accumulate(rows)]  # how many rows of `call_rows` stand before each record
    ordinals: Counter[Instance] = Counter()
    for number, record in enumerate(run.calls):
        module = record.instance
        if rows[number] or not record.has_ended or not is_block(framework, run, number):
            continue
        layer = layers.get(module) or layer_of(paths, framework, module, "", True)
        ordinals[module] += 1
        yield BlockCall(
            layer,
            shapes_given(record.inputs),
            tuple(shape_of(tensor) for tensor in tensors_in(record.output)),
            before[number],
            before[record.end],
            ordinals[module],
        )


def state_of(framework: Framework, instance: Instance) -> Iterator[StateEntry]:
    """What the framework saves with a model: of each module its parameters, then its buffers; what is shared under each name."""
    convention = framework.convention
    assert convention is not None
    for prefix, module in below(framework, instance):
        for tensors, is_parameter in ((convention.parameters(module), True), (convention.buffers(module), False)):
            for name, tensor in tensors:
                if is_parameter or convention.is_saved(module, name):
                    yield StateEntry(f"{prefix}{convention.separator}{name}" if prefix else name, tensor.shape, is_parameter)


def shape_of(tensor: Tensor | None) -> Shape | None:
    return None if tensor is None else tensor.shape


def shapes_given(values: Iterable[Value]) -> tuple[Shape | None, ...]:
    """The shapes of what a call was given; flags, words and None are no inputs."""
    return tuple(shape_of(tensor) for value in values if not isinstance(value, FLAGS) for tensor in tensors_in(value))


def structure_of(output: Value) -> tuple[str, ...] | None:
    """The keys of a dict result, in order."""
    payload = output.payload if isinstance(output, Instance) else output
    if isinstance(payload, DictValue) and isinstance(payload.contents, dict):
        return tuple(str(key) for key in payload.contents)
    return None


def causes_of(
    machine: Machine, instance: Instance, run: Run | None, unknown: tuple[Unknown, ...], otherwise: Place
) -> Iterator[UnknownPart]:
    """What of a model was not understood, each place once; `otherwise` is that of a cause that has none."""
    found = list(unknown)
    if run is not None:
        found.extend(run.unknown)
        found.extend(value for record in run.calls for value in (record.output, *record.inputs) if isinstance(value, Unknown))
        if isinstance(run.output, Unknown):
            found.append(run.output)
        if run.failure is not None and run.is_speculative and not run.failure.is_reported:
            occurrence = machine.recorder.occurrence_of(run.failure)
            if occurrence is not None:
                reason = getattr(occurrence.failure, "reason", "fails")
                found.append(Unknown(f"with inputs that nobody stated it {reason}", occurrence.place))
    escape = escape_of(machine, instance)
    if escape is not None:
        found.append(escape)
    seen = set()
    for cause in found:
        place = cause.place or otherwise
        if (place, cause.reason) not in seen:
            seen.add((place, cause.reason))
            yield UnknownPart(place, cause.reason)


def escape_of(machine: Machine, instance: Instance) -> Unknown | None:
    """What a model was given to that may have changed it."""
    return machine.recorder.escapes.get(instance)


def error_of(machine: Machine, run: Run | None) -> Occurrence | None:
    if run is None or run.failure is None or (run.is_speculative and not run.failure.is_reported):
        return None
    return machine.recorder.occurrence_of(run.failure)
