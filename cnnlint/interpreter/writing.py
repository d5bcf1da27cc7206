"""What the source has about a failure, for those who mend it: the expression that makes the wrong value, the call, the constructor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cnnlint.dims import Expression
from cnnlint.failures import BaseNotInitialised, FloatSize, LayerFailure, ReshapeCount
from cnnlint.graph import Note, Occurrence, Place, Written, WrittenArgument, WrittenBody, WrittenCall, WrittenFactor, WrittenValue
from cnnlint.interpreter import faults, meeting, placing, removing
from cnnlint.interpreter.machine import Machine, Site
from cnnlint.interpreter.placing import Made, made_at, uses
from cnnlint.interpreter.syntax import is_same, nodes_below, span_of, text_at
from cnnlint.oddities import Oddity
from cnnlint.source import SourceText, ir
from cnnlint.values import FunctionValue, Instance, Tensor

if TYPE_CHECKING:
    from cnnlint.interpreter.recorder import Recorder

_comment = re.compile(r"#[^\r\n]*")


def written(machine: Machine, failure: LayerFailure, site: Site | None, layer: Instance | None) -> Written | None:
    """What a fix of a failure may change: of the layer that fails, if it is one, else of the call at the site."""
    made = None
    if failure.argument is not None:
        made = made_at(machine, layer, failure.argument) if layer is not None else made_in_call(site, failure.argument)
    elif isinstance(failure, ReshapeCount) and layer is None:
        made = made_in_reshape(site, failure)
    value = None if made is None else written_value(machine, followed(machine, made))
    at = layer.site if layer is not None else site
    call = written_call(machine, at)
    body = uninitialised(machine, failure) if isinstance(failure, BaseNotInitialised) else None
    spare = failure.superfluous if isinstance(failure, Oddity) else None
    removal = removing.removal(machine, spare) if isinstance(spare, Tensor) else None
    padding = meeting.paddings(machine, failure)
    return Written(value, call, body, removal, padding) if value or call or body or removal or padding else None


def made_in_call(site: Site | None, argument: str) -> Made | None:
    """Where a call that is no layer's has the value of a keyword."""
    node = placing.argument_node(site.node, [], argument, 0) if site is not None and isinstance(site.node, ir.Call) else None
    return Made(site, node, is_own=True) if site is not None and node is not None else None


def made_in_reshape(site: Site | None, failure: ReshapeCount) -> Made | None:
    """Where a reshape has the last of its sizes, which the features of a flattened map are."""
    if site is None or not isinstance(site.node, ir.Call) or not site.node.arguments:
        return None
    last = site.node.arguments[-1].value
    node = last.elements[-1] if isinstance(last, ir.Display) and last.elements else last
    return Made(site, node, is_own=True) if isinstance(failure.target[-1], int) and failure.target[-1] > 0 else None


def settled(recorder: Recorder) -> Iterator[Occurrence]:
    """What was found in a file, where a value that other uses need as it is doesn't count as the failure's own."""
    for key, occurrence in recorder.occurrences.items():
        value = occurrence.written.value if occurrence.written is not None else None
        if value is None or not value.is_own or not (key in recorder.disputed or is_used_elsewhere(recorder, occurrence)):
            yield occurrence
            continue
        shared = WrittenValue(value.place, value.text, False, value.factors, value.is_literal, value.divisions, value.is_quotient)
        yield with_written(occurrence, Written(shared, occurrence.written.call, occurrence.written.constructor))  # type: ignore[union-attr]


def with_written(occurrence: Occurrence, about: Written | None) -> Occurrence:
    """The same with what is written; a constructor that lacks something, or a division to a float, is named if it stands elsewhere."""
    notes = []
    if about is not None and about.constructor is not None:
        notes.append(Note(about.constructor.start, "the constructor begins here"))
    if about is not None and about.value is not None and isinstance(occurrence.failure, FloatSize):
        notes += [Note(place, "divided here") for place in about.value.divisions]
    own = (occurrence.place.path, occurrence.place.span.line)
    elsewhere = [note for note in notes if (note.place.path, note.place.span.line) != own]
    return Occurrence(occurrence.failure, occurrence.subject, occurrence.place, (*elsewhere, *occurrence.notes), about)


