"""How a model is put together: what it holds and never registers, builds and never keeps, computes and never reads.

All of these run; each is remarked on only where it is proven, and where the text leaves no other use of what is in question.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import PurePath

from cnnlint.dims import Dim
from cnnlint.graph import Occurrence, Place
from cnnlint.interpreter import placing
from cnnlint.interpreter.elsewhere import read_elsewhere
from cnnlint.interpreter.faults import is_module_base
from cnnlint.interpreter.machine import Frame, Machine, Site
from cnnlint.interpreter.models import below, counted, first_names, framework_of
from cnnlint.interpreter.runs import Run
from cnnlint.interpreter.spelling import spelled_in
from cnnlint.interpreter.syntax import attributes_read, nodes_below
from cnnlint.interpreter.tensors import tensors_in
from cnnlint.interpreter.writing import written_at
from cnnlint.oddities import (
    LayerInForward,
    Oddity,
    ParameterNotRegistered,
    SharedLayerByMultiplication,
    UnregisteredLayers,
    UnusedLayer,
)
from cnnlint.plugin.framework import Framework
from cnnlint.source import ir
from cnnlint.values import ClassValue, DictValue, FunctionValue, Instance, ListValue, Tensor, Value

DEEPEST_CONTAINER = 3
HOLDERS = (Tensor, ListValue, DictValue, tuple)
WALKS = {"children", "modules", "named_children", "named_modules", "_modules", "getattr", "__dict__", "vars", "get_submodule"}
"""Names by which code gets at what a module holds without saying what."""


def remark_on_model(machine: Machine, model: Instance, run: Run | None, tree: ir.Module) -> None:
    """Remark on what a model holds in other places than those that its framework knows of, and on what it never uses."""
    framework = framework_of(machine, model)
    if framework is None or framework.convention is None or machine.muted:
        return
    modules = first_names(framework, model)
    registered = {tensor for module in modules for _, tensor in framework.convention.parameters(module)}
    called = {record.instance for record in run.calls} if run is not None else set()
    for module in modules:
        if module.cls.definition is None or module in machine.recorder.escapes or module in machine.recorder.unfinished:
            continue
        for name, held in [(name, held) for name, held in module.contents.items() if isinstance(held, HOLDERS)]:
            remark_on_attribute(machine, framework, module, name, held, modules, registered, called)
    if run is not None and is_whole(run):
        used, read = used_modules(framework, model, called), Read(tree)
        for module in modules:
            if module in called and module.cls.definition is not None and module not in machine.recorder.escapes:
                remark_on_unused(machine, framework, module, used, read)


def used_modules(framework: Framework, model: Instance, called: set[Instance]) -> set[Instance]:
    """The modules of a model that were called, or that hold one that was, however deep."""
    assert framework.convention is not None
    children = framework.convention.children
    seen: set[Instance] = set()
    used: set[Instance] = set()

    def visit(module: Instance) -> bool:
        if module not in seen:
            seen.add(module)
            inner = [visit(child) for _, child in children(module)]
            if module in called or any(inner):
                used.add(module)
        return module in used

    visit(model)
    return used


class Read:
    """What the text of a file reads, and that of each class beside it, looked through once."""

    def __init__(self, tree: ir.Module) -> None:
        self.tree = tree
        self.classes: dict[ClassValue, set[str]] = {}

    def by(self, cls: ClassValue) -> set[str]:
        """The names that the file, a class or one above it reads; a set of the caller's own."""
        if cls not in self.classes:
            definitions = [base.definition for base in cls.mro if base.definition is not None]
            self.classes[cls] = set().union(*map(attributes_read, (self.tree, *definitions)))
        return set(self.classes[cls])


def remark_on_attribute(
    machine: Machine,
    framework: Framework,
    module: Instance,
    name: str,
    held: Value,
    modules: Collection[Instance],
    registered: set[Tensor],
    called: set[Instance],
) -> None:
    """Remark on layers and parameters in a plain attribute of a module, that its own constructor put there."""
    assert framework.convention is not None
    if isinstance(held, Tensor):
        if held.requires_grad and held.kind != framework.parameter and held not in registered:
            add(machine, module, name, ParameterNotRegistered(module.cls.name, name))
        return
    items = list(held_in(held))
    container = "dict" if isinstance(held, DictValue) else "tuple" if isinstance(held, tuple) else "list"
    remedy = framework.convention.containers.get(container)
    layers = [item for item in items if isinstance(item, Instance) and item not in modules and framework_of(machine, item) is framework]
    built = [layer for layer in layers if layer not in machine.recorder.conditional and is_built_by(layer, module)]
    if remedy is not None and len(layers) > 1 and built == layers and are_lost(framework, module, layers, called):
        weights = total_of(framework, layers)
        spelling = spelled(machine, framework, module.cls, remedy)
        add(machine, module, name, UnregisteredLayers(module.cls.name, name, container, len(layers), weights, remedy, spelling))
    tensors = [item for item in items if isinstance(item, Tensor) and item.kind == framework.parameter and item not in registered]
    if tensors:
        add(machine, module, name, ParameterNotRegistered(module.cls.name, name, len(tensors)))


