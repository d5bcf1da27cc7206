"""Nothing of the inspected code ever runs: an audit hook watches a whole run of the command over files full of traps.

The hook sees what CPython reports of every import, compilation, execution, opened file, process and socket. Beside it stand
the traps themselves: each writes a file when it runs, whatever way it is set off.
"""

from __future__ import annotations

import ast
import json
import os
import pathlib
import subprocess
import sys
from dataclasses import dataclass

import pytest

ROOT = pathlib.Path(__file__).parent.parent

# What stands in every inspected file: an attempt to leave a mark, without any import.
TRAP = '__import__("pathlib").Path(__file__).with_name("sprung-{name}").touch()'

TRAPPED_MODEL = """\
import torch
from torch import nn
import torch.utils.data
import helper
from helper import *
from package.layers import Layer
import numpy as np

{import_time}


def decorate(function):
    {decorator}
    return function


@decorate
def build(width={default}, *, depth=(lambda: {lambda_})()):
    {function}
    return Net(width)


class Meta(type(nn.Module)):
    def __new__(cls, name, bases, namespace):
        {metaclass_new}
        return super().__new__(cls, name, bases, namespace)

    @classmethod
    def __prepare__(cls, name, bases):
        {metaclass_prepare}
        return {{}}

    def __call__(cls, *arguments, **keywords):
        {metaclass_call}
        return super().__call__(*arguments, **keywords)


class Base(nn.Module):
    def __init_subclass__(cls, **keywords):
        {init_subclass}


class Descriptor:
    def __set_name__(self, owner, name):
        {set_name}

    def __get__(self, instance, owner):
        {get}
        return 8


@decorate
class Net(Base, metaclass=Meta):
    width: ({annotation}, int)[1] = 8
    trap = Descriptor()
    {class_body}

    def __new__(cls, *arguments):
        {new}
        return super().__new__(cls)

    def __init__(self, width=8):
        {init}
        super().__init__()
        self.conv = nn.Conv2d(3, width, 3)
        self.fc = nn.Linear(10, 10)
        self.layer = Layer(width)
        self.text = f"{{{f_string}}}"

    def __getattr__(self, name):
        {getattr}
        return super().__getattr__(name)

    def __del__(self):
        {delete}

    @property
    def size(self):
        {property}
        return 8

    def forward(self, x):
        {forward}
        x = self.fc(self.conv(x))
        return x[{subscript}:]


class Repr:
    def __repr__(self):
        {repr}
        return "Repr"

    __str__ = __format__ = __hash__ = __bool__ = __len__ = __iter__ = __eq__ = __repr__


def default_collate(batch, seen=[{mutable_default}]):
    return [{comprehension} for _ in batch]


with open("sprung-open", "w") as file:
    file.write("x")
with Repr() as r, {with_item} or r:
    print(r, f"{{r}} {{r!r}}", "%s" % r, "{{}}".format(r), {{r: r}}, bool(r), len(r), list(r), r == r)
exec("{executed}")
eval({evaluated!r})
exec(compile("{executed}", "x", "exec"))
__import__("imported")
import importlib, os, subprocess, socket, pickle, sys, ctypes, runpy
importlib.import_module("imported")
importlib.reload(helper)
runpy.run_path("imported.py")
os.system("touch sprung-system")
os.popen("touch sprung-popen")
subprocess.run(["touch", "sprung-subprocess"])
socket.create_connection(("localhost", 1))
pickle.loads(b"cos\\nsystem\\n(S'touch sprung-pickle'\\ntR.")
torch.load("weights.pt")
torch.save({{}}, "sprung-save")
np.load("weights.npy", allow_pickle=True)
torch.hub.load("owner/repository", "model")
torch.utils.cpp_extension.load("x", ["x.cpp"])
ctypes.CDLL("./library.so")
sys.path.insert(0, ".")
sys.modules["torch"].anything
sys.setrecursionlimit(10)
sys.meta_path.insert(0, Repr())
os.environ["PATH"] = ""
sys.exit({exit})
assert {assertion}
net = build()
net(torch.randn(1, 3, 32, 32))
if __name__ == "__main__":
    {main}
try:
    {tried}
except ({handler}, Exception):
    pass
finally:
    {finally_}
match {matched}:
    case _ if {guard}:
        pass
while {condition}:
    break
net2 = Net({argument})
del net, net2
"""

