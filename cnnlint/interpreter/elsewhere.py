"""What other files of a project read of a class's instances: looked for in their texts, since nothing says what they are called with."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

MOST_FILES = 400
"""In more files than these nobody looks; what is asked for then counts as read."""


def read_elsewhere(folders: Sequence[Path], names: Collection[str], words: Collection[str]) -> set[str]:
    """Those names that a file reads as an attribute, or says in a text, of the files that mention one of the words.

    It may be any Python file below the folders, or directly beside one of them.
    """
    mentioned = re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")
    reading = re.compile(rf"(?:\.|[\"'.])({'|'.join(map(re.escape, names))})\b(?!\s*=[^=])")
    found: set[str] = set()
    for number, path in enumerate(files_near(folders)):
        if number >= MOST_FILES:
            return set(names)
        text = re.sub("#.*", "", path.read_text(encoding="utf-8", errors="replace"))
        if mentioned.search(text):
            found.update(reading.findall(text))
    return found


def files_near(folders: Sequence[Path]) -> Iterator[Path]:
    """The Python files below some folders, and those beside each; none of hidden folders and of installed packages."""
    seen: set[Path] = set()
    for folder in folders:
        for path in (*folder.parent.glob("*.py"), *folder.rglob("*.py")):
            below = path.relative_to(folder.parent).parts
            if path not in seen and not any(part.startswith(".") or part in ("site-packages", "venv") for part in below):
                seen.add(path)
                yield path
