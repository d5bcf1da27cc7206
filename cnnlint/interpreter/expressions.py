"""Expressions: literals, displays, operators, calls, subscripts, f-strings, comprehensions and lambdas."""

from __future__ import annotations

from collections.abc import Callable

from cnnlint.interpreter import attributes, calls, functions, iteration, operators
from cnnlint.interpreter.assignment import assign
from cnnlint.interpreter.branches import distribute, either, run_arms, signed
from cnnlint.interpreter.discarding import remark_on_direct_call
from cnnlint.interpreter.dispatch import evaluate, evaluates
from cnnlint.interpreter.loops import widen_changes
from cnnlint.interpreter.machine import NORMAL, Frame, Outcome
from cnnlint.interpreter.wiring import remark_on_repetition
from cnnlint.source import ir
from cnnlint.values import (
    BoundMethod,
    DictValue,
    FunctionValue,
    IteratorValue,
    ListValue,
    Scope,
    SetValue,
    SliceValue,
    SuperValue,
    Unknown,
    Value,
)


@evaluates(ir.Constant)
def constant(frame: Frame, node: ir.Constant) -> Value:
    return node.value


@evaluates(ir.Attribute)
def attribute(frame: Frame, node: ir.Attribute) -> Value:
    value = evaluate(frame, node.value)
    machine = frame.machine
    before, machine.at = machine.at, (frame, node)
    try:
        return attributes.attribute(machine, value, node.attr)
    finally:
        machine.at = before


@evaluates(ir.Subscript)
def subscript(frame: Frame, node: ir.Subscript) -> Value:
    machine = frame.machine
    value = evaluate(frame, node.value)
    index = evaluate(frame, node.index)
    before, machine.at = machine.at, (frame, node)
    try:
        return iteration.get_item(machine, value, index)
    finally:
        machine.at = before


@evaluates(ir.Slice)
def slicing(frame: Frame, node: ir.Slice) -> Value:
    return SliceValue(*(None if part is None else evaluate(frame, part) for part in (node.lower, node.upper, node.step)))


@evaluates(ir.Call)
def call(frame: Frame, node: ir.Call) -> Value:
    machine = frame.machine
    if type(node.function) is ir.Name and node.function.id == "super" and not node.arguments:
        return super_here(frame)
    callee = evaluate(frame, node.function)
    positional, keywords, lost = arguments(frame, node.arguments)
    before, machine.at = machine.at, (frame, node)
    try:
        if lost is not None:
            calls.spoil(machine, lost, [*positional, *keywords.values(), *constructed(callee)])
            return callee if isinstance(callee, Unknown) else lost
        if type(callee) is BoundMethod and type(callee.function) is FunctionValue:
            remark_on_direct_call(frame, node, callee)
        return calls.call(machine, callee, positional, keywords)
    finally:
        machine.at = before


def constructed(callee: Value) -> list[Value]:
    """The instance whose constructor a call runs by its name, as `super().__init__(*arguments)` does."""
    if isinstance(callee, BoundMethod) and getattr(callee.function, "name", "") == "__init__":
        return [callee.instance]
    return []


def arguments(frame: Frame, given: tuple[ir.Argument, ...]) -> tuple[list[Value], dict[str, Value], Unknown | None]:
    """The arguments of a call; the third is set when stars hide some of them."""
    positional: list[Value] = []
    keywords: dict[str, Value] = {}
    lost: Unknown | None = None
    for argument in given:
        value = evaluate(frame, argument.value)
        if argument.stars == 0:
            if argument.keyword is None:
                positional.append(value)
            else:
                keywords[argument.keyword] = value
        elif argument.stars == 1:
            with frame.machine.standing(frame, argument):
                items = iteration.iterate(frame.machine, value)
            if isinstance(items, Unknown):
                lost = lost or items
            else:
                positional.extend(items)
        else:
            entries = iteration.entries(frame.machine, value)
            if isinstance(entries, Unknown):
                lost = lost or entries
            else:
                keywords.update(entries)
    return positional, keywords, lost


def super_here(frame: Frame) -> Value:
    """`super()`: the class is the one whose body defined the function, the instance its first argument."""
    at = frame
    while at.outer is not None:
        at = at.outer
    function = at.function
    if function is None or function.owner is None or not function.definition.parameters:
        return frame.machine.unknown("super() outside of a method", frame.site)
    first = function.definition.parameters[0]
    value = at.scope.contents.get(first.name)
    instance = value[0] if first.kind == "*" and isinstance(value, tuple) and value else value
    return instance if isinstance(instance, Unknown) else SuperValue(function.owner, instance)


