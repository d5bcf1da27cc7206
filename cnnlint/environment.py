"""Where the imports of the linted code are looked for: its own folders, and the environment that it would run in."""

from __future__ import annotations

import os
import pathlib
import site
import sys
import sysconfig
from collections.abc import Iterator, Mapping, Sequence

from cnnlint.errors import CnnlintError
from cnnlint.paths import display_path


def package_root(file: pathlib.Path) -> pathlib.Path:
    """The folder that the file's absolute imports count from: the first one upwards that is no package itself."""
    folder = file.absolute().parent
    while (folder / "__init__.py").is_file() and folder.parent != folder:
        folder = folder.parent
    return folder


def source_folders(root: pathlib.Path, src: Sequence[pathlib.Path] | None) -> tuple[pathlib.Path, ...]:
    """The folders of the project's own code: `src`, or the project's root and its folder `src` where nothing is said.

    Raises CnnlintError for a folder that doesn't exist.
    """
    if src is None:
        return tuple(folder for folder in (root, root / "src") if folder.is_dir())
    for folder in src:
        if not folder.is_dir():
            raise CnnlintError(f"src: no such folder: {display_path(folder)}")
    return tuple(src)


def installed_folders(
    python: pathlib.Path | None, project: pathlib.Path, variables: Mapping[str, str] = os.environ
) -> tuple[pathlib.Path, ...]:
    """The site-packages of the environment, each followed by what its `.pth` files add.

    The environment is that of `python` (an interpreter or an environment's folder); else the activated one, unless cnnlint runs
    from it; else `.venv` or `venv` in `project`; else cnnlint's own. No interpreter is started.
    Raises CnnlintError if `python` has no site-packages.
    """
    if python is not None:
        folders = _site_packages(_prefix(python))
        if not folders:
            raise CnnlintError(
                f"python: no site-packages found for {display_path(python)}; name an interpreter or the folder of an environment"
            )
        return _with_path_files(folders)
    for prefix in _candidates(project, variables):
        folders = _site_packages(prefix)
        if folders:
            return _with_path_files(folders)
    return _with_path_files(_own_site_packages())


def _candidates(project: pathlib.Path, variables: Mapping[str, str]) -> Iterator[pathlib.Path]:
    for variable in ("VIRTUAL_ENV", "CONDA_PREFIX"):
        value = variables.get(variable)
        # pre-commit activates the environment that it made for cnnlint; that isn't the project's.
        if value and not _is_same(pathlib.Path(value), pathlib.Path(sys.prefix)):
            yield pathlib.Path(value)
    for folder in variables.get("PATH", "").split(os.pathsep):
        prefix = pathlib.Path(folder).parent
        if folder and (prefix / "pyvenv.cfg").is_file() and not _is_same(prefix, pathlib.Path(sys.prefix)):
            yield prefix  # what was activated before pre-commit put its own before it
    for name in (".venv", "venv"):
        if (project / name / "pyvenv.cfg").is_file():
            yield project / name


def _is_same(left: pathlib.Path, right: pathlib.Path) -> bool:
    return left.resolve() == right.resolve()


def _prefix(python: pathlib.Path) -> pathlib.Path:
    """The folder of the environment that an interpreter belongs to. The link to its base interpreter is not followed."""
    if python.is_dir():
        return python
    parent = python.absolute().parent
    return parent.parent if parent.name in ("bin", "Scripts") else parent


def _site_packages(prefix: pathlib.Path) -> tuple[pathlib.Path, ...]:
    """The site-packages and dist-packages below a prefix, the newest Python first."""
    found = [folder for pattern in ("lib", "lib64") for folder in (prefix / pattern).glob("python3*/*-packages") if folder.is_dir()]
    found.sort(key=lambda folder: _version(folder.parent.name), reverse=True)
    windows = prefix / "Lib" / "site-packages"
    if windows.is_dir():
        found.append(windows)
    unique: dict[pathlib.Path, pathlib.Path] = {}
    for folder in found:
        unique.setdefault(folder.resolve(), folder)
    return tuple(unique.values())


def _version(name: str) -> tuple[int, ...]:
    """`python3.11` as (3, 11)."""
    return tuple(int(part) for part in name.removeprefix("python").rstrip("t").split(".") if part.isdigit())


def _own_site_packages() -> tuple[pathlib.Path, ...]:
    names = [sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    if site.ENABLE_USER_SITE:
        names.append(site.getusersitepackages())
    return tuple(folder for name in dict.fromkeys(names) if (folder := pathlib.Path(name)).is_dir())


def _with_path_files(folders: Sequence[pathlib.Path]) -> tuple[pathlib.Path, ...]:
    """The folders, each followed by the existing ones that its `.pth` files name; lines that import are never run."""
    found: dict[pathlib.Path, None] = {}
    for folder in folders:
        found.setdefault(folder)
        for file in sorted(folder.glob("*.pth")):
            for line in _lines(file):
                added = folder / line.strip()
                if line.strip() and not line.startswith(("#", "import ", "import\t")) and added.is_dir():
                    found.setdefault(added)
    return tuple(found)


def _lines(file: pathlib.Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []  # Python too goes on without a file that it can't read
