"""A report of every kind of thing that a format must show, and a summary with blocks in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import ClassVar

from cnnlint.comparing import compare_checkpoint, compare_models, growth_beyond
from cnnlint.diagnostics import Diagnostic, Edit, Fix, Severity, Suppressed
from cnnlint.dims import Dims, Shape, symbol
from cnnlint.flows import ELEMENTWISE, Sliding
from cnnlint.graph import (
    BlockCall,
    FileAnalysis,
    Layer,
    LayerCall,
    Model,
    Note,
    Place,
    StateEntry,
    Step,
    Trace,
    TracedTensor,
    UnknownPart,
)
from cnnlint.plugin import CheckReport, DiffReport, Finding, Rule, SummaryReport
from cnnlint.plugin.reporter import PassedOver, SummaryError, SummaryRow
from cnnlint.source.ir import Span


@dataclass(frozen=True)
class WrongFeatures(Rule):
    """A layer gets another number of features than it takes.

    Why is this bad?
        The product of two matrices needs equal inner sizes, so the call raises.

    Bad:
        fc = Linear(400, 120)
        fc(x)  # x has 576 features

    Good:
        fc = Linear(576, 120)
        fc(x)

    Fix safety:
        The fix changes the number of weights.

    References:
        A textbook of linear algebra
        Another one
    """

    code = "CNN298"

    def findings(self, analysis: FileAnalysis) -> Iterator[Finding]:
        yield from ()


@dataclass(frozen=True)
class NotRead(Rule):
    """A part of a file was not read.

    Why is this bad?
        Nothing is known of it.

    Bad:
        x = 1

    Good:
        x = 2

    References:
        None
    """

    code = "CNN999"
    severity: ClassVar[Severity] = "info"

    def findings(self, analysis: FileAnalysis) -> Iterator[Finding]:
        yield from ()


SOURCE = """\
import x
class Net:
\t网 = Linear(400, 120)  # six
\tconv = Conv2d(
\t\t3,
\t\t6,
\t\tkernel_size=11,
\t\tstride=4,
\t\tpadding=0,
\t\tdilation=1,
\t)

