"""Runs action.yml as a runner of GitHub does, and says what the job would see.

    python benchmarks/action.py WORKSPACE [INPUT=VALUE ...]

The shell steps are run with the shell, the variables and the files that a runner gives them; what `uses` names is only said. Exits as
the last step that ran.
"""

from __future__ import annotations

import os
import pathlib
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent
_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
_COMPARISON = re.compile(r"(\S+)\s*(==|!=)\s*'([^']*)'")


@dataclass
class Job:
    """A job that runs the action in `workspace`: the contexts that expressions are looked up in, and what came of it.

    `printed` is what the steps print, `summary` what they write for the job's page, `used` the actions that would be run, each with
    what it is given.
    """

    workspace: pathlib.Path
    temporary: pathlib.Path
    values: dict[str, str]
    exit: int = 0
    printed: str = ""
    summary: str = ""
    used: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def text(self, template: str) -> str:
        """A text with its expressions replaced. A step that wrote no such output has it empty; any other unknown name is a KeyError."""
        return _EXPRESSION.sub(lambda match: self.value(match[1]), template)

    def value(self, name: str) -> str:
        return self.values.get(name, "") if name.startswith("steps.") else self.values[name]

    def holds(self, condition: str) -> bool:
        """Whether a step runs. Without `always()` none does after one that failed."""
        terms = [term.strip() for term in condition.split("&&")] if condition else []
        return (not self.exit or "always()" in terms) and all(self.is_true(term) for term in terms if term != "always()")

    def is_true(self, term: str) -> bool:
        match = _COMPARISON.fullmatch(term)
        if match is None:
            raise ValueError(f"action.yml: a condition that this script can't read: {term}")
        return (self.value(match[1]) == match[3]) == (match[2] == "==")


def action() -> dict[str, Any]:
    """What action.yml says."""
    return dict(yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8")))


def run_action(workspace: pathlib.Path, temporary: pathlib.Path, given: Mapping[str, str], *, skip: tuple[str, ...] = ()) -> Job:
    """The action's steps in order, but for those whose name is in `skip`. Raises ValueError for an input that it doesn't have."""
    known = action()["inputs"]
    unknown = [name for name in given if name not in known]
    if unknown:
        raise ValueError(f"action.yml has no input {unknown[0]}")
    inputs = {f"inputs.{name}": given.get(name, entry.get("default", "")) for name, entry in known.items()}
    job = Job(workspace, temporary, {**inputs, "github.action_path": str(ROOT)})
    for step in action()["runs"]["steps"]:
        if step["name"] in skip or not job.holds(step.get("if", "")):
            continue
        if "uses" in step:
            job.used.append((step["uses"], {name: job.text(text) for name, text in step.get("with", {}).items()}))
        else:
            _run(job, step)
    return job


def _run(job: Job, step: Mapping[str, Any]) -> None:
    if step["shell"] != "bash":
        raise ValueError(f"action.yml: step {step['name']}: this script runs only bash")
    script, output, summary = (job.temporary / name for name in ("script.sh", "output", "summary"))
    script.write_text(job.text(step["run"]), encoding="utf-8")
    for file in (output, summary):
        file.write_bytes(b"")
    own = {name: job.text(text) for name, text in step.get("env", {}).items()}
    runner = {"RUNNER_TEMP": str(job.temporary), "GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(summary), "CI": "true"}
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)],
        cwd=job.workspace,
        env={**os.environ, **runner, **own},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )
    job.exit = job.exit or done.returncode
    job.printed += done.stdout
    job.summary += summary.read_text(encoding="utf-8")
    for line in output.read_text(encoding="utf-8").splitlines():
        name, _, text = line.partition("=")
        job.values[f"steps.{step['id']}.outputs.{name}"] = text


def main(arguments: list[str]) -> int:
    if not arguments:
        sys.exit(__doc__)
    given = dict(argument.split("=", 1) for argument in arguments[1:])
    with tempfile.TemporaryDirectory() as folder:
        job = run_action(pathlib.Path(arguments[0]), pathlib.Path(folder), given)
        print(job.printed, end="")
        print(f"--- summary\n{job.summary}", end="")
        for name, given_to in job.used:
            print(f"--- uses {name}: {given_to}")
    return job.exit


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
