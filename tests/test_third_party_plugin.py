"""A stranger's plugin, as `docs/writing-a-plugin.md` writes it: as a distribution of its own, and as a file of the configuration."""

from __future__ import annotations

import os
import pathlib
import re
import subprocess
import sys
import sysconfig
import venv

import pytest

import cnnlint

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = pathlib.Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "writing-a-plugin.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^`([^`\n]+`[^\n]*):\n\n```\w+\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
MODEL, PLUGIN = FILES["net.py`"], FILES["cnnlint_pebble.py`"]
CONFIGURATION, DISTRIBUTION = FILES["pyproject.toml`"], FILES["pyproject.toml` of the distribution"]
SHOWN = re.search(r"^```text\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)

TORCH_MODEL = """\
from torch import nn

net = nn.Sequential(nn.Conv2d(3, 8, 3), nn.Conv2d(6, 8, 3))
"""


def environment(folder: pathlib.Path) -> tuple[pathlib.Path, pathlib.Path]:
    """The interpreter and the site-packages of a new environment, which also sees what this one has installed."""
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    paths = {"base": str(folder), "platbase": str(folder)}
    site = pathlib.Path(sysconfig.get_path("purelib", scheme="venv" if sys.version_info >= (3, 11) else None, vars=paths))
    source = pathlib.Path(cnnlint.__file__).parent.parent
    seen = [source, source / "plugins", *map(pathlib.Path, (sysconfig.get_path("purelib"), sysconfig.get_path("platlib")))]
    (site / "seen.pth").write_text("".join(f"{path}\n" for path in dict.fromkeys(seen) if path.is_dir()), encoding="utf-8")
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python"), site


def installed(site: pathlib.Path) -> None:
    """Lay out the page's distribution as an installer does, which needs no package index and no build tool."""
    project = tomllib.loads(DISTRIBUTION)["project"]
    (site / "cnnlint_pebble.py").write_text(PLUGIN, encoding="utf-8")
    info = site / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    info.mkdir()
    points = "".join(f"{name} = {value}\n" for name, value in project["entry-points"]["cnnlint"].items())
    (info / "entry_points.txt").write_text(f"[cnnlint]\n{points}", encoding="utf-8")
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n", encoding="utf-8")


def run(folder: pathlib.Path, *arguments: str, python: pathlib.Path = pathlib.Path(sys.executable)) -> tuple[int, str, str]:
    """The exit, the output and the complaints of a command in a folder."""
    paths = {} if python != pathlib.Path(sys.executable) else {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "plugins")])}
    environment = {**{name: value for name, value in os.environ.items() if name != "PYTHONPATH"}, **paths}
    done = subprocess.run(
        [str(python), "-m", "cnnlint", *arguments], cwd=folder, capture_output=True, encoding="utf-8", env=environment, check=False
    )
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """The interpreter of an environment in which the page's distribution is installed."""
    python, site = environment(tmp_path_factory.mktemp("environment") / "env")
    installed(site)
    return python


def expect_page(status: int, output: str, complaints: str) -> None:
    """What the page says comes out, and what it says is more."""
    assert (status, complaints) == (1, "")
    assert SHOWN is not None and SHOWN[1] in output
    assert re.findall(r"^(?:error|warning)\[(\w+)\]: (.*) \[", output, re.MULTILINE) == [
        ("PEB101", "the kernel of `conv2` is 4 x 4, which has no middle"),
        ("CNN202", "`head` expects 400 input features, but gets 16 * 11 * 11 = 1936"),
    ]


def test_a_distribution_of_its_own(python: pathlib.Path, tmp_path: pathlib.Path) -> None:
    (tmp_path / "net.py").write_text(MODEL, encoding="utf-8")
    expect_page(*run(tmp_path, "net.py", python=python))
    status, output, complaints = run(tmp_path, "rules", python=python)
    assert (status, complaints) == (0, "")
    assert re.search(r"^PEB101  even-kernel +warning  on   A kernel has no middle\.$", output, re.MULTILINE)
    assert "shifted by half a pixel" in run(tmp_path, "explain", "even-kernel", python=python)[1]