def is_used_elsewhere(recorder: Recorder, occurrence: Occurrence) -> bool:
    """Whether a layer that is built with the very value fitted what it was called with."""
    expected, argument = getattr(occurrence.failure, "expected", None), occurrence.failure.argument
    if argument is None or not isinstance(expected, (int, Expression)):
        return False
    for record in (record for run in recorder.runs for record in run.calls if record.has_ended and faults.takes(record, expected)):
        made = made_at(recorder.machine, record.instance, argument)
        if made is not None and made.site.path == occurrence.place.path and made.node.span == occurrence.place.span:
            return True
    return False


# From a name to what is written for it


def followed(machine: Machine, made: Made) -> Made:
    """Where the value stands that a variable, an attribute or a default leads to, if there is just one place for it."""
    node, function = made.node, made.site.function
    if isinstance(node, ir.Name) and function is not None:
        default = next((each.default for each in function.definition.parameters if each.name == node.id), None)
        if default is not None and not placing.is_rebound(function.definition, node.id):
            return Made(made.site, default, made.is_own and uses(function.definition, node.id) == 1)
    for scope in scopes(machine, made.site):
        found = [each for each in nodes_below(scope) if is_same(each, node)]
        if not found or not may_bind(scope, node):
            continue
        binding = only_binding(scope, node)
        if binding is None:
            return made
        return followed(machine, Made(made.site, binding, made.is_own and len(found) == 2))
    return made


def scopes(machine: Machine, site: Site) -> Iterator[ir.Node]:
    """The parts of the source in which a name of a site may be bound: its function, the class around it, the file that is checked."""
    function = site.function
    if function is not None:
        if function.owner is not None and function.owner.definition is not None:
            yield function.owner.definition
        else:
            yield function.definition
    source = machine.statements.source
    if source.path == site.path:
        yield machine.cache.lower(source)


def may_bind(scope: ir.Node, node: ir.Node) -> bool:
    """Whether something in a part of the source binds a variable or attribute."""
    for each in nodes_below(scope):
        if isinstance(each, ir.Parameter) and isinstance(node, ir.Name) and each.name == node.id:
            return True
        if any(is_same(name, node) for target in targets_of(each) for name in nodes_below(target)):
            return True
    return False


def only_binding(scope: ir.Node, node: ir.Node) -> ir.Node | None:
    """The value of the only statement that binds a variable or attribute; None where another one may, or none does."""
    targets = [
        target for each in nodes_below(scope) for target in targets_of(each) if any(is_same(name, node) for name in nodes_below(target))
    ]
    plain = [
        each.value
        for each in nodes_below(scope)
        if isinstance(each, ir.Assign) and len(each.targets) == 1 and is_same(each.targets[0], node) and each.value is not None
    ]
    if isinstance(node, ir.Name) and any(isinstance(each, ir.Parameter) and each.name == node.id for each in nodes_below(scope)):
        return None
    return plain[0] if len(targets) == len(plain) == 1 else None


def targets_of(node: ir.Node) -> tuple[ir.Node, ...]:
    match node:
        case ir.Assign(targets=targets) | ir.Delete(targets=targets):
            return targets
        case ir.AugmentedAssign(target=target) | ir.For(target=target) | ir.Clause(target=target) | ir.NamedExpression(target=target):
            return (target,)
        case ir.WithItem(target=target) if target is not None:
            return (target,)
    return ()


# What is written there


def written_value(machine: Machine, made: Made) -> WrittenValue | None:
    source = machine.source_of(made.site.path)
    if source is None:
        return None
    return value_at(source, made)


def written_at(machine: Machine, path: str, node: ir.Node | None) -> Written | None:
    """An expression in a file of the project, for fixes that change it as a whole."""
    source = machine.source_of(path) if node is not None and machine.is_project_file(path) else None
    at = Site(node, path, None, None) if node is not None else None
    return None if source is None or at is None else Written(value_at(source, Made(at, at.node, is_own=False)))


def value_at(source: SourceText, made: Made) -> WrittenValue:
    """An expression as the source has it."""
    node = made.node

    def place(of: ir.Node) -> Place:
        return Place(source.path, of.span)

    factors = tuple(WrittenFactor(place(each), text_at(source, each.span), number_of(each)) for each in factors_of(node))
    numbers = all(isinstance(each, ir.Constant) for each in nodes_below(node) if not isinstance(each, (ir.Binary, ir.Unary)))
    divisions = [operator_place(source, each) for each in arithmetic(node) if isinstance(each, ir.Binary) and each.op == "/"]
    is_quotient = isinstance(node, ir.Binary) and node.op == "/"
    return WrittenValue(place(node), text_at(source, node.span), made.is_own, factors, numbers, tuple(divisions), is_quotient)


