"""What is found, and in which order, does not depend on how many processes look and from where: `benchmarks/same_findings.py`, small."""

from __future__ import annotations

import pathlib
import shutil

from benchmarks.same_findings import findings

FIXTURES = pathlib.Path(__file__).parent / "rules"


def test_processes_and_working_directories(tmp_path: pathlib.Path) -> None:
    folder = tmp_path / "project"
    for rule in ("channel-mismatch", "operation-fails", "output-loses-input"):
        shutil.copytree(FIXTURES / rule, folder / rule)
    # Two files that import a third, in which the finding stands.
    (folder / "block.py").write_text("from torch import nn\nfaulty = nn.Sequential(nn.Linear(8, 4), nn.Linear(5, 2))\n", encoding="utf-8")
    for name in ("a.py", "z.py"):
        (folder / name).write_text("import torch\nfrom block import faulty\nfaulty(torch.zeros(1, 8))\n", encoding="utf-8")
    first = findings(folder, folder, 1)
    assert len(first) > 10
    assert first == findings(folder, folder, 2) == findings(folder, tmp_path, 2)
