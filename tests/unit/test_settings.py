"""The configuration, and what is said of one that can't be used."""

from __future__ import annotations

import datetime as dt
import json
import pathlib
from dataclasses import dataclass

import jsonschema
import pytest
import tomli

from cnnlint.errors import CnnlintError
from cnnlint.paths import FilePattern
from cnnlint.plugin import Rule
from cnnlint.registry import load_registry
from cnnlint.settings import Defaults, settings_for
from cnnlint.settings.keys import KEYS
from cnnlint.settings.model import ExceptionSettings, RatchetSettings
from cnnlint.settings.rule_options import rule_options
from cnnlint.settings.schema import schema, tool_schema
from cnnlint.settings.shown import shown_settings
from cnnlint.source import parse_input_option, parse_shape

RULES = load_registry(print, only_rules=True).rules

EVERYTHING = """
[tool.cnnlint]
select = ["CNN1"]
extend-select = ["CNN402"]
ignore = ["non-integer-output"]
per-file-ignores = { "tests/" = ["CNN2"], "*_old.py" = ["ALL"] }
include = ["*.py"]
exclude = ["/third_party/"]
src = ["lib"]
python = ".venv"
entries = ["train.py"]
plugins = ["a_plugin", "rules/own.py"]
baseline = "known.json"
max-file-size = "2M"
defaults = { dtype = "float32", batch = 8, layout = "channels-first", weights = "int8", activations = "float16" }
budget = { layer-share = "50%", weights = "float16" }
devices = "devices.toml"
device = "tiny"
ratchet = { file = "costs.json", tolerance = "1.5%" }

[tool.cnnlint.models."net.py::AlexNet"]
args = { classes = 10, widths = [8, 16] }
inputs = ["x=1,3,227,227"]
output = "batch,10"
budget = { params = "60M", macs = 1200 }
device = "large"
exceptions = { macs = { reason = "until it is pruned", until = 2026-12-31 } }
"""


