"""What fixes change, and that they do no harm: applied to texts, to whole files, and to every fixture twice."""

from __future__ import annotations

import io
import pathlib
import subprocess
import sys
from collections import Counter

import pytest

from cnnlint.cli.commands import run_command
from cnnlint.discovery import FoundFile
from cnnlint.engine import Known, Run
from cnnlint.fixing import Fixed, fixed, is_within
from cnnlint.registry import load_registry
from tests.fixture import FOLDER, fixtures

REGISTRY = load_registry(print)
HEAD = "import torch\nfrom torch import nn\n\n\n"


def fixing(text: str, *, unsafe: bool = False, path: str = "net.py") -> Fixed:
    file = FoundFile(pathlib.Path(path), path, is_named=True, data=text.encode())
    return fixed([file], Run(REGISTRY, tuple(rule for rule in REGISTRY.rules if rule.is_on), ()), Known(), {path}, unsafe=unsafe)


def after(body: str, *, unsafe: bool = False) -> str:
    """What fixing makes of a text below the imports; the text itself where nothing changes."""
    data = fixing(HEAD + body, unsafe=unsafe).changed.get("net.py")
    return body if data is None else data.decode().removeprefix(HEAD)


def sequence(*layers: str, size: str = "2, 3, 8, 8") -> str:
    inner = "".join(f"    {layer},\n" for layer in layers)
    return f"net = nn.Sequential(\n{inner})\nnet(torch.randn({size}))\n"


@pytest.mark.parametrize(
    ("layers", "wanted"),
    [
        (["nn.Conv2d(4, 6, 3)"], ["nn.Conv2d(3, 6, 3)"]),
        (["nn.Conv2d(in_channels=(4), out_channels=6, kernel_size=3)"], ["nn.Conv2d(in_channels=(3), out_channels=6, kernel_size=3)"]),
        (["nn.BatchNorm2d( 4 )"], ["nn.BatchNorm2d( 3 )"]),
        (["nn.Flatten()", "nn.Linear(400, 10)"], ["nn.Flatten()", "nn.Linear(192, 10)"]),
        (["nn.Flatten()", "nn.Linear(3 * 9 * 9, 10)"], ["nn.Flatten()", "nn.Linear(3 * 8 * 8, 10)"]),
        (["nn.Flatten()", "nn.Linear(3*9*9, 10)"], ["nn.Flatten()", "nn.Linear(3*8*8, 10)"]),
        (["nn.Flatten()", "nn.Linear(3*81, 10)"], ["nn.Flatten()", "nn.Linear(3*8*8, 10)"]),
        (["nn.Flatten()", "nn.Linear(3 * 9 ** 2, 10)"], ["nn.Flatten()", "nn.Linear(3 * 8 * 8, 10)"]),
        (["nn.Conv2d(3, 6, kernal_size=3)"], ["nn.Conv2d(3, 6, kernel_size=3)"]),
        (["nn.Conv2d(3, 12 / 2, 3)"], ["nn.Conv2d(3, 12 // 2, 3)"]),
        (["nn.Conv2d(3, (12)/(2), 3)"], ["nn.Conv2d(3, (12)//(2), 3)"]),
    ],
)
def test_what_is_written(layers: list[str], wanted: list[str]) -> None:
    assert after(sequence(*layers)) == sequence(*wanted)


def test_a_named_factor_stays() -> None:
    text = "channels = 3\n" + sequence("nn.Conv2d(3, channels, 1)", "nn.Flatten()", "nn.Linear(channels * {0} * {0}, 10)")
    assert after(text.replace("{0}", "7")) == text.replace("{0}", "8")


def test_through_a_variable_that_nothing_else_reads() -> None:
    text = "width = {0}\n" + sequence("nn.Conv2d(width, 6, 3)")
    assert after(text.replace("{0}", "4")) == text.replace("{0}", "3")


def test_a_variable_that_something_else_reads_stays() -> None:
    text = "width = 4\n" + sequence("nn.Conv2d(width, 6, 3)", "nn.Conv2d(6, width, 3)")
    assert after(text) == text


BLOCK = """class Block(nn.Module):
    def __init__(self, width{default}):
        super().__init__()
        self.conv = nn.Conv2d(width, 6, 3)
        self.extra = {extra}

    def forward(self, x):
        return self.conv(x)


{use}
"""


@pytest.mark.parametrize(
    ("default", "extra", "use", "becomes"),
    [
        ("", "None", "Block(4)(torch.randn(1, 3, 8, 8))", "Block(3)(torch.randn(1, 3, 8, 8))"),
        ("", "width + 1", "Block(4)(torch.randn(1, 3, 8, 8))", None),
        (
            "",
            "None",
            "for size in (8, 9):\n    Block(4)(torch.randn(1, 3, size, 8))",
            "for size in (8, 9):\n    Block(3)(torch.randn(1, 3, size, 8))",
        ),
        ("", "None", "net = Block(4)\nnet(torch.randn(1, 4, 8, 8))\nnet(torch.randn(1, 3, 8, 8))", None),
        ("", "None", "net = Block(4)\nnet(torch.randn(1, 5, 8, 8))\nnet(torch.randn(1, 3, 8, 8))", None),
    ],
)
def test_through_a_parameter(default: str, extra: str, use: str, becomes: str | None) -> None:
    texts = [BLOCK.format(default=default, extra=extra, use=each) for each in (use, becomes or use)]
    assert after(texts[0]) == texts[1]


