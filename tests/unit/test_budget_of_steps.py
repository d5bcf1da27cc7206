"""What a file's analysis may cost does not depend on which file is analysed first."""

from __future__ import annotations

import pathlib

from cnnlint.interpreter import Analyser
from cnnlint.registry import load_registry
from cnnlint.source import decode, on_large_stack

HEAVY = """
def counted():
    total = 0
    for i in range(3000):
        total = total + i % 7
    return total


width = counted()
"""


def test_imports_are_paid_by_no_file(tmp_path: pathlib.Path) -> None:
    (tmp_path / "heavy.py").write_text(HEAVY, encoding="utf-8")
    analyser = Analyser(load_registry(print), (tmp_path,))
    left = []
    for name in ("first.py", "second.py"):
        source = decode(b"from heavy import width\nx = width + 1\n", name)
        on_large_stack(lambda source=source, name=name: analyser.check_file(source, tmp_path / name))  # type: ignore[misc]
        left.append(analyser.machine.steps)
    assert left[0] == left[1]