WHERE = [
    "import_time",
    "decorator",
    "default",
    "lambda_",
    "function",
    "metaclass_new",
    "metaclass_prepare",
    "metaclass_call",
    "init_subclass",
    "set_name",
    "get",
    "annotation",
    "class_body",
    "new",
    "init",
    "f_string",
    "getattr",
    "delete",
    "property",
    "forward",
    "subscript",
    "repr",
    "mutable_default",
    "comprehension",
    "with_item",
    "executed",
    "evaluated",
    "exit",
    "assertion",
    "main",
    "tried",
    "handler",
    "finally_",
    "matched",
    "guard",
    "condition",
    "argument",
]

AUDITED = """\
import os, sys

FORBIDDEN = {forbidden!r}
traps = os.getcwd()
events = []


def watch(event, arguments):
    if event == "open":
        path, mode, flags = arguments
        if (isinstance(mode, str) and set(mode) & set("wax+")) or (isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)):
            events.append(f"open for writing: {{path}}")
    elif event == "exec":
        code = arguments[0]
        if traps in getattr(code, "co_filename", "") or "sprung" in repr(getattr(code, "co_consts", code)):
            events.append("exec of inspected code")
    elif event == "compile" and traps in str(arguments[1]):
        events.append(f"compile: {{arguments[1]}}")
    elif event == "import" and (arguments[0].partition(".")[0] in FORBIDDEN or traps in str(arguments[1])):
        events.append(f"import: {{arguments[0]}}")
    elif event.partition(".")[0] in ("subprocess", "socket", "pickle", "shutil", "tempfile", "urllib", "http") or event in CHANGES:
        events.append(event)


CHANGES = set(
    "os.system os.exec os.fork os.forkpty os.posix_spawn os.spawn os.remove os.rename os.mkdir os.rmdir os.chmod os.chown os.link"
    " os.symlink os.truncate os.putenv os.unsetenv os.utime os.kill sys.settrace sys.setprofile".split()
)
sys.dont_write_bytecode = True
sys.addaudithook(watch)
from cnnlint.cli import main

code = main({arguments!r})
loaded = sorted(name for name in sys.modules if name.partition(".")[0] in FORBIDDEN)
print(repr((code, events, loaded)), file=sys.stderr)
"""

FORBIDDEN = [
    "torch",
    "torchvision",
    "numpy",
    "helper",
    "package",
    "imported",
    "conftest",
    "setup",
    "sitecustomize",
    "usercustomize",
    "evil_plugin",
    "noxfile",
    "tasks",
]


@dataclass(frozen=True)
class Watched:
    """A run under the hook: its exit, the suspicious events, forbidden modules that were loaded, and what was printed."""

    code: int
    events: list[str]
    loaded: list[str]
    printed: str


def trap(name: str) -> str:
    return TRAP.format(name=name)


def trapped(name: str, where: str) -> str:
    """The model file with a trap at `where`, and harmless code at all other places."""
    harmless = dict.fromkeys(WHERE, "None") | {"exit": "0", "executed": "1", "evaluated": "1", "assertion": "True", "default": "8"}
    spring = TRAP.format(name=f"{name}-{where}")
    return TRAPPED_MODEL.format(
        **{**harmless, where: spring.replace('"', "'") if where in ("executed", "evaluated", "f_string") else spring}
    )


@pytest.fixture
def folder(tmp_path: pathlib.Path) -> pathlib.Path:
    """A project full of traps, with an environment of its own, and what tools usually import from a working directory."""
    folder = tmp_path / "project"
    for package in ("torch", "package", "numpy", "torchvision"):
        (folder / package).mkdir(parents=True)
        (folder / package / "__init__.py").write_text(trap(package) + "\n")
    (folder / "package" / "layers.py").write_text(
        f"import torch\n{trap('layers')}\nfrom torch import nn\n\n\nclass Layer(nn.Module):\n    x = {trap('layer-class')}\n"
    )
    for module in ("helper", "imported", "conftest", "setup", "sitecustomize", "usercustomize", "evil_plugin", "noxfile", "tasks"):
        (folder / f"{module}.py").write_text(f"import torch\n{trap(module)}\n__all__ = [{trap(module + '-all')}]\n")
    for number, where in enumerate(WHERE):
        (folder / f"net{number}.py").write_text(trapped(f"net{number}", where))
    site = folder / ".venv" / "lib" / "python3.11" / "site-packages"
    site.mkdir(parents=True)
    (folder / ".venv" / "pyvenv.cfg").write_text("home = /usr/bin\n")
    (site / "evil.pth").write_text(f"import sys; {trap('pth')}\nimport evil_plugin\n../evil_path\n")
    (site / "sitecustomize.py").write_text(trap("site") + "\n")
    (site / "evil_plugin.py").write_text(trap("plugin") + "\n")
    metadata = site / "evil_plugin-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: evil-plugin\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text("[cnnlint]\nevil = evil_plugin\n")
    return folder


