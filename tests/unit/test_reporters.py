"""Every output format, in full."""

from __future__ import annotations

import io
import json

from cnnlint.diagnostics import Diagnostic
from cnnlint.dims import Shape, symbol
from cnnlint.graph import Layer, LayerCall, Model, Note, Place, UnknownPart
from cnnlint.plugin import CheckReport, CheckReporter, SummaryReport, SummaryReporter
from cnnlint.plugin.reporter import PassedOver, SummaryError, SummaryRow
from cnnlint.reporters.check_concise import CheckConcise
from cnnlint.reporters.check_full import CheckFull
from cnnlint.reporters.check_json import CheckJson
from cnnlint.reporters.summary_json import SummaryJson
from cnnlint.reporters.summary_table import SummaryTable
from cnnlint.source.ir import Span

SOURCE = "import x\nclass Net:\n\t网 = Linear(400, 120)  # six\n"
BUILT = Place("net.py", Span(3, 5, 3, 21))
CALLED = Place("net.py", Span(9, 8, 9, 16))
BATCH = symbol("batch")


def model() -> Model:
    conv = Layer("conv1", "framework.nn.Conv2d", (BUILT,), 456, is_leaf=True, was_called=True)
    relu = Layer("relu", "framework.nn.ReLU", (BUILT,), 0, is_leaf=True, was_called=True)
    spare = Layer("aux1.conv", "framework.nn.Conv2d", (BUILT,), 10, is_leaf=True, was_called=False)
    image, maps = Shape((BATCH, 3, 32, 32)), Shape((BATCH, 6, 28, 28))
    return Model(
        name="Net",
        target="net.py::Net",
        place=Place("net.py", Span(2, 0, 2, 10)),
        framework="framework",
        inputs=(image,),
        outputs=(maps, None),
        structure=("out", "aux"),
        params=1_000_466,
        trainable_params=456,
        buffers=0,
        macs=352_800,
        macs_all=400_000,
        exact=False,
        params_exact=False,
        layers=(conv, relu, spare),
        calls=(
            LayerCall(conv, (CALLED,), (image,), (maps,), 352_800, 1),
            LayerCall(relu, (CALLED,), (maps,), (maps,), None, 1),
            LayerCall(relu, (CALLED,), (maps,), (maps,), None, 2),
        ),
        unknown=(UnknownPart(CALLED, "`helper` was not found"),),
    )


def report() -> CheckReport:
    diagnostics = (
        Diagnostic(
            BUILT,
            "CNN202",
            "feature-mismatch",
            "error",
            "`fc1` expects 400 input features, but gets 16 * 6 * 6 = 576",
            "",
            (Note(CALLED, "called here"),),
        ),
        Diagnostic(Place("gone.py", Span(1, 0, 1, 0)), "CNN902", "not-analysed", "info", "the file is too large", "raise the limit"),
    )
    passed_over = PassedOver(sizes=1, models=2, first_unknown="net.py:9: `helper` was not found")
    return CheckReport(diagnostics, (model(),), 2, passed_over, {"net.py": SOURCE})


def printed(reporter: CheckReporter, *, quiet: bool = False) -> str:
    stream = io.StringIO()
    reporter.write(report(), stream, quiet=quiet)
    return stream.getvalue()


ENDING = """\
Net: >= 1,000,466 parameters, 3x32x32 -> 6x28x28, ?
passed over: 1 size rounded down that loses nothing (--select non-integer-output); \
2 models not fully understood (cnnlint summary lists why, the first cause at net.py:9: `helper` was not found)
"""

FULL = """\
error[CNN202]: `fc1` expects 400 input features, but gets 16 * 6 * 6 = 576 [feature-mismatch]
 --> net.py:3:6
  |
3 | \t网 = Linear(400, 120)  # six
  | \t     ^^^^^^^^^^^^^^^^
  = note: net.py:9: called here

info[CNN902]: the file is too large [not-analysed]
 --> gone.py:1:1
  = help: raise the limit

"""


