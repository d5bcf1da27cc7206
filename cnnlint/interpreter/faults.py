"""What a failure is a case of, where it may come of what cnnlint itself supplied, and which exceptions are findings without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnnlint.dims import Dim, Expression, equal
from cnnlint.errors import closest
from cnnlint.failures import (
    ArgumentFailure,
    BaseNotInitialised,
    CannotConstruct,
    ChannelMismatch,
    FeatureMismatch,
    ForwardMissing,
    HeadMismatch,
    InvalidArgument,
    LayerFailure,
    LayerReused,
    MissingArgument,
    MissingAttribute,
    OperationFails,
    UndefinedName,
    UnknownArgument,
    WrongCall,
)
from cnnlint.graph import Note, Occurrence, Place
from cnnlint.interpreter import placing
from cnnlint.interpreter.counts import is_of_sizes, no_valid_size
from cnnlint.interpreter.frameworks import framework_value, is_declared_below
from cnnlint.interpreter.machine import Machine, Raised, Site
from cnnlint.interpreter.syntax import nodes_below
from cnnlint.interpreter.types import EXCEPTIONS, OBJECT
from cnnlint.source import ir
from cnnlint.values import MISSING, ClassValue, FunctionValue, Instance, Tensor

if TYPE_CHECKING:
    from cnnlint.interpreter.recorder import Recorder
    from cnnlint.interpreter.runs import CallRecord


NO_REFUSALS = ("NotImplementedError", "StopIteration", "StopAsyncIteration")
"""Exceptions that say nothing of what they are raised for."""


def specific(recorder: Recorder, failure: LayerFailure) -> LayerFailure:
    """A failure of the layer that runs, as what it follows from: the layer fitted at an earlier call, or replaces one that fits."""
    record = recorder.stack[-1] if recorder.stack else None
    if isinstance(failure, FeatureMismatch) and is_of_sizes(failure.got):
        return no_valid_size(failure, f"{failure.got} == {failure.expected}")
    if record is None or recorder.active is None or not isinstance(failure, (ChannelMismatch, FeatureMismatch)):
        return failure
    what = "channels" if isinstance(failure, ChannelMismatch) else "features"
    expected, got = failure.expected, failure.got
    for earlier in recorder.active.calls:
        if earlier.instance is record.instance and earlier.has_ended and takes(earlier, expected):
            return LayerReused(expected, got, what, exception=failure.exception, output=failure.output)
    old = recorder.replaced.get(record.instance)
    if old is not None and failure.argument is not None:
        fitted = old.contents.get(failure.argument)
        if isinstance(fitted, (int, Expression)) and equal(fitted, got):
            return HeadMismatch(expected, got, what, argument=failure.argument, exception=failure.exception, output=failure.output)
    return failure


def takes(record: CallRecord, size: Dim) -> bool:
    """Whether an input of a layer call had an axis of that size."""
    return any(isinstance(value, Tensor) and any(equal(dim, size) for dim in value.shape.dims) for value in record.inputs)


def blame_constructor(failure: BaseNotInitialised) -> None:
    """Name the class whose constructor never runs that of its base; where each does, the first, which does so too late."""
    constructors = constructors_of(failure)
    blamed = next((function for function in constructors if not initialises_base(function)), None)
    failure.is_late = bool(constructors) and blamed is None
    for function in (blamed, *constructors):
        if function is not None and function.owner is not None:
            failure.cls = function.owner.name
            break


def constructors_of(failure: BaseNotInitialised) -> list[FunctionValue]:
    """The constructors that the program writes for the class of a module, its own before those of its bases."""
    classes = failure.owner.mro if isinstance(failure.owner, ClassValue) else ()
    found = (cls.contents.get("__init__") for cls in classes)
    return [each for each in found if isinstance(each, FunctionValue) and isinstance(each.definition, ir.FunctionDefinition)]


def initialises_base(constructor: FunctionValue) -> bool:
    """Whether a constructor has a call of another one."""
    return any(
        isinstance(node, ir.Call) and isinstance(node.function, ir.Attribute) and node.function.attr == "__init__"
        for node in nodes_below(constructor.definition)
    )


def is_ours(machine: Machine, failure: LayerFailure, site: Site | None) -> bool:
    """Whether a failure may come from arguments that cnnlint itself supplied, or left out: Python's own, and calls with stars.

    Which names and attributes there are does not depend on the inputs of a model that the code itself builds.
    """
    has_stars = site is not None and isinstance(site.node, ir.Call) and any(argument.stars for argument in site.node.arguments)
    match failure:
        case MissingArgument() | UnknownArgument() | WrongCall():
            return has_stars
        case ArgumentFailure():
            return has_stars or (isinstance(failure, InvalidArgument) and failure.is_absent)
        case ForwardMissing():
            return not closest(failure.method, failure.known)
        case UndefinedName() | MissingAttribute():
            return not machine.is_built_by_code
    return isinstance(failure, OperationFails) and failure.is_language


def holds_all(machine: Machine, instance: Instance) -> bool:
    """Whether an instance has its attributes from the program's own classes, and at most a framework's base of all modules."""
    for cls in instance.cls.mro:
        if cls.metaclass is not None or not (cls.definition is not None or cls is OBJECT or is_module_base(machine, cls)):
            return False
    return instance not in machine.recorder.escapes and instance not in machine.recorder.unfinished


def is_module_base(machine: Machine, cls: ClassValue) -> bool:
    frameworks = [framework for framework in machine.registry.frameworks if framework.is_loaded]
    return any(framework_value(machine, framework, framework.module) is cls for framework in frameworks)


def report_construction(recorder: Recorder, raised: Raised) -> None:
    """Make a finding of a model whose own code raised when it was built, with arguments that the code gives."""
    machine = recorder.machine
    building = [site for site in placing.outwards(raised.site) if is_constructor(machine, site)]
    built = placing.visible(machine, building[-1].parent) if building else None
    if built is None or building[-1].function is None or building[-1].function.owner is None:
        return
    failure = CannotConstruct(building[-1].function.owner.name, message_of(raised), exception=raised.exception.cls.name)
    notes = () if raised.site is None or raised.site.place == built.place else (Note(raised.site.place, "raised here"),)
    recorder.occurrences[built.place, CannotConstruct] = Occurrence(failure, placing.expression_text(built.node), built.place, notes)
    raised.failure, raised.is_reported = failure, True


def report_refusal(recorder: Recorder, raised: Raised) -> None:
    """Make a finding of a model whose own code raises when it is called with what the code, or the user, gives; or of an assertion
    about it that fails.

    A method that only says that it is to be overridden, and what ends the program on purpose, are none.
    """
    machine, cls = recorder.machine, raised.exception.cls
    at = placing.visible(machine, raised.site)
    model = next((site.function for site in placing.outwards(raised.site) if is_method(machine, site)), None)
    if (
        at is None
        or not cls.is_subclass(EXCEPTIONS["Exception"])
        or cls.name in NO_REFUSALS
        or len(recorder.escapes) > len(recorder.lasting_escapes)
    ):
        return
    if model is not None and model.owner is not None:
        subject = model.owner.name
    elif cls.name == "AssertionError" and isinstance(at.node, ir.Assert):
        subject = "assert"
    else:
        return
    failure = OperationFails(message_of(raised) or "its own check fails", is_language=True, exception=cls.name)
    notes = tuple(placing.path_notes(machine, at, at.place, "called here"))
    recorder.occurrences.setdefault((at.place, OperationFails), Occurrence(failure, subject, at.place, notes))
    raised.failure, raised.is_reported = failure, True


def is_method(machine: Machine, site: Site) -> bool:
    """Whether a site stands in a method of a module class, but its constructor."""
    function = site.function
    if function is None or function.owner is None or function.name == "__init__":
        return False
    frameworks = [framework for framework in machine.registry.frameworks if framework.is_loaded]
    return any(is_declared_below(function.owner, framework, framework.module, machine) for framework in frameworks)


def is_constructor(machine: Machine, site: Site) -> bool:
    """Whether a site stands in the constructor of a module class."""
    function = site.function
    if function is None or function.owner is None or function.name != "__init__":
        return False
    frameworks = [framework for framework in machine.registry.frameworks if framework.is_loaded]
    return any(is_declared_below(function.owner, framework, framework.module, machine) for framework in frameworks)


MOST_MISTYPED = 2
"""How many letters longer or shorter a name may be that is meant to be another: `forward_noise` is a name of its own."""


def report_misspelt_method(recorder: Recorder, model: Instance, method: str) -> None:
    """Make a finding of a model that cnnlint itself would call, where a method is named almost as what a call runs, which is missing."""
    if model.cls.find(method) is not MISSING or method in model.contents or not holds_all(recorder.machine, model):
        return
    methods = {
        name: value
        for cls in model.cls.mro
        for name, value in cls.contents.items()
        if isinstance(value, FunctionValue) and not name.startswith("__")
    }
    close = closest(method, methods)
    meant = methods.get(close) if abs(len(close) - len(method)) <= MOST_MISTYPED else None
    if meant is not None and isinstance(meant.definition, ir.FunctionDefinition) and recorder.machine.is_project_file(meant.module.path):
        place = Place(meant.module.path, meant.definition.name_span)
        failure = ForwardMissing(model.cls.name, method, tuple(methods), exception="NotImplementedError")
        known = [known.failure for known in recorder.occurrences.values()]
        if not any(isinstance(other, ForwardMissing) and other.cls == failure.cls for other in known):
            recorder.occurrences[place, ForwardMissing] = Occurrence(failure, model.cls.name, place)


def message_of(raised: Raised) -> str:
    """What an exception of the program says."""
    arguments = raised.exception.contents.get("args", ())
    return next((argument for argument in arguments if isinstance(argument, str)), "") if isinstance(arguments, tuple) else ""
