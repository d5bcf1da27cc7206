"""A rule of somebody's own, as `docs/writing-a-rule.md` writes it."""

from __future__ import annotations

import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "writing-a-rule.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"`([^`\n]+)`:\n\n```\w+\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
(SHOWN,) = re.findall(r"^```text\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def ran(folder: pathlib.Path, *arguments: str) -> str:
    """What a command prints in a folder, in a process of its own: the rule must not stay in this one."""
    paths = {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "plugins")])}
    done = subprocess.run(
        [sys.executable, "-m", "cnnlint", *arguments],
        cwd=folder,
        env={**os.environ, **paths},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.stderr == ""
    return done.stdout


def test_the_page(tmp_path: pathlib.Path) -> None:
    assert set(FILES) == {"house_rules.py", "pyproject.toml", "net.py"}
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert ran(tmp_path, "check", "--quiet", "net.py") == f"{SHOWN}\n"
    assert ran(tmp_path, "check", "--quiet", "--ignore", "unaligned-channels", "net.py") == ""
    assert ran(tmp_path, "rules").splitlines()[-1].split()[:3] == ["OUR101", "unaligned-channels", "warning"]
    assert ran(tmp_path, "explain", "OUR101").startswith("unaligned-channels (OUR101), warning, on by default\n")