def watched(folder: pathlib.Path, *arguments: str) -> Watched:
    """A run of the command under the hook; the program stands elsewhere, as an installed script does."""
    program = folder.parent / "program" / "watch.py"
    program.parent.mkdir(exist_ok=True)
    program.write_text(AUDITED.format(arguments=list(arguments), forbidden=set(FORBIDDEN)))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "plugins")])}
    done = subprocess.run(
        [sys.executable, str(program)], cwd=folder, env=environment, capture_output=True, text=True, timeout=240, check=False
    )
    assert "Traceback" not in done.stderr, done.stderr
    code, events, loaded = ast.literal_eval(done.stderr.splitlines()[-1])
    return Watched(code, events, loaded, done.stdout)


def sprung(folder: pathlib.Path) -> list[str]:
    return sorted(path.relative_to(folder.parent).as_posix() for path in folder.parent.rglob("sprung*"))


def contents(folder: pathlib.Path) -> dict[str, bytes]:
    return {path.as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("where", WHERE)
def test_the_traps_are_python(where: str) -> None:
    ast.parse(trapped("net", where))
    assert f"sprung-net-{where}" in trapped("net", where)


def test_the_hook_sees_and_the_traps_spring(folder: pathlib.Path) -> None:
    program = AUDITED.replace("from cnnlint.cli import main", "main = lambda arguments: __import__('helper')")
    path = folder / "watch.py"
    path.write_text(program.format(arguments=[], forbidden=set(FORBIDDEN)).replace("repr((code,", "repr((0,"))
    done = subprocess.run([sys.executable, str(path)], cwd=folder, capture_output=True, text=True, check=True)
    _, events, loaded = ast.literal_eval(done.stderr.splitlines()[-1])
    assert "import: helper" in events
    assert any(event.startswith("open for writing") or event == "os.utime" for event in events)
    assert "helper" in loaded
    assert "project/sprung-helper" in sprung(folder)


def test_check_runs_nothing(folder: pathlib.Path) -> None:
    before = contents(folder)
    run = watched(folder, "check", ".", "--output-format", "json", "--no-cache")
    assert sprung(folder) == []
    assert run.events == []
    assert run.loaded == []
    assert contents(folder) == before
    assert json.loads(run.printed)["files"] >= len(WHERE)
    assert run.code in (0, 1)


def test_options_run_nothing(folder: pathlib.Path) -> None:
    before = contents(folder)
    python = str(folder / ".venv")
    fixed = ("--python", python, "--src", ".", "--no-cache")
    run = watched(folder, "check", "net0.py", *fixed, "--input", f"net0.py::build({trap('input')})=1,3,8,8")
    assert (sprung(folder), run.events, run.loaded) == ([], [], [])
    targets = ("net1.py", "net1.py::build()", f"net1.py::Net({trap('target')})", "package.layers::Layer", f"net2.py::{trap('expression')}")
    run = watched(folder, "summary", *targets, *fixed, "--input", "1,3,32,32", "--output-format", "json")
    assert (sprung(folder), run.events, run.loaded) == ([], [], [])
    assert len(json.loads(run.printed)["models"]) >= len(targets)
    assert contents(folder) == before


def test_the_working_directory_is_no_place_to_import_from(folder: pathlib.Path) -> None:
    """`python -m cnnlint` puts the working directory first on the path of imports."""
    for name in ("libcst", "pluggy", "rich", "tomli", "pathspec", "argparse", "json", "cnnlint_torch"):
        (folder / f"{name}.py").write_text(trap(name) + "\n")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "plugins")])}
    for arguments in (["check", "net0.py"], ["summary", "net0.py"], ["explain", "CNN101"], ["rules"]):
        subprocess.run(
            [sys.executable, "-m", "cnnlint", *arguments], cwd=folder, env=environment, capture_output=True, timeout=240, check=False
        )
    assert sprung(folder) == []
