"""Functions of the program: made from definitions, arguments bound to parameters, bodies run."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from functools import partial
from typing import NoReturn

from cnnlint.failures import WrongCall
from cnnlint.interpreter.branches import collapse, settle_arms
from cnnlint.interpreter.dispatch import evaluate, execute
from cnnlint.interpreter.machine import DEEPEST_CALL, NORMAL, Activation, Frame, Machine, Outcome, Raised
from cnnlint.interpreter.raising import fail_with
from cnnlint.source import ir
from cnnlint.values import (
    MISSING,
    DictValue,
    FunctionValue,
    IteratorValue,
    ListValue,
    NativeFunction,
    Scope,
    SetValue,
    Unknown,
    Value,
)

MOST_UNDECIDED_RECURSIONS = 3
"""How deep a function may call itself under conditions that are not known, before the depth counts as unknown."""


def execute_block(frame: Frame, body: tuple[ir.Statement, ...]) -> Outcome:
    """Run statements until one leaves the block."""
    for statement in body:
        outcome = execute(frame, statement)
        if outcome is not NORMAL:
            return outcome
    return NORMAL


def make_function(frame: Frame, node: ir.FunctionDefinition | ir.Lambda) -> FunctionValue:
    """A closure; defaults are evaluated now."""
    name = node.name if isinstance(node, ir.FunctionDefinition) else "<lambda>"
    defaults = {parameter.name: evaluate(frame, parameter.default) for parameter in node.parameters if parameter.default is not None}
    scope = frame.scope if frame.function is not None or frame.outer is not None else None
    if frame.is_class_body:
        scope = frame.scope.parent
    return FunctionValue(name, node, frame.module, scope, defaults)


def annotate(frame: Frame, node: ir.Assign) -> None:
    """Record an annotated name of a class body, in order, for dataclasses and named tuples."""
    if not frame.is_class_body or not isinstance(node.targets[0], ir.Name) or node.annotation is None:
        return
    annotations = frame.scope.contents.setdefault("__annotations__", DictValue())
    annotations.contents[node.targets[0].id] = Annotation(node.annotation, frame)


class Annotation:
    """An annotation that is evaluated only when somebody asks."""

    __slots__ = ("evaluated", "text")

    def __init__(self, node: ir.Expression, frame: Frame) -> None:
        self.text = annotation_text(node)
        self.evaluated: Callable[[], Value] = partial(evaluate, frame, node)


def annotation_text(node: ir.Node) -> str:
    """An annotation as dotted words, enough to recognise `ClassVar`, `InitVar` and plain names."""
    match node:
        case ir.Name(id=name):
            return name
        case ir.Attribute(value=value, attr=attr):
            return f"{annotation_text(value)}.{attr}"
        case ir.Subscript(value=value, index=index):
            return f"{annotation_text(value)}[{annotation_text(index)}]"
        case ir.Constant(value=value):
            return str(value)
        case ir.Display(elements=elements):
            return ", ".join(annotation_text(element) for element in elements)
        case ir.Binary(left=left, right=right):
            return f"{annotation_text(left)} | {annotation_text(right)}"
    return ""


def run(machine: Machine, function: FunctionValue, positional: list[Value], keywords: dict[str, Value]) -> Value:
    """Call a function of the program.

    Raises Raised with TypeError where the arguments do not fit the parameters.
    """
    definition = function.definition
    try:
        variables = bind_arguments(function, positional, keywords)
    except Misfit as misfit:
        if function in machine.decorated:
            return machine.unknown(f"what a decorator makes of `{function.name}`")
        mismatch(machine, function, misfit.problem, misfit.argument)
    outer = machine.active.get(id(definition), ())
    arguments = tuple(variables.values())
    if len(outer) > MOST_UNDECIDED_RECURSIONS and is_endless(machine, outer, arguments):
        cause = machine.unknown(f"`{function.name}` calls itself an unknown number of times")
        for value in arguments:
            if isinstance(value, (ListValue, DictValue, SetValue)):
                machine.store.touch(value)
                value.contents = cause
        return cause
    if machine.depth >= DEEPEST_CALL:
        return machine.refused(f"calls nested deeper than {DEEPEST_CALL}")
    frame = Frame(machine, function.module, Scope(function.scope, variables), function, machine.site)
    frame.locals = definition.locals
    frame.journals = len(machine.store.journals)
    machine.depth += 1
    machine.active[id(definition)] = (*outer, Activation(len(machine.assumed), arguments))
    at, assumed = machine.at, machine.assumed
    machine.recorder.called_functions.add(id(definition))
    try:
        if isinstance(definition, ir.Lambda):
            return evaluate(frame, definition.body)
        if definition.is_generator:
            frame.yields = []
            try:
                run_body(frame, definition.body)
            except Raised as raised:
                if raised.is_reported or not frame.yields:
                    raise
                return machine.unknown("a generator that raises after it yielded, unless who takes its items changes what it reads")
            return IteratorValue(frame.yields, "generator") if isinstance(frame.yields, list) else frame.yields
        if definition.is_async:
            return machine.unknown("a coroutine")
        return run_body(frame, definition.body)
    finally:
        machine.depth -= 1
        machine.active[id(definition)] = outer
        machine.at, machine.assumed = at, assumed


def is_endless(machine: Machine, outer: tuple[Activation, ...], arguments: tuple[Value, ...]) -> bool:
    """Whether nothing that is known says when a recursion ends: a condition was assumed in it, or it gets no nearer to anything."""
    if len(machine.assumed) > outer[0].assumptions:
        return True
    before = outer[-1].arguments
    pairs = list(zip(before, arguments, strict=False))
    is_alike = len(before) == len(arguments) and all(one is other or isinstance(other, Unknown) for one, other in pairs)
    return is_alike and any(isinstance(argument, Unknown) for argument in arguments)


def run_body(frame: Frame, body: tuple[ir.Statement, ...]) -> Value:
    """Run a body and join the ways on which it returned."""
    machine = frame.machine
    assumed = machine.assumed
    try:
        outcome = execute_block(frame, body)
    except Raised as raised:
        if not frame.splits:
            raise
        outcome = Outcome("raise", raised)
    machine.assumed = assumed
    if not frame.splits:
        if outcome.kind == "raise":
            raise outcome.value
        return outcome.value
    return settle_arms(machine, collapse(frame, 0, outcome))


class Misfit(Exception):
    """The arguments of a call don't fit the parameters; `problem` is as `WrongCall` has it."""

    def __init__(self, problem: str, argument: str | None) -> None:
        super().__init__(problem)
        self.problem, self.argument = problem, argument


