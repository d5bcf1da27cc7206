"""Raising an exception of the program under inspection."""

from __future__ import annotations

from typing import NoReturn

from cnnlint.failures import EmptyOutput, LayerFailure, OperationFails
from cnnlint.interpreter.machine import Machine, Raised
from cnnlint.interpreter.types import EXCEPTIONS
from cnnlint.values import ClassValue, Instance


def exception_instance(machine: Machine, name: str, message: str = "") -> Instance:
    """An instance of a built-in exception class (of `RuntimeError` for a name that Python does not know)."""
    cls = EXCEPTIONS.get(name, EXCEPTIONS["RuntimeError"])
    instance = Instance(cls, machine.site)
    instance.contents["args"] = (message,)
    return instance


def fail(machine: Machine, exception: str, reason: str, *, is_finding: bool = True) -> NoReturn:
    """The program raises here; a finding only where the fault is proven to be an operation's and not a gap of ours.

    Raises Raised.
    """
    failure = OperationFails(reason, is_language=True, exception=exception) if is_finding else None
    raise Raised(exception_instance(machine, exception, reason), failure, machine.site)


def fail_with(machine: Machine, failure: LayerFailure) -> NoReturn:
    """The program raises here, with a failure that a rule knows.

    Raises Raised.
    """
    raise Raised(exception_instance(machine, failure.exception, str(failure)), failure, machine.site)


def will_be_caught(machine: Machine, exception: Instance) -> bool:
    """Whether a handler that is now active, or may be, catches this exception."""
    return any(catches(handler, exception) for handlers in machine.catching for handler in handlers)


def catches(handler: object, exception: Instance) -> bool:
    """Whether `except handler` catches; an unknown handler may, so it does."""
    if isinstance(handler, tuple):
        return any(catches(part, exception) for part in handler)
    return not isinstance(handler, ClassValue) or exception.cls.is_subclass(handler)


def silent(machine: Machine, failure: LayerFailure) -> Raised:
    """A failure that only follows from an earlier one: it ends the path, and nobody hears of it."""
    raised = Raised(exception_instance(machine, failure.exception, str(failure)), failure, machine.site)
    raised.is_reported = True
    return raised


def settle(machine: Machine, failure: LayerFailure) -> Raised | None:
    """What a layer's or an operation's failure does: the exception to raise, or None when analysis goes on with the stated output.

    A failure that some handler catches, or that stands on a path which perhaps no run takes, only ends the path.
    """
    raised = Raised(exception_instance(machine, failure.exception, str(failure)), failure, machine.site)
    if isinstance(failure, EmptyOutput) and not failure.raises and failure.output is not None:
        if not machine.muted:
            machine.recorder.report(failure, machine.site)
        return None
    if machine.is_guarded or machine.muted or will_be_caught(machine, raised.exception):
        return raised
    if failure.is_of_machine and machine.assumed:
        raised.is_reported = True
        return raised
    raised.failure = failure = machine.recorder.specific(failure)
    if machine.recorder.history is not None:
        machine.recorder.history.failed(failure)
    machine.recorder.report(failure, machine.site)
    raised.is_reported = True
    if failure.output is None:
        return raised
    run = machine.recorder.active
    if run is not None and run.failed is None:
        run.failed = raised
    return None
