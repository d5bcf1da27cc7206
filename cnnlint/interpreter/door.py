"""The interpreter as a plugin's natives see it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from contextlib import AbstractContextManager, nullcontext
from types import MappingProxyType
from typing import NoReturn

from cnnlint.dims import Condition, Shape
from cnnlint.failures import LayerFailure, OperationFails
from cnnlint.interpreter import attributes, calls, iteration, operators
from cnnlint.interpreter.applying import native_value
from cnnlint.interpreter.assignment import without_missing
from cnnlint.interpreter.frameworks import framework_value, is_declared_below
from cnnlint.interpreter.machine import Machine
from cnnlint.interpreter.raising import fail
from cnnlint.interpreter.types import has_unknown_base, type_of
from cnnlint.plugin.framework import Framework, NativeDeclaration
from cnnlint.values import MISSING, Choice, ClassValue, DictValue, Instance, Mutable, NativeFunction, Tensor, Unknown, Value


class InterpreterDoor:
    """Implements `cnnlint.plugin.native.Door` for one analysis."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine

    def call(self, callee: Value, *positional: Value, **keywords: Value) -> Value:
        return calls.call(self.machine, callee, list(positional), keywords)

    def attribute(self, owner: Value, name: str, default: Value = MISSING) -> Value:
        found = attributes.find_attribute(self.machine, owner, name)
        return default if found is MISSING else found

    def set_attribute(self, owner: Value, name: str, value: Value) -> None:
        attributes.set_attribute(self.machine, owner, name, value)

    def put(self, owner: Mutable, name: str, value: Value) -> None:
        attributes.put(self.machine, owner, name, value)

    def item(self, owner: Value, index: Value) -> Value:
        return iteration.get_item(self.machine, owner, index)

    def iterate(self, value: Value) -> list[Value] | Unknown:
        return iteration.iterate(self.machine, value)

    def truth(self, value: Value) -> bool | Hashable:
        return operators.truth(self.machine, value)

    def equal(self, left: Value, right: Value) -> Value:
        return operators.compare_values(self.machine, "==", left, right)

    def binary(self, op: str, left: Value, right: Value) -> Value:
        return operators.binary(self.machine, op, left, right)

    def class_of(self, value: Value) -> ClassValue | None:
        return type_of(self.machine, value)

    def framework_value(self, framework: Framework, path: str) -> Value:
        return framework_value(self.machine, framework, path)

    def module(self, name: str) -> Value:
        found = self.machine.importer.find(name)
        return self.machine.unknown(f"module `{name}` is not found") if found is MISSING else found

    def is_instance(self, value: Value, framework: Framework, path: str) -> bool:
        if not framework.is_loaded:
            return False
        cls = type_of(self.machine, value)
        return cls is not None and is_declared_below(cls, framework, path, self.machine)

    def instance(self, cls: ClassValue) -> Instance:
        return Instance(cls, self.machine.site)

    def touch(self, value: Mutable) -> None:
        self.machine.store.touch(value)

    def fail(self, exception: str, reason: str) -> NoReturn:
        fail(self.machine, exception, reason, is_finding=exception not in ("AssertionError", "AttributeError", "NameError"))

    def require(self, truth: Hashable, exception: str, reason: str) -> None:
        if truth is False:
            self.fail(exception, reason)
        if isinstance(truth, Condition):
            self.machine.recorder.requires(truth, OperationFails(reason, is_language=True, exception=exception))

    def failed(self, failure: LayerFailure) -> NoReturn:
        raise failure

    def unknown(self, reason: str, *, is_free: bool = False, is_harmless: bool = False, item: Value = None) -> Unknown:
        return self.machine.unknown(reason, is_free=is_free, is_harmless=is_harmless, item=item)

    def register(
        self,
        framework: Framework,
        instance: Instance,
        name: str,
        shape: Shape | Tensor | tuple[Value, ...] | None,
        is_parameter: bool,
        hidden: Mapping[str, Value] = MappingProxyType({}),
    ) -> None:
        """Give a layer a parameter or buffer of its own, as its framework would; `hidden` says where and as what."""
        convention = framework.convention
        value: Value = shape
        if shape is not None and not isinstance(shape, Tensor):
            made = shape if isinstance(shape, Shape) else Shape(tuple(shape))
            kind = framework.parameter if is_parameter else framework.tensor
            dtype, device = (None, None) if convention is None else convention.storage(hidden)
            value = Tensor(made, framework.arrays, kind, dtype, requires_grad=is_parameter, device=device)
        if convention is not None:
            convention.register(self, instance, name, value, is_parameter)

    def apply_layer(
        self, layer: Instance, function: Value, positional: list[Value], keywords: dict[str, Value], *, is_kept: bool = True
    ) -> Value:
        return self.machine.recorder.apply_layer(layer, function, positional, keywords, is_kept=is_kept)

    def function(self, framework: Framework, name: str, function: Callable[..., Value]) -> Value:
        declaration = NativeDeclaration(name, lambda door, *given, **named: function(*given, **named), takes_unknown=True)
        return native_value(self.machine, framework, declaration)

    def is_speculative(self) -> bool:
        return self.machine.is_speculative

    def standing_at(self, layer: Instance) -> AbstractContextManager[None]:
        return nullcontext() if layer.site is None else self.machine.standing_at(layer.site)

    def state(self, framework: Framework) -> DictValue:
        return self.machine.framework_states[framework.name]

    def replaced(self, new: Instance, old: Instance) -> None:
        self.machine.recorder.replaces(new, old)

    def is_open(self, instance: Instance) -> bool:
        return has_unknown_base(instance.cls) or instance in self.machine.recorder.escapes

    def note_run(self, model: Instance, inputs: list[Value], *, is_kept: bool = False) -> Value:
        return self.machine.recorder.note_run(model, inputs, is_kept=is_kept)

    def built(self, module: Instance) -> None:
        """A module's base constructor ran."""
        self.machine.recorder.made(module)

    def present(self, value: Value) -> Value:
        """A value that may be missing on some way, without those ways."""
        return without_missing(value) if isinstance(value, Choice) else value

    def unbound(self, function: Value) -> Value:
        """A function that takes the instance first, whatever is called instead of a method."""

        def apply(machine: Machine, instance: Value, *positional: Value, **keywords: Value) -> Value:
            return calls.call(machine, function, list(positional), keywords)

        return NativeFunction("forward", apply, takes_unknown=True)
