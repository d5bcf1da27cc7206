"""What the fix of each rule makes of a file, beyond what `test_fixing.py` holds of all."""

from __future__ import annotations

import pathlib
import pickle

import pytest

from cnnlint.discovery import FoundFile
from cnnlint.engine import Known, Run
from cnnlint.fixing import fixed
from tests.unit.test_fixing import HEAD, REGISTRY, fixing

KERAS = "import keras\nfrom keras import layers\n\n"


def after(text: str, *, unsafe: bool = False) -> str:
    data = fixing(text, unsafe=unsafe).changed.get("net.py")
    return text if data is None else data.decode()


def test_a_number_becomes_a_shape() -> None:
    text = KERAS + (
        "size = 100\n"
        "layered = keras.Sequential([layers.Dense(4, input_shape=(100))])\n"
        "spaced = keras.Input(shape = ( 28 ))  # a comment\n"
        "named = keras.Input(shape=size)\n"
        "first = keras.Input((28))\n"
        "computed = keras.Sequential([layers.Input(shape=(2*50)), layers.Dense(3)])\n"
    )
    wanted = text.replace("input_shape=(100)", "input_shape=(100,)").replace("shape = ( 28 )", "shape = (28,)")
    wanted = wanted.replace("shape=size", "shape=(size,)").replace("Input((28))", "Input((28,))").replace("(2*50)", "(2*50,)")
    assert after(text) == wanted


CLASSIFIER = (
    HEAD.replace("\n\n\n", "\nfrom torch.nn import functional as F\n\n\n")
    + """class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(8, 4)
        self.act = nn.Softmax(dim=1)
        self.head = {head}

    def forward(self, x):
        x = self.head(self.fc(x))
        {line}
        return x


net = Net()
F.cross_entropy(net(torch.randn(5, 8)), torch.zeros(5, dtype=torch.long))
"""
)
PLAIN = "nn.Sequential(nn.Linear(4, 4))"


@pytest.mark.parametrize(
    ("head", "line", "wanted_head", "wanted_line"),
    [
        (PLAIN, "x = self.act(x)", PLAIN, None),
        (PLAIN, "return self.act(x)", PLAIN, "return x"),
        (PLAIN, "return F.softmax(x + 1, dim=1)", PLAIN, "return x + 1"),
        (PLAIN, "return torch.softmax(x, -1)", PLAIN, "return x"),
        (PLAIN, "return x.softmax(1)", PLAIN, "return x"),
        (PLAIN, "return (-x).softmax(dim=1)", PLAIN, "return -x"),
        ("nn.Sequential(nn.Linear(4, 4), nn.Softmax(1))", "pass", PLAIN, "pass"),
        ("nn.Sequential(nn.Softmax(1))", "pass", "nn.Sequential()", "pass"),
        ("nn.Sequential(*[nn.Linear(4, 4), nn.Softmax(1)])", "pass", "nn.Sequential(*[nn.Linear(4, 4)])", "pass"),
        (
            "nn.Sequential(\n            nn.Linear(4, 4),  # scores\n            nn.Softmax(dim=-1),  # no more\n        )",
            "pass",
            "nn.Sequential(\n            nn.Linear(4, 4),  # scores\n        )",
            "pass",
        ),
    ],
)
def test_a_softmax_before_its_loss(head: str, line: str, wanted_head: str, wanted_line: str | None) -> None:
    text = CLASSIFIER.format(head=head, line=line)
    wanted = CLASSIFIER.format(head=wanted_head, line=wanted_line or "gone").replace("        gone\n", "")
    assert after(text) == text
    assert after(text, unsafe=True) == wanted


def test_a_sigmoid_below_a_view() -> None:
    text = HEAD + "net = nn.Sequential(nn.Linear(8, 1), nn.Sigmoid())\nloss = nn.BCEWithLogitsLoss()\n"
    text += "loss(net(torch.randn(5, 8)).squeeze(1), torch.rand(5))\nloss(nn.Linear(8, 1)(torch.randn(5, 8)).sigmoid(), torch.rand(5, 1))\n"
    assert after(text, unsafe=True) == text.replace(", nn.Sigmoid()", "").replace(".sigmoid()", "")


def test_a_step_whose_operand_is_not_certain_stays() -> None:
    text = HEAD + "import math\nscores = nn.Linear(8, 4)(torch.randn(5, 8))\nprobabilities = scores.softmax(1).clone()\n"
    text += "nn.functional.cross_entropy(probabilities, torch.zeros(5, dtype=torch.long))\n"
    assert after(text, unsafe=True) == text


BRANCHES = (
    HEAD
    + """class Net(nn.Module):
    def __init__(self, k=3):
        super().__init__()
        self.a = {a}
        self.b = {b}

    def forward(self, x):
        return {meet}


Net()(torch.randn(2, 8, 16, 16))
"""
)
WIDE = "nn.Conv2d(8, 8, 1)"


