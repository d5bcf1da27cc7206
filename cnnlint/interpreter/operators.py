"""Operators, truth and comparison on abstract values."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Hashable

from cnnlint.dims import Condition, Expression, compare, differ, exactly_divided, negate
from cnnlint.failures import OperationFails
from cnnlint.interpreter import calls
from cnnlint.interpreter.branches import distribute
from cnnlint.interpreter.describing import described
from cnnlint.interpreter.machine import DEEPEST_CALL, MOST_DIGITS, MOST_ELEMENTS, Machine
from cnnlint.interpreter.raising import fail
from cnnlint.interpreter.types import is_open, type_of
from cnnlint.values import (
    MISSING,
    Choice,
    ClassValue,
    DictValue,
    FrameworkNumber,
    FrameworkTuple,
    Instance,
    ListValue,
    Mutable,
    SetValue,
    Tensor,
    Unknown,
    Value,
)

ARITHMETIC: dict[str, Callable[[Value, Value], Value]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "**": operator.pow,
    "@": operator.matmul,
    "&": operator.and_,
    "|": operator.or_,
    "^": operator.xor,
    "<<": operator.lshift,
    ">>": operator.rshift,
}
METHODS = {
    "+": "add",
    "-": "sub",
    "*": "mul",
    "/": "truediv",
    "//": "floordiv",
    "%": "mod",
    "**": "pow",
    "@": "matmul",
    "&": "and",
    "|": "or",
    "^": "xor",
    "<<": "lshift",
    ">>": "rshift",
}
ORDER: dict[str, Callable[[Value, Value], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
COMPARISONS = {"==": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}
SWAPPED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
KNOWN = (int, float, complex, str, bytes, tuple, range, type(None), type(Ellipsis))
NUMBERS = (int, float, complex)
LONG_NUMBER = re.compile(r"\d{5}")  # of a width that makes a template far longer than itself


def binary(machine: Machine, op: str, left: Value, right: Value) -> Value:
    """`left op right`.

    Raises Raised where Python or the framework raises.
    """
    if isinstance(left, NUMBERS) and isinstance(right, NUMBERS):
        return number_arithmetic(machine, op, left, right)
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return machine.derived(left if isinstance(left, Unknown) else right)
    if isinstance(left, Choice) or isinstance(right, Choice):
        return distribute(machine, [left, right], lambda chosen: binary(machine, op, *chosen))
    if op == "%" and isinstance(left, (str, bytes)):
        return formatted(machine, left, right)
    result = overloaded(machine, METHODS[op], left, right)
    if result is not MISSING:
        return result
    if isinstance(left, Expression) or isinstance(right, Expression):
        return size_arithmetic(machine, op, left, right)
    if isinstance(left, KNOWN) and isinstance(right, KNOWN):
        return known_arithmetic(machine, op, left, right)
    result = containers(machine, op, left, right)
    if result is not MISSING:
        return result
    if op == "|" and isinstance(left, (ClassValue, type(None))):
        return machine.builtins.union(left, right)
    for operand in (left, right):
        if isinstance(operand, Instance) and operand.payload is not MISSING:
            return binary(machine, op, *(v.payload if isinstance(v, Instance) and v.payload is not MISSING else v for v in (left, right)))
    if type_of(machine, left) is None or type_of(machine, right) is None:
        return machine.unknown(f"{described(left)} {op} {described(right)}")
    return fail(machine, "TypeError", f"unsupported operands for {op}: {described(left)} and {described(right)}")


def number_arithmetic(machine: Machine, op: str, left: int | float | complex, right: int | float | complex) -> Value:
    if isinstance(left, int) and isinstance(right, int) and bits(op, left, right) > MOST_DIGITS * 4:
        return machine.refused(f"{op} makes a number of more than {MOST_DIGITS} digits")
    try:
        if isinstance(right, FrameworkNumber) and not isinstance(left, FrameworkNumber):
            result: Value = getattr(right, f"__r{METHODS[op]}__", lambda other: NotImplemented)(left)
            if result is not NotImplemented:
                return result
        return ARITHMETIC[op](left, right)
    except (TypeError, ZeroDivisionError, ValueError, OverflowError) as error:
        return fail(machine, type(error).__name__, f"{left} {op} {right}: {error}")


def bits(op: str, left: int, right: int) -> int:
    """About how long a result is that may be far longer than both sides."""
    match op:
        case "*":
            return left.bit_length() + right.bit_length()
        case "**" if right > 0:
            return right * left.bit_length()
        case "<<" if right > 0:
            return right + left.bit_length()
    return 0


def known_arithmetic(machine: Machine, op: str, left: Value, right: Value) -> Value:
    """Strings, bytes and tuples: Python's own operators, refused for large results."""
    if op == "*":
        times, sequence = (left, right) if isinstance(left, int) else (right, left)
        if isinstance(times, int) and isinstance(sequence, (str, bytes, tuple)) and times * len(sequence) > MOST_ELEMENTS:
            return machine.refused(f"a sequence of more than {MOST_ELEMENTS:,} elements")
    if op == "+" and all(isinstance(part, (str, bytes, tuple)) for part in (left, right)) and len(left) + len(right) > MOST_ELEMENTS:
        return machine.refused(f"a sequence of more than {MOST_ELEMENTS:,} elements")
    try:
        return ARITHMETIC[op](left, right)
    except (TypeError, ValueError) as error:
        return fail(machine, type(error).__name__, str(error))