def test_a_default() -> None:
    texts = [BLOCK.format(default=f"={width}", extra="None", use="Block()(torch.randn(1, 3, 8, 8))") for width in (4, 3)]
    assert after(texts[0]) == texts[1]


def test_what_fits_another_use_stays() -> None:
    text = BLOCK.format(default="=4", extra="None", use="Block()(torch.randn(1, 3, 8, 8))\nBlock()(torch.randn(1, 4, 8, 8))")
    assert after(text) == text


SUPER = """class Net(nn.Module):
    def __init__(self):{start}self.conv = nn.Conv2d(3, 6, 3)

    def forward(self, x):
        return self.conv(x)


Net()(torch.randn(1, 3, 8, 8))
"""


@pytest.mark.parametrize(
    ("start", "wanted"),
    [
        ("\n        ", "\n        super().__init__()\n        "),
        (" ", " super().__init__(); "),
        ('\n        """A net."""\n\n        ', '\n        """A net."""\n\n        super().__init__()\n        '),
    ],
)
def test_the_constructor_of_the_base(start: str, wanted: str) -> None:
    assert after(SUPER.replace("{start}", start)) == SUPER.replace("{start}", wanted)


def test_the_constructor_of_a_base_that_needs_arguments_is_not_called() -> None:
    base = "class Base(nn.Module):\n    def __init__(self, width):\n        super().__init__()\n\n\n"
    text = base + SUPER.replace("nn.Module", "Base").replace("{start}", "\n        ")
    assert after(text) == text


def test_more_may_come_to_light_behind_an_error() -> None:
    result = fixing(HEAD + sequence("nn.Conv2d(3, 6, kernal_size=3)", "nn.Conv2d(7, 6, 3)", "nn.Flatten()", "nn.Linear(9, 2)"))
    assert result.changed["net.py"].decode() == HEAD + sequence(
        "nn.Conv2d(3, 6, kernel_size=3)", "nn.Conv2d(6, 6, 3)", "nn.Flatten()", "nn.Linear(96, 2)"
    )
    assert len(result.mended) == 3
    assert result.outcome.report.diagnostics == ()


def test_a_fix_that_does_harm_is_taken_back() -> None:
    result = fixing(HEAD + sequence("nn.Conv2d(4, 4, 3, groups=4)"))
    assert not result.changed
    assert [each.place.span.line for each in result.refused] == [6]


def test_quotients_of_which_more_is_computed_are_doubtful() -> None:
    text = sequence("nn.Conv2d(3, 12 / 2 * 3, 3)")
    assert after(text) == text
    assert after(text, unsafe=True) == text.replace("/", "//")


def test_unused_suppressions_go() -> None:
    text = "net = nn.Linear(3, 4)  # cnnlint: ignore[CNN201]\nnet(torch.randn(2, 3))\n"
    assert after(text) == text.replace("  # cnnlint: ignore[CNN201]", "")


def test_a_class_of_another_file(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "block.py").write_text(HEAD + BLOCK.format(default="=4", extra="None", use=""))
    (tmp_path / "use.py").write_text(HEAD + "from block import Block\n\nBlock()(torch.randn(1, 3, 8, 8))\n")
    monkeypatch.chdir(tmp_path)
    assert run_command(["check", "--fix", "--quiet", "--isolated", "use.py"]) == 1
    assert "width=4" in (tmp_path / "block.py").read_text()
    assert run_command(["check", "--fix", "--quiet", "--isolated", "use.py", "block.py"]) == 0
    assert "width=3" in (tmp_path / "block.py").read_text()


@pytest.mark.parametrize("path", fixtures(), ids=lambda path: str(path.relative_to(FOLDER)))
def test_fixing_is_idempotent_and_adds_nothing_to_fixtures(path: pathlib.Path) -> None:
    first = fixing(path.read_text(encoding="utf-8"), unsafe=True)
    if not first.changed:
        assert not first.mended
        return
    text = first.changed["net.py"].decode()
    second = fixing(text, unsafe=True)
    assert second.changed == {}
    before, now = (Counter(each.code for each in outcome.report.diagnostics) for outcome in (first.before, second.outcome))
    assert sum(before.values()) - sum(now.values()) >= len(first.mended)
    assert not now - before


WRONG = HEAD + sequence("nn.Conv2d(4, 6, 3)")


