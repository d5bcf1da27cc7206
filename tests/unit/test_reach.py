"""Which files a change reaches."""

from __future__ import annotations

import pathlib

import pytest

from cnnlint.reach import Tree, reached

FILES = {
    "pkg/__init__.py": "from pkg.models import *\n",
    "pkg/models.py": "from .layers import Block\n",
    "pkg/layers.py": "import torch\n",
    "pkg/data.py": "import os\n",
    "train.py": "import pkg\n",
    "tools/plain.py": "from pkg.data import load\n",
    "tools/beside.py": "import plain\n",
    "tests/words.py": "import sys\n\n'import torch'\n",
}
PACKAGES = ("torch", "keras")


def tree(folder: pathlib.Path, changes: dict[str, str | None]) -> Tree:
    """A tree of `FILES` with some texts changed, new or (None) gone."""
    texts = {name: text for name, text in {**FILES, **changes}.items() if text is not None}
    for name, text in texts.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    root = folder.resolve()
    return Tree(root, root, tuple(root / name for name in texts if name.endswith(".py")), (root,))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, set()),
        (
            {"pkg/layers.py": "import torch  # more\n"},
            {"pkg/layers.py", "pkg/models.py", "pkg/__init__.py", "train.py", "tools/plain.py", "tools/beside.py"},
        ),
        ({"tools/plain.py": "x = 1\n"}, {"tools/plain.py", "tools/beside.py"}),
        ({"pkg/data.py": None}, {"tools/plain.py", "tools/beside.py"}),
        ({"plain.py": "x = 1\n"}, {"tools/beside.py"}),
        ({"train.py": "import pkg, sys\n", "new.py": "import train\n"}, {"train.py", "new.py"}),
        ({"README.md": "words"}, set()),
        ({"tests/words.py": "import sys\n\n'from torch import nn'\n"}, set()),  # holds no model, whatever its texts say
        ({"tests/words.py": "import sys\ndef late():\n    if sys:\n        from keras import layers\n"}, {"tests/words.py"}),
    ],
)
def test_what_differs_and_what_imports_it(changes: dict[str, str | None], expected: set[str], tmp_path: pathlib.Path) -> None:
    old, new = tree(tmp_path / "old", {}), tree(tmp_path / "new", changes)
    assert reached(old, new, PACKAGES) == expected
    assert reached(new, old, PACKAGES) == expected


@pytest.mark.parametrize("name", ["pyproject.toml", "cnnlint.toml"])
def test_other_settings_reach_all(name: str, tmp_path: pathlib.Path) -> None:
    assert reached(tree(tmp_path / "old", {}), tree(tmp_path / "new", {name: "[tool.x]"}), PACKAGES) is None