def formatted(machine: Machine, template: str | bytes, arguments: Value) -> Value:
    parts = arguments if isinstance(arguments, tuple) else (arguments,)
    if not all(isinstance(part, KNOWN) for part in parts) or "*" in str(template) or LONG_NUMBER.search(str(template)):
        return machine.unknown("a formatted string")
    try:
        text: Value = template % arguments
    except (TypeError, ValueError) as error:
        return fail(machine, type(error).__name__, str(error))
    return text


def size_arithmetic(machine: Machine, op: str, left: Value, right: Value) -> Value:
    """Arithmetic with a symbolic size."""
    if isinstance(left, (Expression, int, float)) and isinstance(right, (Expression, int, float)):
        if op in ("//", "%") and isinstance(left, Expression) and isinstance(right, Expression) and not differ(right, 0):
            exact = exactly_divided(left, right)
            if exact is not None:
                failure = OperationFails("divides by zero", is_language=True, exception="ZeroDivisionError")
                machine.recorder.requires(compare("!=", right, 0), failure)
                return exact if op == "//" else 0
        try:
            return ARITHMETIC[op](left, right)
        except ZeroDivisionError as error:
            return fail(machine, "ZeroDivisionError", str(error))
        except TypeError:
            return machine.unknown(f"{left} {op} {right}")
    if is_open(left) or is_open(right):
        return machine.unknown(f"{described(left)} {op} {described(right)}")
    return machine.unknown(f"a sequence whose length is `{left if isinstance(left, Expression) else right}`")


def containers(machine: Machine, op: str, left: Value, right: Value) -> Value:
    """Operators of lists, dicts and sets; MISSING for others."""
    match op, left, right:
        case "+", ListValue(), ListValue():
            if isinstance(left.contents, Unknown):
                return ListValue(left.contents)
            if isinstance(right.contents, Unknown):
                return ListValue(right.contents)
            if len(left.contents) + len(right.contents) > MOST_ELEMENTS:
                return ListValue(machine.refused(f"a list of more than {MOST_ELEMENTS:,} elements"))
            return ListValue(left.contents + right.contents)
        case "*", ListValue(), int():
            return repeated(machine, left, right)
        case "*", int(), ListValue():
            return repeated(machine, right, left)
        case "|", DictValue(), DictValue():
            if isinstance(left.contents, Unknown) or isinstance(right.contents, Unknown):
                return DictValue(left.contents if isinstance(left.contents, Unknown) else right.contents)
            return DictValue(left.contents | right.contents)
        case (("|" | "&" | "-" | "^"), SetValue(), SetValue()):
            if isinstance(left.contents, Unknown) or isinstance(right.contents, Unknown):
                return SetValue(left.contents if isinstance(left.contents, Unknown) else right.contents, left.is_frozen)
            ours, theirs = left.contents, right.contents
            chosen = {
                "|": lambda: [*ours, *theirs],
                "&": lambda: [item for item in ours if item in theirs],
                "-": lambda: [item for item in ours if item not in theirs],
                "^": lambda: [item for item in ours if item not in theirs] + [item for item in theirs if item not in ours],
            }[op]()
            return SetValue(chosen, left.is_frozen)
    return MISSING