@evaluates(ir.Unary)
def unary(frame: Frame, node: ir.Unary) -> Value:
    machine = frame.machine
    operand = evaluate(frame, node.operand)
    before, machine.at = machine.at, (frame, node)
    try:
        return operators.denied(machine, operand) if node.op == "not" else operators.unary(machine, node.op, operand)
    finally:
        machine.at = before


@evaluates(ir.Binary)
def binary(frame: Frame, node: ir.Binary) -> Value:
    machine = frame.machine
    left = evaluate(frame, node.left)
    right = evaluate(frame, node.right)
    before, machine.at = machine.at, (frame, node)
    try:
        result = operators.binary(machine, node.op, left, right)
        if node.op == "*" and type(left) is ListValue and type(result) is ListValue:
            remark_on_repetition(frame, node, left, result)
        return result
    finally:
        machine.at = before


@evaluates(ir.Boolean)
def boolean(frame: Frame, node: ir.Boolean) -> Value:
    return boolean_from(frame, node, 0)


def boolean_from(frame: Frame, node: ir.Boolean, position: int) -> Value:
    machine = frame.machine
    value = evaluate(frame, node.operands[position])
    if position == len(node.operands) - 1:
        return value
    truth = operators.truth(machine, value)
    if isinstance(truth, bool):
        return boolean_from(frame, node, position + 1) if truth is (node.op == "and") else value

    def rest() -> Value:
        return boolean_from(frame, node, position + 1)

    def this() -> Value:
        return operators.narrowed(machine, value, node.op == "or")

    return either(machine, truth, rest, this) if node.op == "and" else either(machine, truth, this, rest)


@evaluates(ir.Compare)
def comparison(frame: Frame, node: ir.Compare) -> Value:
    machine = frame.machine
    left = evaluate(frame, node.left)
    result: Value = True
    for op, operand in zip(node.ops, node.rights, strict=True):
        right = evaluate(frame, operand)
        before, machine.at = machine.at, (frame, node)
        try:
            step = operators.compare_values(machine, op, left, right)
        finally:
            machine.at = before
        if len(node.ops) == 1:
            return step
        truth = operators.truth(machine, step)
        if truth is False:
            return False
        if truth is not True:
            result = step if result is True else machine.unknown("a chain of comparisons", frame.here(node))
        left = right
    return result


@evaluates(ir.Conditional)
def conditional(frame: Frame, node: ir.Conditional) -> Value:
    machine = frame.machine
    truth = operators.truth(machine, evaluate(frame, node.test))
    if isinstance(truth, bool):
        return evaluate(frame, node.body if truth else node.orelse)
    key, way = signed(truth)
    branches: list[Callable[[], Value]] = [lambda: evaluate(frame, node.body), lambda: evaluate(frame, node.orelse)]
    return either(machine, key, *(branches if way else reversed(branches)))


@evaluates(ir.Display)
def display(frame: Frame, node: ir.Display) -> Value:
    items: list[Value] = []
    lost: Unknown | None = None
    for element in node.elements:
        if type(element) is ir.Starred:
            value = evaluate(frame, element.value)
            with frame.machine.standing(frame, element):
                more = iteration.iterate(frame.machine, value)
            if isinstance(more, Unknown):
                lost = lost or more
            else:
                items.extend(more)
        else:
            items.append(evaluate(frame, element))
    if node.kind == "tuple":
        return lost or tuple(items)
    if node.kind == "set":
        return SetValue(lost or frame.machine.builtins.members(items))
    return ListValue(lost or items)


@evaluates(ir.Starred)
def starred(frame: Frame, node: ir.Starred) -> Value:
    return evaluate(frame, node.value)


@evaluates(ir.DictDisplay)
def dict_display(frame: Frame, node: ir.DictDisplay) -> Value:
    machine = frame.machine
    made = DictValue()
    for item in node.items:
        value = evaluate(frame, item.value)
        if item.key is None:
            more = iteration.entries(machine, value, strings_only=False)
            if isinstance(more, Unknown):
                made.contents = more
            elif isinstance(made.contents, dict):
                made.contents.update(more)
            continue
        key = evaluate(frame, item.key)
        with machine.standing(frame, item):
            iteration.set_item(machine, made, key, value)
    return made