def test_full() -> None:
    assert printed(CheckFull()) == FULL + ENDING
    assert printed(CheckFull(), quiet=True) == FULL


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_full_on_a_terminal_says_the_same_in_colour() -> None:
    stream = Terminal()
    CheckFull().write(report(), stream, quiet=True)
    text = stream.getvalue()
    assert "`fc1` expects 400 input features, but gets 16 * 6 * 6 = 576" in text


def test_concise() -> None:
    assert printed(CheckConcise()) == (
        "net.py:3:6: CNN202 `fc1` expects 400 input features, but gets 16 * 6 * 6 = 576 [feature-mismatch]\n"
        "gone.py:1:1: CNN902 the file is too large [not-analysed]\n" + ENDING
    )


def test_check_json() -> None:
    document = json.loads(printed(CheckJson()))
    assert document["diagnostics"][0] == {
        "path": "net.py",
        "line": 3,
        "column": 6,
        "end_line": 3,
        "end_column": 22,
        "code": "CNN202",
        "name": "feature-mismatch",
        "severity": "error",
        "message": "`fc1` expects 400 input features, but gets 16 * 6 * 6 = 576",
        "help": "",
        "notes": [{"path": "net.py", "line": 9, "message": "called here"}],
        "fix": None,
    }
    assert len(document.pop("diagnostics")) == 2
    assert document == {"version": 1, "files": 2, "models": 1, "not_analysed": 2}


def summarised(reporter: SummaryReporter) -> str:
    rows = (
        SummaryRow("net.py::Net", model(), SummaryError("net.py", 3, "CNN202", "`fc1` expects 400 input features, but gets 576")),
        SummaryRow("gone.py", None, SummaryError("", 0, "", "no such file")),
    )
    stream = io.StringIO()
    reporter.write(SummaryReport(rows), stream)
    return stream.getvalue()


TABLE = """\
Net (net.py::Net), (batch, 3, 32, 32) -> (batch, 6, 28, 28), ?

layer          type    input               output              params     MACs
-------------  ------  ------------------  ------------------  ------  -------
conv1          Conv2d  (batch, 3, 32, 32)  (batch, 6, 28, 28)     456  352,800
relu           ReLU    (batch, 6, 28, 28)  (batch, 6, 28, 28)       0
relu (call 2)  ReLU    (batch, 6, 28, 28)  (batch, 6, 28, 28)       0

parameters                  >= 1,000,466
of these trainable                >= 456
buffers                             >= 0
MACs                          >= 352,800
MACs with functional calls    >= 400,000
never called: aux1.conv
not understood:
  net.py:9: `helper` was not found
error: net.py:3: CNN202 `fc1` expects 400 input features, but gets 576

gone.py
error: no such file
"""


def test_table() -> None:
    assert summarised(SummaryTable()) == TABLE


def test_summary_json() -> None:
    document = json.loads(summarised(SummaryJson()))
    first, second = document["models"]
    image, maps = ["batch", 3, 32, 32], ["batch", 6, 28, 28]
    relu = {
        "name": "relu",
        "type": "framework.nn.ReLU",
        "path": "net.py",
        "line": 3,
        "inputs": [maps],
        "outputs": [maps],
        "params": 0,
        "macs": None,
    }
    assert first == {
        "target": "net.py::Net",
        "name": "Net",
        "path": "net.py",
        "line": 2,
        "framework": "framework",
        "inputs": [image],
        "outputs": [maps, None],
        "structure": ["out", "aux"],
        "params": 1_000_466,
        "trainable_params": 456,
        "buffers": 0,
        "macs": 352_800,
        "macs_all": 400_000,
        "exact": False,
        "input_sizes": None,
        "layers": [
            relu | {"name": "conv1", "type": "framework.nn.Conv2d", "inputs": [image], "params": 456, "macs": 352_800, "call": 1},
            relu | {"call": 1},
            relu | {"call": 2},
        ],
        "uncalled": ["aux1.conv"],
        "unknown": [{"path": "net.py", "line": 9, "reason": "`helper` was not found"}],
        "error": {"path": "net.py", "line": 3, "code": "CNN202", "message": "`fc1` expects 400 input features, but gets 576"},
    }
    assert list(first) == list(second)
    assert second["target"] == "gone.py"
    assert second["error"] == {"path": "", "line": 0, "code": "", "message": "no such file"}
