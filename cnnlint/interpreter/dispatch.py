"""The tables that say which function evaluates which kind of node. They are filled while the package is imported."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar

from cnnlint.interpreter.machine import Frame, Outcome, OutOfBudget, Promise
from cnnlint.source import ir
from cnnlint.values import MISSING, Choice, Value

Evaluator: TypeAlias = Callable[[Frame, Any], Value]
Executor: TypeAlias = Callable[[Frame, Any], Outcome]
EvaluatorType = TypeVar("EvaluatorType", bound=Evaluator)
ExecutorType = TypeVar("ExecutorType", bound=Executor)

NOT_PLAIN = frozenset({type(MISSING), Promise, Choice})
"""What a variable holds that is not yet what its name means."""

_evaluators: dict[type, Evaluator] = {}
_executors: dict[type, Executor] = {}


def evaluates(*kinds: type) -> Callable[[EvaluatorType], EvaluatorType]:
    """Declare the function that evaluates these kinds of expressions."""

    def declare(function: EvaluatorType) -> EvaluatorType:
        for kind in kinds:
            _evaluators[kind] = function
        return function

    return declare


def executes(*kinds: type) -> Callable[[ExecutorType], ExecutorType]:
    """Declare the function that executes these kinds of statements."""

    def declare(function: ExecutorType) -> ExecutorType:
        for kind in kinds:
            _executors[kind] = function
        return function

    return declare


def evaluate(frame: Frame, node: ir.Node) -> Value:
    """The value of an expression.

    Raises Raised when the program raises, OutOfBudget when the analysis may not go on.
    """
    machine = frame.machine
    machine.steps -= 1
    if machine.steps < 0:
        raise OutOfBudget("the analysis takes too many steps", frame.here(node))
    if type(node) is ir.Name:  # every other expression is a name, and most of those are local variables
        found = frame.scope.contents.get(node.id, MISSING)
        if type(found) not in NOT_PLAIN:
            return found
    return _evaluators[type(node)](frame, node)


def execute(frame: Frame, node: ir.Node) -> Outcome:
    """Run one statement; raises as `evaluate` does."""
    machine = frame.machine
    machine.steps -= 1
    if machine.steps < 0:
        raise OutOfBudget("the analysis takes too many steps", frame.here(node))
    return _executors[type(node)](frame, node)
