"""What other machines run: the action of GitHub, step by step as a runner does, and the job that pipelines of GitLab include."""

from __future__ import annotations

import json
import os
import pathlib
import shutil
import sys

import pytest
import yaml

from benchmarks.action import Job, action, run_action

ROOT = pathlib.Path(__file__).parent.parent
NET = "from torch import nn\nnet = nn.Sequential(nn.Conv2d(3, 6, 5), nn.Conv2d({0}, 16, 5))\n"

on_bash = pytest.mark.skipif(os.name == "nt" or shutil.which("bash") is None, reason="needs bash and links")


@pytest.fixture
def workspace(tmp_path: pathlib.Path) -> pathlib.Path:
    """A checkout with a model that has an error, in a folder whose name has a space."""
    folder = tmp_path / "work space"
    (folder / "my models").mkdir(parents=True)
    (folder / "my models" / "net.py").write_text(NET.format(8), encoding="utf-8")
    (folder / "fine.py").write_text(NET.format(6), encoding="utf-8")
    return folder


def ran(workspace: pathlib.Path, **inputs: str) -> Job:
    """The action but for its installation, which takes this environment's cnnlint."""
    temporary = workspace.parent / "temporary"
    (temporary / "cnnlint" / "bin").mkdir(parents=True)
    program = temporary / "cnnlint" / "bin" / "cnnlint"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cnnlint "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    given = {name.replace("_", "-"): text for name, text in inputs.items()}
    return run_action(workspace, temporary, given, skip=("Install cnnlint",))


@on_bash
def test_findings_are_annotated_summarised_and_uploaded(workspace: pathlib.Path) -> None:
    job = ran(workspace, arguments="--quiet")
    assert job.exit == 1
    assert job.printed == (
        "::error file=my models/net.py,line=2,endLine=2,col=51,endColumn=51,title=CNN201 channel-mismatch"
        "::`1` expects 8 input channels, but gets 6\n"
    )
    assert "| error | `my models/net.py:2` | CNN201 channel-mismatch |" in job.summary
    ((uses, given),) = job.used
    assert uses.startswith("github/codeql-action/upload-sarif@")
    document = json.loads(pathlib.Path(given["sarif_file"]).read_text(encoding="utf-8"))
    assert [result["ruleId"] for result in document["runs"][0]["results"]] == ["CNN201"]


@on_bash
@pytest.mark.parametrize(
    ("inputs", "exit_"),
    [
        ({"paths": "fine.py"}, 0),
        ({"paths": "'my models' fine.py"}, 1),
        ({"paths": "fine.py\n'my models/net.py'\n"}, 1),
        ({"paths": "", "arguments": "--ignore 'channel-mismatch'"}, 0),
        ({"arguments": "--exit-zero"}, 0),
        ({"arguments": "--no-such-option"}, 2),
    ],
)
def test_paths_and_arguments_are_read_as_a_shell_does(workspace: pathlib.Path, inputs: dict[str, str], exit_: int) -> None:
    assert ran(workspace, **inputs).exit == exit_


@on_bash
def test_nothing_is_uploaded_where_nothing_was_checked_or_nobody_wants_it(workspace: pathlib.Path) -> None:
    assert ran(workspace, arguments="--select nothing").used == []
    shutil.rmtree(workspace.parent / "temporary")
    job = ran(workspace, upload_sarif="false")
    assert (job.exit, job.used) == (1, [])


@on_bash
def test_no_input_is_run(workspace: pathlib.Path) -> None:
    job = ran(workspace, paths="$(touch ran.txt) `touch ran.txt`; touch ran.txt")
    assert job.exit == 2
    assert not (workspace / "ran.txt").exists()


@on_bash
@pytest.mark.parametrize(
    ("version", "installed"), [("", str(ROOT)), ("1.2", "cnnlint==1.2"), (">=1,<2", "cnnlint>=1,<2"), ("==1.2", "cnnlint==1.2")]
)
def test_what_is_installed(version: str, installed: str, workspace: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    programs = workspace / "programs"
    programs.mkdir()
    python = programs / "python"
    # In place of a Python that makes environments: one that makes a Python that says what it is called with.
    python.write_text(
        '#!/bin/sh\nmkdir -p "$3/bin"\nprintf \'#!/bin/sh\\necho "$@"\\n\' > "$3/bin/python"\nchmod +x "$3/bin/python"\n', "utf-8"
    )
    python.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    job = run_action(workspace, workspace, {"version": version}, skip=("Check",))
    assert (job.exit, job.printed.split()[-1]) == (0, installed)


def test_the_action_says_what_it_takes() -> None:
    described = action()
    assert set(described["inputs"]) == {"paths", "version", "arguments", "upload-sarif"}
    assert all(entry["description"] and isinstance(entry["default"], str) for entry in described["inputs"].values())
    assert all(step["name"] and ("uses" in step or step["shell"] == "bash") for step in described["runs"]["steps"])
    # An expression inside of a script would be read as part of it, whatever it holds.
    assert not any("${{" in step.get("run", "") for step in described["runs"]["steps"])


def test_the_job_for_gitlab() -> None:
    header, jobs = yaml.safe_load_all((ROOT / "templates" / "cnnlint.yml").read_text(encoding="utf-8"))
    inputs = header["spec"]["inputs"]
    (job,) = jobs.values()
    text = yaml.safe_dump(job, width=1000)
    assert {name for name in inputs if f"$[[ inputs.{name} ]]" in text} == set(inputs)
    assert job["artifacts"]["reports"] == {"codequality": "gl-code-quality-report.json", "junit": "cnnlint.xml"}
    assert all(f":{file}" in text for file in job["artifacts"]["reports"].values())


def test_the_page_names_what_there_is() -> None:
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    assert all(f"| `{name}` |" in page for name in action()["inputs"])