"""
BUILT = Place("net.py", Span(3, 12, 3, 15))
CALLED = Place("models/other, 50%.py", Span(9, 8, 9, 16))
MANY_LINES = Place("net.py", Span(4, 8, 11, 2))
CELL = Place("train.ipynb", Span(2, 0, 2, 3), cell=4)
NOT_READ = Place("gone.py", Span(1, 0, 1, 0))
ODD = Place("net.py", Span(1, 7, 1, 8))

DIAGNOSTICS = (
    Diagnostic(ODD, "CNN298", "wrong-features", "warning", "odd | text: 100% <of> \x1b[31m*it*\nin `two|lines`, \u202e"),
    Diagnostic(
        BUILT,
        "CNN298",
        "wrong-features",
        "error",
        "`fc1` expects 400 input features, but gets 16 * 6 * 6 = 576",
        "",
        (Note(CALLED, "called here, with (batch, 576)"), Note(MANY_LINES, "built here")),
        Fix("set `in_features` to 576", safe=False, edits=(Edit(BUILT, "16 * 6 * 6"),)),
    ),
    Diagnostic(MANY_LINES, "CNN298", "wrong-features", "warning", "`conv` loses input", "inputs of 223 and 227 fit evenly"),
    Diagnostic(NOT_READ, "CNN999", "not-read", "info", "the file is too large", "raise the limit"),
    Diagnostic(CELL, "CNN298", "wrong-features", "error", "`fc` expects 4 input features, but gets 5"),
)
SILENT = (
    Diagnostic(BUILT, "CNN298", "wrong-features", "error", "known", suppressed=Suppressed("comment", "kept as it was")),
    Diagnostic(NOT_READ, "CNN999", "not-read", "info", "known too", suppressed=Suppressed("baseline")),
)

BATCH = symbol("batch")
IMAGE, MAPS, SMALL = Shape((BATCH, 3, 32, 32)), Shape((BATCH, 6, 28, 28)), Shape((BATCH, 6, 14, 14))


def layer(name: str, kind: str, params: int, *, is_leaf: bool = True, was_called: bool = True) -> Layer:
    return Layer(name, f"framework.nn.{kind}", (BUILT,), params, is_leaf, was_called)


def model() -> Model:
    """A convolution, a ReLU that is called twice, two equal blocks of a convolution and a ReLU, and a layer nobody calls."""
    conv, relu = layer("conv1", "Conv2d", 456), layer("relu", "ReLU", 0)
    spare = layer("aux1.conv", "Conv2d", 10, was_called=False)
    blocks = [layer(f"blocks.{number}", "Block", 0, is_leaf=False) for number in (0, 1)]
    inner = [(layer(f"blocks.{number}.conv", "Conv2d", 900), layer(f"blocks.{number}.act", "ReLU", 0)) for number in (0, 1)]
    calls = [
        LayerCall(conv, (CALLED,), (IMAGE,), (MAPS,), 352_800, 1),
        LayerCall(relu, (CALLED,), (MAPS,), (MAPS,), None, 1),
        LayerCall(relu, (CALLED,), (MAPS,), (MAPS,), None, 2),
    ]
    for convolution, act in inner:
        calls += [
            LayerCall(convolution, (CALLED,), (MAPS,), (MAPS,), 705_600, 1),
            LayerCall(act, (CALLED,), (MAPS,), (MAPS,), None, 1),
        ]
    return Model(
        name="Net",
        target="net.py::Net",
        place=Place("net.py", Span(2, 0, 2, 10)),
        framework="framework",
        inputs=(IMAGE,),
        outputs=(MAPS, None),
        structure=("out", "aux"),
        params=1_002_266,
        trainable_params=456,
        buffers=0,
        macs=1_764_000,
        macs_all=1_800_000,
        exact=False,
        params_exact=False,
        layers=(conv, relu, spare, blocks[0], *inner[0], blocks[1], *inner[1]),
        calls=tuple(calls),
        unknown=(UnknownPart(CALLED, "`helper` was not found"),),
        blocks=(
            BlockCall(layer("", "Net", 0, is_leaf=False), (IMAGE,), (MAPS,), 0, 7, 1),
            BlockCall(blocks[0], (MAPS,), (MAPS,), 3, 5, 1),
            BlockCall(blocks[1], (MAPS,), (MAPS,), 5, 7, 1),
        ),
        weight_elements=((None, 1_002_266),),
        trace=chain(len(calls)),
    )


def chain(length: int) -> Trace:
    """The data flow of calls each of which reads what the one before it made; activations write where they read."""
    tensors = [TracedTensor(IMAGE, None, 0)]
    ones, fives = Dims((1, 1)), Dims((5, 5))
    for number in range(length):
        is_in_place = number in (1, 2, 4, 6)
        window = Sliding((-2, -1), fives, ones, Dims((2, 2) if number else (0, 0)), ones, (-3,))
        flow = ELEMENTWISE if is_in_place else window
        tensors.append(TracedTensor(MAPS, None, tensors[-1].storage if is_in_place else number + 1, flow))
    steps = tuple(Step(number, (number,), (number + 1,)) for number in range(length))
    return Trace(tuple(tensors), steps, (0,), (length,), is_complete=False)


def report() -> CheckReport:
    first = "models/other, 50%.py:9: `helper` was not found"
    passed_over = PassedOver(sizes=1, models=1, first_unknown=first, files=("setup.py",))
    sources = {"net.py": SOURCE, CELL.shown: "import x\nfc(\n"}
    return CheckReport(DIAGNOSTICS, (model(),), 4, passed_over, sources, SILENT, (WrongFeatures, NotRead))


def clean_report() -> CheckReport:
    return CheckReport((), (), 3, PassedOver(), {}, (), (WrongFeatures, NotRead))


def summary() -> SummaryReport:
    rows = (
        SummaryRow("net.py::Net", model(), SummaryError("net.py", 3, "CNN298", "`fc1` expects 400 input features, but gets 576")),
        SummaryRow("gone.py", None, SummaryError("", 0, "", "no such file")),
    )
    return SummaryReport(rows)


def difference() -> DiffReport:
    """A model that grew, one that is new, one that is gone, one that moved; a file that can't be read and one of weights."""
    wide = Shape((BATCH, 12, 28, 28))
    before = replace(
        model(),
        exact=True,
        params_exact=True,
        state=(StateEntry("conv1.weight", Shape((6, 3, 5, 5)), True), StateEntry("old", Shape((2,)), True)),
    )
    conv = layer("conv1", "Conv2d", 912)
    after = replace(
        before,
        params=2_004_532,
        macs_all=2_000_000,
        outputs=(wide,),
        layers=(conv, *before.layers[1:2], *before.layers[3:], layer("head", "Linear", 70, was_called=False)),
        calls=(LayerCall(conv, (CALLED,), (IMAGE,), (wide,), 705_600, 1), *before.calls[1:]),
        state=(StateEntry("conv1.weight", Shape((12, 3, 5, 5)), True), StateEntry("head.weight", Shape((7, 10)), True)),
    )

    def named(name: str, path: str, of: Model) -> Model:
        return replace(of, name=name, place=Place(path, of.place.span), target=f"{path}::{name}")

    old = [before, named("Gone", "gone|odd.py", before), named("Moved", "old.py", before)]
    new = [named("New", "net.py", before), after, named("Moved", "new.py", before)]
    models, unchanged = compare_models(old, new)
    weights = {"module.conv1.weight": (12, 3, 5, 5), "module.head.weight": (7, 11)}
    return DiffReport(
        "main",
        "the working tree",
        models,
        unchanged + 3,
        12,
        ("main: broken.py:2: `(` is never closed",),
        growth_beyond(models, Fraction(5)),
        compare_checkpoint("net.safetensors", weights, after),
    )
