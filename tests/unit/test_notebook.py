"""Notebooks: one text that Python covers, findings by cell and line, edits that touch nothing else."""

from __future__ import annotations

import json
import pathlib

import pytest

from cnnlint.cli import main
from cnnlint.source import NotAnalysed, decode_notebook, encode_notebook
from cnnlint.source.magics import UNKNOWN_VALUE, without_magics

OPTIONS = ["--output-format", "concise"]


def notebook(*cells: str | dict[str, object], **metadata: object) -> bytes:
    """A notebook of code cells, with outputs, as Jupyter lays it out."""
    whole = [
        cell
        if isinstance(cell, dict)
        else {
            "cell_type": "code",
            "execution_count": 1,
            "metadata": {"source": ["no"]},
            "outputs": [{"output_type": "stream", "name": "stdout", "text": ["é ü\n"]}],
            "source": cell.splitlines(keepends=True),
        }
        for cell in cells
    ]
    document = {"cells": whole, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode()


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("%matplotlib inline\nx = 1", "pass\nx = 1"),
        ("!pip install \\\n  a \\\n  b\nx = 1", "pass\n\n\nx = 1"),
        ("if x:\n    !ls\n    y = 1", "if x:\n    pass\n    y = 1"),
        ("files = !ls\nz = %pwd", f"files = {UNKNOWN_VALUE}\nz = {UNKNOWN_VALUE}"),
        ("net?\n?net\nnet??", "pass\npass\npass"),
        ("pip install torch\nx = 1", "pass\nx = 1"),
        ("%%time\nx = 1\n%autoreload 2", "\nx = 1\npass"),
        ("%%capture out\nx = 1", f"out = {UNKNOWN_VALUE}\nx = 1"),
        ("%%bash --out listed\nls", f"listed = {UNKNOWN_VALUE}\n"),
        ("%%backend jax\nx = 1\ndef f():\n    pass", "from __left_out__ import *; f = x = __left_out__()\n\n\n"),
        ("%time x = f()", "None; x = f()"),
        ("%run setup.py\nif y:\n    %run z.py", "from __left_out__ import *\nif y:\n    pass"),
        ("watermark -iv\nls\nls - x\ncd ..", "pass\npass\nls - x\npass"),
        ("%%bash\nls\necho", "\n\n"),
        ("\n%%html\n<b>", "\n\n"),
        ("y = (x\n  % 3)\nz = x \\\n  % 3", "y = (x\n  % 3)\nz = x \\\n  % 3"),
        ('s = """\n%matplotlib\n!ls"""\n!ls', 's = """\n%matplotlib\n!ls"""\npass'),
        ("a = b != c\na %= 3\nx = a % b", "a = b != c\na %= 3\nx = a % b"),
        ("print('what?')\nx = '!'", "print('what?')\nx = '!'"),
    ],
)
def test_magics_do_nothing(cell: str, text: str) -> None:
    assert without_magics(cell) == text
    assert without_magics(cell).count("\n") == cell.count("\n")


def test_cells_in_order() -> None:
    markdown: dict[str, object] = {"cell_type": "markdown", "metadata": {}, "source": ["# Title"]}
    source = decode_notebook(notebook("import torch\n", markdown, "", "x = 1\ny = 2"), "a.ipynb")
    assert source.text == "import torch\nx = 1\ny = 2\n"
    assert [(cell.number, cell.first_line) for cell in source.cells] == [(1, 1), (4, 2)]
    assert (source.shown(1), source.shown(3)) == ("a.ipynb:cell 1:1", "a.ipynb:cell 4:2")


def test_a_cell_that_is_no_python_is_left_out() -> None:
    source = decode_notebook(notebook("x = 1\n", "y = (\nz", "w = 1\n"), "a.ipynb")
    assert source.text == "x = 1\nfrom __left_out__ import *; y = __left_out__()\n\nw = 1\n"
    (problem,) = source.problems
    assert (problem.line, problem.kind, problem.reason) == (2, "syntax-error", "`(` is never closed")


