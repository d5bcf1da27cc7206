"""The command `diff`, on real git repositories and on folders."""

from __future__ import annotations

import json
import pathlib
import shutil
import struct
import subprocess
from collections.abc import Mapping, Sequence

import pytest

from cnnlint.cli import main
from cnnlint.errors import CnnlintError
from cnnlint.revisions import opened_side

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not on the PATH")

NET = """\
from torch import nn
from blocks import Block

# cnnlint: input(batch, 3, 32, 32)
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.block = Block(3, {width})
        self.fc = nn.Linear({width}, 10)

    def forward(self, x):
        return self.fc(self.block(x).mean((2, 3)))
"""
BLOCKS = """\
import torch
from torch import nn

class Block(nn.Module):
    def __init__(self, inner: int, outer: int):
        super().__init__()
        self.conv = nn.Conv2d(inner, outer, {kernel}, padding={kernel} // 2)
        self.{norm} = nn.BatchNorm2d(outer)
        self.register_buffer("grid", torch.zeros(2), persistent=False)

    def forward(self, x):
        return self.{norm}(self.conv(x))
"""


def write(folder: pathlib.Path, *, width: int = 16, kernel: int = 3, norm: str = "norm") -> None:
    (folder / "net.py").write_text(NET.format(width=width), encoding="utf-8")
    (folder / "blocks.py").write_text(BLOCKS.format(kernel=kernel, norm=norm), encoding="utf-8")


def git(folder: pathlib.Path, *arguments: str) -> str:
    identity = ["-c", "user.name=nobody", "-c", "user.email=nobody@example.invalid", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def commit(folder: pathlib.Path, message: str = "a change") -> str:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", message)
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """A repository with one commit, in which the test stands."""
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    git(folder, "init", "-q", "-b", "main")
    write(folder)
    commit(folder)
    return folder


def difference(capsys: pytest.CaptureFixture[str], *arguments: str, exit_: int = 0) -> dict[str, object]:
    assert main(["diff", *arguments, "--output-format", "json"]) == exit_
    document: dict[str, object] = json.loads(capsys.readouterr().out)
    return document


def models(document: Mapping[str, object]) -> dict[str, dict[str, object]]:
    found = document["models"]
    assert isinstance(found, list)
    return {f"{model['path']}::{model['name']}": model for model in found}


def test_nothing_differs(repository: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "HEAD"]) == 0
    assert capsys.readouterr() == ("HEAD -> the working tree: 0 unchanged, 2 files untouched\n", "")
    assert main(["diff", "HEAD", "--all"]) == 0
    assert capsys.readouterr() == ("HEAD -> the working tree: 2 unchanged\n", "")


