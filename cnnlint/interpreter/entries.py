"""The entries of a file: its module body, then functions nobody called, then module classes nobody built."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from cnnlint.graph import InputSizes, Model, Occurrence, Place, Unbuilt
from cnnlint.interpreter import calls
from cnnlint.interpreter.annotating import annotated_output
from cnnlint.interpreter.breaking import forget_effects
from cnnlint.interpreter.candidates import Candidate, Defined, names_in, wholes_first
from cnnlint.interpreter.demand import optional_inputs, run_model
from cnnlint.interpreter.dispatch import evaluate, execute
from cnnlint.interpreter.faults import report_misspelt_method
from cnnlint.interpreter.known import KnownModel, known_inputs, names_of
from cnnlint.interpreter.machine import SPECULATIVE_STEPS, STATEMENT_STEPS, STEPS, Frame, Machine, OutOfBudget, Raised
from cnnlint.interpreter.models import build_model, framework_of
from cnnlint.interpreter.recorder import FindingKey
from cnnlint.interpreter.runs import Run
from cnnlint.interpreter.sampling import at_sizes, run_apart
from cnnlint.interpreter.sizing import input_sizes
from cnnlint.interpreter.supplying import Supplied, constructor_arguments, function_arguments
from cnnlint.interpreter.tensors import tensors_in
from cnnlint.interpreter.wiring import remark_on_lost, remark_on_model
from cnnlint.source import IrCache, NotAnalysed, SourceText, StatedInput, decode, ir
from cnnlint.values import MISSING, ClassValue, FunctionValue, Instance, ModuleValue, Unknown, Value

TARGET = "<target>"
"""Where the expression of a target stands: its lines are none of the file's."""