def bind_arguments(function: FunctionValue, positional: list[Value], keywords: dict[str, Value]) -> dict[str, Value]:
    """The variables that a call starts with. Raises Misfit where there are none."""
    variables: dict[str, Value] = {}
    rest = list(positional)
    named = dict(keywords)
    for parameter in function.definition.parameters:
        name = parameter.name
        if parameter.kind in ("positional-only", "ordinary"):
            if rest:
                variables[name] = rest.pop(0)
                if name in named and parameter.kind == "ordinary":
                    raise Misfit("repeated", name)
            elif name in named and parameter.kind == "ordinary":
                variables[name] = named.pop(name)
            else:
                variables[name] = function.defaults.get(name, MISSING)
        elif parameter.kind == "*":
            variables[name] = tuple(rest)
            rest = []
        elif parameter.kind == "keyword-only":
            variables[name] = named.pop(name) if name in named else function.defaults.get(name, MISSING)
        else:
            variables[name] = DictValue(named)
            named = {}
    if rest or named:
        raise Misfit("unknown" if named else "many", next(iter(named), None))
    for name, value in variables.items():
        if value is MISSING:  # said last, as Python does: a misspelt name is the likelier fault
            raise Misfit("missing", name)
    return variables


def mismatch(machine: Machine, function: FunctionValue, problem: str, argument: str | None) -> NoReturn:
    """A call whose arguments do not fit a function of the program; an instance counts as no parameter."""
    known = [parameter.name for parameter in function.definition.parameters]
    if function.owner is None:
        wrong_call(machine, function.name, problem, known, argument)
    wrong_call(machine, f"{function.owner.name}.{function.name}", problem, known[1:], argument)


def wrong_call(machine: Machine, name: str, problem: str, known: Iterable[str], argument: str | None) -> NoReturn:
    """The program raises TypeError at a call that does not fit `name`; `problem` is as `WrongCall` has it."""
    fail_with(machine, WrongCall(name, problem, tuple(known), exception="TypeError", argument=argument))


def accepts(callee: NativeFunction, positional: list[Value], keywords: dict[str, Value]) -> bool:
    """Whether a modelled function's signature takes these arguments."""
    try:
        inspect.signature(callee.function).bind(None, *positional, **keywords)
    except TypeError:
        return False
    return True