def held_in(held: Value, depth: int = 0) -> Iterator[Value]:
    """What a list, tuple or dict holds, and those in it; nothing where its contents are not known."""
    items = held.contents if isinstance(held, (ListValue, DictValue)) else held
    if isinstance(items, (list, tuple, dict)) and depth < DEEPEST_CONTAINER:
        for item in items.values() if isinstance(items, dict) else items:
            if isinstance(item, (ListValue, DictValue, tuple)):
                yield from held_in(item, depth + 1)
            else:
                yield item


def is_built_by(layer: Instance, module: Instance) -> bool:
    """Whether the constructor of a module's own class built a layer."""
    return any(
        site.function is not None and site.function.owner is not None and site.function.owner in module.cls.mro
        for site in placing.outwards(layer.site)
    )


def are_lost(framework: Framework, module: Instance, layers: list[Instance], called: set[Instance]) -> bool:
    """Whether layers that a module doesn't register are used, are to be trained, and the module has no list of parameters of its own."""
    convention = framework.convention
    assert convention is not None
    if any(name in cls.contents for cls in module.cls.mro if cls.definition is not None for name in convention.listing):
        return False
    inner = dict.fromkeys(inner for layer in layers for _, inner in below(framework, layer))
    is_trained = any(convention.is_trainable(each, tensor) for each in inner for _, tensor in convention.parameters(each))
    return is_trained and not called.isdisjoint(inner)


def has_weights(framework: Framework, layer: Instance) -> bool:
    assert framework.convention is not None
    return any(framework.convention.parameters(inner) for _, inner in below(framework, layer))


def total_of(framework: Framework, layers: list[Instance]) -> Dim | None:
    """The parameters of all layers together, each once; None where some are not known."""
    assert framework.convention is not None
    modules = dict.fromkeys(inner for layer in layers for _, inner in below(framework, layer))
    total: Dim = 0
    for tensor in dict.fromkeys(tensor for module in modules for _, tensor in framework.convention.parameters(module)):
        count = counted(tensor.shape)
        if count is None:
            return None
        total = total + count
    return total


def add(machine: Machine, module: Instance, name: str, oddity: Oddity) -> None:
    """Make a finding where an attribute of a module is assigned by its own class; none where it is assigned otherwise."""
    for path, node in assignments(machine, module.cls, name):
        occurrence = Occurrence(oddity, name, Place(path, node.span), (), written_at(machine, path, node.value))
        machine.recorder.oddities.setdefault((occurrence.place, type(oddity)), occurrence)
        return


def spelled(machine: Machine, framework: Framework, cls: ClassValue, path: str) -> str:
    """How the file of a class names what a framework has under a path, by what it imports; empty where it can't."""
    module = next((method.module for method in cls.contents.values() if isinstance(method, FunctionValue)), None)
    return "" if module is None else spelled_in(machine, framework, module, path)


def assignments(machine: Machine, cls: ClassValue, name: str) -> Iterator[tuple[str, ir.Assign]]:
    """Where a class of the project assigns an attribute of its instances, with the path of the file."""
    for base in cls.mro:
        for method in base.contents.values():
            definition = getattr(method, "definition", None)
            if not isinstance(definition, ir.FunctionDefinition) or not machine.is_project_file(method.module.path):
                continue
            for node in nodes_below(definition.body):
                if isinstance(node, ir.Assign) and any(isinstance(t, ir.Attribute) and t.attr == name for t in node.targets):
                    yield method.module.path, node


def is_whole(run: Run) -> bool:
    """Whether a run went through all of a model, with nothing left open and no layer that failed on the way."""
    if run.failure is not None or not run.is_exact or run.unknown or run.lost:
        return False
    return not any(tensor is not None and tensor.is_doubtful for record in run.calls for tensor in tensors_in(record.output))


