"""Budgets: what outranks what, exceptions, devices, the record of costs, and the command that shows them."""

from __future__ import annotations

import datetime as dt
import json
import pathlib
import re

import pytest

from cnnlint.budgeting import budgeting_of
from cnnlint.cli import main
from cnnlint.interpreter.stating import known_budget
from cnnlint.settings import settings_for
from cnnlint.source import StatedError

NET = """from torch import nn

net = nn.Linear(100, 10){comment}
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CNNLINT_CACHE_DIR", str(tmp_path / "cache"))


def write(name: str, text: str) -> None:
    path = pathlib.Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def checked(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str]]:
    """The exit of a check with the rules about budgets, and its findings, a line each."""
    exit_code = main(["check", "--select", "CNN4", "--output-format", "concise", "-q", *arguments])
    captured = capsys.readouterr()
    return exit_code, [*captured.out.splitlines(), *captured.err.splitlines()]


def messages(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    return [line.partition(" ")[2] for line in checked(capsys, *arguments)[1]]


def test_directives() -> None:
    budget = known_budget("params=1k, layer-share=12.5%, activation-memory=64KiB, weights=int8", "net.py:3")
    assert {key: limit.most for key, limit in budget.limits.items()} == {"params": 1000, "layer-share": 1250, "activation-memory": 65536}
    assert (budget.weights, budget.activations) == ("int8", None)
    assert {limit.source for limit in budget.limits.values()} == {"net.py:3"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("params=lots", "expected a number"),
        ("layer-share=50", "expected a percentage"),
        ("weights=int4", "`weights` must be one of float64, float32, bfloat16, float16, int8, not `int4`; did you mean `int8`?"),
        ("flops=1", "a budget has no `flops`; there are `params`, "),
        ("model_size=1", "a budget has no `model_size`; did you mean `model-size`?"),
    ],
)
def test_what_is_no_budget(text: str, message: str) -> None:
    with pytest.raises(StatedError, match="^" + re.escape(message)):
        known_budget(text)


@pytest.mark.parametrize(
    ("configuration", "comment", "source"),
    [
        ("budget.params = 1009", "", "`budget` of cnnlint.toml"),
        ("budget.params = 1009\nmodels.'*.py'.budget.params = 1008", "", '`models."*.py".budget` of cnnlint.toml'),
        ("models.'*.py'.budget.params = 1009", "  # cnnlint: budget(params=1008)", "net.py:3"),
        ("models.'net.py::net'.budget.params = 1008", "  # cnnlint: budget(params=1009)", '`models."net.py::net"` of cnnlint.toml'),
        ("devices = 'd.toml'\ndevice = 'tiny'\nbudget.params = 1009", "", "`tiny` of d.toml"),
        ("devices = 'd.toml'\nmodels.'net.py'.device = 'tiny'\nbudget.params = 1009", "", "`tiny` of d.toml"),
    ],
)
def test_the_nearest_budget_counts(configuration: str, comment: str, source: str, capsys: pytest.CaptureFixture[str]) -> None:
    write("net.py", NET.format(comment=comment))
    write("cnnlint.toml", configuration)
    write("d.toml", "[tiny.budget]\nparams = 1008\n")
    assert main(["net.py", "--select", "CNN4"]) == 1
    printed = capsys.readouterr().out
    assert "has 1k (1,010) parameters, but a budget of " in printed
    assert f"help: the budget is stated by {source.replace('.budget`', '`')}" in printed


def test_other_keys_of_farther_budgets_hold_as_well(capsys: pytest.CaptureFixture[str]) -> None:
    write("net.py", NET.format(comment="  # cnnlint: budget(params=1k)"))
    write("cnnlint.toml", "budget = { model-size = '3KiB', weights = 'float16', params = 5 }\nmodels.'net.py'.budget.layer-share = '50%'")
    assert messages(capsys, "net.py") == [
        "CNN401 `net` has 1k (1,010) parameters, but a budget of 1k [params-over-budget]",
        "CNN408 `` of `net` holds 1,010 of 1,010 parameters, 100%, but may hold 50% [layer-share-over-budget]",
    ]


def test_an_exception_holds_through_its_day(tmp_path: pathlib.Path) -> None:
    write("cnnlint.toml", "models.'net.py' = { budget = { params = 1 }, exceptions.params = { reason = 'why', until = 2026-06-30 } }")
    settings = settings_for(tmp_path)
    from cnnlint.budgeting import with_budget
    from tests.snapshots.example import model

    for today, has_ended in ((dt.date(2026, 6, 30), False), (dt.date(2026, 7, 1), True)):
        budget = with_budget(model(), settings.models, budgeting_of(settings, today)).budget
        assert budget is not None
        exception = budget.limits["params"].exception
        assert exception is not None
        assert (exception.reason, exception.until, exception.has_ended) == ("why", "2026-06-30", has_ended)


@pytest.mark.parametrize(("until", "exit_code"), [("9999-12-31", 0), ("2020-12-31", 1)])
def test_a_finding_is_silent_until_its_exception_ends(until: str, exit_code: int, capsys: pytest.CaptureFixture[str]) -> None:
    write("net.py", NET.format(comment=""))
    write("cnnlint.toml", f"models.'net.py' = {{ budget.params = 1, exceptions.params = {{ reason = 'legacy', until = {until} }} }}")
    assert main(["net.py"]) == exit_code
    printed = capsys.readouterr().out
    assert ("the exception to it (legacy) ended on 2020-12-31" in printed) is bool(exit_code)


@pytest.mark.parametrize(
    ("configuration", "devices", "message"),
    [
        ("device = 'tiny'", "", "`device` of cnnlint.toml: the device `tiny` is not known, since no file of `devices` is named"),
        ("device = 'tinyy'\ndevices = 'd.toml'", "[tiny]", "`device` of cnnlint.toml: there is no device `tinyy`; did you mean `tiny`?"),
        (
            "models.'a.py'.device = 'x'\ndevices = 'd.toml'",
            "[tiny]",
            '`models."a.py"` of cnnlint.toml: there is no device `x`; there are `tiny`',
        ),
        ("devices = 'd.toml'", "[tiny]\nlayer = []", "d.toml: `tiny` has no key `layer`; did you mean `layers`?"),
        ("devices = 'd.toml'", "tiny = 3", "d.toml: `tiny` must be a table, not a number"),
        ("devices = 'd.toml'", "[tiny", "d.toml: not valid TOML: "),
        ("devices = 'gone.toml'", "", "gone.toml: the devices can't be read: No such file or directory"),
        ("ratchet.file = 'd.toml'", "{}", "d.toml: this is no record of costs; remove it, and run `cnnlint budget --write`"),
        ("ratchet.file = 'd.toml'", '{"version": 2}', "d.toml: the record is of version 2, not 1; run `cnnlint budget --write`"),
    ],
)
def test_setups_that_cannot_be_used(configuration: str, devices: str, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    write("net.py", NET.format(comment=""))
    write("cnnlint.toml", configuration)
    write("d.toml", devices)
    assert main(["net.py"]) == 2
    printed = capsys.readouterr().err
    assert printed.startswith(f"cnnlint: {message}")
    assert printed.count("\n") == 1


def test_a_pattern_that_fits_no_model_is_an_error_of_the_setup(capsys: pytest.CaptureFixture[str]) -> None:
    write("net.py", NET.format(comment=""))
    write("cnnlint.toml", "models.'net.py::Nat'.budget.params = 5\nmodels.'gone.py'.budget.params = 5")
    assert main(["budget"]) == 2
    assert capsys.readouterr().err.splitlines() == [
        'cnnlint: `models."net.py::Nat"` of cnnlint.toml: no such model; net.py has `net`',
        'cnnlint: `models."gone.py"` of cnnlint.toml: there is no file gone.py',
    ]


def test_the_record_is_a_ratchet(capsys: pytest.CaptureFixture[str]) -> None:
    write("sub/net.py", NET.format(comment=""))
    write("cnnlint.toml", "ratchet = { file = 'costs.json', tolerance = '10%' }")
    assert main(["budget", "--write"]) == 0
    assert capsys.readouterr().out == "costs.json: 1 model recorded, 0 before\n"
    recorded = json.loads(pathlib.Path("costs.json").read_text(encoding="utf-8"))
    assert recorded["models"]["sub/net.py::net"]["figures"]["params"] == 1010
    assert messages(capsys, ".") == []
    write("sub/net.py", NET.format(comment="").replace("10)", "11)"))  # 1,111 parameters: 10% more
    assert messages(capsys, ".") == []
    write("sub/net.py", NET.format(comment="").replace("10)", "12)"))
    assert messages(capsys, ".") == [
        (
            "CNN409 `net` has grown by more than 10%: from 1,010 to 1,212 parameters (+20%); from 1,010 to 1,212 trainable parameters"
            " (+20%); from 4,040 to 4,848 bytes of weights (+20%) [model-grown]"
        )
    ]
    assert main(["budget"]) == 1
    assert main(["budget", "--write"]) == 0
    capsys.readouterr()
    assert messages(capsys, ".") == []


def test_the_record_counts_from_its_own_folder(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    write("sub/net.py", NET.format(comment=""))
    write("cnnlint.toml", "ratchet.file = 'costs.json'")
    assert main(["budget", "--write"]) == 0
    write("sub/net.py", NET.format(comment="").replace("10)", "12)"))
    monkeypatch.chdir("sub")
    assert len(messages(capsys, "net.py")) == 1 + 1  # what `--write` printed, and the finding


def test_what_is_recorded_of_other_files_stays_while_they_exist(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a.py", "b.py", "c.py"):
        write(name, NET.format(comment=""))
    assert main(["budget", "--write", "--record", "costs.json"]) == 0
    pathlib.Path("c.py").unlink()
    write("a.py", NET.format(comment="").replace("net =", "other ="))
    assert main(["budget", "a.py", "--write", "--record", "costs.json"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "costs.json: 2 models recorded, 3 before"
    assert list(json.loads(pathlib.Path("costs.json").read_text(encoding="utf-8"))["models"]) == ["a.py::other", "b.py::net"]


def test_without_a_record_there_is_nothing_to_write_to(capsys: pytest.CaptureFixture[str]) -> None:
    write("net.py", NET.format(comment=""))
    assert main(["budget", "--write"]) == 2
    assert capsys.readouterr().err.startswith("cnnlint: budget --write: no record is configured; add `ratchet.file = ")


def test_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    write(
        "net.py",
        "import os\n\nfrom torch import nn\n\n\n# cnnlint: input(batch, 100)\n# cnnlint: budget(params=1k, model-size=5KiB, macs=2k)\n"
        "class Net(nn.Linear):\n    def __init__(self):\n        super().__init__(100, 10)\n\n\n"
        "wide = nn.Linear(100, int(os.environ['N']))  # cnnlint: budget(params=1k)\nother = nn.Linear(2, 2)\n",
    )
    assert main(["budget"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "                  now  limit  headroom",
        "net.py::Net",
        "  params        1,010  1,000       -1%  over",
        "  macs          1,000  2,000       50%",
        "  model-size  3.9 KiB  5 KiB    21.09%",
        "net.py::wide",
        "  params         >= 0  1,000      100%  unknown",
        "1 model without a budget",
    ]


def test_markdown_and_json(capsys: pytest.CaptureFixture[str]) -> None:
    write("net.py", NET.format(comment="  # cnnlint: budget(params=1k, layer-share=100%)"))
    assert main(["budget", "--output-format", "markdown"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "| model | cost | now | limit | headroom |  |",
        "| --- | --- | ---: | ---: | ---: | --- |",
        "| net.py::net | params | 1,010 | 1,000 | -1% | over |",
        "|  | layer-share | 100% | 100% | 0% |  |",
    ]
    assert main(["budget", "--output-format", "json"]) == 1
    document = json.loads(capsys.readouterr().out)
    (model,) = document["models"]
    assert (model["target"], model["line"], document["without_budget"]) == ("net.py::net", 3, 0)
    assert model["costs"][0] == {
        "key": "params",
        "now": 1010,
        "exact": True,
        "layer": None,
        "limit": 1000,
        "source": "net.py:3",
        "headroom": -1.0,
        "recorded": None,
        "growth": None,
        "standing": "over",
        "exception": None,
    }
    assert (model["costs"][1]["now"], model["costs"][1]["standing"]) == (100.0, "within")


def test_nothing_to_show(capsys: pytest.CaptureFixture[str]) -> None:
    write("net.py", NET.format(comment=""))
    assert main(["budget"]) == 0
    assert capsys.readouterr().out == "no model has a budget; see `cnnlint config budget`\n1 model without a budget\n"
