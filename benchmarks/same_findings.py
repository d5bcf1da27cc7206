"""Whether `cnnlint check` says the same of a folder however it is run, and how long each run takes.

    python benchmarks/same_findings.py FOLDER ...

Each folder is checked by one process and by two, twice each, and from another working directory. Paths are compared by the file that they
mean, everything else byte for byte and in order. Exits with 1 where two runs differ, and says where first.
"""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
from itertools import zip_longest

ROOT = pathlib.Path(__file__).resolve().parent.parent


def findings(folder: pathlib.Path, here: pathlib.Path, jobs: int) -> list[str]:
    """The findings in a folder, in order, checked by so many processes from the working directory `here`; places by their files."""
    command = [sys.executable, "-m", "cnnlint", "check", str(folder), "--select", "ALL", "--isolated", "--no-cache", "--quiet"]
    paths = {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "plugins")])}
    done = subprocess.run(
        [*command, "--output-format", "json-lines", "--jobs", str(jobs)],
        cwd=here,
        env={**os.environ, **paths},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode not in (0, 1):
        sys.exit(f"{folder}: exit {done.returncode}: {done.stderr}")
    return [json.dumps(placed(json.loads(line), here, folder)) for line in done.stdout.splitlines()]


def placed(value: object, here: pathlib.Path, folder: pathlib.Path) -> object:
    """A finding with its paths, wherever in it, as seen from the folder that was checked."""
    if isinstance(value, list):
        return [placed(each, here, folder) for each in value]
    if isinstance(value, dict):
        return {key: seen(each, here, folder) if key == "path" else placed(each, here, folder) for key, each in value.items()}
    return value


def seen(path: str, here: pathlib.Path, folder: pathlib.Path) -> str:
    file = (here / path).resolve()
    return file.relative_to(folder.resolve()).as_posix() if file.is_relative_to(folder.resolve()) else path


def main(folders: list[str]) -> int:
    if not folders:
        sys.exit(__doc__)
    is_same = True
    with tempfile.TemporaryDirectory() as elsewhere:
        for folder in map(pathlib.Path, folders):
            first: list[str] | None = None
            for jobs, here in (
                (1, folder.parent),
                (2, folder.parent),
                (1, folder.parent),
                (2, folder.parent),
                (2, pathlib.Path(elsewhere)),
            ):
                start = time.perf_counter()
                found = findings(folder.resolve(), here.resolve(), jobs)
                took = time.perf_counter() - start
                first = found if first is None else first
                where = "in place" if here == folder.parent else "elsewhere"
                print(f"{folder.name:24}  --jobs {jobs}  {where:9}  {len(found):6,} findings  {took:7.1f} s", flush=True)
                other = next((pair for pair in zip_longest(first, found) if pair[0] != pair[1]), None)
                if other is not None:
                    is_same = False
                    print(f"  differs from the first run:\n    {other[0]}\n    {other[1]}")
    print("the same findings in the same order, however it was run" if is_same else "NOT the same")
    return int(not is_same)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