@pytest.fixture(autouse=True)
def _here(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(folder: pathlib.Path, text: str, name: str = "pyproject.toml") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def test_all_keys(tmp_path: pathlib.Path) -> None:
    write(tmp_path, EVERYTHING)
    settings = settings_for(tmp_path)
    assert (settings.root, settings.file) == (tmp_path, "pyproject.toml")
    assert (settings.select, settings.extend_select, settings.ignore) == (("CNN1",), ("CNN402",), ("non-integer-output",))
    assert settings.per_file_ignores == {FilePattern(tmp_path, "tests/"): ("CNN2",), FilePattern(tmp_path, "*_old.py"): ("ALL",)}
    assert settings.include == (FilePattern(tmp_path, "*.py"),)
    assert settings.exclude == (FilePattern(tmp_path, "/third_party/"),)
    assert (settings.src, settings.python, settings.max_file_size) == ((tmp_path / "lib",), tmp_path / ".venv", 2_000_000)
    assert (settings.entries, settings.baseline) == ((tmp_path / "train.py",), tmp_path / "known.json")
    assert settings.plugins == ("a_plugin", str(tmp_path / "rules" / "own.py"))
    assert settings.defaults == Defaults("channels-first", "float32", 8, "int8", "float16")
    assert settings.budget == {"layer-share": 5000, "weights": "float16"}
    assert (settings.devices, settings.device) == (tmp_path / "devices.toml", "tiny")
    assert settings.ratchet == RatchetSettings(tmp_path / "costs.json", 150)
    (model,) = settings.models
    assert (model.file, model.known.expression, model.is_exact) == (FilePattern(tmp_path, "net.py"), "AlexNet", True)
    assert model.known.building == "AlexNet(classes=10, widths=[8, 16])"
    assert model.known.inputs == (parse_input_option("x=1,3,227,227"),)
    assert model.output == (parse_shape("batch,10"),)
    assert model.budget == {"params": 60_000_000, "macs": 1200}
    assert model.device == "large"
    assert model.exceptions == {"macs": ExceptionSettings("until it is pruned", dt.date(2026, 12, 31))}


def test_every_key_is_tried() -> None:
    assert {*tomli.loads(EVERYTHING)["tool"]["cnnlint"], "rules", "extend"} == set(KEYS)


def test_the_nearest_file_with_a_table_holds(tmp_path: pathlib.Path) -> None:
    write(tmp_path, "[tool.cnnlint]\nselect = []\n")
    write(tmp_path / "a", "[project]\nname = 'a'\n")
    (tmp_path / "a" / "b").mkdir()
    assert settings_for(tmp_path / "a" / "b").root == tmp_path
    write(tmp_path / "a", "[tool.cnnlint]\n")
    assert settings_for(tmp_path / "a" / "b").root == tmp_path / "a"
    assert settings_for(tmp_path / "a" / "b", is_isolated=True).root == tmp_path / "a" / "b"


def test_a_file_of_its_own_goes_before_the_project(tmp_path: pathlib.Path) -> None:
    write(tmp_path, "[tool.cnnlint]\nselect = ['CNN1']\n")
    write(tmp_path, "select = ['CNN2']\n", "cnnlint.toml")
    assert settings_for(tmp_path).select == ("CNN2",)
    write(tmp_path, "select = ['CNN3']\n", ".cnnlint.toml")
    assert settings_for(tmp_path).select == ("CNN3",)


def test_without_one_the_project_is_the_nearest_of_any_tool(tmp_path: pathlib.Path) -> None:
    write(tmp_path / "a", "[project]\nname = 'a'\n")
    (tmp_path / "a" / "b").mkdir()
    settings = settings_for(tmp_path / "a" / "b")
    assert (settings.root, settings.file, settings.select) == (tmp_path / "a", "", None)


def test_extend_gives_what_is_not_said(tmp_path: pathlib.Path) -> None:
    shared = 'select = ["CNN1"]\nignore = ["CNN102"]\nextend-select = ["CNN3"]\nexclude = ["/old/"]\n[models."a.py"]\ninputs = "1,8"\n'
    write(tmp_path / "shared", shared, "base.toml")
    write(tmp_path / "p", 'extend = "../shared/base.toml"\nignore = []\nextend-select = ["CNN4"]\n[models."b.py"]\n', "cnnlint.toml")
    settings = settings_for(tmp_path / "p")
    assert (settings.root, settings.select, settings.ignore) == (tmp_path / "p", ("CNN1",), ())
    assert settings.extend_select == ("CNN3", "CNN4")
    assert settings.exclude == (FilePattern(tmp_path / "p" / ".." / "shared", "/old/"),)
    assert [model.file.text for model in settings.models] == ["a.py", "b.py"]


def test_extending_in_a_circle_ends(tmp_path: pathlib.Path) -> None:
    write(tmp_path, 'extend = "b.toml"\n', "cnnlint.toml")
    write(tmp_path, 'extend = "cnnlint.toml"\n', "b.toml")
    with pytest.raises(CnnlintError, match=r"^b.toml: `extend` leads back to cnnlint.toml; remove one of the two$"):
        settings_for(tmp_path)


def test_options_outrank_files(tmp_path: pathlib.Path) -> None:
    write(tmp_path, 'select = ["CNN1"]\nignore = ["CNN102"]\n', "cnnlint.toml")
    write(tmp_path / "other", 'select = ["CNN2"]\n', "mine.toml")
    given = ["other/mine.toml", "ignore=['CNN201']", "python=.venv", "rules.a-rule.limit=3"]
    settings = settings_for(tmp_path, given)
    assert (settings.root, settings.select, settings.ignore) == (tmp_path / "other", ("CNN2",), ("CNN201",))
    assert (settings.python, settings.rules) == (tmp_path / ".venv", {"a-rule": {"limit": 3}})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("selct = []", "`tool.cnnlint` has no key `selct`; did you mean `select`?"),
        ("select = 'CNN1'", "`tool.cnnlint.select` must be a list of strings, not a string"),
        ("select = [1]", "`tool.cnnlint.select` must be a list of strings, not a list of other things"),
        ("python = true", "`tool.cnnlint.python` must be a string, not a boolean"),
        ("max-file-size = 0", "`tool.cnnlint.max-file-size` must be greater than 0"),
        ("max-file-size = 1.5", '`tool.cnnlint.max-file-size` must be a number or a string such as "60M", not a number with a point'),
        ("extend = 'gone.toml'", "`tool.cnnlint.extend` names gone.toml, which is no file"),
        (
            "defaults.layout = 'channel-first'",
            "`tool.cnnlint.defaults.layout` must be `channels-first` or `channels-last`, not `channel-first`",
        ),
        ("models = 1", "`tool.cnnlint.models` must be a table, not a number"),
        ("models.x = {input = ''}", "`tool.cnnlint.models.x` has no key `input`; did you mean `inputs`?"),
        ("models.'::Net' = {}", '`tool.cnnlint.models."::Net"` must be a FILE or FILE::NAME'),
        ("models.'a.py::Net'.args = '3,,'", '`tool.cnnlint.models."a.py::Net".args` isn\'t valid Python: `f(3,,)`'),
        ("models.'a.py::Net'.args = {'a b' = 1}", '`tool.cnnlint.models."a.py::Net".args` names the argument `a b`'),
        (
            "models.'a.py'.budget = {flops = 1}",
            '`tool.cnnlint.models."a.py".budget` has no key `flops`; its keys are ',
        ),
        ("models.'a.py'.budget = {params = '60Q'}", '`tool.cnnlint.models."a.py".budget.params` '),
        ("models.'a.py'.budget = {layer-share = '5'}", '`tool.cnnlint.models."a.py".budget.layer-share` expected a percentage '),
        ("models.'a.py'.budget = {weights = 'int4'}", '`tool.cnnlint.models."a.py".budget.weights` must be `float64` or `float32` '),
        ("models.'a.py'.exceptions = {params = {reason = 'x'}}", '`tool.cnnlint.models."a.py".exceptions.params` needs a `until`: '),
        ("models.'a.py'.exceptions = {prams = {}}", '`tool.cnnlint.models."a.py".exceptions` has no key `prams`; did you mean `params`?'),
        (
            "models.'a.py'.exceptions.macs = {reason = 'x', until = 'soon'}",
            '`tool.cnnlint.models."a.py".exceptions.macs.until` must be a day such as 2026-12-31, not `soon`',
        ),
        ("ratchet = {tolerance = 1}", '`tool.cnnlint.ratchet.tolerance` must be a string such as "50%", not a number'),
        ("models.'a.py'.inputs = ['1,,2']", '`tool.cnnlint.models."a.py".inputs` '),
    ],
)
def test_what_cannot_be_used(tmp_path: pathlib.Path, text: str, message: str) -> None:
    write(tmp_path, f"[tool.cnnlint]\n{text}\n")
    with pytest.raises(CnnlintError) as error:
        settings_for(tmp_path)
    assert str(error.value).startswith(f"pyproject.toml: {message}")
    assert "\n" not in str(error.value)


