"""Whether other files read what a model holds."""

from __future__ import annotations

import pathlib

import pytest

from cnnlint.discovery import FoundFile
from cnnlint.engine import Run, check
from cnnlint.interpreter.elsewhere import MOST_FILES, read_elsewhere
from cnnlint.registry import load_registry
from cnnlint.selection import chosen_rules

NET = """
from torch import nn


class Net(nn.Module):  # cnnlint: input(batch, 8)
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(8, 8)
        self.fc2 = nn.Linear(8, 8)

    def forward(self, x):
        return self.fc1(x)
"""


@pytest.mark.parametrize(
    ("name", "text", "is_found"),
    [
        ("train.py", "from net import Net\n\nprint(Net().fc2.weight)\n", False),
        ("../train.py", "import models.net\n\nmodel = models.net.Net()\nhead = getattr(model, 'fc2')\n", False),
        ("tools/export.py", "from net import Net\n\nnet = Net()\nnet.fc2(x)\n", False),
        ("train.py", "from net import Net\n\nprint(Net().fc1.weight)  # not .fc2\n", True),
        ("train.py", "from net import Net\n\nNet().fc2 = None\n", True),
        ("other.py", "class Other:\n    def forward(self, x):\n        return self.fc2(x)\n", True),
        (".venv/lib.py", "from net import Net\n\nprint(Net().fc2.weight)\n", True),
    ],
)
def test_a_layer_that_another_file_reads_is_used(tmp_path: pathlib.Path, name: str, text: str, is_found: bool) -> None:
    file = tmp_path / "models" / "net.py"
    other = file.parent / name
    for path in (file, other):
        path.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(NET, encoding="utf-8")
    other.write_text(text, encoding="utf-8")
    registry = load_registry(print)
    run = Run(registry, chosen_rules(registry.rules, ("unused-layer",), ()), ())
    report, faults = check([FoundFile(file, "net.py", is_named=True)], run)
    assert not faults
    assert [each.message for each in report.diagnostics] == ["`Net.fc2` has 72 parameters, but is never used"] * is_found


def test_in_too_many_files_all_counts_as_read(tmp_path: pathlib.Path) -> None:
    for number in range(MOST_FILES + 1):
        (tmp_path / f"file_{number}.py").write_text("", encoding="utf-8")
    assert read_elsewhere((tmp_path,), ("fc2",), ("Net",)) == {"fc2"}
