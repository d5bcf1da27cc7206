"""Which files are found, and where their imports are looked for."""

from __future__ import annotations

import os
import pathlib
import sys

import pytest

from cnnlint.discovery import FileChoice, found_files
from cnnlint.environment import installed_folders, package_root, source_folders
from cnnlint.errors import CnnlintError
from cnnlint.paths import FilePattern


@pytest.fixture
def tree(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    return tmp_path


def write(root: pathlib.Path, *names: str, text: str = "") -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)


def displays(*paths: str, root: pathlib.Path, exclude: tuple[str, ...] = (), is_forced: bool = False) -> list[str]:
    choice = FileChoice(None, tuple(FilePattern(root, text) for text in exclude), is_forced)
    return [file.display for file in found_files(paths, choice).files]


def test_a_folder_is_walked_in_order_without_what_nobody_means(tree: pathlib.Path) -> None:
    write(tree, "b.py", "a.py", "c.txt", "sub/d.py", ".hidden/e.py", "__pycache__/f.py", "node_modules/g.py", "env/pyvenv.cfg", "env/h.py")
    assert displays(".", root=tree) == ["a.py", "b.py", "sub/d.py"]


def test_ignore_files_hold_from_the_repository_down(tree: pathlib.Path) -> None:
    write(tree, "a.py", "b.py", "sub/b.py", "sub/c.py", "sub/keep.py", "gen/d.py")
    write(tree, ".gitignore", text="b.py\n/gen/\nsub/*\n!sub/keep.py\n")
    assert displays(".", root=tree) == ["a.py", "sub/keep.py"]
    assert displays("sub", root=tree) == ["sub/keep.py"]
    write(tree, "sub/.gitignore", text="!c.py\nkeep.py\n")
    assert displays("sub", root=tree) == ["sub/c.py"]


def test_exclude_counts_from_the_root(tree: pathlib.Path) -> None:
    write(tree, "a.py", "tests/a.py", "deep/tests/a.py")
    assert displays(".", root=tree, exclude=("/tests",)) == ["a.py", "deep/tests/a.py"]


def test_what_is_included_and_excluded(tree: pathlib.Path) -> None:
    write(tree, "a.py", "a.ipynb", "b.txt", "sub/c.py")
    assert displays(".", root=tree) == ["a.ipynb", "a.py", "sub/c.py"]
    choice = FileChoice((FilePattern(tree, "*.txt"), FilePattern(tree, "/sub/*.py")))
    assert [file.display for file in found_files(["."], choice).files] == ["b.txt", "sub/c.py"]


def test_a_named_file_is_passed_over_where_exclusion_is_forced(tree: pathlib.Path) -> None:
    write(tree, "a.py", "old/b.py", "gen/c.py", "venv/d.py", "sub/e.py", "sub/f.py")
    write(tree, ".gitignore", text="/gen/\n")
    write(tree, "sub/.gitignore", text="e.py\n")
    named = ["a.py", "old/b.py", "gen/c.py", "venv/d.py", "sub/e.py", "sub/f.py"]
    assert displays(*named, root=tree, exclude=("/old/",)) == named
    assert displays(*named, root=tree, exclude=("/old/",), is_forced=True) == ["a.py", "sub/f.py"]


def test_a_named_file_is_always_taken_and_once(tree: pathlib.Path) -> None:
    write(tree, "b.py", "model.txt")
    write(tree, ".gitignore", text="*.py\n")
    found = found_files(["b.py", "model.txt", "./b.py", "."])
    assert [(file.display, file.is_named) for file in found.files] == [("b.py", True), ("model.txt", True)]


def test_what_is_missing_is_said_and_the_rest_found(tree: pathlib.Path) -> None:
    write(tree, "a.py")
    found = found_files(["nothing.py", "a.py", "null\0"])
    assert [file.display for file in found.files] == ["a.py"]
    assert found.missing[0] == "nothing.py: no such file or folder"
    assert found_files(["sub/a.py", "a.pyy"]).missing[1] == "a.pyy: no such file or folder; did you mean `a.py`?"
    assert len(found.missing) == 2


def test_a_link_to_a_folder_above_ends(tree: pathlib.Path) -> None:
    write(tree, "a.py")
    (tree / "loop").symlink_to(tree, target_is_directory=True)
    assert displays(".", root=tree) == ["a.py"]


def test_paths_above_the_working_directory_are_relative(tree: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tree, "a.py", "sub/b.py")
    monkeypatch.chdir(tree / "sub")
    assert displays(str(tree), root=tree) == ["../a.py", "b.py"]


def test_the_package_root_is_above_all_packages(tree: pathlib.Path) -> None:
    write(tree, "src/net/__init__.py", "src/net/blocks/__init__.py", "src/net/blocks/conv.py", "tools/run.py")
    assert package_root(tree / "src/net/blocks/conv.py") == tree / "src"
    assert package_root(pathlib.Path("tools/run.py")) == tree / "tools"


def test_source_folders(tree: pathlib.Path) -> None:
    assert source_folders(tree, None) == (tree,)
    (tree / "src").mkdir()
    assert source_folders(tree, None) == (tree, tree / "src")
    assert source_folders(tree, [tree / "src"]) == (tree / "src",)
    with pytest.raises(CnnlintError, match="no such folder: lib"):
        source_folders(tree, [tree / "lib"])


def environment(root: pathlib.Path) -> pathlib.Path:
    folder = root / "lib" / "python3.11" / "site-packages"
    folder.mkdir(parents=True)
    write(root, "pyvenv.cfg", "bin/python")
    return folder


def test_the_environment_is_chosen_in_order(tree: pathlib.Path) -> None:
    own = installed_folders(None, tree, {})
    assert own
    assert installed_folders(None, tree, {"VIRTUAL_ENV": sys.prefix}) == own
    beside = environment(tree / ".venv")
    assert installed_folders(None, tree, {}) == (beside,)
    assert installed_folders(None, tree, {"VIRTUAL_ENV": sys.prefix}) == (beside,)
    activated = environment(tree / "activated")
    assert installed_folders(None, tree, {"VIRTUAL_ENV": str(tree / "activated")}) == (activated,)
    assert installed_folders(None, tree, {"CONDA_PREFIX": str(tree / "activated")}) == (activated,)
    # pre-commit puts its own environment in the variable, and before the activated one on the path
    path = os.pathsep.join([str(pathlib.Path(sys.prefix) / "bin"), str(tree / "activated" / "bin"), "/usr/bin"])
    assert installed_folders(None, tree, {"VIRTUAL_ENV": sys.prefix, "PATH": path}) == (activated,)
    named = environment(tree / "named")
    for python in ("named", "named/bin/python"):
        assert installed_folders(tree / python, tree, {"VIRTUAL_ENV": str(tree / "activated")}) == (named,)
    with pytest.raises(CnnlintError, match="no site-packages found"):
        installed_folders(tree / "nothing", tree, {})


def test_path_files_are_read_and_never_run(tree: pathlib.Path) -> None:
    folder = environment(tree / "env")
    (tree / "project").mkdir()
    lines = f"# comment\nimport pathlib; pathlib.Path('ran').touch()\n{tree / 'project'}\nmissing\n"
    (folder / "editable.pth").write_text(lines)
    assert installed_folders(tree / "env", tree, {}) == (folder, tree / "project")
    assert not (tree / "ran").exists()