def repeated(machine: Machine, items: ListValue, times: int) -> ListValue:
    if isinstance(items.contents, Unknown):
        return ListValue(items.contents)
    if len(items.contents) * times > MOST_ELEMENTS:
        return ListValue(machine.refused(f"a list of more than {MOST_ELEMENTS:,} elements"))
    return ListValue(items.contents * times)


def overloaded(machine: Machine, method: str, left: Value, right: Value) -> Value:
    """The result of `__op__` or `__rop__` of an instance or a tensor; MISSING when neither defines it."""
    if not isinstance(left, (Instance, Tensor, ClassValue)) and not isinstance(right, (Instance, Tensor)):
        return MISSING
    for operand, other, name in ((left, right, f"__{method}__"), (right, left, f"__r{method}__")):
        if isinstance(operand, (Instance, Tensor)):
            cls = type_of(machine, operand)
            if cls is None:
                return machine.unknown(f"an operator on {described(operand)}")
            found = cls.find(name)
            if found is not MISSING:
                result = calls.call(machine, found, [operand, other], {})
                if result is not NOT_IMPLEMENTED:
                    return result
        elif isinstance(operand, ClassValue) and operand.metaclass is not None:
            found = operand.metaclass.find(name)
            if found is not MISSING:
                return calls.call(machine, found, [operand, other], {})
    return MISSING


class NotImplementedValue:
    """Python's `NotImplemented`."""

    __slots__ = ()


NOT_IMPLEMENTED = NotImplementedValue()


def in_place(machine: Machine, op: str, left: Value, right: Value) -> Value:
    """`left op= right`: the value that the target is bound to afterwards."""
    if isinstance(left, ListValue) and op == "+":
        calls.call(machine, machine.builtins.method(left, "extend"), [right], {})
        return left
    if isinstance(left, DictValue) and op == "|":
        calls.call(machine, machine.builtins.method(left, "update"), [right], {})
        return left
    if isinstance(left, Choice) or isinstance(right, Choice):
        return distribute(machine, [left, right], lambda chosen: in_place(machine, op, *chosen))
    if isinstance(left, (Instance, Tensor)) and not isinstance(right, Unknown):
        cls = type_of(machine, left)
        found = cls.find(f"__i{METHODS[op]}__") if cls is not None else MISSING
        if found is not MISSING:
            return calls.call(machine, found, [left, right], {})
    return binary(machine, op, left, right)


def unary(machine: Machine, op: str, operand: Value) -> Value:
    """`op operand`, for `- + ~`; `not` is by `truth`."""
    if isinstance(operand, Unknown):
        return machine.derived(operand)
    if isinstance(operand, Choice):
        return distribute(machine, [operand], lambda chosen: unary(machine, op, chosen[0]))
    if isinstance(operand, (int, float, complex)):
        try:
            return -operand if op == "-" else +operand if op == "+" else ~operand  # type: ignore[operator]
        except TypeError as error:
            return fail(machine, "TypeError", str(error))
    if isinstance(operand, Expression):
        return -operand if op == "-" else operand if op == "+" else machine.unknown("~ of a size")
    cls = type_of(machine, operand)
    found = cls.find({"-": "__neg__", "+": "__pos__", "~": "__invert__"}[op]) if cls is not None else MISSING
    if found is not MISSING:
        return calls.call(machine, found, [operand], {})
    return machine.unknown(f"{op} of {described(operand)}")


def truth(machine: Machine, value: Value) -> bool | Hashable:
    """True or False where every run decides so, else what decides: a `Condition` or an `Unknown`."""
    if isinstance(value, KNOWN):
        return bool(value)
    if isinstance(value, Unknown):
        if value.denies is not None:
            known = machine.assumed.get(value.denies)
            return value if known is None else not known
        return machine.assumed.get(value, value)
    if isinstance(value, Condition):
        return machine.assumed.get(value, value)
    if isinstance(value, Expression):
        return truth(machine, compare_values(machine, "!=", value, 0))
    if isinstance(value, Choice):
        return truth_of_choice(machine, value)
    if isinstance(value, (ListValue, DictValue, SetValue)):
        return value.contents if isinstance(value.contents, Unknown) else bool(value.contents)
    if isinstance(value, Instance):
        return truth_of_instance(machine, value)
    if isinstance(value, Tensor):
        if value.values is not None and len(value.values) == 1:
            return truth(machine, value.values[0])
        return machine.unknown("whether a tensor is true")
    return True