def test_the_working_tree_against_a_revision(repository: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(repository, width=32)
    document = difference(capsys, "main")
    assert (document["base"], document["head"], document["unchanged"]) == ("main", "the working tree", 0)
    assert document["untouched_files"] == 1
    ((name, model),) = models(document).items()
    assert (name, model["status"]) == ("net.py::Net", "changed")
    before, after = model["before"], model["after"]
    assert isinstance(before, dict) and isinstance(after, dict)
    assert (before["params"], after["params"]) == (3 * 16 * 9 + 16 + 2 * 16 + 170, 3 * 32 * 9 + 32 + 2 * 32 + 330)
    assert (before["macs"], after["macs"]) == (3 * 16 * 9 * 1024 + 160, 3 * 32 * 9 * 1024 + 320)
    layers = model["layers"]
    assert isinstance(layers, list)
    assert [(layer["name"], layer["status"]) for layer in layers] == [
        ("block.conv", "changed"),
        ("block.norm", "changed"),
        ("fc", "changed"),
    ]
    assert layers[2]["before"] == {"type": "Linear", "params": "170", "input": "(batch, 16)", "output": "(batch, 10)", "MACs": "160"}


def test_a_change_of_an_imported_file_changes_the_model(repository: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(repository, norm="bn")
    document = difference(capsys, "HEAD", "--model", "Net")
    state = models(document)["net.py::Net"]["state_dict"]
    suffixes = ("weight", "bias", "running_mean", "running_var", "num_batches_tracked")
    assert state == {
        "loads": False,
        "missing": [f"block.bn.{suffix}" for suffix in suffixes],
        "unexpected": [f"block.norm.{suffix}" for suffix in suffixes],
        "reshaped": [],
        "complete": True,
    }


def test_two_revisions_touch_no_work_tree(repository: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(repository, width=32)
    second = commit(repository)
    (repository / "net.py").write_text("import torch\nx = (\n", encoding="utf-8")
    before = sorted((path.name, path.stat().st_mtime_ns) for path in repository.rglob("*.py"))
    index = (repository / ".git" / "index").read_bytes()
    for arguments in (["HEAD~1", "HEAD"], ["HEAD~1..HEAD"], ["HEAD~1...HEAD"]):
        document = difference(capsys, *arguments)
        assert list(models(document)) == ["net.py::Net"]
        assert document["not_compared"] == []
    assert sorted((path.name, path.stat().st_mtime_ns) for path in repository.rglob("*.py")) == before
    assert (repository / ".git" / "index").read_bytes() == index
    assert difference(capsys, second[:10], "HEAD")["base"] == second[:12]


def test_three_dots_begin_where_the_branches_part(repository: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(repository, "branch", "topic")
    write(repository, width=32)
    commit(repository)
    assert list(models(difference(capsys, "topic..main"))) == ["net.py::Net"]
    assert models(difference(capsys, "main...topic")) == {}


def test_models_come_and_go_and_move(repository: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / "other.py").write_text("from torch import nn\n\nother = nn.Linear(2, 3)\n", encoding="utf-8")
    (repository / "blocks.py").unlink()
    (repository / "parts").mkdir()
    (repository / "parts" / "blocks.py").write_text(BLOCKS.format(kernel=3, norm="norm"), encoding="utf-8")
    net = (
        (repository / "net.py")
        .read_text(encoding="utf-8")
        .replace("class Net", "class Renamed")
        .replace("from blocks", "from parts.blocks")
    )
    (repository / "net.py").write_text(net, encoding="utf-8")
    found = models(difference(capsys, "HEAD"))
    assert {name: (model["status"], model["moved_from"]) for name, model in found.items()} == {
        "net.py::Renamed": ("added", None),
        "other.py::other": ("added", None),
        "parts/blocks.py::Block": ("changed", "blocks.py"),
        "net.py::Net": ("removed", None),
    }
    assert found["net.py::Net"]["after"] is None


def test_what_fails_now_is_said_with_its_place(repository: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    net = (repository / "net.py").read_text(encoding="utf-8").replace("nn.Linear(16", "nn.Linear(17")
    (repository / "net.py").write_text(net, encoding="utf-8")
    commit(repository)
    assert main(["diff", "HEAD~1", "HEAD"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "  MACs         442,528 -> ?" in lines
    assert "  output       (batch, 10) -> fails at net.py:9" in lines
    assert "    1 key of another shape: fc.weight (10, 16) -> (10, 17)" in lines


def test_a_file_that_cannot_be_read_is_not_compared(repository: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / "net.py").write_text("import torch\nx = (\n", encoding="utf-8")
    document = difference(capsys, "HEAD")
    assert document["not_compared"] == ["the working tree: net.py:2: `(` is never closed"]


@pytest.mark.parametrize(("limit", "expected"), [("5%", 3), ("98", 3), ("98.5%", 2), ("100 %", 0), ("200%", 0)])
def test_growth(limit: str, expected: int, repository: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(repository, width=32)
    document = difference(capsys, "HEAD", "--fail-on-growth", limit, exit_=int(expected > 0))
    grown = [
        "net.py::Net: parameters grew from 650 to 1,290 (+98.5 %)",
        "net.py::Net: MACs grew from 442,528 to 885,056 (+100.0 %)",
        "net.py::Net: activations grew from 131,072 bytes to 262,144 bytes (+100.0 %)",
    ]
    assert document["too_large"] == grown[3 - expected :]


def test_a_subfolder_is_compared_alone(
    repository: pathlib.Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (repository / "sub").mkdir()
    (repository / "sub" / "one.py").write_text("from torch import nn\none = nn.Linear(2, 3)\n", encoding="utf-8")
    commit(repository)
    write(repository, width=64)
    monkeypatch.chdir(repository / "sub")
    assert difference(capsys, "HEAD", "--all")["unchanged"] == 1
    monkeypatch.chdir(repository)
    assert list(models(difference(capsys, "HEAD", "--path", "net.py"))) == ["net.py::Net"]
    assert models(difference(capsys, "HEAD", "--path", "sub")) == {}


def test_each_side_is_read_by_its_own_settings(repository: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / "pyproject.toml").write_text('[tool.cnnlint.models."net.py::Net"]\ninputs = "1,3,64,64"\n', encoding="utf-8")
    second = commit(repository)
    before, after = (models(difference(capsys, "HEAD~1", second))["net.py::Net"][side] for side in ("before", "after"))
    assert isinstance(before, dict) and isinstance(after, dict)
    assert (before["inputs"], after["inputs"]) == ([["batch", 3, 32, 32]], [[1, 3, 64, 64]])


def test_two_folders(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, width in (("old", 16), ("new", 32)):
        (tmp_path / name).mkdir()
        write(tmp_path / name, width=width)
    document = difference(capsys, "old", "new")
    assert (document["base"], document["head"]) == ("old", "new")
    assert list(models(document)) == ["net.py::Net"]


def checkpoint(file: pathlib.Path, shapes: Mapping[str, Sequence[object]]) -> str:
    header = json.dumps(
        {"__metadata__": {"format": "pt"}, **{name: {"dtype": "F32", "shape": list(shape)} for name, shape in shapes.items()}}
    )
    file.write_bytes(struct.pack("<Q", len(header)) + header.encode())
    return str(file)


STATE: dict[str, tuple[int, ...]] = {
    "block.conv.weight": (16, 3, 3, 3),
    "block.conv.bias": (16,),
    "block.norm.weight": (16,),
    "block.norm.bias": (16,),
    "block.norm.running_mean": (16,),
    "block.norm.running_var": (16,),
    "block.norm.num_batches_tracked": (),
    "fc.weight": (10, 16),
    "fc.bias": (10,),
}


def test_a_checkpoint_that_loads(repository: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = checkpoint(repository / "net.safetensors", STATE)
    assert main(["diff", "HEAD", "--model", "Net", "--checkpoint", file]) == 0
    assert capsys.readouterr().out.endswith("loads into net.py::Net: all 9 tensors fit\n")


def test_a_checkpoint_that_does_not_load(repository: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    shapes = {f"module.{name}": shape for name, shape in STATE.items() if name != "fc.bias"} | {"module.fc.weight": (12, 16)}
    file = checkpoint(repository / "net.safetensors", shapes)
    found = difference(capsys, "HEAD", "--model", "net.py::Net", "--checkpoint", file, exit_=1)["checkpoint"]
    assert isinstance(found, dict)
    assert (found["loads"], found["matching"], found["reshaped"]) == (False, 0, [])
    assert (len(found["missing"]), len(found["unexpected"])) == (9, 8)
    assert found["hint"] == "8 names fit without the prefix `module.` of the file"
    bare = checkpoint(repository / "bare.safetensors", {name.removeprefix("module."): shape for name, shape in shapes.items()})
    found = difference(capsys, "HEAD", "--model", "net.py::Net", "--checkpoint", bare, exit_=1)["checkpoint"]
    assert isinstance(found, dict)
    assert (found["missing"], found["unexpected"], found["hint"]) == (["fc.bias"], [], "")
    assert found["reshaped"] == [{"name": "fc.weight", "before": "(12, 16)", "after": "(10, 16)"}]


@pytest.mark.parametrize(
    "data", [b"", b"short", b"\x80\x02}q", struct.pack("<Q", 2**60) + b"{}", struct.pack("<Q", 4) + b"{]]}", struct.pack("<Q", 2) + b"[]"]
)
def test_other_files_are_refused(data: bytes, repository: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / "net.pt").write_bytes(data)
    assert main(["diff", "HEAD", "--checkpoint", "net.pt"]) == 2
    error = capsys.readouterr().err
    assert error == (
        "cnnlint: --checkpoint: net.pt is no safetensors file; other formats would have to be unpickled, so save it as safetensors\n"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nothing"], "diff: nothing: no such revision or folder; fetch it first if the clone is shallow"),
        (["HEAD..nothing"], "diff: nothing: no such revision or folder; fetch it first if the clone is shallow"),
        (["HEAD...nothing"], "diff: HEAD...nothing: no such revision: nothing; fetch it first if the clone is shallow"),
        (["HEAD", "--path", "nothing.py"], "diff: --path nothing.py: neither side has such a file or folder"),
        (["HEAD", "--model", "Nett"], "diff: --model Nett: neither side has such a model; did you mean `Net`?"),
        (["topic"], "diff: `topic` is a folder and a revision; say ./topic for the folder, or heads/topic for the branch"),
        (["HEAD", "--checkpoint", "gone.safetensors"], "--checkpoint: gone.safetensors can't be read: No such file or directory"),
    ],
)
def test_setup_errors(arguments: list[str], message: str, repository: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(repository, "branch", "topic")
    (repository / "topic").mkdir()
    assert main(["diff", *arguments]) == 2
    assert capsys.readouterr() == ("", f"cnnlint: {message}\n")


def test_a_checkpoint_needs_one_model(repository: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "HEAD", "--checkpoint", checkpoint(repository / "net.safetensors", {})]) == 2
    assert capsys.readouterr().err == (
        "cnnlint: diff: --checkpoint: which of the models? name it with --model: blocks.py::Block, net.py::Net\n"
    )


def test_outside_of_a_repository(tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert main(["diff", "HEAD"]) == 2
    assert capsys.readouterr().err == f"cnnlint: diff: HEAD: no such folder, and {tmp_path.name} is in no git repository\n"


def test_links_and_odd_names_of_a_revision(repository: pathlib.Path, tmp_path: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "secret.py").write_text("from torch import nn\nsecret = nn.Linear(2, 3)\n", encoding="utf-8")
    try:
        (repository / "link.py").symlink_to(tmp_path / "secret.py")
    except OSError:
        pytest.skip("links can't be made here")
    (repository / "ünï cødé.py").write_text("from torch import nn\nodd = nn.Linear(2, 3)\n", encoding="utf-8")
    commit(repository)
    assert list(models(difference(capsys, "HEAD~1", "HEAD"))) == ["ünï cødé.py::odd"]


def test_no_revision_is_taken_for_an_option_of_git(repository: pathlib.Path) -> None:
    with pytest.raises(CnnlintError, match="no such revision or folder"), opened_side("--output=here", repository):
        pass
    assert not (repository / "here^{commit}").exists()


def test_the_sizes_that_a_model_takes_are_compared(repository: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    net = "from torch import nn\nnet = nn.Sequential(nn.Conv2d(1, 6, 5), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(6 * {0} * {0}, 10))\n"
    (repository / "sized.py").write_text(net.format(14), encoding="utf-8")
    commit(repository)
    (repository / "sized.py").write_text(net.format(12), encoding="utf-8")
    assert main(["diff", "HEAD", "--model", "sized.py::net"]) == 0
    assert "  input sizes  H, W = 32..33 -> H, W = 28..29\n" in capsys.readouterr().out


def test_models_are_compared_at_one_size_that_both_take(repository: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    net = """
from torch import nn

class Free(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, {width}, 3, padding=1)
        self.pools = nn.Sequential(*[nn.MaxPool2d(2)] * {pools})

    def forward(self, x):
        return self.pools(self.conv(x)).flatten(2)
"""
    (repository / "free.py").write_text(net.format(width=8, pools=1), encoding="utf-8")
    commit(repository)
    (repository / "free.py").write_text(net.format(width=10, pools=2), encoding="utf-8")
    assert main(["diff", "HEAD", "--fail-on-growth", "24%"]) == 1
    printed = capsys.readouterr().out
    old, new = 3 * 8 * 9 * 224 * 224, 3 * 10 * 9 * 224 * 224
    assert f"  MACs         {old:,} -> {new:,} (+25.0 %)\n" in printed
    assert "  input        (batch, 3, 224, 224), assumed\n" in printed
    assert "  output       (batch, 8, 12544) -> (batch, 10, 3136)\n" in printed
    # Most is held while the convolution reads the image.
    held = [4 * (3 + width) * 224 * 224 for width in (8, 10)]
    assert f"  activations  {held[0]:,} bytes -> {held[1]:,} bytes (+18.2 %)\n" in printed
    assert "free.py::Free: MACs grew from" in printed


def test_costs_at_different_assumed_sizes_are_no_growth(repository: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    net = "from torch import nn\nnet = nn.Sequential(nn.Conv2d(1, 6, 5), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(6 * {0} * {0}, 10))\n"
    (repository / "sized.py").write_text(net.format(12), encoding="utf-8")
    commit(repository)
    (repository / "sized.py").write_text(net.format(14), encoding="utf-8")
    main(["diff", "HEAD", "--fail-on-growth", "0%"])
    printed = capsys.readouterr().out
    assert "  input        (batch, 1, 28, 28), assumed -> (batch, 1, 32, 32), assumed\n" in printed
    assert "parameters grew from" in printed and "MACs grew" not in printed
    assert "  MACs         95,040 -> 129,360\n" in printed


def test_layers_that_differ_in_the_same_are_one_row(repository: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    deep = (
        "from torch import nn\n"
        "deep = nn.Sequential(nn.Linear(4, {0}), *[nn.Linear({0}, {0}) for _ in range(4)], nn.ReLU(), nn.Linear({0}, 2))\n"
        "ends = nn.Sequential(*[nn.Linear(n, n) for n in range({1}, {1} + 24)])\n"
    )
    (repository / "deep.py").write_text(deep.format(8, 1), encoding="utf-8")
    commit(repository)
    (repository / "deep.py").write_text(deep.format(6, 2), encoding="utf-8")
    assert main(["diff", "HEAD"]) == 0
    printed = capsys.readouterr().out
    assert "~ 1, 2, 3, 4  params 72 -> 42" in printed
    assert "    ~ and 4 layers more  --output-format json lists them all\n" in printed
    document = difference(capsys, "HEAD")
    layers = [model["layers"] for model in models(document).values()]
    assert [len(each) for each in layers if isinstance(each, list)] == [7, 24]


def test_what_is_not_reached_after_a_failure_is_no_change(repository: pathlib.Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(repository)
    net = (repository / "net.py").read_text(encoding="utf-8")
    (repository / "net.py").write_text(net.replace("self.block = Block(3,", "self.block = Block(4,"), encoding="utf-8")
    assert main(["diff", "HEAD", "--fail-on-growth", "0%"]) == 1
    printed = capsys.readouterr().out
    assert "  MACs         442,528 -> ?\n" in printed, printed
    assert "  layers\n    ~ block.conv  params 448 -> 592\n  weights" in printed
    assert "parameters grew" in printed and "MACs grew" not in printed