class FileEntry:
    """One file under analysis; everything it does to the store is taken back at the end."""

    def __init__(
        self,
        machine: Machine,
        source: SourceText,
        module: ModuleValue,
        tree: ir.Module,
        *,
        train: bool,
        with_sizes: bool,
        with_samples: bool,
    ) -> None:
        self.machine = machine
        self.source = source
        self.module = module
        self.tree = tree
        self.defined = Defined(machine, module, tree)
        self.train = train
        self.with_sizes = with_sizes
        self.with_samples = with_samples
        self.unknown: list[Unknown] = []
        self.speculative_steps = SPECULATIVE_STEPS
        self.left_out: list[ir.FunctionDefinition | ir.ClassDefinition | ir.Lambda] = []
        self.raised: Raised | None = None
        self.unbuilt: list[Unbuilt] = []
        self.shown: list[Candidate] = []
        self.supplied = Supplied()

    def within_budget(self, entry: Callable[[], object], steps: int = STEPS) -> None:
        """Run an entry, which ends at an uncaught exception or when its budget is used up."""
        machine = self.machine
        machine.steps = steps
        depth = len(machine.store.journals)
        try:
            entry()
        except Raised as raised:
            self.raised = raised
            machine.recorder.report_uncaught(raised)
        except OutOfBudget as ended:
            self.unknown.append(machine.unknown(str(ended), ended.site))
        except RecursionError:  # values that contain themselves: what walks them has no limit of its own
            self.unknown.append(Unknown("values nested too deeply", Place(self.module.path, ir.Span(1, 0, 1, 0))))
        finally:
            machine.store.unwind(depth)
            machine.reset_paths()

    def failure_of(self, expression: ir.Expression) -> Occurrence | None:
        """What an expression of a target failed with, if it did; without a place where that lies in the expression itself."""
        occurrence = self.machine.recorder.occurrence_of(self.raised) if self.raised is not None else None
        if occurrence is None:
            return None
        is_own = occurrence.place.path == TARGET
        return Occurrence(occurrence.failure, occurrence.subject, Place("", expression.span), occurrence.notes) if is_own else occurrence

    def why_it_ended(self) -> str:
        """In a few words, why an entry did not come to its end."""
        if self.raised is None:
            return self.unknown[-1].reason if self.unknown else "not understood"
        return "raises where it is built"

    def run_body(self) -> None:
        """The module body, statement by statement; after one that raises, what follows counts as speculative."""
        frame = Frame(self.machine, self.module, self.module)
        recorder = self.machine.recorder
        budget = STEPS
        for statement in self.tree.body:
            raised: list[bool] = []
            cell = self.source.cell_at(statement.span.line)
            before = (dict(recorder.occurrences), dict(recorder.oddities)) if cell is not None and cell.may_raise else None

            def entry(statement: ir.Statement = statement, raised: list[bool] = raised) -> None:
                raised.append(True)
                depth = len(self.machine.store.journals)
                outcome = execute(frame, statement)
                while len(self.machine.store.journals) > depth:  # the way that goes on where another one raised
                    self.machine.store.keep()
                if outcome.kind == "raise":  # on every way
                    raise outcome.value
                raised.pop()

            given = min(budget, STATEMENT_STEPS)
            self.within_budget(entry, given)
            budget -= given - max(self.machine.steps, 0)
            frame.splits.clear()
            if raised:
                forget_effects(self.machine, self.module, statement)
                self.machine.is_speculative = before is None or self.machine.is_speculative
            if before is not None:
                recorder.occurrences, recorder.oddities = before
            if budget <= 0:
                break
        self.machine.is_speculative = False

    # Models

    def models(self, known: Sequence[KnownModel]) -> list[Model]:
        """The models of the file, in source order; then those that what is known builds."""
        found: list[tuple[ir.Span, Model]] = []
        for candidate in list(self.defined.roots()):
            stated = self.stated(known, candidate.name, candidate.node, candidate.instance.cls)
            run = candidate.run
            if run is None or has_unknown_input(run) or known_inputs(known, names_of(candidate.name, candidate.instance.cls.name)):
                self.machine.is_built_by_code = True
                run = self.called(candidate.instance, stated, speculative=not stated)
                self.machine.is_built_by_code = False
            candidate.run = run
            found.append((candidate.node.span, self.model(candidate)))
        added = list(self.added(known))
        built = {each.expression for each in known if each.building is not None}
        for function, (name, definition) in self.defined.functions().items():
            if id(function.definition) in self.machine.recorder.called_functions or name in built or self.must_leave_out(definition):
                continue
            made = self.result_of(function)
            if made is not None:
                stated = self.stated(known, name, definition, made.cls)
                run = self.called(made, stated, speculative=not stated, is_extra=True)
                found.append((definition.span, self.model(Candidate(made, name, definition, run))))
        subclassed = {base for cls in self.defined.module_classes() for base in cls.mro[1:]}
        for cls in wholes_first([cls for cls in self.defined.module_classes() if cls not in subclassed]):
            if cls.definition is None or any(instance.cls is cls for instance in self.machine.recorder.built):
                continue
            if cls.name in built or self.must_leave_out(cls.definition):
                continue
            model = self.speculative_model(cls, known)
            if model is not None:
                found.append((cls.definition.span, model))
        for run in self.machine.recorder.runs:
            remark_on_lost(self.machine, run)
        self.note_left_out()
        return [*(model for _, model in sorted(found, key=lambda pair: pair[0])), *added]

    def must_leave_out(self, definition: ir.FunctionDefinition | ir.ClassDefinition | ir.Lambda) -> bool:
        """Whether the file's budget for what nobody calls is used up."""
        if self.speculative_steps > 0:
            return False
        self.left_out.append(definition)
        return True

    def note_left_out(self) -> None:
        """Say once how much was left out, at the first of it."""
        if self.left_out:
            count = len(self.left_out)
            rest = "" if count == 1 else f" (nor {count - 1} more)"
            first = self.left_out[0]
            name, span = ("a lambda", first.span) if isinstance(first, ir.Lambda) else (f"`{first.name}`", first.name_span)
            reason = f"{name}{rest} was not evaluated: nothing here calls it, and the file's budget for such is used up"
            self.unknown.append(Unknown(reason, Place(self.module.path, span)))

    def speculatively(self, entry: Callable[[], object]) -> None:
        """Evaluate what nobody calls, within what is left of the file's budget for it."""
        self.machine.forget_states()
        self.machine.is_speculative = True
        given = min(self.speculative_steps, STEPS // 4)
        self.within_budget(entry, given)
        self.speculative_steps -= given - max(self.machine.steps, 0)
        self.machine.is_speculative = False

    def called(self, instance: Instance, stated: Sequence[StatedInput], *, speculative: bool, is_extra: bool = False) -> Run | None:
        """A run of a model that cnnlint makes itself; `is_extra` for what nothing in the file calls or builds."""
        recorder = self.machine.recorder
        before = {**recorder.occurrences, **recorder.oddities}
        made: list[Run | None] = []
        self.machine.is_speculative = speculative
        framework = framework_of(self.machine, instance)
        if framework is not None and framework.convention is not None:
            report_misspelt_method(recorder, instance, framework.convention.forward)
        given = min(max(self.speculative_steps, 0), STEPS // 4) if is_extra else STEPS
        self.within_budget(lambda: made.append(run_model(self.machine, instance, stated, train=self.train)), given)
        if is_extra:
            self.speculative_steps -= given - max(self.machine.steps, 0)
        if len(recorder.occurrences) + len(recorder.oddities) > len(before):
            self.confirm(instance, stated, before)
        self.machine.is_speculative = False
        return made[0] if made else None

    def confirm(self, instance: Instance, stated: Sequence[StatedInput], before: Mapping[FindingKey, Occurrence]) -> None:
        """Keep only those new findings that hold as well when the optional inputs, which nobody gave, are given."""
        recorder = self.machine.recorder
        framework = framework_of(self.machine, instance)
        optional = optional_inputs(instance, framework) if framework is not None else []
        if not optional:
            return
        found, oddities, runs, windows = recorder.occurrences, recorder.oddities, recorder.runs, recorder.windows
        recorder.occurrences, recorder.oddities, recorder.runs, recorder.windows = {}, {}, [], {}
        self.within_budget(lambda: run_model(self.machine, instance, stated, train=self.train, leave_open=optional))
        again = {**recorder.occurrences, **recorder.oddities}
        recorder.occurrences = {key: occurrence for key, occurrence in found.items() if key in before or key in again}
        recorder.oddities = {key: occurrence for key, occurrence in oddities.items() if key in before or key in again}
        recorder.runs, recorder.windows = runs, windows

    def result_of(self, function: FunctionValue) -> Instance | None:
        """The module that a function gives when called as far as its defaults go; others are evaluated for their findings only."""
        made: list[Value] = []
        machine = self.machine
        arguments = function_arguments(machine, function)
        self.speculatively(lambda: made.append(calls.call(machine, function, arguments.positional, arguments.keywords)))
        if arguments or not made or not isinstance(made[0], Instance) or framework_of(machine, made[0]) is None:
            return None
        return made[0]

    def added(self, known: Sequence[KnownModel]) -> Iterator[Model]:
        """The models that the arguments or expressions of what is known build, with no argument of our own."""
        for each in known:
            if each.building is None:
                continue
            expression = parsed_expression(self.machine.cache, each.building)
            made: list[Value] = []
            self.raised = None
            self.within_budget(lambda: made.append(evaluate_target(self, expression)))  # noqa: B023  # called at once
            failure = None if made else self.failure_of(expression)
            if failure is not None and not failure.place.path:  # it stands in what is known, not in the file
                found = self.machine.recorder.occurrences
                self.machine.recorder.occurrences = {key: each for key, each in found.items() if each.failure is not failure.failure}
                self.unbuilt.append(Unbuilt(each.expression, failure))
            if not made or not isinstance(made[0], Instance) or framework_of(self.machine, made[0]) is None:
                continue
            cls = made[0].cls
            node = cls.definition if cls.definition is not None and cls.module == self.module.name else expression
            name = each.expression if each.expression.isidentifier() else cls.name
            stated = each.inputs or self.stated(known, name, node, cls)
            run = self.called(made[0], stated, speculative=not stated)
            yield self.model(Candidate(made[0], name, node, run), f"{self.module.path}::{each.expression}")

    def speculative_model(self, cls: ClassValue, known: Sequence[KnownModel]) -> Model | None:
        """A class nobody builds: with the defaults of its constructor, and symbols where there is none."""
        machine = self.machine
        assert cls.definition is not None
        arguments = constructor_arguments(machine, cls, train=self.train)
        made: list[Value] = []
        self.speculatively(lambda: made.append(calls.call(machine, cls, arguments.positional, arguments.keywords)))
        if not made or not isinstance(made[0], Instance):
            return None
        stated = self.stated(known, cls.name, cls.definition, cls)
        run = self.called(made[0], stated, speculative=not stated or bool(arguments), is_extra=True)
        return self.model(Candidate(made[0], cls.name, cls.definition, run))

    def model(self, candidate: Candidate, target: str = "") -> Model:
        """The graph of a candidate, with the budget that stands beside it."""
        node = candidate.node
        span = node.name_span if isinstance(node, (ir.ClassDefinition, ir.FunctionDefinition)) else node.span
        path = self.module.path
        place = Place(path, span)
        sizes = self.sizes_of(candidate, place)
        built = build_model(
            self.machine,
            candidate.instance,
            self.run_at(candidate, sizes),
            candidate.name,
            target or f"{path}::{candidate.name}",
            place,
            tuple(self.unknown),
        )
        remark_on_model(self.machine, candidate.instance, candidate.run, self.tree)
        self.shown.append(candidate)
        budget = self.machine.statements.budget(node, candidate.instance.cls)
        framework = framework_of(self.machine, candidate.instance)
        forward = candidate.instance.cls.find(framework.convention.forward) if framework is not None and framework.convention else None
        declared = self.machine.statements.declared(node, candidate.instance.cls) or annotated_output(forward)
        candidate.model = replace(built, budget=budget, declared=declared, input_sizes=sizes)
        return candidate.model

    def run_at(self, candidate: Candidate, sizes: InputSizes | None) -> Run | None:
        """The run that the model's graph shows: with the sizes that were tried, if nobody states any and symbols say too little."""
        run = candidate.run
        if run is None or sizes is None or not (sizes.samples and sizes.assumed):
            return run
        inputs = at_sizes(run.inputs, sizes.assumed)
        made: list[Run | None] = []

        def apply() -> None:
            made.append(run_apart(self.machine, candidate.instance, inputs, run.named, train=self.train, must_follow=False))

        self.within_budget(apply, STEPS // 4)
        return made[0] if made and made[0] is not None else run

    def sizes_of(self, candidate: Candidate, place: Place) -> InputSizes | None:
        """The input sizes that a model takes; None if nobody wants to know."""
        if not self.with_sizes:
            return None
        found: list[InputSizes | None] = []

        def find() -> None:
            instance, run = candidate.instance, candidate.run
            found.append(input_sizes(self.machine, instance, run, place, train=self.train, with_samples=self.with_samples))

        self.within_budget(find, STEPS // 4)
        return found[0] if found else None

    def stated(self, known: Sequence[KnownModel], name: str, node: ir.Node, cls: ClassValue) -> Sequence[StatedInput]:
        """The inputs that somebody stated for a model: by option or configuration, else by a directive."""
        return known_inputs(known, names_of(name, cls.name)) or self.machine.statements.inputs(node, cls)


def has_unknown_input(run: Run) -> bool:
    """Whether a run says nothing of the model's input: the batch of a loader, say."""
    return any(tensor is not None and tensor.shape.leading for value in run.inputs for tensor in tensors_in(value))


def parsed_expression(cache: IrCache, text: str) -> ir.Expression:
    """The expression that a text is.

    Raises NotAnalysed where it is none.
    """
    body = cache.lower(decode(f"({text}\n)".encode(), text)).body
    if len(body) != 1 or not isinstance(body[0], ir.ExpressionStatement):
        raise NotAnalysed(text, 1, 0, "it is not one expression", "syntax-error")
    return body[0].value


def evaluate_target(entry: FileEntry, expression: ir.Expression) -> Value:
    """The value of a target's expression in the scope of the file; a class or function is called with its defaults.

    What a module class requires besides is supplied, and entered in the entry's `supplied`.
    """
    machine = entry.machine
    asked = ModuleValue(entry.module.name, TARGET, entry.module.package)
    machine.project_files.add(TARGET)
    asked.contents = entry.module.contents
    for name in names_in(expression):  # what the module binds only when it is asked for
        found = machine.importer.own_name(entry.module, name)
        if found is not MISSING:
            asked.contents.setdefault(name, found)
    frame = Frame(machine, asked, entry.module)
    if isinstance(expression, ir.Name) and "#" in expression.id:
        return binding(machine, *expression.id.split("#"))
    machine.forget_states()
    value = evaluate(frame, expression)
    if isinstance(value, (ClassValue, FunctionValue)):
        entry.supplied = Supplied()
        if isinstance(value, ClassValue) and entry.defined.is_module_class(value):
            entry.supplied = constructor_arguments(machine, value, train=entry.train)
        machine.is_speculative = bool(entry.supplied)
        with machine.standing(frame, expression):
            value = calls.call(machine, value, entry.supplied.positional, entry.supplied.keywords)
    return value


def binding(machine: Machine, name: str, ordinal: str) -> Value:
    """The module that the assignment `ordinal` (from 0) bound to a name of the file."""
    found = [value for value in machine.recorder.bindings.get(name, []) if value in machine.recorder.built]
    if int(ordinal) < len(found):
        return found[int(ordinal)]
    return machine.unknown(f"`{name}` is bound to a model {len(found)} times")
