"""Statements: assignments, branches, jumps, handlers and definitions. Loops are in `loops`."""

from __future__ import annotations

from cnnlint.interpreter import calls, classes, functions, operators, patterns
from cnnlint.interpreter.assignment import assign, delete
from cnnlint.interpreter.assuming import with_stated_shape
from cnnlint.interpreter.branches import Arm, collapse, part, run_arms, signed
from cnnlint.interpreter.discarding import remark_on_discarded
from cnnlint.interpreter.dispatch import evaluate, executes
from cnnlint.interpreter.functions import execute_block
from cnnlint.interpreter.machine import BREAK, CONTINUE, NORMAL, Frame, Outcome, Raised
from cnnlint.interpreter.raising import catches, exception_instance, fail
from cnnlint.source import ir
from cnnlint.values import ClassValue, FunctionValue, Instance, Tensor, Unknown, Value


@executes(ir.ExpressionStatement)
def expression_statement(frame: Frame, node: ir.ExpressionStatement) -> Outcome:
    if type(node.value) is not ir.Constant:
        value = evaluate(frame, node.value)
        if type(value) is Tensor and type(node.value) is ir.Call and frame.machine.recorder.active is not None:
            remark_on_discarded(frame, node.value, value)
    return NORMAL


@executes(ir.Assign)
def assignment(frame: Frame, node: ir.Assign) -> Outcome:
    if node.value is None:
        functions.annotate(frame, node)
        return NORMAL
    value = with_stated_shape(frame, node, evaluate(frame, node.value))
    for target in node.targets:
        assign(frame, target, value)
    if node.annotation is not None:
        functions.annotate(frame, node)
    frame.machine.recorder.bound(frame, node, value)
    return NORMAL


@executes(ir.AugmentedAssign)
def augmented_assignment(frame: Frame, node: ir.AugmentedAssign) -> Outcome:
    left = evaluate(frame, node.target)
    right = evaluate(frame, node.value)
    with frame.machine.standing(frame, node):
        result = operators.in_place(frame.machine, node.op, left, right)
    assign(frame, node.target, with_stated_shape(frame, node, result))
    return NORMAL


@executes(ir.Delete)
def deletion(frame: Frame, node: ir.Delete) -> Outcome:
    for target in node.targets:
        delete(frame, target)
    return NORMAL


@executes(ir.Return)
def returning(frame: Frame, node: ir.Return) -> Outcome:
    return Outcome("return", None if node.value is None else evaluate(frame, node.value))


@executes(ir.Jump)
def jump(frame: Frame, node: ir.Jump) -> Outcome:
    return {"pass": NORMAL, "break": BREAK, "continue": CONTINUE}[node.kind]


@executes(ir.Scoping)
def scoping(frame: Frame, node: ir.Scoping) -> Outcome:
    if node.kind == "global":
        frame.global_names.update(node.names)
    return NORMAL


@executes(ir.NotModelled)
def not_modelled(frame: Frame, node: ir.NotModelled) -> Outcome:
    unknown = frame.machine.unknown(f"{node.what} is not modelled", frame.here(node))
    for name in sorted(node.bound):
        assign(frame, ir.Name(node.span, name), unknown)
    return NORMAL


@executes(ir.Raise)
def raising(frame: Frame, node: ir.Raise) -> Outcome:
    machine = frame.machine
    if node.exception is None:
        raise frame.handled if frame.handled is not None else Raised(exception_instance(machine, "RuntimeError"), None, frame.here(node))
    exception = evaluate(frame, node.exception)
    with machine.standing(frame, node):
        if isinstance(exception, ClassValue):
            exception = calls.call(machine, exception, [], {})
        if not isinstance(exception, Instance):
            exception = exception_instance(machine, "BaseException" if isinstance(exception, Unknown) else "TypeError")
        raise Raised(exception, None, machine.site)


@executes(ir.Assert)
def asserting(frame: Frame, node: ir.Assert) -> Outcome:
    machine = frame.machine
    truth = operators.truth(machine, evaluate(frame, node.test))
    with machine.standing(frame, node):
        if truth is False:
            said = evaluate(frame, node.message) if node.message is not None else None
            fail(machine, "AssertionError", said if isinstance(said, str) else "the assertion fails", is_finding=False)
        machine.door.require(truth, "AssertionError", "the assertion fails")
    return NORMAL


@executes(ir.If)
def branch(frame: Frame, node: ir.If) -> Outcome:
    machine = frame.machine
    truth = operators.truth(machine, evaluate(frame, node.test))
    if truth is True:
        return execute_block(frame, node.body)
    if truth is False:
        return execute_block(frame, node.orelse)
    key, way = signed(truth)
    return part(
        frame,
        [
            *run_arms(frame, frozenset({(key, way)}), lambda: execute_block(frame, node.body)),
            *run_arms(frame, frozenset({(key, not way)}), lambda: execute_block(frame, node.orelse)),
        ],
    )


