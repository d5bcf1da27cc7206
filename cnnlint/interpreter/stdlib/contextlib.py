"""`contextlib`."""

from __future__ import annotations

from cnnlint.interpreter import calls
from cnnlint.interpreter.builtins.natives import Table, harmless
from cnnlint.interpreter.iteration import advance
from cnnlint.interpreter.machine import Machine
from cnnlint.interpreter.types import OBJECT
from cnnlint.values import MISSING, ClassValue, FunctionValue, Instance, NativeFunction, PartialValue, Value

NAMES = Table()

MANAGER = ClassValue("_GeneratorContextManager", (OBJECT,), module="contextlib")
NULL = ClassValue("nullcontext", (OBJECT,), module="contextlib")
SUPPRESS = ClassValue("suppress", (OBJECT,), module="contextlib")
STACK = ClassValue("ExitStack", (OBJECT,), module="contextlib")
CLOSING = ClassValue("closing", (OBJECT,), module="contextlib")
ABSTRACT = ClassValue("AbstractContextManager", (OBJECT,), module="contextlib")
DECORATOR = ClassValue("ContextDecorator", (OBJECT,), module="contextlib")
REDIRECT = ClassValue("redirect_stdout", (OBJECT,), module="contextlib")
NAMES |= {
    "nullcontext": NULL,
    "suppress": SUPPRESS,
    "ExitStack": STACK,
    "closing": CLOSING,
    "AbstractContextManager": ABSTRACT,
    "ContextDecorator": DECORATOR,
    "redirect_stdout": REDIRECT,
    "redirect_stderr": REDIRECT,
    "chdir": REDIRECT,
}


@NAMES.define("contextmanager", takes_unknown=True)
def contextmanager(machine: Machine, func: Value) -> Value:
    """A manager from a generator function, all of which runs when it is called; what it yields is what is entered."""
    if not isinstance(func, (FunctionValue, PartialValue)):
        return func

    def make(machine: Machine, *positional: Value, **keywords: Value) -> Value:
        made = Instance(MANAGER, machine.site)
        made.contents["gen"] = calls.call(machine, func, list(positional), keywords)
        return made

    return NativeFunction(getattr(func, "name", "contextmanager"), make, takes_unknown=True)


def entered(machine: Machine, owner: Instance) -> Value:
    item = advance(machine, owner.contents["gen"])
    return None if item is MISSING else item


def decorate(machine: Machine, owner: Value, function: Value) -> Value:
    return function


def method(cls: ClassValue, name: str, function: object) -> None:
    cls.contents[name] = NativeFunction(name, function, takes_unknown=True)  # type: ignore[arg-type]


def keep(name: str) -> object:
    """An `__init__` that keeps its first argument under a name."""

    def initialise(machine: Machine, owner: Instance, value: Value = None, *rest: Value) -> Value:
        owner.contents[name] = value

    return initialise


method(MANAGER, "__enter__", entered)
method(NULL, "__init__", keep("enter_result"))
method(NULL, "__enter__", lambda machine, owner: owner.contents["enter_result"])
method(SUPPRESS, "__init__", lambda machine, owner, *exceptions: None)
method(SUPPRESS, "__enter__", lambda machine, owner: None)
SUPPRESS.contents["__swallows__"] = True
method(CLOSING, "__init__", keep("thing"))
method(CLOSING, "__enter__", lambda machine, owner: owner.contents["thing"])
method(REDIRECT, "__init__", keep("_target"))
method(REDIRECT, "__enter__", lambda machine, owner: owner.contents["_target"])
method(ABSTRACT, "__enter__", lambda machine, owner: owner)
method(STACK, "__enter__", lambda machine, owner: owner)
method(STACK, "enter_context", lambda machine, owner, manager: calls.enter(machine, manager))
method(STACK, "push", lambda machine, owner, manager: manager)
method(STACK, "callback", lambda machine, owner, callback, *positional, **keywords: callback)
method(STACK, "pop_all", lambda machine, owner: owner)
for _cls in (MANAGER, NULL, SUPPRESS, STACK, CLOSING, REDIRECT):
    method(_cls, "__exit__", lambda machine, owner, *details: None)
method(STACK, "close", lambda machine, owner: None)
for _cls in (MANAGER, DECORATOR):
    method(_cls, "__call__", decorate)
NAMES["aclosing"] = harmless("aclosing")
