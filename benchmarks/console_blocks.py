"""Runs what stands after `$` in the console blocks of Markdown files, and fails where something else is printed than stands there.

    python benchmarks/console_blocks.py FILE.md ...

In what is expected, a line `...` stands for any lines. Of `pip` only the success counts. Exits are 0 or 1: findings are no surprise.
"""

from __future__ import annotations

import pathlib
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Command:
    """A command as the page has it, and the lines that it says are printed."""

    text: str
    printed: tuple[str, ...]

    @property
    def arguments(self) -> list[str]:
        return shlex.split(self.text)

    def is_printed_by(self, output: str) -> bool:
        """Whether the output is what the page says, `...` standing for any lines."""
        parts = ["(?:.*\n)*?" if line == "..." else re.escape(f"{line}\n") for line in self.printed]
        return re.fullmatch("".join(parts), output) is not None


def commands(page: str) -> Iterator[Command]:
    """The commands of a page, in order."""
    for block in _BLOCK.findall(page):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            text, *printed = part.rstrip("\n").split("\n")
            yield Command(text, tuple(printed))


def main(arguments: list[str]) -> int:
    if not arguments:
        sys.exit(__doc__)
    for name in arguments:
        for command in commands(pathlib.Path(name).read_text(encoding="utf-8")):
            print(f"$ {command.text}", flush=True)
            done = subprocess.run(command.arguments, capture_output=True, text=True, encoding="utf-8", check=False)
            surprising = done.returncode not in (0, 1) or done.stderr.strip()
            if command.arguments[0] == "pip":
                surprising = done.returncode != 0
            elif not command.is_printed_by(done.stdout):
                surprising = True
            if surprising:
                print(f"{name}: a surprise, with exit {done.returncode}:\n{done.stdout}{done.stderr}", file=sys.stderr)
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
