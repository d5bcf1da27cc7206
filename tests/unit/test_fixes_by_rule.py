"""What the fix of each rule makes of a file, beyond what `test_fixing.py` holds of all."""

from __future__ import annotations

import pytest

from tests.unit.test_fixing import HEAD, fixing

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