def factors_of(node: ir.Node) -> Iterator[ir.Node]:
    if isinstance(node, ir.Binary) and node.op == "*":
        yield from factors_of(node.left)
        yield from factors_of(node.right)
    else:
        yield node


def number_of(node: ir.Node) -> int | None:
    return node.value if isinstance(node, ir.Constant) and isinstance(node.value, int) and not isinstance(node.value, bool) else None


def arithmetic(node: ir.Node) -> Iterator[ir.Node]:
    """An expression and what it is computed from by operators alone."""
    yield node
    match node:
        case ir.Binary(left=left, right=right):
            yield from arithmetic(left)
            yield from arithmetic(right)
        case ir.Unary(operand=operand):
            yield from arithmetic(operand)


def operator_place(source: SourceText, node: ir.Binary) -> Place:
    """Where the operator between two operands stands."""
    left, right = node.left.span, node.right.span
    start, end = source.offset(left.end_line, left.end_column), source.offset(right.line, right.column)
    between = _comment.sub(lambda match: " " * len(match.group()), source.text[start:end])
    at = start + between.index(node.op)
    return Place(source.path, span_of(source, at, at + len(node.op)))


def written_call(machine: Machine, site: Site | None) -> WrittenCall | None:
    """The call at a site, where it stands in the user's project."""
    if site is None or not isinstance(site.node, ir.Call) or not machine.is_project_file(site.path):
        return None
    source = machine.source_of(site.path)
    return None if source is None else call_at(source, site.node)


def call_at(source: SourceText, call: ir.Call) -> WrittenCall:
    """A call as the source has it."""
    arguments = []
    for given in call.arguments:
        span, value = given.span, Place(source.path, given.value.span)
        name = Place(source.path, ir.Span(span.line, span.column, span.line, span.column + len(given.keyword or "")))
        outer = Place(source.path, outer_span(source, given))
        arguments.append(WrittenArgument(given.keyword or "", name, value, text_at(source, given.value.span), outer))
    span = call.span
    closing = ir.Span(span.end_line, span.end_column - 1, span.end_line, span.end_column)
    end = Place(source.path, call.arguments[-1].span).end if call.arguments else Place(source.path, closing).start
    has_stars = any(given.stars for given in call.arguments)
    return WrittenCall(Place(source.path, span), placing.dotted(call.function), tuple(arguments), end, has_stars)


def outer_span(source: SourceText, given: ir.Argument) -> ir.Span:
    """Where the value of an argument stands, with the parentheses around it."""
    span, start = given.span, source.offset(given.span.line, given.span.column)
    text = text_at(source, span)
    before = text.index("=") + 1 if given.keyword else given.stars
    before += len(text[before:]) - len(text[before:].lstrip())
    return span_of(source, start + before, start + len(text))


def uninitialised(machine: Machine, failure: BaseNotInitialised) -> WrittenBody | None:
    """The constructor that doesn't call that of its base."""
    for function in faults.constructors_of(failure):
        if function.owner is None or function.owner.name != failure.cls or not isinstance(function.definition, ir.FunctionDefinition):
            continue
        source = machine.source_of(function.module.path) if machine.is_project_file(function.module.path) else None
        return None if source is None else body_at(source, function.definition, needs_nothing=takes_nothing(function))
    return None


def takes_nothing(function: FunctionValue) -> bool:
    """Whether the constructor that follows in the order of bases needs no argument."""
    bases = function.owner.mro[1:] if function.owner is not None else ()
    following = next((base.contents["__init__"] for base in bases if "__init__" in base.contents), None)
    if not isinstance(following, FunctionValue):
        return True
    parameters = following.definition.parameters[1:]
    return all(each.default is not None or each.kind in ("*", "**") for each in parameters)


def body_at(source: SourceText, definition: ir.FunctionDefinition, *, needs_nothing: bool) -> WrittenBody | None:
    """The body of a function, without a docstring; None if there is nothing else in it."""
    statements = definition.body[1:] if definition.doc is not None else definition.body
    if not statements:
        return None
    span = statements[0].span
    line = source.lines(span.line, span.line)
    indentation = line[: len(line) - len(line.lstrip())]
    separator = f"{source.newline}{indentation}" if span.column == len(indentation) else "; "
    return WrittenBody(Place(source.path, span).start, separator, needs_nothing)