@executes(ir.Try)
def trying(frame: Frame, node: ir.Try) -> Outcome:
    machine = frame.machine
    mark = len(frame.splits)
    before = machine.assumed
    handlers = tuple(
        machine.builtins.base_exception if handler.exception is None else evaluate(frame, handler.exception) for handler in node.handlers
    )
    machine.catching.append(handlers)
    try:
        outcome = execute_block(frame, node.body)
    except Raised as raised:
        outcome = Outcome("raise", raised)
    finally:
        machine.catching.pop()
    machine.assumed = before
    arms = [done for arm in collapse(frame, mark, outcome) for done in handle(frame, node, handlers, arm)]
    outcome = part(frame, arms)
    if node.final:
        final = execute_block(frame, node.final)
        if final is not NORMAL:
            return final
    if outcome.kind == "raise":
        raise outcome.value
    return outcome


def handle(frame: Frame, node: ir.Try, handlers: tuple[Value, ...], arm: Arm) -> list[Arm]:
    """Carry one way that the body ended on through its handler, or through `else`."""
    raised: Raised | None = None
    name = None
    if arm.outcome.kind == "normal" and node.orelse:
        block = node.orelse
    elif arm.outcome.kind == "raise":
        raised = arm.outcome.value
        chosen = next((handler for handler, kind in zip(node.handlers, handlers, strict=True) if catches(kind, raised.exception)), None)
        if chosen is None:
            return [arm]
        block = chosen.body
        name = chosen.name
    else:
        return [arm]

    def body() -> Outcome:
        frame.machine.store.apply(arm.delta)
        handled = frame.handled
        frame.handled = raised or handled
        if name is not None and raised is not None:
            assign(frame, ir.Name(node.span, name), raised.exception)
        outcome = execute_block(frame, block)
        frame.handled = handled
        return outcome

    return run_arms(frame, arm.path, body)


@executes(ir.With)
def with_statement(frame: Frame, node: ir.With) -> Outcome:
    machine = frame.machine
    managers = []
    swallows = False
    for item in node.items:
        manager = evaluate(frame, item.manager)
        with machine.standing(frame, item):
            entered = calls.enter(machine, manager)
        managers.append(manager)
        swallows = swallows or calls.may_swallow(machine, manager)
        if item.target is not None:
            assign(frame, item.target, entered)
    if swallows:
        machine.catching.append((machine.builtins.base_exception,))
    try:
        outcome = execute_block(frame, node.body)
    except Raised as raised:
        if not swallows:
            raise
        outcome = NORMAL if any(map(calls.swallows, managers)) else perhaps_caught(frame, raised)
    finally:
        if swallows:
            machine.catching.pop()
    for manager in reversed(managers):
        with machine.standing(frame, node):
            calls.leave(machine, manager)
    return outcome


def perhaps_caught(frame: Frame, raised: Raised) -> Outcome:
    """Go on behind a context that may catch what was raised in it, or not."""
    condition = frame.machine.unknown("whether a context manager catches what is raised")
    left = Arm(frozenset({(condition, False)}), Outcome("raise", raised), {})
    return part(frame, [left, Arm(frozenset({(condition, True)}), NORMAL, {})])


@executes(ir.FunctionDefinition)
def function_definition(frame: Frame, node: ir.FunctionDefinition) -> Outcome:
    function = functions.make_function(frame, node)
    bind_decorated(frame, node, node.decorators, function)
    return NORMAL


@executes(ir.ClassDefinition)
def class_definition(frame: Frame, node: ir.ClassDefinition) -> Outcome:
    bind_decorated(frame, node, node.decorators, classes.make_class(frame, node))
    return NORMAL


def bind_decorated(
    frame: Frame, node: ir.FunctionDefinition | ir.ClassDefinition, decorators: tuple[ir.Expression, ...], value: Value
) -> None:
    """Apply decorators, the innermost first, and bind the name. What an unknown decorator returns is taken to be what it was given."""
    machine = frame.machine
    found = [(evaluate(frame, decorator), decorator) for decorator in decorators]
    for decorator, place in reversed(found):
        decorated: Value = decorator
        if not isinstance(decorator, Unknown):
            with machine.standing(frame, place):
                decorated = calls.call(machine, decorator, [value], {})
        if not isinstance(decorated, Unknown):
            value = decorated
        elif isinstance(value, FunctionValue):
            machine.decorated.add(value)
        elif isinstance(value, ClassValue):
            machine.decorated.update(method for method in value.contents.values() if isinstance(method, FunctionValue))
    assign(frame, ir.Name(node.name_span, node.name), value)


@executes(ir.Match)
def matching(frame: Frame, node: ir.Match) -> Outcome:
    subject = evaluate(frame, node.subject)
    return patterns.match_cases(frame, subject, node.cases)