def truth_of_choice(machine: Machine, value: Choice) -> bool | Hashable:
    ways = {}
    for option in value.alternatives:
        if not any(machine.assumed.get(condition, way) is not way for condition, way in option.path):
            way = truth(machine, option.value)
            ways[way if isinstance(way, bool) else "undecided"] = option
    if len(ways) == 1:
        way = next(iter(ways))
        return way if isinstance(way, bool) else machine.unknown("a condition that is not known")
    if len(value.alternatives) == 2 and set(ways) == {True, False}:
        yes, no = ways[True].path, ways[False].path
        deciding = [(condition, way) for condition, way in yes if (condition, not way) in no]
        if len(deciding) == 1:
            condition, way = deciding[0]
            if way:
                return condition
            return negate(condition) if isinstance(condition, Condition) else denial(machine, condition)
    return machine.unknown("a condition that is not known")


def denial(machine: Machine, condition: Hashable) -> Unknown:
    """`not` of an unknown condition."""
    if isinstance(condition, Unknown):
        if condition.denies is not None:
            return condition.denies
        return Unknown(condition.reason, condition.place, condition.is_free, denies=condition)
    return machine.unknown("a condition that is not known")


def truth_of_instance(machine: Machine, value: Instance) -> bool | Hashable:
    if value.payload is not MISSING:
        return truth(machine, value.payload)
    for name in ("__bool__", "__len__"):
        found = value.cls.find(name)
        if found is not MISSING:
            return truth(machine, calls.call(machine, found, [value], {}))
    return True


def denied(machine: Machine, value: Value) -> Value:
    """`not value`."""
    way = truth(machine, value)
    if isinstance(way, bool):
        return not way
    if isinstance(way, Condition):
        return negate(way)
    return denial(machine, way)


def compare_values(machine: Machine, op: str, left: Value, right: Value) -> Value:
    """`left op right` for one of the eight comparisons and the two memberships."""
    if op in ("is", "is not"):
        result = identical(machine, left, right)
        return result if op == "is" else denied(machine, result)
    if op in ("in", "not in"):
        from cnnlint.interpreter.iteration import contains  # iteration compares elements with this function

        result = contains(machine, right, left)
        return result if op == "in" else denied(machine, result)
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return compared_unknown(machine, op, left, right)
    if isinstance(left, Choice) or isinstance(right, Choice):
        return distribute(machine, [left, right], lambda chosen: compare_values(machine, op, *chosen))
    for operand, other, direction in ((left, right, op), (right, left, SWAPPED[op])):
        if isinstance(operand, (Instance, Tensor)):
            cls = type_of(machine, operand)
            found = cls.find(f"__{COMPARISONS[direction]}__") if cls is not None else MISSING
            if found is not MISSING:
                result = calls.call(machine, found, [operand, other], {})
                if result is not NOT_IMPLEMENTED:
                    return result
            if direction == "!=" and cls is not None and (found := cls.find("__eq__")) is not MISSING:
                return denied(machine, calls.call(machine, found, [operand, other], {}))
    return compare_plain(machine, op, left, right)


def compared_unknown(machine: Machine, op: str, left: Value, right: Value) -> Value:
    """A comparison with something unknown; the same one asked again is the same condition."""
    cause, other = (left, right) if isinstance(left, Unknown) else (right, left)
    if isinstance(other, (int, float, str, bytes, type(None))):
        return machine.derived(cause, (op, cause is left, type(other), other))
    return machine.derived(cause)


def compare_plain(machine: Machine, op: str, left: Value, right: Value) -> Value:
    left, right = (v.payload if isinstance(v, Instance) and v.payload is not MISSING else v for v in (left, right))
    if isinstance(left, (Expression, int, float)) and isinstance(right, (Expression, int, float)):
        return compare(op, left, right) if isinstance(left, Expression) or isinstance(right, Expression) else ORDER[op](left, right)
    if isinstance(left, Expression) or isinstance(right, Expression):
        if is_open(left) or is_open(right):
            return machine.unknown(f"the value of `{left if is_open(left) else right}`, which nothing gives")
        return op == "!=" if op in ("==", "!=") else fail(machine, "TypeError", f"{op} between {described(left)} and {described(right)}")
    if (isinstance(left, tuple) and isinstance(right, tuple)) or (isinstance(left, ListValue) and isinstance(right, ListValue)):
        return nested(machine, lambda: compare_sequences(machine, op, left, right))
    if op in ("==", "!=") and may_equal(left, right):
        differs = truth(machine, compare_sequences(machine, "!=", left, right)) is True
        return op == "!=" if differs else machine.unknown("whether a shape equals a list", is_harmless=True)
    if any(isinstance(left, kind) and isinstance(right, kind) for kind in (DictValue, SetValue)):
        return nested(machine, lambda: compare_contents(machine, op, left, right))
    if op in ("==", "!="):
        if isinstance(left, KNOWN) or isinstance(right, KNOWN):
            same = isinstance(left, KNOWN) and isinstance(right, KNOWN) and left == right
        else:
            same = left is right or (type(left) is type(right) and left == right)
        return same if op == "==" else not same
    if isinstance(left, KNOWN) and isinstance(right, KNOWN):
        try:
            return ORDER[op](left, right)
        except TypeError as error:
            return fail(machine, "TypeError", str(error))
    return machine.unknown(f"{op} between {described(left)} and {described(right)}")


