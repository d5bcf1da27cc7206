"""Runs the tests on every supported Python that this machine has: `python benchmarks/pythons.py [3.10 3.12 ...]`.

Each gets a fresh virtual environment in a temporary folder, with the project installed as a wheel's user would have it.
"""

from __future__ import annotations

import pathlib
import shutil
import subprocess
import sys
import tempfile

SUPPORTED = ("3.10", "3.11", "3.12", "3.13", "3.14")
ROOT = pathlib.Path(__file__).resolve().parent.parent


def main() -> int:
    failed = False
    for version in sys.argv[1:] or SUPPORTED:
        interpreter = working(version)
        if interpreter is None:
            print(f"{version}: not on this machine")
            continue
        verdict = tested(interpreter)
        failed = failed or not verdict.startswith("passed")
        print(f"{version}: {verdict}", flush=True)
    return int(failed)


def working(version: str) -> str | None:
    """The interpreter of a version, if there is one that starts."""
    found = shutil.which(f"python{version}")
    if found is None or subprocess.run([found, "-c", ""], capture_output=True, check=False).returncode:
        return None
    return found


def tested(interpreter: str) -> str:
    """How installing and testing ended, in a line."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([interpreter, "-m", "venv", folder], check=True)
        python = next(path for path in (pathlib.Path(folder, "bin/python"), pathlib.Path(folder, "Scripts/python.exe")) if path.exists())
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", f"{ROOT}[dev]"]
        if subprocess.run(install, check=False).returncode:
            return "could not be installed"
        run = subprocess.run([str(python), "-m", "pytest", "-q", "-n", "auto"], cwd=ROOT, capture_output=True, text=True, check=False)
        last = (run.stdout.strip().splitlines() or [""])[-1]
        failures = [line for line in run.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
        return f"{'passed' if run.returncode == 0 else 'failed'}: {last}" + "".join(f"\n    {line}" for line in failures[:20])


if __name__ == "__main__":
    sys.exit(main())
