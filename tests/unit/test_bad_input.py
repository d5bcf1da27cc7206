"""Whatever a file holds, the command ends soon, says clearly what it made of it, and lints the other files."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys
from dataclasses import dataclass

import pytest

ROOT = pathlib.Path(__file__).parent.parent.parent
SECONDS = 60.0  # of a loaded machine; each takes a few at most
MEMORY = 1_500_000_000
GOOD = "from torch import nn\n\nnet = nn.Sequential(nn.Linear(8, 4), nn.Linear(5, 2))\n"
TOO_LONG = "the analysis takes too many steps"


@dataclass(frozen=True)
class Outcome:
    """What a run of the command gave: of the file under test, and of the good one that stands beside it."""

    code: int
    found: list[tuple[int, str, str]]
    error: str
    good: list[str]


def checked(folder: pathlib.Path, *paths: str) -> Outcome:
    """`cnnlint check` of the paths and of a file with one finding, in a process of its own with little memory."""
    (folder / "good.py").write_text(GOOD)
    arguments = [*paths, "good.py", "--output-format", "json"]
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_DATA, ({MEMORY}, {MEMORY}))\n" if os.name == "posix" else ""
    program = f"{limit}import sys; from cnnlint.cli import main; sys.exit(main(['check', *{arguments!r}]))"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "plugins")])}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, env=environment, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    assert "Traceback" not in done.stderr, done.stderr
    diagnostics = json.loads(done.stdout)["diagnostics"]
    return Outcome(
        done.returncode,
        [(each["line"], each["name"], each["message"]) for each in diagnostics if each["path"] != "good.py"],
        done.stderr,
        [each["name"] for each in diagnostics if each["path"] == "good.py"],
    )


def only(outcome: Outcome, line: int, name: str, part: str, code: int = 1) -> None:
    """Exactly one diagnostic, on the line; the other file was linted."""
    assert outcome.good == ["feature-mismatch"]
    ((found_line, found_name, message),) = outcome.found
    assert (found_line, found_name) == (line, name)
    assert part in message
    assert "\n" not in message
    assert outcome.code == code
    assert outcome.error == ""


def test_a_missing_path(tmp_path: pathlib.Path) -> None:
    outcome = checked(tmp_path, "nowhere/net.py")
    assert outcome.code == 2
    assert outcome.error == "cnnlint: nowhere/net.py: no such file or folder\n"
    assert outcome.good == ["feature-mismatch"]


def test_a_folder_without_python(tmp_path: pathlib.Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "notes.txt").write_text("no Python")
    outcome = checked(tmp_path, "data")
    assert (outcome.code, outcome.found, outcome.error, outcome.good) == (1, [], "", ["feature-mismatch"])


@pytest.mark.parametrize(
    ("data", "line", "name", "part"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe", 1, "not-analysed", "binary"),
        ("import torch\n".encode("utf-16"), 1, "not-analysed", "binary"),
        ("import torch\nname = 'é'\n".encode("latin-1"), 1, "syntax-error", "not valid utf-8 (line 2)"),
        (b"# -*- coding: klingon -*-\nimport torch\n", 1, "syntax-error", "unknown encoding: klingon"),
        (b"import torch\nx = 1\0\n", 2, "not-analysed", "null byte"),
        (b"import torch\nx = (1,\n", 2, "syntax-error", "`(` is never closed"),
        (b"import torch\n\n  x = 1\n", 3, "syntax-error", "indent"),
    ],
)
def test_what_is_no_source(data: bytes, line: int, name: str, part: str, tmp_path: pathlib.Path) -> None:
    (tmp_path / "bad.py").write_bytes(data)
    only(checked(tmp_path, "bad.py"), line, name, part)


def test_a_large_file(tmp_path: pathlib.Path) -> None:
    (tmp_path / "bad.py").write_text("import torch\n" + "x = 1\n" * 900_000)
    only(checked(tmp_path, "bad.py"), 1, "not-analysed", "larger than the limit of 5,000,000 bytes; raise `max-file-size`")


def test_the_limit_of_the_size_is_a_setting(tmp_path: pathlib.Path) -> None:
    (tmp_path / "bad.py").write_text("import torch\n" + "x = 1\n" * 100)
    (tmp_path / "pyproject.toml").write_text("[tool.cnnlint]\nmax-file-size = 500\n")
    only(checked(tmp_path, "bad.py"), 1, "not-analysed", "larger than the limit of 500 bytes; raise `max-file-size`")


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "(" * 100_000 + ")" * 100_000,
        "x = " + "[" * 100_000 + "]" * 100_000,
        "x = " + "{1:" * 100_000 + "1" + "}" * 100_000,
        "x = " + "(" * 100_000,
        "x = " + "f(" * 100_000 + ")" * 100_000,
        "x = " + " + ".join(["1"] * 100_000),
        "x = " + " and ".join(["a"] * 100_000),
        "x = " + " < ".join(["1"] * 100_000),
        "x = " + "-" * 100_000 + "1",
        "x = " + "not " * 100_000 + "1",
        "x = " + "lambda: " * 100_000 + "1",
        "x = " + "1 if a else " * 100_000 + "1",
        "x = torch" + ".a" * 100_000,
        "x = torch" + "()" * 100_000,
        "x = torch" + "[0]" * 100_000,
    ],
    ids=lambda text: text[4:16],
)
def test_deep_and_long_expressions(text: str, tmp_path: pathlib.Path) -> None:
    (tmp_path / "bad.py").write_text(f"import torch\n{text}\n")
    outcome = checked(tmp_path, "bad.py")
    assert outcome.good == ["feature-mismatch"]
    assert [(line, name) for line, name, _ in outcome.found] == [(2, outcome.found[0][1])]
    assert outcome.found[0][1] == "not-analysed"
    assert "too many to analyse" in outcome.found[0][2] or "brackets are open here" in outcome.found[0][2]


def test_many_branches(tmp_path: pathlib.Path) -> None:
    (tmp_path / "bad.py").write_text("import torch\nif a:\n    pass\n" + "elif a:\n    pass\n" * 20_000)
    outcome = checked(tmp_path, "bad.py")
    assert outcome.good == ["feature-mismatch"]
    assert [name for _, name, _ in outcome.found] == ["not-analysed"]


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("while True: pass", 2, TOO_LONG),
        pytest.param("x = []\nwhile True: x.append(x)", 3, "", marks=pytest.mark.slow),
        pytest.param("def f():\n    while True: yield 1\nx = list(f())", 3, "", marks=pytest.mark.slow),
        pytest.param(
            "n = 0\n" + "".join(f"{'    ' * i}for i{i} in range(100):\n" for i in range(15)) + "    " * 15 + "n += 1",
            18,
            TOO_LONG,
            marks=pytest.mark.slow,
        ),
        pytest.param("x = 'a'\nwhile True: x += x", 3, "", marks=pytest.mark.slow),
        pytest.param("x = 3\nwhile True: x = x * x", 3, "", marks=pytest.mark.slow),
        ("x = [0] * 10**9", 2, "a list of more than 2,000,000 elements"),
        ("x = list(range(10**9))", 2, "a loop of 1,000,000,000 turns"),
        ("x = [i for i in range(10**9)]", 2, "a loop of 1,000,000,000 turns"),
        ("x = (0,) * 10**9", 2, "a sequence of more than 2,000,000 elements"),
        ("x = 'a' * 10**10", 2, "a sequence of more than 2,000,000 elements"),
        ("x = 9**9**9", 2, "** makes a number of more than 4000 digits"),
        ("x = 1 << 10**10", 2, "<< makes a number of more than 4000 digits"),
        ("def f(n): return f(n + 1)\nf(0)", 2, "calls nested deeper than 400"),
        pytest.param(
            "from torch import nn\nnet = nn.Sequential(*[nn.Linear(8, 8) for _ in range(10**6)])", 3, TOO_LONG, marks=pytest.mark.slow
        ),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else "",
)
def test_programs_without_end(text: str, line: int, part: str, tmp_path: pathlib.Path) -> None:
    (tmp_path / "bad.py").write_text(f"import torch\n{text}\n")
    outcome = checked(tmp_path, "bad.py")
    assert outcome.good == ["feature-mismatch"]
    assert outcome.found[0][:2] == (line, "not-analysed")
    assert any(part in message for _, _, message in outcome.found)
    assert {name for _, name, _ in outcome.found} == {"not-analysed"}
    assert outcome.error == ""


MODULE = "from torch import nn\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n"


@pytest.mark.parametrize(
    "text",
    [
        MODULE + "        self.net = Net()\nnet = Net()",
        MODULE + "    def forward(self, x): return self(x)\nnet = Net()\nnet(torch.zeros(1))",
        MODULE + "        self.me = self\nnet = Net()\nprint(net, sum(p.numel() for p in net.parameters()))",
        "class A:\n    def __getattr__(self, name): return getattr(self, name)\nA().x",
        "class A:\n    @property\n    def x(self): return self.x\nA().x",
        "x = []\nx.append(x)\nprint(x, x == x)\ny = []\ny.append(y)\nx == y",
        "import copy\nd = {}\nd['d'] = d\nprint(copy.deepcopy(d))",
        "x = [1]\nfor i in x: x.append(i)",
        "y = '%10000000000d' % 1",
        "y = f'{1:10000000000}' + '{:>{n}}'.format(1, n=10**10) + 'a'.ljust(10**10)",
        "y = ','.join(['x' * 10**5] * 10**5)",
        "import math\ny = math.factorial(10**7) + math.comb(10**7, 10**6) + pow(9, 9**9)",
        "import itertools\ny = list(itertools.product(range(100), repeat=10)) + list(itertools.count())",
        "import re\ny = re.match(r'(a+)+$', 'a' * 40 + 'b')",
        "y = sum(range(10**12)) + max(range(10**12)) + len(bytearray(10**10))",
        "n = 0\n" + "".join(f"if torch.a{i}(): n += {i}\n" for i in range(300)) + "x = torch.zeros(n)",
        "x = torch.zeros(1)\n" + "".join(f"if torch.a{i}(): x = torch.cat([x, x])\n" for i in range(300)),
    ],
    ids=lambda text: text.splitlines()[-1][:32],
)
def test_ends_in_any_case(text: str, tmp_path: pathlib.Path) -> None:
    (tmp_path / "bad.py").write_text(f"import torch\n{text}\n")
    outcome = checked(tmp_path, "bad.py")
    assert outcome.code == 1
    assert outcome.good == ["feature-mismatch"]
    assert outcome.error == ""
    assert {name for _, name, _ in outcome.found} <= {"not-analysed", "operation-fails"}


def test_import_cycles(tmp_path: pathlib.Path) -> None:
    (tmp_path / "bad.py").write_text(
        "from torch import nn\nimport other\nclass A(nn.Module): pass\nnet = nn.Linear(other.size, 2)\nsize = 5\n"
    )
    (tmp_path / "other.py").write_text("import bad, other\nfrom bad import *\nsize = 3\nclass B(bad.A): pass\n")
    (tmp_path / "self_import.py").write_text("import torch\nimport self_import\nfrom self_import import *\nx = self_import.x\n")
    outcome = checked(tmp_path, "bad.py", "other.py", "self_import.py")
    assert outcome.code == 1
    assert outcome.good == ["feature-mismatch"]
    assert outcome.error == ""
    assert {name for _, name, _ in outcome.found} <= {"not-analysed", "operation-fails"}
