"""What the analysis meets: layer calls, costs, windows, failures, and what was not understood."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeAlias

from cnnlint.dims import Condition, every, negate
from cnnlint.failures import BaseNotInitialised, ChannelMismatch, FeatureMismatch, LayerFailure, OperationFails
from cnnlint.graph import Note, Occurrence, Place, WindowCall
from cnnlint.interpreter import calls, faults, placing, raising, remarking, writing
from cnnlint.interpreter.history import History
from cnnlint.interpreter.machine import At, Frame, Machine, Raised, Site
from cnnlint.interpreter.runs import CallRecord, NotFollowed, Run, follows, note_unknown
from cnnlint.oddities import Oddity
from cnnlint.plugin.operation import Applied, Listener, Rank, Requirement, Work, listening
from cnnlint.solver import Demand
from cnnlint.source import ir
from cnnlint.values import ClassValue, FunctionValue, Instance, Mutable, Tensor, Unknown, Value

FindingKey: TypeAlias = tuple[Place, type[LayerFailure]]
Cause: TypeAlias = tuple[type[LayerFailure], Tensor, str]


class Recorder:
    """Collects, for one file at a time, what the analysis meets."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.history: History | None = None
        self.lasting_escapes: dict[Instance, Unknown] = {}
        self.clear()

    def clear(self) -> None:
        self.occurrences: dict[FindingKey, Occurrence] = {}
        self.oddities: dict[FindingKey, Occurrence] = {}
        self.repeated: list[Occurrence] = []
        self.causes: dict[Cause, FindingKey] = {}
        self.shared: set[FindingKey] = set()
        self.disputed: set[FindingKey] = set()
        self.windows: dict[tuple[Place, str], WindowCall] = {}
        self.runs: list[Run] = []
        self.active: Run | None = None
        self.stack: list[CallRecord] = []
        self.under_construction: Instance | None = None
        self.built: list[Instance] = []
        self.conditional: set[Instance] = set()
        self.classes: list[ClassValue] = []
        self.names: dict[Instance, tuple[str, ir.Assign]] = {}
        self.depths: dict[Instance, int] = {}
        self.refusals: list[Unknown] = []
        self.bindings: dict[str, list[Instance]] = {}
        self.escapes: dict[Instance, Unknown] = dict(self.lasting_escapes)
        self.unfinished: set[Instance] = set()
        self.replaced: dict[Instance, Instance] = {}
        self.called_functions: set[int] = set()
        self.requirements: list[Requirement] = []
        self.ranks: list[Rank] = []
        self.must_follow = False
        self.sites: dict[Tensor, At] = {}
        self.normalised: set[Tensor] = set()

    # Told by the interpreter

    def bound(self, frame: Frame, node: ir.Assign, value: Value) -> None:
        """An assignment: a module's variable is the name of the model, that of the code that asked for it before its builder's."""
        if isinstance(value, Instance) and len(node.targets) == 1 and isinstance(node.targets[0], ir.Name) and not self.machine.muted:
            name = node.targets[0].id
            if self.machine.depth < self.depths.get(value, self.machine.depth + 1):  # the outermost variable, and of those the first
                self.names[value] = (name, node)
                self.depths[value] = self.machine.depth
            if frame.function is None and not frame.is_class_body:
                self.bindings.setdefault(name, []).append(value)

    def defined(self, cls: ClassValue) -> None:
        if not self.machine.muted:
            self.classes.append(cls)

    def made(self, instance: Instance) -> None:
        """A module was built."""
        if not self.machine.muted:
            self.built.append(instance)
            if self.active is not None:
                self.active.built.append(instance)
            if self.machine.assumed:
                self.conditional.add(instance)

    def copied(self, twins: Mapping[Mutable, Value]) -> None:
        """Values were copied: a copy of a module that was built is one as well."""
        known = set(self.built)
        for original, twin in twins.items():
            if original in known and isinstance(twin, Instance):
                self.made(twin)

    def escaped(self, instance: Instance, cause: Unknown) -> None:
        """A module was given to something that is not understood; by a module that is imported once, for all files."""
        self.escapes.setdefault(instance, cause)
        if self.machine.importer.evaluating:
            self.lasting_escapes.setdefault(instance, cause)

    def note_assumed(self, unknown: Unknown) -> None:
        """A value of which nothing was known gets a shape from a comment: what it took to make it is still not counted."""
        if self.active is not None and not self.machine.muted:
            note_unknown(self.active, unknown)
            self.active.is_exact = False

    def catch_up(self, listener: Listener | None) -> None:
        """What a native, to which this one listens, has applied so far comes before what it calls now."""
        if listener is not None and listener.applied:
            applied, listener.applied = listener.applied, []
            self.worked(None, applied)

    def worked(self, work: Work | None, applied: list[Applied]) -> None:
        """Operations were applied: their costs, if any, go to the innermost layer call and to the run.

        Where a tensor was made is kept if something is to be said of it.
        """
        run = self.active
        if run is not None and len(self.machine.assumed) > run.assumptions:
            run.is_exact = False
        elif run is not None and applied:
            run.applied.append((self.stack[-1] if self.stack else None, applied))
        for each in applied:
            for tensor in each.gave:
                if tensor.data and tensor not in each.read:
                    self.sites[tensor] = self.machine.at
        if work is None:
            return
        self.requirements.extend(work.requirements)
        self.ranks.extend(work.ranks)
        for oddity in work.oddities:
            self.remark(oddity, self.machine.site)
        if self.active is None:
            return
        for requirement in work.requirements:
            self.requires(requirement.condition, requirement.failure)
        self.active.windows.extend(work.windows)
        self.active.macs_all = self.active.macs_all + work.macs
        self.active.is_exact = self.active.is_exact and work.is_exact
        if self.stack:
            record = self.stack[-1]
            record.macs = record.macs + work.macs
            record.is_exact = record.is_exact and work.is_exact
        if not self.machine.muted:
            for window in work.windows:
                call = placing.window_call(self.machine, window, self.stack[-1] if self.stack else None)
                if call is not None:
                    self.active.placed.append(call)
                    self.windows.setdefault((call.place, str(call.input)), call)

    # Open sizes

    def requires(self, condition: bool | Condition, cause: LayerFailure, site: Site | None = None) -> None:
        """What a run goes on from here only if it holds; asked at `site`, or where the analysis stands now."""
        run, machine = self.active, self.machine
        if run is None or machine.muted:
            return
        guard = []
        for assumed, way in machine.assumed.items():
            if not isinstance(assumed, Condition):
                run.lost = run.lost or "what decides about an operation is not known"
                return
            guard.append(assumed if way else negate(assumed))
        run.demands[Demand(condition, tuple(guard), cause)] = (site or machine.site, self.stack[-1] if self.stack else None)

    def refused(self, path: Collection[tuple[object, bool]], raised: Raised) -> None:
        """A way that ends in an exception, while others go on: no run takes it that comes to its end."""
        conditions = [condition if way else negate(condition) for condition, way in path if isinstance(condition, Condition)]
        if self.active is None or not conditions or len(conditions) < len(path):
            return
        if raising.will_be_caught(self.machine, raised.exception):
            self.active.lost = self.active.lost or "an exception that depends on sizes may be caught"
            return
        self.requires(negate(every(*conditions)), failure_of(raised), raised.site)

    # Layer calls

    def apply_layer(
        self, layer: Instance, function: Value, positional: list[Value], keywords: dict[str, Value], *, is_kept: bool = True
    ) -> Value:
        """Call a module's function as an application of the module; without a run under way, this starts one.

        A run that is not kept is none of a model: the call only says what a model will be made of.
        """
        machine = self.machine
        self.catch_up(listening.get())
        inputs = [*positional, *keywords.values()]
        record = CallRecord(layer, machine.site, inputs, depth=len(self.stack))
        starts = self.active is None
        if starts:
            self.active = Run(layer, inputs, machine.site, assumptions=len(machine.assumed), named=tuple(keywords))
        run = self.active
        assert run is not None
        windows = len(run.windows)
        run.calls.append(record)
        self.stack.append(record)
        try:
            record.output = calls.call(machine, function, [layer, *positional], keywords)
            record.has_ended = True
            record.end = len(run.calls)
            if self.history is not None:
                self.history.applied(record, record.output, run.windows[windows:])
        except Raised as raised:
            if self.history is not None:
                self.history.applied(record, None, ())
            if starts:
                run.raised = raised
                run.is_speculative = machine.is_speculative
            raise
        finally:
            self.stack.pop()
            self.count(record)
            if starts:
                run.output = record.output
                self.active = None
                if is_kept and not machine.muted:
                    self.runs.append(run)
        note_unknown(run, record.output)
        if self.must_follow and not follows(record.output):
            run.lost = "a size is no formula of the input's"
            raise NotFollowed
        return record.output

    def count(self, record: CallRecord) -> None:
        """A layer call came to its end: what it counts, counts for the call that it is inside of."""
        declaration = placing.declaration_of(record.instance)
        if declaration is not None and declaration.counts_macs and record.is_exact:
            record.counted = (record.counted or 0) + record.macs
        if record.counted is not None and self.stack:
            outer = self.stack[-1]
            outer.counted = record.counted if outer.counted is None else outer.counted + record.counted

    def note_run(self, model: Instance, inputs: list[Value], *, is_kept: bool = False) -> Value:
        """Run a model as a tool in the code would, in a journal of its own, which is taken back unless what it builds is kept."""
        machine = self.machine
        machine.store.open()
        depth = len(machine.store.journals)
        try:
            result = calls.call(machine, model, inputs, {})
        except Raised as raised:
            self.report_uncaught(raised)
            machine.store.unwind(depth - 1)
            return None
        machine.store.unwind(depth)
        if is_kept:
            machine.store.keep()
        else:
            machine.store.take()
        return result

    def starts_run(self, function: Value, instance: Value) -> bool:
        """Whether a method that code outside of all models calls is what calling the module would apply."""
        if self.active is not None or not isinstance(instance, Instance) or not isinstance(function, FunctionValue):
            return False
        return any(
            framework.convention is not None
            and framework.convention.forward == function.name
            and self.machine.door.is_instance(instance, framework, framework.module)
            for framework in self.machine.registry.frameworks
        )

    def is_application(self, instance: Instance) -> bool:
        """Whether calling an object applies a module whose own `__call__` is what a call of it runs."""
        return any(
            framework.convention is not None
            and framework.convention.forward == "__call__"
            and self.machine.door.is_instance(instance, framework, framework.module)
            for framework in self.machine.registry.frameworks
        )

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Evaluate as if for the first time: what is recorded inside, findings too, is dropped at the end of the block."""
        kept = dict(vars(self))
        self.clear()
        self.names, self.called_functions = kept["names"], kept["called_functions"]
        try:
            yield
        finally:
            vars(self).update(kept)

    @contextmanager
    def muted(self) -> Iterator[None]:
        """Evaluate without leaving a trace in the findings and runs."""
        self.machine.muted += 1
        kept = (self.active, self.stack)
        self.active, self.stack = None, []
        try:
            yield
        finally:
            self.active, self.stack = kept
            self.machine.muted -= 1

    # Failures

    def specific(self, failure: LayerFailure) -> LayerFailure:
        """A failure that is about to be reported, as what it is a case of."""
        return faults.specific(self, failure)

    def holds_all(self, instance: Instance) -> bool:
        """Whether all is known that an instance may have its attributes from."""
        return faults.holds_all(self.machine, instance)

    def replaces(self, new: Instance, old: Instance) -> None:
        """A module was put in the place of another one."""
        if new is not old:
            self.replaced[new] = old

    def report(self, failure: LayerFailure, site: Site | None) -> None:
        """Make a finding of a proven failure, once per place."""
        machine = self.machine
        if machine.muted:
            return
        if machine.is_speculative and faults.is_ours(machine, failure, site):
            return
        if isinstance(failure, BaseNotInitialised):
            faults.blame_constructor(failure)
            known_classes = [known.failure.cls for known in self.occurrences.values() if isinstance(known.failure, BaseNotInitialised)]
            if failure.cls in known_classes:
                return
        if self.under_construction is not None:
            occurrence = placing.construction(machine, failure, self.under_construction)
        else:
            occurrence = placing.occurrence(machine, failure, site, self.stack[-1] if self.stack else None)
        if occurrence is None:
            return
        key = (occurrence.place, type(failure))
        known = self.occurrences.get(key)
        if known is not None and str(known.failure) != str(failure):
            self.disputed.add(key)
        cause = self.cause_of(failure)
        first = self.causes.setdefault(cause, key) if cause is not None else key
        if first != key and first in self.occurrences:
            self.occurrences[first] = with_place(self.occurrences[first], occurrence)
            self.shared.add(key)
            return
        layer = self.under_construction or (self.stack[-1].instance if self.stack else None)
        if layer is not None and placing.declaration_of(layer) is None:
            layer = None
        found = writing.with_written(occurrence, writing.written(machine, failure, site, layer))
        if key not in self.shared and occurrence.place not in {place for place, _ in self.occurrences}:
            self.occurrences[key] = found
        else:
            self.repeated.append(found)

    def cause_of(self, failure: LayerFailure) -> Cause | None:
        """What two layers that fail have in common if it is the tensor that is wrong: they get the same one and expect the same of it."""
        record = self.stack[-1] if self.stack else None
        if record is None or not isinstance(failure, (ChannelMismatch, FeatureMismatch)) or placing.declaration_of(record.instance) is None:
            return None
        arrives = next((value for value in record.inputs if isinstance(value, Tensor)), None)
        return None if arrives is None else (type(failure), arrives, str(failure.expected))

    def remark(self, oddity: Oddity, site: Site | None) -> None:
        """Make a finding of what runs and can hardly be meant, once per place."""
        remarking.remark(self, oddity, site)

    def report_uncaught(self, raised: Raised) -> None:
        """An exception came to the end of an entry."""
        raised.is_uncaught = not (self.machine.is_speculative or self.machine.is_guarded or self.machine.muted)
        if raised.failure is None and raised.is_uncaught:
            faults.report_construction(self, raised)
            if raised.failure is None:
                faults.report_refusal(self, raised)
        if raised.failure is not None and not raised.is_reported and not self.machine.is_guarded:
            self.report(raised.failure, raised.site)
            raised.is_reported = True

    def occurrence_of(self, raised: Raised) -> Occurrence | None:
        """What ended a run: the finding that was made of it, or the exception as it stands."""
        failure = failure_of(raised)
        known = placing.occurrence(self.machine, failure, raised.site, None)
        if raised.failure is not None:
            for occurrence in (*self.occurrences.values(), *self.repeated):
                if occurrence.failure is failure:
                    return occurrence
        if known is None and raised.site is not None:
            return Occurrence(failure, placing.expression_text(raised.site.node), raised.site.place)
        return known


def with_place(first: Occurrence, other: Occurrence) -> Occurrence:
    """A finding that also names the place of another one that has the same cause."""
    note = Note(other.place, f"`{other.subject}` expects the same of the same tensor")
    return first if note in first.notes else Occurrence(first.failure, first.subject, first.place, (*first.notes, note))


def failure_of(raised: Raised) -> LayerFailure:
    """What an exception of the program says, as a failure."""
    if raised.failure is not None:
        return raised.failure
    text = faults.message_of(raised)
    name = raised.exception.cls.name
    return OperationFails(f"raises {name}{': ' if text else ''}{text}", is_language=True, exception=name)
