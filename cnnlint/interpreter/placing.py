"""Where a finding stands, what it is about, and the notes that walk how a layer was built and how it was called."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cnnlint.failures import LayerFailure
from cnnlint.graph import Note, Occurrence, Place, WindowCall
from cnnlint.interpreter.machine import Machine, Site
from cnnlint.interpreter.syntax import nodes_below
from cnnlint.plugin.framework import LayerDeclaration
from cnnlint.plugin.window import Window
from cnnlint.record import record
from cnnlint.source import ir
from cnnlint.values import Instance, Tensor

if TYPE_CHECKING:
    from cnnlint.interpreter.runs import CallRecord


def outwards(site: Site | None) -> Iterator[Site]:
    """A site and those from which it was reached, the innermost first."""
    while site is not None:
        yield site
        site = site.parent


def visible(machine: Machine, site: Site | None) -> Site | None:
    """The innermost site in a file of the user's project."""
    return next((at for at in outwards(site) if machine.is_project_file(at.path)), None)


def declaration_of(layer: Instance) -> LayerDeclaration | None:
    """What a plugin says of a layer, the user's subclass of one included."""
    return next((cls.declared for cls in layer.cls.mro if isinstance(cls.declared, LayerDeclaration)), None)


@record
class Made:
    """Where an argument's value is written: `node` at `site`; `is_own` if no parameter on the way from there is used for more."""

    site: Site
    node: ir.Node
    is_own: bool


def made_at(machine: Machine, layer: Instance, argument: str) -> Made | None:
    """Where the value of a constructor's argument is written: outwards along the construction while it is a bare parameter."""
    declaration = declaration_of(layer)
    site: Site | None = layer.site
    if declaration is None or site is None:
        return None
    names = [parameter.name for parameter in declaration.parameters]
    if argument not in names:
        return None
    found: Made | None = None
    is_own = True
    offset = 0
    while site is not None and isinstance(site.node, ir.Call):
        node = argument_node(site.node, names, argument, offset)
        if node is None:
            return found or Made(site, site.node, is_own=False)
        found = Made(site, node, is_own)
        function = site.function
        if not isinstance(node, ir.Name) or function is None or site.parent is None:
            return found
        parameters = [parameter.name for parameter in function.definition.parameters]
        if node.id not in parameters or is_rebound(function.definition, node.id):
            return found
        is_own = is_own and uses(function.definition, node.id) == 1
        argument, names = node.id, parameters
        offset = -1 if function.owner is not None else 0
        site = site.parent
    return found


def uses(node: ir.Node, name: str) -> int:
    """How often a name stands in a part of the source, as a value or a target."""
    return sum(isinstance(each, ir.Name) and each.id == name for each in nodes_below(node))


def argument_node(call: ir.Call, names: list[str], argument: str, offset: int) -> ir.Node | None:
    """The expression of an argument in a call; None where it is not written there."""
    for given in call.arguments:
        if given.keyword == argument:
            return given.value
    if argument not in names:
        return None
    position = names.index(argument) + offset
    positional = [given for given in call.arguments if given.keyword is None]
    if position < 0 or position >= len(positional) or any(given.stars for given in positional[: position + 1]):
        return None
    return positional[position].value


def are_literal(layer: Instance, arguments: Sequence[str]) -> bool:
    """Whether the call that builds a layer has literals for these arguments, or leaves them to their defaults."""
    declaration, site = declaration_of(layer), layer.site
    if declaration is None or site is None or not isinstance(site.node, ir.Call) or any(given.stars for given in site.node.arguments):
        return False
    names = [parameter.name for parameter in declaration.parameters]
    nodes = [argument_node(site.node, names, argument, 0) for argument in arguments]
    return all(node is None or isinstance(node, ir.Constant) for node in nodes)


def is_positional(layer: Instance, argument: str) -> bool:
    """Whether the call that builds a layer has this argument by its position."""
    declaration, site = declaration_of(layer), layer.site
    if declaration is None or site is None or not isinstance(site.node, ir.Call):
        return False
    names = [parameter.name for parameter in declaration.parameters]
    is_named = any(given.keyword == argument for given in site.node.arguments)
    return not is_named and argument_node(site.node, names, argument, 0) is not None


def is_rebound(definition: ir.FunctionDefinition | ir.Lambda, name: str) -> bool:
    """Whether a function assigns to one of its parameters at the top of its body."""
    if isinstance(definition, ir.Lambda):
        return False
    return any(name in bound_by(statement) for statement in definition.body)


def bound_by(statement: ir.Node) -> set[str]:
    match statement:
        case ir.Assign(targets=targets):
            return {target.id for target in targets if isinstance(target, ir.Name)}
        case ir.AugmentedAssign(target=ir.Name(id=name)):
            return {name}
        case ir.If(body=body, orelse=orelse) | ir.For(body=body, orelse=orelse):
            return {name for inner in (*body, *orelse) for name in bound_by(inner)}
    return set()


