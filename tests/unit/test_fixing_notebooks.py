"""Fixes of notebooks: cells change where they must, outputs and all else stay as they are."""

from __future__ import annotations

import io
import json
import pathlib
import sys

import pytest

from cnnlint.cli.commands import run_command

HEAD = "%matplotlib inline\nimport torch\nfrom torch import nn\nfrom torch.nn import functional as F\n"
MODEL = """class Net(nn.Module):
    def __init__(self):
        self.conv = nn.Conv2d(3, 8, 3)
        self.short = [nn.Conv2d(3, 8, 1), nn.ReLU()]
        self.fc = nn.Linear(8 * 7 * 7, 10)
        self.act = nn.Softmax(dim=1)

    def forward(self, x):
        x = self.conv(x) + self.short[1](self.short[0](x))
        x = self.fc(x.flatten(1))
        x = self.act(x)
        return x
"""
RUN = "net = Net()\nF.cross_entropy(net(torch.randn(4, 3, 8, 8)), torch.zeros(4, dtype=torch.long))"
OUTPUTS = [{"name": "stdout", "output_type": "stream", "text": ["a line  \n", "\u00e9"]}]


def notebook(*cells: str) -> str:
    held: list[dict[str, object]] = [{"cell_type": "markdown", "metadata": {}, "source": ["# `nn.Conv2d(3, 8, 3)`\n"]}]
    for number, text in enumerate(cells):
        held.append(
            {
                "cell_type": "code",
                "execution_count": number + 1,
                "metadata": {"tags": ["kept"]},
                "outputs": OUTPUTS if number else [],
                "source": text.splitlines(keepends=True),
            }
        )
    whole = {"cells": held, "metadata": {"kernelspec": {"name": "python3"}}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


FIXED = (
    MODEL.replace("        self.conv =", "        super().__init__()\n        self.conv =")
    .replace("[nn.Conv2d(3, 8, 1), nn.ReLU()]", "nn.ModuleList([nn.Conv2d(3, 8, 1), nn.ReLU()])")
    .replace("nn.Conv2d(3, 8, 3)", "nn.Conv2d(3, 8, 3, padding=1)")
    .replace("8 * 7 * 7", "8 * 8 * 8")
)


@pytest.mark.parametrize(
    ("option", "wanted"), [("--fix", FIXED), ("--unsafe-fixes", FIXED.replace("        x = self.act(x)\n", ""))], ids=["safe", "unsafe"]
)
def test_cells_are_fixed_and_nothing_else(option: str, wanted: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "net.ipynb"
    file.write_text(notebook(HEAD, MODEL, RUN), encoding="utf-8", newline="\n")
    run_command(["check", option, "--quiet", "--isolated", "net.ipynb"])
    assert file.read_text(encoding="utf-8") == notebook(HEAD, wanted, RUN)
    assert run_command(["check", option, "--quiet", "--isolated", "--exit-zero", "net.ipynb"]) == 0
    assert file.read_text(encoding="utf-8") == notebook(HEAD, wanted, RUN)


def test_the_difference_is_shown_and_the_notebook_stays(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "net.ipynb"
    text = notebook(HEAD, "net = nn.Sequential(nn.Conv2d(4, 6, 3))", "net(torch.randn(2, 3, 8, 8))")
    file.write_text(text, encoding="utf-8", newline="\n")
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    run_command(["check", "--diff", "--quiet", "--isolated", "net.ipynb"])
    assert "-net = nn.Sequential(nn.Conv2d(4, 6, 3))\n+net = nn.Sequential(nn.Conv2d(3, 6, 3))\n" in stream.getvalue()
    assert file.read_text(encoding="utf-8") == text


def test_lines_taken_out_at_the_end_of_a_cell_leave_the_next_one(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "net.ipynb"
    labels = "y = torch.zeros(4, dtype=torch.long)"
    before = (HEAD, "x = nn.Linear(8, 4)(torch.randn(4, 8))", f"{labels}\nx = F.softmax(x, dim=1)", "F.cross_entropy(x, y)")
    file.write_text(notebook(*before), encoding="utf-8", newline="\n")
    run_command(["check", "--unsafe-fixes", "--quiet", "--isolated", "net.ipynb"])
    assert file.read_text(encoding="utf-8") == notebook(*before[:2], labels, before[3])
