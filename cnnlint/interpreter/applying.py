"""Operations and natives of a plugin, as functions of the program: applied on shapes, with what they do recorded."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

from cnnlint.failures import LayerFailure
from cnnlint.interpreter import calls, functions
from cnnlint.interpreter.branches import distribute
from cnnlint.interpreter.machine import Machine
from cnnlint.interpreter.raising import settle, silent
from cnnlint.interpreter.tensors import tensors_in
from cnnlint.plugin.framework import (
    Framework,
    NativeDeclaration,
)
from cnnlint.plugin.operation import (
    Applied,
    Listener,
    Operation,
    Undetermined,
    current_work,
    listening,
    tensors_within,
)
from cnnlint.values import (
    BoundMethod,
    Choice,
    ClassValue,
    FunctionValue,
    Instance,
    NativeFunction,
    Tensor,
    Value,
)

PLAIN = frozenset({int, bool, str, type(None)})
NO_TENSORS = PLAIN | {float, Instance, BoundMethod, FunctionValue, NativeFunction, ClassValue}
ACCESS = frozenset({"__getattr__", "__setattr__"})
"""Natives that only look at what an instance holds, or put something there: they apply no operations."""

STEPS_OF_AN_OPERATION = 200  # it takes about as long as so many steps of the interpreter


def operation_value(operation: Operation) -> NativeFunction:
    def apply(machine: Machine, *positional: Value, **keywords: Value) -> Value:
        given = (*positional, *keywords.values())
        return apply_operation(machine, operation.framework, lambda: operation(*positional, **keywords), given)

    return NativeFunction(operation.name, distributing(operation.name, apply), takes_unknown=True)


def distributing(name: str, function: Callable[..., Value]) -> Callable[..., Value]:
    """A function of Unknown arguments that is tried for each alternative of a Choice among them, and among the items of tuples."""

    def apply(machine: Machine, *positional: Value, **keywords: Value) -> Value:
        for value in (*positional, *keywords.values()):
            if isinstance(value, Choice):
                return calls.over_choices(machine, inner, list(positional), keywords)
            if type(value) is tuple and any(isinstance(item, Choice) for item in value):
                return over_items(machine, inner, list(positional), keywords)
        return function(machine, *positional, **keywords)

    inner = NativeFunction(name, apply, takes_unknown=True)
    return apply


def over_items(machine: Machine, callee: NativeFunction, positional: list[Value], keywords: dict[str, Value]) -> Value:
    """Call a function for each consistent combination of what is undecided among its arguments and the items of tuples among them."""
    given = [*positional, *keywords.values()]
    counts = [len(value) if type(value) is tuple else -1 for value in given]
    flat = [item for value, count in zip(given, counts, strict=True) for item in (value if count >= 0 else (value,))]

    def with_items(chosen: list[Value]) -> Value:
        rest = iter(chosen)
        decided = [next(rest) if count < 0 else tuple(itertools.islice(rest, count)) for count in counts]
        first = len(positional)
        return calls.invoke(machine, callee, decided[:first], dict(zip(keywords, decided[first:], strict=True)))

    return distribute(machine, flat, with_items)


def apply_operation(
    machine: Machine, framework: Framework, compute: Callable[[], Value], given: Sequence[Value] = (), *, is_layer: bool = False
) -> Value:
    """Compute a result on shapes, record its costs, and turn a failure into what the program sees.

    After a failed layer the operations on what it gives stay silent, since they may fail for its fault; layers don't, which say
    themselves what they expect.
    """
    machine.steps -= STEPS_OF_AN_OPERATION
    is_doubtful = bool(machine.recorder.occurrences) and any(tensor is not None and tensor.is_doubtful for tensor in tensors_in(given))
    listener = Listener()
    before = listening.set(listener)
    if isinstance(outer := before.old_value, Listener) and outer.applied:
        machine.recorder.catch_up(outer)
    try:
        result = compute()
    except Undetermined as undetermined:
        current_work().is_exact = False
        result = undetermined.cause if undetermined.cause.place else machine.unknown(undetermined.cause.reason)
    except LayerFailure as failure:
        failure.operands = tuple(tensors_in(given))
        if is_doubtful and not is_layer:
            raise silent(machine, failure) from None
        raised = settle(machine, failure)
        if raised is not None:
            if machine.recorder.history is not None:
                machine.recorder.history.operated(given, None)
            raise raised from None
        current_work().is_exact = False
        is_doubtful = True
        result = machine.unknown("a failed operation") if failure.output is None else Tensor(failure.output, framework.arrays)
    finally:
        listening.reset(before)
    machine.recorder.worked(listener.work, listener.applied)
    if machine.recorder.history is not None:
        machine.recorder.history.operated(given, result, () if listener.work is None else listener.work.windows)
    if is_doubtful:
        for tensor in tensors_in(result):
            if tensor is not None:
                tensor.is_doubtful = True
    return result


def native_value(machine: Machine, framework: Framework, declaration: NativeDeclaration) -> NativeFunction:
    name = declaration.path.rpartition(".")[2]

    function = declaration.function

    def instead(machine: Machine, error: Exception, positional: Sequence[Value], keywords: dict[str, Value]) -> Value:
        """What a call gives that did not come to its end. Raises Raised where the program raises, and the error if it is a fault."""
        if isinstance(error, Undetermined):
            return error.cause
        if isinstance(error, LayerFailure):
            raised = settle(machine, error)
            if raised is not None:
                raise raised from None
            return machine.unknown("a failed operation") if error.output is None else Tensor(error.output, framework.arrays)
        if functions.accepts(NativeFunction(name, function), list(positional), keywords):
            raise error
        return machine.unknown(f"`{name}` with these arguments")

    def access(machine: Machine, *positional: Value, **keywords: Value) -> Value:
        try:
            result = function(machine.door, *positional, **keywords)
        except (Undetermined, LayerFailure, TypeError) as error:
            return instead(machine, error, positional, keywords)
        if machine.recorder.history is not None:
            machine.recorder.history.operated((*positional, *keywords.values()), result)
        return result

    def apply(machine: Machine, *positional: Value, **keywords: Value) -> Value:
        listener = Listener()
        before = listening.set(listener)
        if isinstance(outer := before.old_value, Listener) and outer.applied:
            machine.recorder.catch_up(outer)
        try:
            result = function(machine.door, *positional, **keywords)
        except (Undetermined, LayerFailure, TypeError) as error:
            return instead(machine, error, positional, keywords)
        finally:
            listening.reset(before)
        gave = [] if type(result) in NO_TENSORS or machine.recorder.active is None else tensors_within((result,))
        if listener.work is not None or machine.assumed or gave:
            own = [Applied(tensors_within((*positional, *keywords.values())), gave, [])] if gave else []
            machine.recorder.worked(listener.work, [*listener.applied, *own])
        if machine.recorder.history is not None:
            machine.recorder.history.operated((*positional, *keywords.values()), result)
        return result

    return NativeFunction(name, access if name in ACCESS else apply, declaration.takes_unknown)