def occurrence(machine: Machine, failure: LayerFailure, site: Site | None, record: CallRecord | None) -> Occurrence | None:
    """A failure at its place; None where nothing of the path stands in a file of the project."""
    layer = record.instance if record is not None and declaration_of(record.instance) is not None else None
    if layer is not None and is_own_code(failure, site, layer):
        layer = None
    if layer is not None and record is not None:
        called = visible(machine, record.site)
        notes = []
        if failure.argument is not None:
            made = made_at(machine, layer, failure.argument)
            if made is not None:
                at = visible(machine, made.site)
                if at is not None:
                    node = made.node if at is made.site else at.node
                    notes.extend(path_notes(machine, layer.site, Place(at.path, node.span), "built here"))
                    if called is not None:
                        notes.append(Note(called.place, f"called here, with {shapes(record)}"))
                    return Occurrence(failure, subject_of(machine, layer, record), Place(at.path, node.span), tuple(notes))
        if called is not None:
            if layer.site is not None and (built := visible(machine, layer.site)) is not None:
                notes.append(Note(built.place, "built here"))
            notes.extend(path_notes(machine, record.site, called.place, "called here"))
            return Occurrence(failure, subject_of(machine, layer, record), called.place, tuple(notes))
        return None
    at = visible(machine, site)
    if at is None:
        return None
    return Occurrence(failure, expression_text(at.node), at.place, tuple(path_notes(machine, at, at.place, "called here")))


def is_own_code(failure: LayerFailure, site: Site | None, layer: Instance) -> bool:
    """Whether what fails stands in a method of the user's own subclass of a layer, and is about no argument of the layer."""
    owner = site.function.owner if site is not None and site.function is not None else None
    if owner is None or owner.definition is None or owner not in layer.cls.mro:
        return False
    declaration = declaration_of(layer)
    names = () if declaration is None else tuple(parameter.name for parameter in declaration.parameters)
    return failure.argument is not None and failure.argument not in names


def construction(machine: Machine, failure: LayerFailure, layer: Instance) -> Occurrence | None:
    """A failure of a layer's constructor, where the wrong argument is made."""
    built = visible(machine, layer.site)
    if built is None:
        return None
    made = made_at(machine, layer, failure.argument) if failure.argument is not None else None
    at = visible(machine, made.site) if made is not None else None
    if made is None or at is None:
        return Occurrence(failure, expression_text(built.node), built.place, tuple(path_notes(machine, built, built.place, "called here")))
    place = Place(at.path, (made.node if at is made.site else at.node).span)
    return Occurrence(failure, expression_text(built.node), place, tuple(path_notes(machine, layer.site, place, "built here")))


def path_notes(machine: Machine, site: Site | None, place: Place, message: str) -> list[Note]:
    """The places on the way to a site, without the place itself, the innermost first."""
    seen = {place}
    notes = []
    for at in outwards(site):
        if machine.is_project_file(at.path) and at.place not in seen and not contains(at.place, place):
            seen.add(at.place)
            notes.append(Note(at.place, message))
    return notes


def contains(outer: Place, inner: Place) -> bool:
    a, b = outer.span, inner.span
    return (
        outer.path == inner.path and (a.line, a.column) <= (b.line, b.column) and (b.end_line, b.end_column) <= (a.end_line, a.end_column)
    )


def shapes(record: CallRecord) -> str:
    return ", ".join(str(value.shape) for value in record.inputs if isinstance(value, Tensor)) or "no tensor"


def subject_of(machine: Machine, layer: Instance, record: CallRecord) -> str:
    """What a layer is called: its name in the model that runs, else its class."""
    run = machine.recorder.active
    if run is not None:
        if run.names is None:
            run.names = machine.naming(run.instance)
        if run.names.get(layer):
            return run.names[layer]
    bound = machine.recorder.names.get(layer)
    return bound[0] if bound is not None else machine.own_name(layer) or layer.cls.name


def expression_text(node: ir.Node) -> str:
    """What fails, in the author's words: the function that is called, or the operator."""
    match node:
        case ir.Call(function=function):
            return dotted(function)
        case ir.Binary(op=op):
            return op
        case ir.AugmentedAssign(op=op):
            return f"{op}="
        case ir.Subscript():
            return "subscript"
        case ir.Display(elements=targets) if targets and all(map(dotted, targets)):
            return ", ".join(map(dotted, targets))
        case ir.Assert():
            return "assert"
        case ir.Raise():
            return "raise"
    return "expression"


def dotted(node: ir.Node) -> str:
    match node:
        case ir.Name(id=name):
            return name
        case ir.Attribute(value=value, attr=attr):
            owner = dotted(value)
            return f"{owner}.{attr}" if owner else attr
    return ""


def window_call(machine: Machine, window: Window, record: CallRecord | None) -> WindowCall | None:
    """A window as it was applied, at the place of the layer's constructor, or of the function call."""
    layer = record.instance if record is not None and declaration_of(record.instance) is not None else None
    at = visible(machine, layer.site if layer is not None else machine.site)
    if at is None:
        return None
    notes: tuple[Note, ...] = ()
    subject, type_name = expression_text(at.node), ""
    if layer is not None and record is not None:
        subject, type_name = subject_of(machine, layer, record), layer.cls.qualified
        called = visible(machine, record.site)
        if called is not None:
            notes = (Note(called.place, f"called here, with {shapes(record)}"),)
    return WindowCall(
        subject,
        type_name,
        at.place,
        notes,
        window.input,
        window.kernel,
        window.stride,
        window.padding_before,
        window.padding_after,
        window.dilation,
        window.output,
        window.has_weights,
        window.rounds,
    )