def nested(machine: Machine, compute: Callable[[], Value]) -> Value:
    """The result of comparing containers, which may contain each other, up to a depth."""
    if machine.depth >= DEEPEST_CALL:
        return machine.refused(f"a comparison nested deeper than {DEEPEST_CALL}")
    machine.depth += 1
    try:
        return compute()
    finally:
        machine.depth -= 1


def may_equal(left: Value, right: Value) -> bool:
    """Whether a framework's tuple is compared with a list that it may equal."""
    pairs = ((left, right), (right, left))
    return any(isinstance(a, FrameworkTuple) and a.may_equal_lists and isinstance(b, ListValue) for a, b in pairs)


def compare_sequences(machine: Machine, op: str, left: Value, right: Value) -> Value:
    """Tuples and lists: element by element, as far as the elements are known."""
    ours = left if isinstance(left, tuple) else left.contents
    theirs = right if isinstance(right, tuple) else right.contents
    if isinstance(ours, Unknown) or isinstance(theirs, Unknown):
        return ours if isinstance(ours, Unknown) else theirs
    if op in ("==", "!=") and len(ours) != len(theirs):
        return op == "!="
    for a, b in zip(ours, theirs, strict=False):
        if a is b and isinstance(a, Mutable) and not isinstance(a, Tensor):
            continue  # as in Python, which asks `is` first
        same = truth(machine, compare_values(machine, "==", a, b))
        if same is True:
            continue
        if same is False:
            return compare_values(machine, op, a, b) if op not in ("==", "!=") else op == "!="
        return machine.unknown("a comparison of sequences") if len(ours) > 1 else same if op == "==" else denied(machine, same)
    return ORDER[op](len(ours), len(theirs))


def compare_contents(machine: Machine, op: str, left: Value, right: Value) -> Value:
    ours, theirs = left.contents, right.contents
    if isinstance(ours, Unknown) or isinstance(theirs, Unknown):
        return ours if isinstance(ours, Unknown) else theirs
    if op in ("==", "!="):
        if set(ours) != set(theirs):
            return op == "!="
        if isinstance(left, SetValue):
            return op == "=="
        return compare_sequences(machine, op, tuple(ours[key] for key in ours), tuple(theirs[key] for key in ours))
    if isinstance(left, SetValue):
        return ORDER[op](set(ours), set(theirs))
    return fail(machine, "TypeError", f"{op} between dicts")


def identical(machine: Machine, left: Value, right: Value) -> Value:
    """`left is right`."""
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return compared_unknown(machine, "is", left, right)
    if isinstance(left, Choice) or isinstance(right, Choice):
        return distribute(machine, [left, right], lambda chosen: identical(machine, *chosen))
    if is_open(left) or is_open(right):
        return left is right or machine.unknown(f"the value of `{left if is_open(left) else right}`, which nothing gives")
    if isinstance(left, KNOWN) and isinstance(right, KNOWN):
        return type(left) is type(right) and left == right
    return left is right


def narrowed(machine: Machine, value: Value, way: bool) -> Value:
    """A value of which it is given that it is true, or false: what stands for it then."""
    if isinstance(value, Condition) or (isinstance(value, Unknown) and value.denies is not None):
        return way
    return value


def hashable_items(items: list[Value], machine: Machine) -> list[Value]:
    """Raises Raised with TypeError where an item cannot be a key."""
    from cnnlint.interpreter.iteration import check_hashable  # iteration compares elements with this module

    for item in items:
        check_hashable(machine, item)
    return items