@evaluates(ir.Comprehension)
def comprehension(frame: Frame, node: ir.Comprehension) -> Value:
    machine = frame.machine
    inner = Frame(machine, frame.module, Scope(frame.scope), frame.function, frame.site, outer=frame, locals=node.locals)
    keys: list[Value] = []
    items: list[Value] = []

    def add() -> None:
        keys.append(evaluate(inner, node.element))
        if node.value is not None:
            items.append(evaluate(inner, node.value))

    lost = run_clauses(inner, frame, node.clauses, add)
    if node.kind == "dict":
        return DictValue(lost or dict(zip(operators.hashable_items(keys, machine), items, strict=True)))
    if node.kind == "set":
        return SetValue(lost or machine.builtins.members(keys))
    if node.kind == "generator":
        return lost or IteratorValue(keys, "generator")
    return ListValue(lost or keys)


def run_clauses(inner: Frame, outer: Frame, clauses: tuple[ir.Clause, ...], add: Callable[[], None]) -> Unknown | None:
    """Run the loops of a comprehension; the reason when its items are not known."""
    machine = inner.machine
    if not clauses:
        add()
        return None
    clause, rest = clauses[0], clauses[1:]
    iterable = evaluate(outer, clause.iterable)
    with machine.standing(inner, clause):
        items = iteration.iterate(machine, iterable)
    if isinstance(items, Unknown):
        element = iteration.element_of(machine, iterable, items)

        def turn() -> Outcome:
            assign(inner, clause.target, element)
            for condition in clause.conditions:
                evaluate(inner, condition)
            run_clauses(inner, inner, rest, add)
            return NORMAL

        widen_changes(inner, lambda: run_arms(inner, frozenset(), turn))
        return items
    for item in items:
        machine.steps -= 1
        assign(inner, clause.target, item)
        undecided = None
        for condition in clause.conditions:
            truth = operators.truth(machine, evaluate(inner, condition))
            if truth is False:
                break
            if truth is not True:
                undecided = machine.unknown("which items pass the condition of a comprehension", inner.here(condition))
        else:
            if undecided is not None:
                widen_changes(inner, lambda: run_arms(inner, frozenset(), lambda: ending(run_clauses(inner, inner, rest, add))))
                return undecided
            lost = run_clauses(inner, inner, rest, add)
            if lost is not None:
                return lost
    return None


def ending(value: object) -> Outcome:
    """The outcome of what came to its end, whatever it gave."""
    return NORMAL


@evaluates(ir.Lambda)
def lambda_expression(frame: Frame, node: ir.Lambda) -> Value:
    return functions.make_function(frame, node)


@evaluates(ir.JoinedString)
def joined_string(frame: Frame, node: ir.JoinedString) -> Value:
    machine = frame.machine
    parts: list[Value] = []
    for part in node.parts:
        if isinstance(part, ir.Constant):
            parts.append(str(part.value))
            continue
        assert isinstance(part, ir.Formatted)
        value = evaluate(frame, part.value)
        form = "" if part.format is None else evaluate(frame, part.format)
        with machine.standing(frame, part):
            text = machine.builtins.formatted(value, part.conversion, form)
        if isinstance(text, Unknown):
            return text
        parts.append(text)
    if node.is_template:
        return machine.unknown("a template string", frame.here(node))
    return distribute(machine, parts, "".join)


@evaluates(ir.NamedExpression)
def named_expression(frame: Frame, node: ir.NamedExpression) -> Value:
    value = evaluate(frame, node.value)
    assign(frame, node.target, value)
    return value


@evaluates(ir.Await)
def awaiting(frame: Frame, node: ir.Await) -> Value:
    evaluate(frame, node.value)
    return frame.machine.unknown("an awaited result", frame.here(node))


@evaluates(ir.Yield)
def yielding(frame: Frame, node: ir.Yield) -> Value:
    machine = frame.machine
    value = None if node.value is None else evaluate(frame, node.value)
    at: Frame = frame
    while at.yields is None and at.outer is not None:
        at = at.outer
    if not isinstance(at.yields, list):
        return None
    if machine.is_under_splits(at):
        at.yields = machine.unknown("a generator that yields under a condition that is not known", frame.here(node))
        return None
    if node.is_from:
        items = iteration.iterate(machine, value)
        if isinstance(items, Unknown):
            at.yields = items
        else:
            at.yields.extend(items)
        return None
    at.yields.append(value)
    return None


@evaluates(ir.Formatted)
def formatted(frame: Frame, node: ir.Formatted) -> Value:
    return frame.machine.builtins.formatted(evaluate(frame, node.value), node.conversion, "")


@evaluates(ir.NotModelled)
def not_modelled(frame: Frame, node: ir.NotModelled) -> Value:
    return frame.machine.unknown(f"{node.what} is not modelled", frame.here(node))
