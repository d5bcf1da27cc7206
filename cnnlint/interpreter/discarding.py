"""Statements whose only effect is a result that nobody takes, and methods that are called past what calling the module would do."""

from __future__ import annotations

from cnnlint.interpreter import placing
from cnnlint.interpreter.dispatch import evaluate
from cnnlint.interpreter.machine import Frame
from cnnlint.interpreter.models import framework_of
from cnnlint.oddities import ForwardCalledDirectly, ResultDiscarded
from cnnlint.source import ir
from cnnlint.values import BoundMethod, Instance, NativeFunction, Tensor, Value

IN_PLACE = ("inplace", "out")


def remark_on_discarded(frame: Frame, node: ir.Call, result: Tensor) -> None:
    """Remark on a tensor that an operation, or a layer of the framework, gives and nobody takes, in a method of a model."""
    machine = frame.machine
    if machine.muted or machine.catching or frame.function is None or frame.function.owner is None:
        return
    if not placing.dotted(node.function) or placing.dotted(node.function).endswith("_"):
        return
    if any(given.keyword in IN_PLACE or given.stars or is_true(given.value) for given in node.arguments):
        return
    with machine.standing(frame, node):
        callee = evaluate(frame, node.function)
        operands = [evaluate(frame, given.value) for given in node.arguments if isinstance(given.value, ir.Name)]
    if isinstance(callee, BoundMethod):
        operands.append(callee.instance)
    if any(operand is result for operand in operands) or not only_computes(callee):
        return
    machine.recorder.remark(ResultDiscarded(result.shape), frame.here(node))


def is_true(node: ir.Expression) -> bool:
    return isinstance(node, ir.Constant) and node.value is True


def only_computes(callee: Value) -> bool:
    """Whether a call changes nothing: of a framework's function or method, or of its layer without buffers, hooks and `inplace`."""
    if isinstance(callee, BoundMethod):
        return isinstance(callee.instance, Tensor) and isinstance(callee.function, NativeFunction)
    if not isinstance(callee, Instance):
        return isinstance(callee, NativeFunction)
    if callee.cls.definition is not None or placing.declaration_of(callee) is None or callee.contents.get("inplace") is True:
        return False
    return not any("hooks" in name for name in callee.contents) and not getattr(callee.contents.get("_buffers"), "contents", None)


def remark_on_direct_call(frame: Frame, node: ir.Call, callee: BoundMethod) -> None:
    """Remark on a call of the method that calling a module runs: `self.block.forward(x)`; not of a base class's."""
    machine, function, instance = frame.machine, node.function, callee.instance
    if not isinstance(function, ir.Attribute) or not isinstance(instance, Instance) or machine.muted:
        return
    if isinstance(function.value, ir.Call) and isinstance(function.value.function, ir.Name) and function.value.function.id == "super":
        return
    own = frame.function.definition.parameters[:1] if frame.function is not None and frame.function.owner is not None else ()
    if own and frame.scope.contents.get(own[0].name) is instance:
        return  # a class that calls its own method knows what it passes by
    framework = framework_of(machine, instance)
    if framework is not None and framework.convention is not None and framework.convention.forward == function.attr:
        machine.recorder.remark(ForwardCalledDirectly(instance.cls.name, function.attr), frame.here(node))
