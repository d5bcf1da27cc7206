"""What of a file may be one of its models: modules that its code built, functions and module classes that it defines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cnnlint.graph import Model
from cnnlint.interpreter.machine import Machine
from cnnlint.interpreter.models import below, framework_of
from cnnlint.interpreter.placing import declaration_of, outwards
from cnnlint.interpreter.runs import Run
from cnnlint.interpreter.syntax import nodes_below
from cnnlint.source import ir
from cnnlint.values import ClassValue, FunctionValue, Instance, ModuleValue


@dataclass(slots=True)
class Candidate:
    """Something of a file that may be one of its models, with the node that names it; `model` is its graph, once it is built."""

    instance: Instance
    name: str
    node: ir.Node
    run: Run | None
    model: Model | None = None


class Defined:
    """What a file, whose body has been evaluated, defines and builds."""

    def __init__(self, machine: Machine, module: ModuleValue, tree: ir.Module) -> None:
        self.machine = machine
        self.module = module
        self.tree = tree

    def functions(self) -> dict[FunctionValue, tuple[str, ir.FunctionDefinition | ir.Lambda]]:
        """Functions of the file with their name and definition: those of what a decorator wraps, not of the wrapper."""
        definitions = {statement.name: statement for statement in self.tree.body if isinstance(statement, ir.FunctionDefinition)}
        found = {
            value: (name, definitions.get(name, value.definition))
            for name, value in reversed(self.module.contents.items())
            if isinstance(value, FunctionValue) and value.module is self.module
        }
        return dict(sorted(found.items(), key=lambda item: item[1][1].span))

    def module_classes(self) -> list[ClassValue]:
        """Module classes of the file, in source order."""
        found = [
            value
            for value in dict.fromkeys(self.module.contents.values())
            if isinstance(value, ClassValue)
            and value.definition is not None
            and value.module == self.module.name
            and self.is_module_class(value)
        ]
        return sorted(found, key=lambda cls: cls.definition.span if cls.definition is not None else (0, 0, 0, 0))

    def is_module_class(self, cls: ClassValue) -> bool:
        for framework in self.machine.registry.frameworks:
            if not framework.is_loaded:
                continue
            base = self.machine.door.framework_value(framework, framework.module)
            if isinstance(base, ClassValue) and cls.is_subclass(base):
                return True
        return False

    def roots(self) -> Iterator[Candidate]:
        """Modules that code outside of modules built, and that no other module holds."""
        recorder = self.machine.recorder
        inner = self.held()
        runs: dict[Instance, Run] = {}
        for run in recorder.runs:
            runs.setdefault(run.instance, run)
        for instance in recorder.built:
            site = next((site for site in outwards(instance.site) if site.path == self.module.path), None)
            if instance in inner or site is None or self.is_in_module_code(instance):
                continue
            if not self.is_worth_showing(instance, runs):
                continue
            bound = recorder.names.get(instance)
            name, node = bound if bound is not None else (instance.cls.name, site.node)
            bindings = [value for value in recorder.bindings.get(name, []) if value in recorder.built]
            if len(bindings) > 1 and instance in bindings:
                name = f"{name}#{bindings.index(instance)}"
            yield Candidate(instance, name, node, runs.get(instance))

    def held(self) -> set[Instance]:
        """The modules that others hold; a wrapper that only some run makes (`if several_devices: net = Parallel(net)`) does not count."""
        recorder = self.machine.recorder
        held: set[Instance] = set()
        for built in recorder.built:
            framework = framework_of(self.machine, built)
            children = [child for _, child in below(framework, built)][1:] if framework is not None else []
            if built in recorder.conditional and any(child not in recorder.conditional for child in children):
                held.add(built)
            else:
                held.update(children)
        return held

    def is_in_module_code(self, instance: Instance) -> bool:
        return any(
            site.function is not None and site.function.owner is not None and self.is_module_class(site.function.owner)
            for site in outwards(instance.site)
        )

    def is_worth_showing(self, instance: Instance, runs: Mapping[Instance, Run]) -> bool:
        """A lone framework layer is a model only if it has parameters; a loss, say, is none."""
        framework = framework_of(self.machine, instance)
        if framework is None or framework.convention is None:
            return False
        if framework.convention.is_part(instance):
            return False
        if instance.cls.definition is None and declaration_of(instance) is not None:
            return bool(framework.convention.parameters(instance))
        return True


def wholes_first(classes: list[ClassValue]) -> Iterator[ClassValue]:
    """The classes, each after those whose definitions mention it, so that a part is built by its whole."""
    mentions = {cls: (names_in(cls.definition)) for cls in classes}
    while classes:
        cls = next((cls for cls in classes if not any(cls.name in mentions[other] for other in classes if other is not cls)), classes[-1])
        classes = [other for other in classes if other is not cls]
        yield cls


def names_in(node: ir.Node | None) -> set[str]:
    """The names that stand in a node."""
    return {inner.id for inner in nodes_below(node) if isinstance(inner, ir.Name)}
