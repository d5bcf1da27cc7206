"""Tries the hooks with the real pre-commit on a real git repository, and fails on any surprise.

    python benchmarks/pre_commit.py [--pre-commit PROGRAM]

Without PROGRAM, pre-commit is installed into an environment of its own. The hooks come from the last commit of this checkout, as
`repo: PATH`; what isn't committed isn't tried. pre-commit installs cnnlint with its dependencies, so a package index must be in reach.
"""

from __future__ import annotations

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import venv

ROOT = pathlib.Path(__file__).resolve().parent.parent

BLOCKS = """\
from layerkit import WIDTH
from torch import nn


class Block(nn.Module):
    def __init__(self, channels=WIDTH):
        super().__init__()
        self.conv = nn.Conv2d(3, channels, 3, padding=1)

    def forward(self, x):
        return self.conv(x)
"""
NET = """\
import torch
from shop.blocks import Block
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.block = Block()
        self.head = nn.Linear(12, 2)

    def forward(self, x):
        return self.head(self.block(x).mean((2, 3)))


net = Net()
net(torch.zeros(1, 3, 8, 8))
"""
BROKEN = (
    "import torch\nfrom torch import nn\n\nnet = nn.Sequential(nn.Conv2d(3, 8, 3), nn.Conv2d(16, 8, 3))\nnet(torch.zeros(1, 3, 8, 8))\n"
)
FIXABLE = """\
import torch
from torch import nn


class Flat(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(16 * 6 * 6, 10)

    def forward(self, x):
        return self.fc(x.flatten(1))


flat = Flat()
flat(torch.zeros(1, 16, 5, 5))
"""
CONFIGURATION = "repos:\n- repo: {root}\n  rev: {revision}\n  hooks:\n{hooks}"


class Project:
    """A git repository with the hooks installed, whose own environment has a package that models take a size from, and no framework."""

    def __init__(self, folder: pathlib.Path, pre_commit: str) -> None:
        self.folder = folder
        home = folder.parent / "home"
        home.mkdir()
        self.variables = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "VIRTUAL_ENV", "PYTHON"))}
        self.variables |= {"PRE_COMMIT_HOME": str(home / "pre-commit"), "XDG_CACHE_HOME": str(home / "cache"), "NO_COLOR": "1"}
        self.pre_commit = pre_commit

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=self.folder, env=self.variables, capture_output=True, text=True, encoding="utf-8", check=False)

    def must(self, *command: str) -> str:
        done = self.run(*command)
        if done.returncode:
            sys.exit(f"{' '.join(command)}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def write(self, path: str, text: str) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def commit(self, *paths: str) -> tuple[bool, str]:
        """Stage these paths alone and commit: whether it was let through, and what was printed."""
        self.must("git", "reset", "--quiet")
        self.must("git", "add", *paths)
        done = self.run("git", "commit", "-m", "a change")
        return done.returncode == 0, done.stdout + done.stderr

    def use(self, *hooks: str) -> None:
        revision = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
        listed = "".join(f"  - id: {hook}\n" for hook in hooks)
        self.write(".pre-commit-config.yaml", CONFIGURATION.format(root=ROOT.as_posix(), revision=revision, hooks=listed))


def expect(what: str, holds: bool, printed: str) -> None:
    if not holds:
        sys.exit(f"not so: {what}\n{printed}")
    print(f"ok: {what}")


def notebook(*cells: str) -> str:
    code = [{"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": 1, "source": cell} for cell in cells]
    return json.dumps({"cells": code, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1) + "\n"


def set_up(project: Project) -> None:
    project.must("git", "init", "--quiet", "--initial-branch", "main")
    project.must("git", "config", "user.name", "somebody")
    project.must("git", "config", "user.email", "somebody@example.org")
    project.write(".gitignore", ".venv/\n")
    project.write("pyproject.toml", '[tool.cnnlint]\nexclude = ["/old/"]\n')
    packages = f".venv/lib/python{sys.version_info.major}.{sys.version_info.minor}/site-packages"
    project.write(".venv/pyvenv.cfg", "include-system-site-packages = false\n")
    project.write(f"{packages}/layerkit/__init__.py", "WIDTH = 12\n")
    project.write("shop/__init__.py", "")
    project.write("shop/blocks.py", BLOCKS)
    project.write("shop/net.py", NET)
    project.use("cnnlint")
    project.must(project.pre_commit, "install")


def try_check(project: Project) -> None:
    passed, printed = project.commit(".")
    expect("a clean commit passes", passed, printed)

    project.write("broken.py", BROKEN)
    passed, printed = project.commit("broken.py")
    message = "error[CNN201]: `1` expects 16 input channels, but gets 8 [channel-mismatch]\n --> broken.py:4:51\n"
    expect("a broken model blocks the commit, and the message says where", not passed and message in printed, printed)
    expect("nothing else is printed of other files", "shop" not in printed, printed)

    project.write("old/broken.py", BROKEN)
    passed, printed = project.commit("old/broken.py")
    expect("what the configuration excludes is not checked, though pre-commit names it", passed, printed)

    project.write("train.ipynb", notebook("%matplotlib inline\nimport torch", BROKEN))
    passed, printed = project.commit("train.ipynb")
    expect("a notebook is checked, by cell and line", not passed and "--> train.ipynb:cell 2:4:51" in printed, printed)

    project.write("shop/blocks.py", BLOCKS.replace("channels=WIDTH", "channels=2 * WIDTH"))
    passed, printed = project.commit("shop/blocks.py")
    message = "`head` expects 12 input features, but gets 24"
    expect("a file that imports the changed one is reported", not passed and message in printed and "shop/net.py:10:" in printed, printed)
    expect("the width comes from a package of the project's own environment", "24" in printed, printed)

    project.write("shop/net.py", NET.replace("nn.Linear(12, 2)", "nn.Linear(24, 2)"))
    passed, printed = project.commit("shop")
    expect("with both mended the commit passes", passed, printed)


def try_fix(project: Project) -> None:
    project.use("cnnlint-fix")
    project.write("flat.py", FIXABLE)
    passed, printed = project.commit(".pre-commit-config.yaml", "flat.py")
    text = (project.folder / "flat.py").read_text(encoding="utf-8")
    expect("the fixing hook mends the file and stops the commit", not passed and "files were modified by this hook" in printed, printed)
    expect("only what was wrong is changed", text == FIXABLE.replace("16 * 6 * 6", "16 * 5 * 5"), text)
    passed, printed = project.commit(".pre-commit-config.yaml", "flat.py")
    expect("what was mended passes", passed, printed)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pre-commit", metavar="PROGRAM", help="the pre-commit to try with")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        place = pathlib.Path(name).resolve()
        program = options.pre_commit and str(pathlib.Path(options.pre_commit).resolve())
        if program is None:
            venv.create(place / "venv", with_pip=True)
            scripts = place / "venv" / ("Scripts" if os.name == "nt" else "bin")
            subprocess.run([scripts / "python", "-m", "pip", "install", "--quiet", "pre-commit"], check=True)
            program = str(scripts / "pre-commit")
        (place / "project").mkdir()
        project = Project(place / "project", program)
        set_up(project)
        try_check(project)
        if "cnnlint-fix" in (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"):
            try_fix(project)
        print("no surprise")


if __name__ == "__main__":
    main()
