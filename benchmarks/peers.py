"""How many of the faults that the rules' fixtures state other tools report, and where they report what is none.

    python benchmarks/peers.py BIN [NAME ...]

BIN is the folder with the tools' programs (of an environment in which they and the framework are installed); NAME chooses some of them.
A fault counts as found if the tool reports anything on its line. Lines without a fault on which it reports something are counted apart;
what is unlike a defect (a style that the tool dislikes) is among them, so read them before you judge. The fixtures are cnnlint's own, so
its figure says nothing about how many faults it finds elsewhere.
"""

from __future__ import annotations

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).parent.parent

# Each tool with its arguments before the files; {python} is the environment's interpreter.
TOOLS: dict[str, list[str]] = {
    "cnnlint": ["cnnlint", "check", "--quiet", "--output-format", "concise"],
    "pyrefly": ["pyrefly", "check", "--output-format", "min-text", "--python-interpreter-path", "{python}"],
    "pyright": ["pyright", "--pythonpath", "{python}"],
    "mypy": ["mypy", "--python-executable", "{python}", "--check-untyped-defs", "--no-error-summary"],
    "ruff": ["ruff", "check", "--isolated", "--output-format", "concise", "--select", "E9,F,B,PL"],
}


def main(arguments: list[str]) -> None:
    if not arguments:
        sys.exit(__doc__)
    programs = pathlib.Path(arguments[0]).resolve()
    with tempfile.TemporaryDirectory() as made:
        folder = pathlib.Path(made).resolve()
        faults, total_lines = copy_fixtures(folder)
        print(f"{len(faults)} lines with a fault of {total_lines} lines in {len(list(folder.glob('*.py')))} files")
        print(f"{'tool':24}  found  elsewhere  seconds")
        for name in arguments[1:] or TOOLS:
            reported, seconds = report(name, programs, folder)
            print(f"{name:24}  {len(reported & faults):5}  {len(reported - faults):9}  {seconds:7.1f}")


def copy_fixtures(folder: pathlib.Path) -> tuple[set[tuple[str, int]], int]:
    """Copies the rules' fixtures into a flat folder; which lines have a fault, and how many lines there are.

    What the fixtures state is left out. Only those are copied that state a wrong size, shape or argument, or a proven exception: budgets,
    directives and files that can't be read are cnnlint's own matter.
    """
    faults: set[tuple[str, int]] = set()
    total = 0
    for source in sorted((ROOT / "tests" / "rules").glob("*/torch.py")):
        name = f"{source.parent.name.replace('-', '_')}.py"
        lines = source.read_text(encoding="utf-8").split("\n")
        stated = {(name, number) for number, line in enumerate(lines, start=1) if re.search(r"#~ CNN[1238]\d\d ", line)}
        if not stated:
            continue
        faults |= stated
        total += len(lines)
        plain = "\n".join(re.sub(r"\s*#[~=].*", "", line) for line in lines)
        (folder / name).write_text(plain, encoding="utf-8")
    return faults, total


def report(name: str, programs: pathlib.Path, folder: pathlib.Path) -> tuple[set[tuple[str, int]], float]:
    """On which lines a tool reports something, and how long it takes."""
    command = TOOLS[name]
    program = shutil.which(command[0], path=str(programs)) or shutil.which(command[0])
    if program is None:
        sys.exit(f"{command[0]} is neither in {programs} nor on the PATH")
    files = sorted(file.name for file in folder.glob("*.py"))
    start = time.perf_counter()
    arguments = [argument.replace("{python}", str(programs / "python")) for argument in command[1:]]
    done = subprocess.run([program, *arguments, *files], cwd=folder, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - start
    if done.returncode not in (0, 1):
        sys.exit(f"{name} ended with {done.returncode}: {(done.stderr or done.stdout)[:500]}")
    found = re.findall(r"([A-Za-z_]+\.py):(\d+)", done.stdout)
    return {(file, int(line)) for file, line in found}, seconds


if __name__ == "__main__":
    main(sys.argv[1:])
