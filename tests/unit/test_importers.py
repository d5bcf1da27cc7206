"""Files that import a checked file are checked too, where that is asked for."""

from __future__ import annotations

import json
import pathlib

import pytest

from cnnlint.cli import main

FILES = {
    "pyproject.toml": "[tool.cnnlint]\n",
    "head.py": """
from torch import nn


class Head(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.fc = nn.Linear(n, 2)

    def forward(self, x):
        return self.fc(x)
""",
    "wrapped.py": "import head\n\nmake = head.Head\n",
    "train.py": "import torch\nfrom wrapped import make\n\nmake(8)(torch.zeros(1, 9))\n",
    "other.py": "import torch\nfrom torch import nn\n\nnn.Linear(8, 2)(torch.zeros(1, 9))\n",
}


@pytest.mark.parametrize(("options", "reported"), [([], []), (["--importers"], ["train.py"])])
def test_importers(
    options: list[str], reported: list[str], tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    exit_code = main(["check", "head.py", "--quiet", "--no-cache", "--output-format", "concise", *options])
    printed = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in printed] == reported and exit_code == bool(reported)
    assert all("CNN202" in line for line in printed)


def test_a_notebook_that_imports_a_changed_file(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("pyproject.toml", "head.py", "wrapped.py"):
        (tmp_path / name).write_text(FILES[name], encoding="utf-8")
    cells = [{"cell_type": "code", "source": source} for source in ("%matplotlib inline", FILES["train.py"])]
    (tmp_path / "train.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["check", "head.py", "--quiet", "--no-cache", "--output-format", "concise", "--importers"]) == 1
    assert capsys.readouterr().out.startswith("train.ipynb:cell 2:4:")