def test_in_a_file_of_its_own_keys_have_no_prefix(tmp_path: pathlib.Path) -> None:
    write(tmp_path, "selct = []\n", "cnnlint.toml")
    with pytest.raises(CnnlintError, match=r"^cnnlint.toml: there is no key `selct`; did you mean `select`\?$"):
        settings_for(tmp_path)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("gone.toml", "gone.toml: the configuration can't be read: No such file or directory"),
        ("selct=[]", "--config selct=[]: there is no key `selct`; did you mean `select`?"),
        ("select=CNN1", "--config select=CNN1: `select` must be a list of strings, not a string"),
        ("a b=1", "--config a b=1: expected KEY=VALUE or a file: "),
    ],
)
def test_options_that_cannot_be_used(tmp_path: pathlib.Path, given: str, message: str) -> None:
    with pytest.raises(CnnlintError) as error:
        settings_for(tmp_path, [given])
    assert str(error.value).startswith(message)


def test_a_file_that_is_not_toml(tmp_path: pathlib.Path) -> None:
    write(tmp_path, "[tool.cnnlint\n")
    with pytest.raises(CnnlintError, match=r"^pyproject.toml: not valid TOML: "):
        settings_for(tmp_path)


@dataclass(frozen=True)
class Limited(Rule):
    """Has options."""

    code = "CNN797"

    most_layers: int = 7
    """The most layers
    that a model may have."""
    ratio: float = 0.5


def test_options_of_rules(tmp_path: pathlib.Path) -> None:
    write(tmp_path, "[rules.limited]\nmost-layers = '1k'\n", "cnnlint.toml")
    settings = settings_for(tmp_path)
    assert rule_options([Limited], settings.rules, settings.keys["rules"]) == {"limited": {"most_layers": 1000}}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("rules.limted = {}", "`rules` has no key `limted`; did you mean `limited`?"),
        ("rules.limited.most-layer = 1", "`rules.limited` has no key `most-layer`; did you mean `most-layers`?"),
        ("rules.limited.ratio = 'x'", "`rules.limited.ratio` must be a number, not a string"),
    ],
)
def test_options_that_no_rule_has(tmp_path: pathlib.Path, text: str, message: str) -> None:
    write(tmp_path, text, "cnnlint.toml")
    settings = settings_for(tmp_path)
    with pytest.raises(CnnlintError) as error:
        rule_options([Limited], settings.rules, settings.keys["rules"])
    assert str(error.value) == f"cnnlint.toml: {message}"


def test_the_schema_takes_what_is_read_and_refuses_what_is_not() -> None:
    made = schema([*RULES, Limited])
    jsonschema.Draft7Validator.check_schema(made)
    validator = jsonschema.Draft7Validator(made)
    table = tomli.loads(EVERYTHING)["tool"]["cnnlint"]
    validator.validate({**table, "rules": {"limited": {"most-layers": 3}}})
    for wrong in ({"selct": []}, {"select": "CNN1"}, {"models": {"a.py": {"input": ""}}}, {"rules": {"limited": {"most": 3}}}):
        assert not validator.is_valid(wrong)
    assert made["properties"]["rules"]["properties"]["limited"]["properties"]["most-layers"]["description"] == (  # type: ignore[index]
        "The most layers that a model may have."
    )


def test_the_validator_of_projects_finds_the_schema() -> None:
    plugins = pytest.importorskip("validate_pyproject.plugins", reason="only where validate-pyproject is installed")
    found = {plugin.tool for plugin in plugins.list_from_entry_points() if plugin.id.startswith("cnnlint")}
    assert found == {"cnnlint"}
    assert json.dumps(tool_schema("cnnlint"))


def test_what_is_shown_can_be_read_again(tmp_path: pathlib.Path) -> None:
    write(tmp_path, EVERYTHING)
    settings = settings_for(tmp_path)
    lines = list(shown_settings(settings))
    assert lines[0] == "# pyproject.toml"
    assert str(tmp_path) not in "\n".join(lines).replace(json.dumps(str(tmp_path / "rules" / "own.py")), "")
    write(tmp_path / "again", "\n".join(lines), "cnnlint.toml")
    tomli.loads("\n".join(lines))
