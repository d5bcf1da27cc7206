"""The two sides of a comparison: a git revision, read from its blobs into a folder of its own, or a folder as it lies on the disk."""

from __future__ import annotations

import os
import pathlib
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from cnnlint.errors import CnnlintError, nearest
from cnnlint.record import value

# What is read of a revision: sources, and what says how to look at them.
_SUFFIXES = (".py", ".ipynb")
_NAMES = (".gitignore", "pyproject.toml", "cnnlint.toml", ".cnnlint.toml")


@value
class Side:
    """One side: `name` as it is printed, `root` the folder that stands for the tree, `start` the folder in it that is compared."""

    name: str
    root: pathlib.Path
    start: pathlib.Path


def split_sides(base: str, head: str | None, here: pathlib.Path) -> tuple[str, str | None]:
    """The two sides that are named: `A..B` are two revisions, `A...B` the newest revision that both have, and B."""
    if head is not None or ".." not in base or pathlib.Path(base).is_dir():
        return base, head
    old, dots, new = base.partition("...") if "..." in base else base.partition("..")
    old, new = old or "HEAD", new or "HEAD"
    if dots == "..":
        return old, new
    found = _git(here, "merge-base", _commit(here, old, base), _commit(here, new, base))
    if found is None:
        raise CnnlintError(f"diff: {base}: the two have no revision in common; a shallow clone has only its newest ones")
    return found.strip(), new


@contextmanager
def opened_side(text: str | None, here: pathlib.Path) -> Iterator[Side]:
    """The side that `text` names, seen from the folder `here`; None is the working tree as it is.

    A revision lies in a temporary folder as long as this is open. No work tree is touched.
    Raises CnnlintError if there is no such folder or revision, or both.
    """
    if text is None:
        yield Side("the working tree", _top(here) or here, here)
        return
    folder = here / text
    is_folder = folder.is_dir()
    top = _top(here)
    commit = _revision(here, text) if top is not None else None
    if is_folder and commit is not None and not _is_path(text):
        raise CnnlintError(f"diff: `{text}` is a folder and a revision; say ./{text} for the folder, or heads/{text} for the branch")
    if is_folder and (commit is None or _is_path(text)):
        yield Side(text, folder, folder)
        return
    if top is None or commit is None:
        raise _nothing(text, here, top)
    # Named by its resolved path: what the analysis says of places in it is shortened by it.
    with tempfile.TemporaryDirectory(prefix="cnnlint-") as made:
        root = pathlib.Path(made).resolve()
        _write_tree(top, commit, root)
        start = root / here.resolve().relative_to(top)
        start.mkdir(parents=True, exist_ok=True)
        yield Side(_shown(text, commit), root, start)


def _is_path(text: str) -> bool:
    return text in (".", "..") or text.startswith(("./", "../")) or pathlib.Path(text).is_absolute()


def _shown(text: str, commit: str) -> str:
    return commit[:12] if commit.startswith(text) else text


def _nothing(text: str, here: pathlib.Path, top: pathlib.Path | None) -> CnnlintError:
    if shutil.which("git") is None:
        return CnnlintError(f"diff: {text}: no such folder, and without git on the PATH no revision can be read")
    if top is None:
        return CnnlintError(f"diff: {text}: no such folder, and {here.name or here} is in no git repository")
    named = (_git(here, "for-each-ref", "--format=%(refname:short)") or "").split()
    folders = [entry.name for entry in here.iterdir() if entry.is_dir()]
    close = nearest(text, ["HEAD", *named, *folders])
    return CnnlintError(f"diff: {text}: no such revision or folder{close or '; fetch it first if the clone is shallow'}")


def _commit(here: pathlib.Path, text: str, shown: str) -> str:
    commit = _revision(here, text)
    if commit is None:
        raise CnnlintError(f"diff: {shown}: no such revision: {text}; fetch it first if the clone is shallow")
    return commit


def _revision(here: pathlib.Path, text: str) -> str | None:
    """The full name of the commit that a revision means; None if there is none."""
    found = _git(here, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{text}^{{commit}}")
    return found.strip() if found else None


def _top(here: pathlib.Path) -> pathlib.Path | None:
    found = _git(here, "rev-parse", "--show-toplevel")
    return pathlib.Path(found.rstrip("\n")).resolve() if found else None


def _git(here: pathlib.Path, *arguments: str) -> str | None:
    """What git prints; None where it fails or isn't there."""
    program = shutil.which("git")
    if program is None:
        return None
    done = subprocess.run([program, *arguments], cwd=here, capture_output=True, check=False, env=_environment())
    return os.fsdecode(done.stdout) if done.returncode == 0 else None


def _environment() -> dict[str, str]:
    """Ours, with git kept from locking, asking and fetching."""
    return {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}


def _write_tree(top: pathlib.Path, commit: str, root: pathlib.Path) -> None:
    """Writes what is looked at of a commit below `root`; links and submodules are left out."""
    listed = _git(top, "ls-tree", "-r", "-z", "--full-tree", commit)
    if listed is None:
        raise CnnlintError(f"diff: git can't list the files of {commit[:12]}")
    wanted: list[tuple[str, str]] = []
    for entry in listed.split("\0"):
        about, _, path = entry.partition("\t")
        if about.startswith(("100644 ", "100755 ")) and (path.endswith(_SUFFIXES) or path.rpartition("/")[2] in _NAMES):
            wanted.append((about.split()[2], path))
    for (_, path), data in zip(wanted, _blobs(top, [name for name, _ in wanted], commit), strict=True):
        file = root / path
        if not file.resolve().is_relative_to(root):  # git itself makes no such tree
            raise CnnlintError(f"diff: {commit[:12]} has a file outside of its tree: {path}")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def _blobs(top: pathlib.Path, names: Iterable[str], commit: str) -> Iterator[bytes]:
    """The contents of blobs, in the order of their names.

    Source: https://git-scm.com/docs/git-cat-file (batch output)
    """
    asked = "".join(f"{name}\n" for name in names).encode()
    program = shutil.which("git") or "git"
    done = subprocess.run([program, "cat-file", "--batch"], cwd=top, input=asked, capture_output=True, check=False, env=_environment())
    output, position = done.stdout, 0
    while position < len(output):
        end = output.index(b"\n", position)
        header = output[position:end].split()
        if len(header) != 3:
            raise CnnlintError(f"diff: the clone lacks files of {commit[:12]}; fetch them first (git fetch --refetch)")
        size = int(header[2])
        yield output[end + 1 : end + 1 + size]
        position = end + size + 2
