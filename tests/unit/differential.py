"""Runs a small program twice, by Python and by the interpreter, and compares what it calls `result`."""

from __future__ import annotations

import functools
from types import SimpleNamespace

from cnnlint.interpreter import expressions, loops, statements
from cnnlint.interpreter.attributes import find_attribute
from cnnlint.interpreter.builtins import Builtins
from cnnlint.interpreter.builtins.text import text_of
from cnnlint.interpreter.calls import call
from cnnlint.interpreter.dispatch import execute
from cnnlint.interpreter.door import InterpreterDoor
from cnnlint.interpreter.hot_loops import HotLoops
from cnnlint.interpreter.imports import Importer
from cnnlint.interpreter.machine import Frame, Machine, Raised
from cnnlint.interpreter.recorder import Recorder
from cnnlint.interpreter.types import BASE_EXCEPTION
from cnnlint.source import SourceText, lower
from cnnlint.values import MISSING, ClassValue, DictValue, Instance, IteratorValue, ListValue, ModuleValue, SetValue, Unknown, Value

assert expressions
assert loops
assert statements


def machine() -> Machine:
    """A machine without frameworks and files."""
    made = Machine(SimpleNamespace(frameworks=()), ())
    made.hot_loops = HotLoops()
    made.importer = Importer(made)
    made.recorder = Recorder(made)
    made.builtins = Builtins(made)
    made.door = InterpreterDoor(made)
    return made


def interpreted(text: str, given: dict[str, Value] | None = None, on: Machine | None = None) -> Value:
    """The value that the interpreter finds for `result`; the exception's class and text where the program raises."""
    shared = on or machine()
    module = ModuleValue("__main__", "program.py")
    module.contents.update({"__name__": "__main__", **(given or {})})
    frame = Frame(shared, module, module)
    try:
        for statement in lower(SourceText("program.py", text)).body:
            outcome = execute(frame, statement)
            assert outcome.kind == "normal", outcome
    except Raised as raised:
        return f"raises {raised.exception.cls.name}"
    return simplified(shared, shared.importer.global_name(module, "result"))


def simplified(machine: Machine, value: Value) -> object:
    """A value of the program as the plain Python value that it stands for."""
    again = functools.partial(simplified, machine)
    match value:
        case ListValue(contents=list() as items):
            return [again(item) for item in items]
        case tuple():
            return tuple(again(item) for item in value)
        case DictValue(contents=dict() as entries):
            return {again(key): again(item) for key, item in entries.items()}
        case SetValue(contents=dict() as members):
            return {again(member) for member in members}
        case IteratorValue(items=list() as items):
            return [again(item) for item in items[value.contents :]]
        case Instance():
            if value.cls.is_subclass(BASE_EXCEPTION):
                return f"{value.cls.name}: {text_of(machine, value)}"
            if value.payload is not MISSING:
                return again(value.payload)
            shown = find_attribute(machine, value, "__repr__")
            return value if shown is MISSING else again(call(machine, shown, [], {}))
        case ClassValue():
            return f"class {value.name}"
        case Unknown():
            return f"unknown: {value.reason}"
    return value


def executed(text: str) -> object:
    """The same from Python itself."""
    namespace: dict[str, object] = {"__name__": "__main__"}
    try:
        exec(compile(text, "program.py", "exec", dont_inherit=True), namespace)  # noqa: S102 (text of our own)
    except BaseException as error:  # noqa: BLE001 (any of them is the expectation)
        return f"raises {type(error).__name__}"
    return reduced(namespace["result"])


def reduced(value: object) -> object:
    """A Python value in the form that `simplified` gives."""
    if isinstance(value, type):
        return f"class {value.__name__}"
    if isinstance(value, BaseException):
        return f"{type(value).__name__}: {value}"
    if isinstance(value, dict):
        return {reduced(key): reduced(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple(reduced(item) for item in value)
    if isinstance(value, (set, frozenset)):
        return {reduced(item) for item in value}
    if value is None or isinstance(value, (int, float, complex, str, bytes, range)):
        return value
    if hasattr(value, "__iter__"):
        return [reduced(item) for item in value]
    return repr(value)


def same(found: object, expected: object) -> bool:
    """Whether two results are equal, 1, 1.0 and True apart."""
    if isinstance(found, (list, tuple)) and type(found) is type(expected):
        return len(found) == len(expected) and all(map(same, found, expected))  # type: ignore[arg-type]
    if isinstance(found, dict) and isinstance(expected, dict):
        return same(list(found.items()), list(expected.items()))
    if isinstance(found, float) and found != found:
        return expected != expected
    return type(found) is type(expected) and found == expected