def remark_on_unused(machine: Machine, framework: Framework, module: Instance, used: set[Instance], text: Read) -> None:
    """Remark on layers with weights that a module holds, that no call used, and that no text reads."""
    assert framework.convention is not None
    if not all(cls.definition is not None or cls.mro[-1] is cls or is_module_base(machine, cls) for cls in module.cls.mro):
        return
    unused = [(name, child) for name, child in framework.convention.children(module) if child not in used and has_weights(framework, child)]
    if not unused:
        return
    read = text.by(module.cls)
    left = [name for name, _ in unused if name not in read]
    if not left or read & WALKS:
        return
    read |= read_elsewhere(machine.importer.local, left, words_for(module.cls))
    for name, child in unused:
        if name not in read:
            add(machine, module, name, UnusedLayer(module.cls.name, name, total_of(framework, [child])))


def words_for(cls: ClassValue) -> set[str]:
    """What a file has to mention that may get at an instance of a class: the class, one above it, or the module of one."""
    own = [base for base in cls.mro if base.definition is not None]
    methods = [method for base in own for method in base.contents.values() if isinstance(method, FunctionValue)]
    paths = {PurePath(method.module.path) for method in methods}
    return {base.name for base in own} | {path.parent.name if path.stem == "__init__" else path.stem for path in paths} - {""}


def remark_on_lost(machine: Machine, run: Run) -> None:
    """Remark on layers with weights that a run built, applied, and did not keep."""
    model, built = run.instance, run.built
    framework = framework_of(machine, model) if built else None
    if framework is None or framework.convention is None:
        return
    called = {record.instance for record in run.calls}
    kept = {module for _, module in below(framework, model)}
    for layer in built:
        site = layer.site
        if layer not in called or layer in kept or layer in machine.recorder.conditional or site is None:
            continue
        if has_weights(framework, layer) and machine.is_project_file(site.path) and is_only_applied(site):
            notes = tuple(placing.path_notes(machine, site, site.place, "called here"))
            oddity = LayerInForward(layer.cls.name, total_of(framework, [layer]))
            occurrence = Occurrence(oddity, placing.expression_text(site.node), site.place, notes)
            machine.recorder.oddities.setdefault((site.place, LayerInForward), occurrence)


def is_only_applied(site: Site) -> bool:
    """Whether what a call in a method gives is only called itself: at once, or under a local name that is read nowhere else."""
    function = site.function
    if function is None or function.owner is None or function.name == "__init__" or isinstance(function.definition, ir.Lambda):
        return False
    nodes = list(nodes_below(function.definition.body))
    if any(isinstance(node, ir.Call) and node is not site.node and is_of(node.function, site.node) for node in nodes):
        return True
    for node in nodes:
        if isinstance(node, ir.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ir.Name) and is_of(node.value, site.node):
            name = node.targets[0].id
            mentions = sum(isinstance(other, ir.Name) and other.id == name for other in nodes)
            applied = sum(isinstance(o, ir.Call) and isinstance(o.function, ir.Name) and o.function.id == name for o in nodes)
            return applied > 0 and mentions == applied + 1
    return False


def is_of(node: ir.Node | None, call: ir.Node) -> bool:
    """Whether a node is a call, or calls methods of what it gives: `Linear(8, 2).to(device)`."""
    while node is not call and isinstance(node, ir.Call) and isinstance(node.function, ir.Attribute):
        node = node.function.value
    return node is call


def remark_on_repetition(frame: Frame, node: ir.Binary, operand: ListValue, result: ListValue) -> None:
    """Remark on a list of layers that is written out and repeated: `[nn.Linear(8, 8)] * 3`."""
    machine = frame.machine
    items, repeated = operand.contents, result.contents
    if machine.muted or machine.is_guarded or not isinstance(items, list) or not isinstance(repeated, list):
        return
    if not items or len(repeated) <= len(items) or not isinstance(node.left, ir.Display):
        return
    for item, element in zip(items, node.left.elements, strict=False):
        framework = framework_of(machine, item) if isinstance(item, Instance) else None
        if framework is None or framework.convention is None or item.site is None or item.site.node is not element:
            return
    if any(has_weights(framework, item) for item in items):  # type: ignore[arg-type]  # there is at least one item
        machine.recorder.remark(SharedLayerByMultiplication(items[0].cls.name, len(repeated) // len(items)), frame.here(node))
