"""Loops that only reckon with plain known values, compiled to Python closures: a turn takes a tenth of the interpreter's time.

The closures work on an environment of their own, a dict from names to numbers, strings, tuples, lists and dicts, and touch nothing of
the analysis. Whatever is not plain raises NotPlain, and so does whatever would raise in Python: the interpreter then does it again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import itemgetter
from typing import Any, TypeAlias

from cnnlint.interpreter.machine import MOST_ELEMENTS
from cnnlint.interpreter.operators import ARITHMETIC, ORDER
from cnnlint.source import ir

Environment: TypeAlias = "dict[str, Any]"
Reader: TypeAlias = Callable[[Environment], Any]
Doer: TypeAlias = Callable[[Environment], "str | None"]

STEPS = ""
"""The name under which the environment holds how many steps are left, in a list of one."""
NODES_A_STEP = 32
"""How many closures count as one step of the interpreter."""
LARGEST = 1 << 64
"""A larger number is left to the interpreter, which sees to it that numbers stay small."""
PURE = {function.__name__: function for function in (abs, bool, divmod, float, int, len, max, min, round, sum)}
ITERABLE = {function.__name__: function for function in (enumerate, range, reversed, zip)}
SAFE_OPERATORS = frozenset(["+", "-", "*", "/", "//", "%", "&", "|", "^", ">>"])
NUMBERS = frozenset({int, float, bool})
PLAIN = frozenset({int, float, bool, str, type(None)})
PASSED, BROKEN = None, "break"
"""How a statement ends; `continue` is any other string."""


class NotPlain(Exception):
    """What a closure met is not for it."""


class OutOfSteps(Exception):
    """The loops took more steps than they may."""


class Compiler:
    """Makes closures of nodes, and notes which names they read, bind, and expect to be the built-in ones.

    Raises NotPlain for a node that is none of the few kinds.
    """

    def __init__(self) -> None:
        self.read: set[str] = set()
        self.bound: set[str] = set()
        self.built_in: set[str] = set()
        self.nodes = 0

    def steps_since(self, nodes: int) -> float:
        """What one turn takes of a loop before which there were `nodes`."""
        return max(1, (self.nodes - nodes) / NODES_A_STEP)

    def block(self, statements: Iterable[ir.Statement]) -> Doer:
        """Run statements until one leaves the block."""
        doers = tuple(self.statement(statement) for statement in statements)
        if len(doers) == 1:
            return doers[0]

        def run(environment: Environment) -> str | None:
            for do in doers:
                outcome = do(environment)
                if outcome is not PASSED:
                    return outcome
            return PASSED

        return run

    def statement(self, node: ir.Statement) -> Doer:
        self.nodes += 1
        match node:
            case ir.Assign(targets=(target,), value=value) if value is not None:
                read, bind = self.reader(value), self.binder(target)
                return lambda environment: bind(environment, read(environment))
            case ir.AugmentedAssign(target=target, op=op, value=value):
                read, bind = self.arithmetic(op, target, value), self.binder(target)
                return lambda environment: bind(environment, read(environment))
            case ir.ExpressionStatement(value=ir.Call(function=ir.Attribute(value=ir.Name() as owner, attr="append"), arguments=arguments)):
                return self.append(owner, arguments)
            case ir.ExpressionStatement(value=ir.Constant()) | ir.Jump(kind="pass"):
                return lambda environment: PASSED
            case ir.Jump(kind=kind):
                return lambda environment: kind
            case ir.If(test=test, body=body, orelse=orelse):
                condition, then, otherwise = self.reader(test), self.block(body), self.block(orelse)
                return lambda environment: then(environment) if condition(environment) else otherwise(environment)
            case ir.For(orelse=(), is_async=False):
                return self.for_loop(node)
            case ir.While(orelse=()):
                return self.while_loop(node)
        raise NotPlain

    def for_loop(self, node: ir.For) -> Doer:
        before = self.nodes
        iterate, bind, body = self.iterable(node.iterable), self.binder(node.target), self.block(node.body)
        steps = self.steps_since(before)

        def run(environment: Environment) -> str | None:
            items = iterate(environment)
            length = len(items)
            left = environment[STEPS]
            left[0] -= length * steps
            if left[0] < 0:
                raise OutOfSteps
            for turn, item in enumerate(items):
                bind(environment, item)
                if body(environment) is BROKEN:
                    left[0] += (length - turn - 1) * steps
                    break
            if len(items) != length:
                raise NotPlain
            return PASSED

        return run

    def while_loop(self, node: ir.While) -> Doer:
        before = self.nodes
        condition, body = self.reader(node.test), self.block(node.body)
        steps = self.steps_since(before)

        def run(environment: Environment) -> str | None:
            left = environment[STEPS]
            while condition(environment):
                left[0] -= steps
                if left[0] < 0:
                    raise OutOfSteps
                if body(environment) is BROKEN:
                    break
            return PASSED

        return run

    def iterable(self, node: ir.Expression) -> Reader:
        """What a loop goes through, as something that has a length and keeps it."""
        match node:
            case ir.Call(function=ir.Name(id=name), arguments=arguments) if name in ITERABLE:
                self.built_in.add(name)
                function, read = ITERABLE[name], self.all_of(arguments)
                if function is range:
                    return lambda environment: range(*read(environment))
                return lambda environment: tuple(function(*map(finite, read(environment))))
            case ir.Call(function=ir.Attribute(value=owner, attr="items" | "keys" | "values" as method), arguments=()):
                read = self.reader(owner)
                return lambda environment: tuple(getattr(read(environment), method)())
        read = self.reader(node)
        return lambda environment: finite(read(environment))

    def binder(self, target: ir.Expression) -> Callable[[Environment, Any], None]:
        match target:
            case ir.Name(id=name):
                self.bound.add(name)
                return lambda environment, value: environment.__setitem__(name, value)
            case ir.Subscript(value=ir.Name() as owner, index=index) if not isinstance(index, ir.Slice):
                container, key = self.reader(owner), self.reader(index)
                return lambda environment, value: container(environment).__setitem__(key(environment), value)
            case ir.Display(kind="tuple", elements=elements) if not any(isinstance(element, ir.Starred) for element in elements):
                binders = tuple(self.binder(element) for element in elements)

                def unpack(environment: Environment, value: Any) -> None:
                    for bind, item in zip(binders, value, strict=True):
                        bind(environment, item)

                return unpack
        raise NotPlain

    def append(self, owner: ir.Name, arguments: tuple[ir.Argument, ...]) -> Doer:
        if len(arguments) != 1 or arguments[0].stars or arguments[0].keyword:
            raise NotPlain
        read, item = self.reader(owner), self.reader(arguments[0].value)

        def append(environment: Environment) -> None:
            read(environment).append(item(environment))

        return append

    def reader(self, node: ir.Expression) -> Reader:
        self.nodes += 1
        match node:
            case ir.Name(id=name):
                self.read.add(name)
                return itemgetter(name)
            case ir.Constant(value=value) if type(value) in PLAIN:
                return lambda environment: value
            case ir.Binary(op=op, left=left, right=right):
                return self.arithmetic(op, left, right)
            case ir.Compare(left=left, ops=(op,), rights=(right,)):
                return self.comparison(op, left, right)
            case ir.Unary(op="-", operand=operand):
                read = self.reader(operand)
                return lambda environment: -read(environment)
            case ir.Unary(op="not", operand=operand):
                read = self.reader(operand)
                return lambda environment: not read(environment)
            case ir.Boolean(op=op, operands=operands):
                return self.boolean(op, operands)
            case ir.Conditional(test=test, body=body, orelse=orelse):
                condition, then, otherwise = self.reader(test), self.reader(body), self.reader(orelse)
                return lambda environment: then(environment) if condition(environment) else otherwise(environment)
            case ir.Subscript(value=owner, index=index) if not isinstance(index, ir.Slice):
                return self.item(owner, index)
            case ir.Display(kind="tuple", elements=elements) if not any(isinstance(element, ir.Starred) for element in elements):
                return self.display(elements)
            case ir.Call(function=ir.Name(id=name), arguments=arguments) if name in PURE:
                self.built_in.add(name)
                return self.call(PURE[name], arguments)
        raise NotPlain

    def arithmetic(self, op: str, left: ir.Expression, right: ir.Expression) -> Reader:
        if op not in SAFE_OPERATORS:
            raise NotPlain
        function, a, b = ARITHMETIC[op], self.reader(left), self.reader(right)

        def reckon(environment: Environment) -> Any:
            x, y = a(environment), b(environment)
            if x.__class__ not in NUMBERS or y.__class__ not in NUMBERS:
                raise NotPlain
            result = function(x, y)
            if result.__class__ is int and not -LARGEST < result < LARGEST:
                raise NotPlain
            return result

        return reckon

    def comparison(self, op: str, left: ir.Expression, right: ir.Expression) -> Reader:
        a, b = self.reader(left), self.reader(right)
        if op in ORDER:
            compare = ORDER[op]
            return lambda environment: compare(a(environment), b(environment))
        if op == "in":
            return lambda environment: a(environment) in b(environment)
        if op == "not in":
            return lambda environment: a(environment) not in b(environment)
        raise NotPlain

    def boolean(self, op: str, operands: tuple[ir.Expression, ...]) -> Reader:
        read = tuple(self.reader(operand) for operand in operands)
        stops_at = op == "or"

        def first(environment: Environment) -> Any:
            value: Any = None
            for operand in read:
                value = operand(environment)
                if bool(value) is stops_at:
                    break
            return value

        return first

    def item(self, owner: ir.Expression, index: ir.Expression) -> Reader:
        container = self.reader(owner)
        if isinstance(index, ir.Constant) and type(index.value) is int:
            at = index.value
            return lambda environment: container(environment)[at]
        key = self.reader(index)
        return lambda environment: container(environment)[key(environment)]

    def display(self, elements: tuple[ir.Expression, ...]) -> Reader:
        readers = tuple(self.reader(element) for element in elements)
        if len(readers) == 2:
            first, second = readers
            return lambda environment: (first(environment), second(environment))
        return lambda environment: tuple([read(environment) for read in readers])

    def call(self, function: Callable[..., Any], arguments: tuple[ir.Argument, ...]) -> Reader:
        read = self.all_of(arguments)
        if len(arguments) == 1:
            only = self.reader(arguments[0].value)
            return lambda environment: function(only(environment))
        return lambda environment: function(*read(environment))

    def all_of(self, arguments: tuple[ir.Argument, ...]) -> Callable[[Environment], list[Any]]:
        if any(argument.keyword or argument.stars for argument in arguments):
            raise NotPlain
        readers = tuple(self.reader(argument.value) for argument in arguments)
        return lambda environment: [read(environment) for read in readers]


def finite(value: Any) -> Any:
    """A value that a loop may go through; raises NotPlain for what has no length, or too large a one."""
    if not hasattr(value, "__len__") or len(value) > MOST_ELEMENTS:
        raise NotPlain
    return value