def test_its_counts(python: pathlib.Path, tmp_path: pathlib.Path) -> None:
    fixed = MODEL.replace("16 * 5 * 5", "16 * 11 * 11").replace("net = Net()", "net = Net()  # cnnlint: budget(params=1k)")
    (tmp_path / "net.py").write_text(fixed, encoding="utf-8")
    counts = [1 * 6 * 5 * 5 + 6, 6 * 16 * 4 * 4 + 16, 16 * 11 * 11 * 10 + 10]
    status, output, complaints = run(tmp_path, "net.py", "--output-format", "concise", python=python)
    assert (status, complaints) == (1, "")
    assert f"has {sum(counts) / 1000:.1f}k ({sum(counts):,}) parameters, but a budget of 1k" in output
    status, output, complaints = run(tmp_path, "summary", "net.py", "--output-format", "csv", python=python)
    assert (status, complaints) == (0, "")
    for name, size, count in zip(("conv1", "conv2", "head"), ("6, 24, 24", "16, 11, 11", "10"), counts, strict=True):
        assert re.search(rf"\b{name}\b.*\(1, {size}\).*\b{count}\b", output)


def test_a_file_that_the_configuration_names(tmp_path: pathlib.Path) -> None:
    for name, text in (("net.py", MODEL), ("cnnlint_pebble.py", PLUGIN), ("pyproject.toml", CONFIGURATION)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    expect_page(*run(tmp_path, "net.py"))
    assert "PEB101" in run(tmp_path, "rules")[1]
    assert "A kernel has no middle." in run(tmp_path, "explain", "PEB101")[1]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (f"{PLUGIN}\n1 / 0\n", "could not be loaded: ZeroDivisionError: division by zero"),
        (
            PLUGIN.replace("def cnnlint_rules():", "def cnnlint_rules(registry):"),
            (
                "could not be loaded: PluginValidationError: Argument(s) {'registry'} are "
                "declared in the hookimpl but can not be found in the hookspec"
            ),
        ),
        (
            PLUGIN.replace("channels: Dim, filters: Dim", "channels: Dimension, filters: Dim"),
            (
                "could not be loaded: ValueError: `channels` of `Conv2d.parameters` is annotated "
                "`Dimension`, which is none of `Dim`, `Dims`, `None`, `Shape`, `Tensor`, `bool`, `float`, `int`, `object`, `str`"
            ),
        ),
        (
            PLUGIN.replace('roots=("pebble",)', 'roots=("pebble", "torch")'),
            "is left out: `pebble` has the import root `torch`, which `torch` has",
        ),
        (
            PLUGIN.replace("PEB101", "CNN201"),
            (
                "is left out: `cnnlint_plugin_cnnlint_pebble.EvenKernel` has the code `CNN201`, "
                "which `cnnlint.rules.fit.channel_mismatch.ChannelMismatch` has"
            ),
        ),
    ],
    ids=["raises at import", "signature of a hook", "signature of a layer", "import root", "code"],
)
def test_a_broken_plugin_costs_one_line(tmp_path: pathlib.Path, text: str, complaint: str) -> None:
    models = (("net.py", MODEL), ("torch_net.py", TORCH_MODEL))
    for name, content in (*models, ("cnnlint_pebble.py", text), ("pyproject.toml", CONFIGURATION)):
        (tmp_path / name).write_text(content, encoding="utf-8")
    status, output, complaints = run(tmp_path, "net.py", "torch_net.py", "--quiet", "--output-format", "concise")
    assert complaints == f"cnnlint: plugin `cnnlint_pebble` (cnnlint_pebble.py) {complaint}\n"
    assert status == 1
    assert output == "torch_net.py:3:51: CNN201 `1` expects 6 input channels, but gets 8 [channel-mismatch]\n"


def test_a_plugin_that_breaks_when_it_is_needed(tmp_path: pathlib.Path) -> None:
    package = tmp_path / "broken_pebble"
    package.mkdir()
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "layers.py").write_text("1 / 0\n", encoding="utf-8")
    lazy = PLUGIN.replace('module="Module")', 'module="Module", package="broken_pebble")')
    lazy = f"import sys\nsys.path.append('.')\n{lazy.replace('from __future__ import annotations', '')}"
    files = (("net.py", MODEL), ("torch_net.py", TORCH_MODEL), ("cnnlint_pebble.py", lazy), ("pyproject.toml", CONFIGURATION))
    for name, content in files:
        (tmp_path / name).write_text(content, encoding="utf-8")
    for jobs in ("1", "2"):
        status, output, complaints = run(tmp_path, "net.py", "torch_net.py", "--quiet", "--output-format", "concise", "--jobs", jobs)
        assert complaints == (
            "cnnlint: plugin `cnnlint_pebble` (cnnlint_pebble.py) is left out: the table of `pebble` can't be filled: "
            "ZeroDivisionError: division by zero\n"
        )
        assert status == 1
        assert output.startswith("torch_net.py:3:51: CNN201")