def test_line_ends_and_the_mark_stay(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    data = b"\xef\xbb\xbf" + ("# \u00e9\n" + WRONG).replace("\n", "\r\n").encode()
    (tmp_path / "net.py").write_bytes(data)
    assert run_command(["check", "--fix", "--quiet", "net.py"]) == 0
    assert (tmp_path / "net.py").read_bytes() == data.replace(b"(4,", b"(3,")


def test_the_encoding_stays(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    data = ("# coding: latin-1\n# \u00e9\n" + WRONG).encode("latin-1")
    (tmp_path / "net.py").write_bytes(data)
    assert run_command(["check", "--fix", "--quiet", "net.py"]) == 0
    assert (tmp_path / "net.py").read_bytes() == data.replace(b"(4,", b"(3,")


def test_the_difference_is_shown_and_nothing_written(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "net.py"
    file.write_text(WRONG)
    assert run_command(["check", "--diff", "--quiet", "net.py"]) == 1
    printed = capsys.readouterr()
    assert file.read_text() == WRONG
    assert printed.err == "1 finding in 1 file would be fixed\n"
    assert printed.out == (
        "--- net.py\n+++ net.py\n@@ -3,6 +3,6 @@\n \n \n net = nn.Sequential(\n-    nn.Conv2d(4, 6, 3),\n+    nn.Conv2d(3, 6, 3),\n"
        " )\n net(torch.randn(2, 3, 8, 8))\n"
    )
    assert run_command(["check", "--fix", "--quiet", "net.py"]) == 0
    assert run_command(["check", "--diff", "--quiet", "net.py"]) == 0
    assert capsys.readouterr().err == "1 finding in 1 file fixed\nnothing would be fixed\n"


def test_standard_input_is_fixed_to_standard_output() -> None:
    arguments = [sys.executable, "-m", "cnnlint", "check", "--fix", "--isolated", "-"]
    done = subprocess.run(arguments, input=WRONG.encode(), capture_output=True, check=False)
    assert done.stdout == WRONG.replace("(4,", "(3,").encode()
    assert done.returncode == 0
    assert b"1 finding in 1 file fixed" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_out_of_the_tree_is_not_written_through(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree" / "pyproject.toml").write_text("[tool.cnnlint]\n")
    outside, link = tmp_path / "outside.py", tmp_path / "tree" / "net.py"
    outside.write_text(WRONG)
    link.symlink_to(outside)
    monkeypatch.chdir(tmp_path / "tree")
    assert run_command(["check", "--fix", "--quiet", "net.py"]) == 1
    assert "the link leads out of its folder" in capsys.readouterr().err
    assert outside.read_text() == WRONG
    inside = tmp_path / "tree" / "real.py"
    inside.write_text(WRONG)
    link.unlink()
    link.symlink_to(inside)
    assert run_command(["check", "--fix", "--quiet", "net.py"]) == 0
    assert link.is_symlink()
    assert inside.read_text() != WRONG


def test_a_path_that_climbs_is_judged_by_where_it_leads(tmp_path: pathlib.Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "net.py").write_text("")
    assert is_within(tmp_path / "a" / ".." / "net.py", tmp_path)
    assert is_within(tmp_path / "net.py", tmp_path / "a")


def test_the_report_counts_what_is_fixable(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "net.py").write_text(HEAD + sequence("nn.Conv2d(4, 12, 3)", "nn.Conv2d(12, 6 / 4 * 2, 3)"))
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    assert run_command(["check", "--statistics", "--quiet", "net.py"]) == 1
    assert "1 fixable with --unsafe-fixes" in stream.getvalue()


def test_layers_in_plain_containers_are_wrapped_as_the_file_spells_it() -> None:
    text = """class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = [nn.Linear(8, 8) for _ in range(3)]
        self.more = []
        for _ in range(3):
            self.more.append(nn.Linear(8, 8))
        self.ends = {"a": nn.Linear(8, 8), "b": nn.Linear(8, 8)}

    def forward(self, x):
        for layer in self.layers + self.more:
            x = layer(x)
        return self.ends["a"](x) + self.ends["b"](x)


Net()(torch.randn(2, 8))
"""
    wanted = text.replace("[nn.Linear(8, 8) for _ in range(3)]", "nn.ModuleList([nn.Linear(8, 8) for _ in range(3)])")
    wanted = wanted.replace("self.more = []", "self.more = nn.ModuleList([])").replace(
        'self.ends = {"a": nn.Linear(8, 8), "b": nn.Linear(8, 8)}',
        'self.ends = nn.ModuleDict({"a": nn.Linear(8, 8), "b": nn.Linear(8, 8)})',
    )
    assert after(text) == wanted


def test_a_bias_before_a_norm(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = HEAD + sequence("nn.Conv2d(3, 6, 3)", "nn.BatchNorm2d(6)")
    (tmp_path / "net.py").write_text(text)
    assert run_command(["check", "--unsafe-fixes", "--quiet", "--select", "bias-before-norm", "net.py"]) == 0
    assert (tmp_path / "net.py").read_text() == text.replace("Conv2d(3, 6, 3)", "Conv2d(3, 6, 3, bias=False)")