@pytest.mark.parametrize(
    ("a", "b", "meet", "wanted_a", "wanted_b"),
    [
        ("nn.Conv2d(8, 8, 3)", WIDE, "self.a(x) + x", "nn.Conv2d(8, 8, 3, padding=1)", WIDE),
        ("nn.Conv2d(8, 8, kernel_size=k)", WIDE, "x + self.a(x)", "nn.Conv2d(8, 8, kernel_size=k, padding=k // 2)", WIDE),
        ("nn.Conv2d(8, 8, (3, 5))", WIDE, "x + self.a(x)", "nn.Conv2d(8, 8, (3, 5), padding=(1, 2))", WIDE),
        ("nn.Conv2d(8, 8, 5, 1, 0)", WIDE, "x + torch.relu(self.a(x))", "nn.Conv2d(8, 8, 5, 1, 2)", WIDE),
        (
            "nn.Conv2d(8, 8, 3)",
            "nn.Sequential(nn.Conv2d(8, 8, 3), nn.BatchNorm2d(8), nn.ReLU())",
            "x + self.b(self.a(x))",
            "nn.Conv2d(8, 8, 3, padding=1)",
            "nn.Sequential(nn.Conv2d(8, 8, 3, padding=1), nn.BatchNorm2d(8), nn.ReLU())",
        ),
        (
            "nn.Conv2d(8, 4, 3, stride=2)",
            "nn.Conv2d(8, 2, 1, stride=2)",
            "torch.cat([self.a(x), self.b(x)], 1)",
            "nn.Conv2d(8, 4, 3, stride=2, padding=1)",
            "nn.Conv2d(8, 2, 1, stride=2)",
        ),
        (
            "nn.MaxPool2d(3, stride=1)",
            "nn.Conv2d(8, 2, 5)",
            "torch.cat([self.a(x), x, self.b(x)], dim=1)",
            "nn.MaxPool2d(3, stride=1, padding=1)",
            "nn.Conv2d(8, 2, 5, padding=2)",
        ),
    ],
)
def test_branches_meet_by_padding(a: str, b: str, meet: str, wanted_a: str, wanted_b: str) -> None:
    text = BRANCHES.format(a=a, b=b, meet=meet)
    assert after(text) == BRANCHES.format(a=wanted_a, b=wanted_b, meet=meet)


@pytest.mark.parametrize(
    ("a", "meet"),
    [
        ("nn.Conv2d(8, 8, 4)", "x + self.a(x)"),  # half of an even kernel doesn't keep the size
        ("nn.Conv2d(8, 8, 3, stride=2)", "x + self.a(x)"),  # the stride halves it
        ("nn.Conv2d(8, 4, 3)", "x + self.a(x)"),  # the channels differ as well
        ("nn.Conv2d(8, 8, 3, dilation=2)", "x + self.a(x)"),
        ("nn.Conv2d(8, 8, *[3])", "x + self.a(x)"),
        ("nn.Conv2d(8, 8, 3)", "self.a(x) + self.a(self.a(x)[..., 2:, 2:])"),  # one layer, in two roles
    ],
)
def test_branches_that_padding_does_not_mend_stay(a: str, meet: str) -> None:
    text = BRANCHES.format(a=a, b=WIDE, meet=meet)
    assert after(text) == text


NEVER_INITIALISED = "class Net(nn.Module):\n    def __init__(self):\n        self.fc = nn.Linear(2, 2)\n\n\nNet()\n"


@pytest.mark.parametrize(
    "text",
    [
        BRANCHES.format(a="nn.Conv2d(8, 8, 3)", b=WIDE, meet="x + self.a(x)"),
        CLASSIFIER.format(head=PLAIN, line="x = self.act(x)"),
        HEAD + NEVER_INITIALISED,
    ],
)
def test_what_a_fix_is_made_of_goes_from_process_to_process(text: str) -> None:
    report = fixing(text, unsafe=True).before.report
    there = pickle.loads(pickle.dumps((report.diagnostics, report.models)))
    assert there[0] == report.diagnostics
    assert len(there[0]) == 1


BLOCK = (
    HEAD
    + """class Block(nn.Module):
    def __init__(self, width, has_norm=True, layer=nn.BatchNorm2d):
        super().__init__()
        self.conv = nn.Conv2d(width, 8, 3)
        self.norm = {norm}

    def forward(self, x):
        y = self.conv(x)
        return {result}


net = nn.Sequential(Block(3), Block(8))
net(torch.randn(2, 3, 8, 8))
"""
)


@pytest.mark.parametrize(
    ("norm", "result", "is_safe"),
    [
        ("nn.BatchNorm2d(8)", "self.norm(y).relu()", True),
        ("nn.BatchNorm2d(8)", "self.norm(y) + y", False),  # something else reads what comes out
        ("nn.BatchNorm2d(8)", "[self.norm(y), y][0]", True),
        ("nn.BatchNorm2d(8) if has_norm else nn.Identity()", "self.norm(y)", False),  # elsewhere there may be no normalisation
        ("layer(8)", "self.norm(y)", False),
    ],
)
def test_a_bias_that_only_a_norm_reads(norm: str, result: str, is_safe: bool) -> None:
    text = BLOCK.format(norm=norm, result=result)
    wanted = text.replace("width, 8, 3)", "width, 8, 3, bias=False)")
    assert changed(text, "bias-before-norm", unsafe=False) == (wanted if is_safe else text)
    assert changed(text, "bias-before-norm", unsafe=True) == wanted


def changed(text: str, rule: str, *, unsafe: bool) -> str:
    """What the fixes of one rule make of a text."""
    file = FoundFile(pathlib.Path("net.py"), "net.py", is_named=True, data=text.encode())
    rules = tuple(each for each in REGISTRY.rules if each.name == rule)
    data = fixed([file], Run(REGISTRY, rules, ()), Known(), {"net.py"}, unsafe=unsafe).changed.get("net.py")
    return text if data is None else data.decode()
