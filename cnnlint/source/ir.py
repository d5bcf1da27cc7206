"""The intermediate representation: what a model's source says, without its layout.

Every node is frozen and slotted and carries the `Span` of the source text it stands for. Names follow the
standard `ast` where the idea is the same. Nothing here knows libcst; `lowering` makes these nodes.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from cnnlint.record import record


class Span(NamedTuple):
    """A range of source text: lines from 1, columns in characters from 0, `end_column` one past the last."""

    line: int
    column: int
    end_line: int
    end_column: int


@record
class Node:
    """What every node has: the place in the source; `__match_args__` names its fields."""

    span: Span


# Expressions


@record
class Constant(Node):
    """A literal: str, bytes, int, float, complex, bool, None or Ellipsis; adjacent strings are joined."""

    value: object


@record
class Name(Node):
    id: str


@record
class Attribute(Node):
    """`value.attr`; `attr_span` is the span of the name after the dot."""

    value: Expression
    attr: str
    attr_span: Span


@record
class Subscript(Node):
    """`value[index]`; several indices, or one with a trailing comma, are a tuple `Display`."""

    value: Expression
    index: Expression


@record
class Slice(Node):
    lower: Expression | None
    upper: Expression | None
    step: Expression | None


@record
class Argument(Node):
    """One argument of a call: `value`, `keyword=value`, `*value` (stars 1) or `**value` (stars 2)."""

    value: Expression
    keyword: str | None
    stars: int


@record
class Call(Node):
    function: Expression
    arguments: tuple[Argument, ...]


@record
class Unary(Node):
    """`op operand`; op is one of `- + ~ not`."""

    op: str
    operand: Expression


@record
class Binary(Node):
    """`left op right`; op is one of `+ - * / // % ** @ & | ^ << >>`."""

    op: str
    left: Expression
    right: Expression


@record
class Boolean(Node):
    """`a and b and c`: op is `and` or `or`, with two or more operands."""

    op: str
    operands: tuple[Expression, ...]


@record
class Compare(Node):
    """`left op0 right0 op1 right1 ...`; ops are `== != < <= > >= is`, `is not`, `in`, `not in`."""

    left: Expression
    ops: tuple[str, ...]
    rights: tuple[Expression, ...]


@record
class Conditional(Node):
    """`body if test else orelse`."""

    test: Expression
    body: Expression
    orelse: Expression


@record
class Starred(Node):
    """`*value` in a display, a subscript or an assignment target."""

    value: Expression


@record
class Display(Node):
    """A tuple, list or set written out; `kind` is `tuple`, `list` or `set`."""

    kind: str
    elements: tuple[Expression, ...]


@record
class DictItem(Node):
    """`key: value`, or `**value` when key is None."""

    key: Expression | None
    value: Expression


@record
class DictDisplay(Node):
    items: tuple[DictItem, ...]


@record
class Clause(Node):
    """`for target in iterable if ... if ...` of a comprehension."""

    target: Expression
    iterable: Expression
    conditions: tuple[Expression, ...]
    is_async: bool


@record
class Comprehension(Node):
    """`kind` is `list`, `set`, `dict` or `generator`; `value` only for `dict`; `locals` are the names its clauses bind."""

    kind: str
    element: Expression
    value: Expression | None
    clauses: tuple[Clause, ...]
    locals: frozenset[str]


@record
class Parameter(Node):
    """`kind` is `positional-only`, `ordinary`, `*`, `keyword-only` or `**`."""

    name: str
    kind: str
    annotation: Expression | None
    default: Expression | None


@record
class Lambda(Node):
    parameters: tuple[Parameter, ...]
    body: Expression
    locals: frozenset[str]


@record
class Formatted(Node):
    """`{value!conversion:format}` of an f-string (or t-string); conversion is `r`, `s`, `a` or empty."""

    value: Expression
    conversion: str
    format: Expression | None


@record
class JoinedString(Node):
    """An f-string: parts are `Constant` strings and `Formatted`. `is_template` for a t-string."""

    parts: tuple[Expression, ...]
    is_template: bool


@record
class NamedExpression(Node):
    """`target := value`."""

    target: Name
    value: Expression


@record
class Await(Node):
    value: Expression


@record
class Yield(Node):
    """`yield value`, or `yield from value`."""

    value: Expression | None
    is_from: bool


@record
class NotModelled(Node):
    """A construct, expression or statement, that has no meaning here; `what` names it for the user."""

    what: str
    bound: frozenset[str]


# Statements


@record
class ExpressionStatement(Node):
    value: Expression


@record
class Assign(Node):
    """`target = ... = value`, or an annotated one; `value` is None for a bare annotation."""

    targets: tuple[Expression, ...]
    value: Expression | None
    annotation: Expression | None


@record
class AugmentedAssign(Node):
    """`target op= value`; op as in `Binary`."""

    target: Expression
    op: str
    value: Expression


@record
class Delete(Node):
    targets: tuple[Expression, ...]


@record
class Return(Node):
    value: Expression | None


@record
class Raise(Node):
    exception: Expression | None
    cause: Expression | None


@record
class Assert(Node):
    test: Expression
    message: Expression | None


@record
class Jump(Node):
    """`kind` is `pass`, `break` or `continue`."""

    kind: str


@record
class Scoping(Node):
    """`global a, b` or `nonlocal a, b`."""

    kind: str
    names: tuple[str, ...]


@record
class If(Node):
    test: Expression
    body: tuple[Statement, ...]
    orelse: tuple[Statement, ...]


@record
class While(Node):
    test: Expression
    body: tuple[Statement, ...]
    orelse: tuple[Statement, ...]


@record
class For(Node):
    target: Expression
    iterable: Expression
    body: tuple[Statement, ...]
    orelse: tuple[Statement, ...]
    is_async: bool


@record
class WithItem(Node):
    manager: Expression
    target: Expression | None


@record
class With(Node):
    items: tuple[WithItem, ...]
    body: tuple[Statement, ...]
    is_async: bool


@record
class Handler(Node):
    """`except exception as name:`; both may be absent."""

    exception: Expression | None
    name: str | None
    body: tuple[Statement, ...]


@record
class Try(Node):
    """`is_star` for `except*`."""

    body: tuple[Statement, ...]
    handlers: tuple[Handler, ...]
    orelse: tuple[Statement, ...]
    final: tuple[Statement, ...]
    is_star: bool


@record
class FunctionDefinition(Node):
    """`span` runs from `def` (or `async`) to the end of the body; `name_span` is the name's.

    `locals` are the names that the body or the parameters bind and no `global` or `nonlocal` claims.
    """

    name: str
    name_span: Span
    parameters: tuple[Parameter, ...]
    body: tuple[Statement, ...]
    decorators: tuple[Expression, ...]
    returns: Expression | None
    is_async: bool
    is_generator: bool
    locals: frozenset[str]
    doc: str | None


@record
class ClassDefinition(Node):
    """`arguments` are bases (no keyword) and keywords such as `metaclass=`."""

    name: str
    name_span: Span
    arguments: tuple[Argument, ...]
    body: tuple[Statement, ...]
    decorators: tuple[Expression, ...]
    doc: str | None


@record
class Alias(Node):
    """`name as asname` of an import; `name` may be dotted, or `*`."""

    name: str
    asname: str | None


@record
class Import(Node):
    names: tuple[Alias, ...]


@record
class ImportFrom(Node):
    """`from module import names`; `level` counts the leading dots, `module` is empty for dots alone."""

    module: str
    level: int
    names: tuple[Alias, ...]


@record
class Case(Node):
    pattern: Pattern
    guard: Expression | None
    body: tuple[Statement, ...]


@record
class Match(Node):
    subject: Expression
    cases: tuple[Case, ...]


# Patterns of `match`


@record
class ValuePattern(Node):
    """A literal or a dotted name: compared with `==`, or with `is` for None, True and False."""

    value: Expression


@record
class CapturePattern(Node):
    """`pattern as name`; both absent for `_`; no pattern for a bare name."""

    pattern: Pattern | None
    name: str | None


@record
class StarPattern(Node):
    """`*name` in a sequence pattern; name is None for `*_`."""

    name: str | None


@record
class SequencePattern(Node):
    patterns: tuple[Pattern, ...]


@record
class MappingPattern(Node):
    keys: tuple[Expression, ...]
    patterns: tuple[Pattern, ...]
    rest: str | None


@record
class ClassPattern(Node):
    cls: Expression
    patterns: tuple[Pattern, ...]
    keywords: tuple[str, ...]
    keyword_patterns: tuple[Pattern, ...]


@record
class OrPattern(Node):
    patterns: tuple[Pattern, ...]


@record
class Module(Node):
    """A whole file, or a part of one that was cut at statement borders."""

    body: tuple[Statement, ...]
    doc: str | None


Expression: TypeAlias = (
    "Constant | Name | Attribute | Subscript | Slice | Call | Unary | Binary | Boolean | Compare | Conditional | Starred | Display"
    " | DictDisplay | Comprehension | Lambda | Formatted | JoinedString | NamedExpression | Await | Yield | NotModelled"
)
Pattern: TypeAlias = "ValuePattern | CapturePattern | StarPattern | SequencePattern | MappingPattern | ClassPattern | OrPattern"
Statement: TypeAlias = (
    "ExpressionStatement | Assign | AugmentedAssign | Delete | Return | Raise | Assert | Jump | Scoping | If | While | For | With"
    " | Try | FunctionDefinition | ClassDefinition | Import | ImportFrom | Match | NotModelled"
)