def test_what_a_cell_that_is_left_out_may_bind_is_unknown(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    cells = ("import torch\nwidths = [8]\nx = 1\n", "from torch import nn\nx, (y, z) = TODO TODO\nwidths.append(4)\n", CELLS[1])
    used = "net = Net(widths[3])\nnet(torch.randn(1, x, y)), other(z, nn.Linear(2, 3)(torch.randn(1, 4)))"
    (folder / "a.ipynb").write_bytes(notebook(*cells, used))
    assert main(["check", "--quiet", *OPTIONS]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "a.ipynb:cell 2:2:18: CNN901 invalid syntax [syntax-error]",
        "a.ipynb:cell 4:2:47: CNN202 `Linear` expects 2 input features, but gets 4 [feature-mismatch]",
    ]


def test_an_indented_cell(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = notebook("  import torch\n  from torch import nn\n", "  # as IPython takes it\n\n  nn.Linear(2, 3)(torch.randn(1, 4))\n")
    (folder / "a.ipynb").write_bytes(data)
    assert main(["check", "--quiet", *OPTIONS]) == 1
    assert capsys.readouterr().out == "a.ipynb:cell 2:3:13: CNN202 `Linear` expects 2 input features, but gets 4 [feature-mismatch]\n"
    assert main(["check", "--quiet", "--add-ignore=so"]) == 0
    assert (folder / "a.ipynb").read_bytes() == data.replace(b"(1, 4))", b"(1, 4))  # cnnlint: ignore[CNN202] so")


def test_a_cell_that_is_meant_to_raise(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    raising: dict[str, object] = {
        "cell_type": "code",
        "source": "nn.Linear(2, 3)(torch.randn(1, 4))",
        "metadata": {"tags": ["raises-exception"]},
    }
    (folder / "a.ipynb").write_bytes(notebook("import torch\nfrom torch import nn", raising, "nn.Linear(4, 3)(torch.randn(1, 2))"))
    assert main(["check", "--quiet", *OPTIONS]) == 1
    assert capsys.readouterr().out == "a.ipynb:cell 3:1:11: CNN202 `Linear` expects 4 input features, but gets 2 [feature-mismatch]\n"


def test_another_kernel(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "old.ipynb").write_bytes(notebook("print 'torch'", language_info={"name": "python", "version": "2.7.14"}))
    shell: dict[str, object] = {"cell_type": "code", "source": "ls torch", "metadata": {"vscode": {"languageId": "shellscript"}}}
    (folder / "mixed.ipynb").write_bytes(notebook("import torch", shell))
    assert main(["check", "--quiet", *OPTIONS]) == 0
    assert capsys.readouterr().out == "old.ipynb:1:1: CNN902 the notebook is for Python 2 [not-analysed]\n"


def test_a_source_in_one_string() -> None:
    data = json.dumps({"cells": [{"cell_type": "code", "source": "x = 1\r\ny = 2"}]}).encode()
    assert decode_notebook(data, "a.ipynb").text == "x = 1\ny = 2\n"
    assert json.loads(encode_notebook(data, {1: "x = 2"}))["cells"][0]["source"] == "x = 2"


def test_another_language_is_empty() -> None:
    assert decode_notebook(notebook("x <- 1", language_info={"name": "R"}), "a.ipynb").text == ""
    assert decode_notebook(notebook("x <- 1", kernelspec={"language": "R"}), "a.ipynb").text == ""


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"{", "the file is no notebook: it is not valid JSON"),
        (b"[]", "the file is no notebook"),
        (b'{"worksheets": []}', "the notebook is of an old format; `jupyter nbconvert --to notebook` renews it"),
    ],
)
def test_no_notebook(data: bytes, reason: str) -> None:
    with pytest.raises(NotAnalysed) as error:
        decode_notebook(data, "a.ipynb")
    assert error.value.reason == reason


def test_only_the_cell_changes() -> None:
    data = notebook("a = 'é'\n", "b = 1\nc = 2", "d = 3")
    changed = encode_notebook(data, {2: "b = 1  # why\nc = 2"})
    assert changed == data.replace(b'"b = 1\\n"', b'"b = 1  # why\\n"')
    assert encode_notebook(data, {}) == data


@pytest.fixture
def folder(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


CELLS = (
    "%matplotlib inline\nimport torch\nfrom torch import nn\n",
    """class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.a = nn.Linear(8, 4)
        self.b = nn.Linear(width, 2)

    def forward(self, x):
        return self.b(self.a(x))
""",
    "model = Net(4)\nmodel(torch.randn(1, 8))\nfiles = !ls\ndisplay(model)",
    "broken = (\n",
    "model = Net(5)\nmodel(torch.randn(1, 8))",
)


def test_findings_by_cell_and_every_binding(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "train.ipynb").write_bytes(notebook(*CELLS))
    assert main(["check", *OPTIONS]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "train.ipynb:cell 4:1:10: CNN901 `(` is never closed [syntax-error]",
        "train.ipynb:cell 5:1:13: CNN202 `b` expects 5 input features, but gets 4 [feature-mismatch]",
        "1 fixable with --fix",
        "model#0: 46 parameters, 8 -> 2",
        "model#1: 48 parameters, fails at train.ipynb:cell 5:1",
    ]
    assert main(["summary", "train.ipynb::model#0", "--output-format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["models"][0]["params"] == 46


def test_full_output_shows_the_cells_line(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "train.ipynb").write_bytes(notebook(*CELLS[:3], CELLS[4]))
    assert main(["check", "--quiet"]) == 1
    printed = capsys.readouterr().out
    assert "--> train.ipynb:cell 4:1:13" in printed
    assert "1 | model = Net(5)" in printed


def test_comments_in_cells(folder: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = notebook(*CELLS[:3], CELLS[4])
    (folder / "train.ipynb").write_bytes(data)
    assert main(["check", "--add-ignore=a lesson"]) == 0
    assert capsys.readouterr().out == "1 finding silenced in 1 file\n"
    assert main(["check", "--quiet"]) == 0
    comment = b"model = Net(5)  # cnnlint: ignore[CNN202] a lesson\\n"
    assert (folder / "train.ipynb").read_bytes() == data.replace(b"model = Net(5)\\n", comment)


def test_known_findings_in_cells(folder: pathlib.Path) -> None:
    (folder / "train.ipynb").write_bytes(notebook(*CELLS[:3], CELLS[4]))
    assert main(["baseline", "update", "--baseline", "known.json"]) == 0
    (folder / "train.ipynb").write_bytes(notebook(CELLS[0], "x = 1\n", *CELLS[1:3], CELLS[4]))
    assert main(["check", "--quiet", "--baseline", "known.json"]) == 0


def test_a_notebook_on_standard_input(folder: pathlib.Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    import io
    import types

    monkeypatch.setattr("sys.stdin", types.SimpleNamespace(buffer=io.BytesIO(notebook(*CELLS[:3], CELLS[4]))))
    assert main(["check", "-", "--stdin-filename", "deep/train.ipynb", "--quiet", *OPTIONS]) == 1
    assert capsys.readouterr().out.startswith("deep/train.ipynb:cell 4:1:13: CNN202 ")
