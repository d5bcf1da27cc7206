"""The configuration, and what is said of one that can't be used."""

from __future__ import annotations

import pathlib

import pytest

from cnnlint.errors import CnnlintError
from cnnlint.settings import settings_for
from cnnlint.source import parse_input_option


def write(folder: pathlib.Path, text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pyproject.toml").write_text(text)


def test_all_keys(tmp_path: pathlib.Path) -> None:
    write(
        tmp_path,
        """
        [tool.cnnlint]
        select = ["CNN1"]
        ignore = ["non-integer-output"]
        src = ["lib"]
        python = ".venv"
        exclude = ["/third_party/"]
        max-file-size = "2M"

        [tool.cnnlint.models."net.py::AlexNet"]
        inputs = ["x=1,3,227,227"]
        budget = { params = "60M", macs = 1200 }
        """,
    )
    settings = settings_for(tmp_path)
    assert (settings.root, settings.file) == (tmp_path, "pyproject.toml")
    assert (settings.select, settings.ignore, settings.src) == (("CNN1",), ("non-integer-output",), ("lib",))
    assert (settings.python, settings.exclude, settings.max_file_size) == (".venv", ("/third_party/",), 2_000_000)
    model = settings.models["net.py::AlexNet"]
    assert model.inputs == (parse_input_option("x=1,3,227,227"),)
    assert (model.params, model.macs) == (60_000_000, 1200)


def test_the_nearest_file_with_a_table_holds(tmp_path: pathlib.Path) -> None:
    write(tmp_path, "[tool.cnnlint]\nselect = []\n")
    write(tmp_path / "a", "[project]\nname = 'a'\n")
    (tmp_path / "a" / "b").mkdir()
    assert settings_for(tmp_path / "a" / "b").root == tmp_path
    write(tmp_path / "a", "[tool.cnnlint]\n")
    assert settings_for(tmp_path / "a" / "b").root == tmp_path / "a"


def test_without_one_the_project_is_the_nearest_of_any_tool(tmp_path: pathlib.Path) -> None:
    write(tmp_path / "a", "[project]\nname = 'a'\n")
    (tmp_path / "a" / "b").mkdir()
    settings = settings_for(tmp_path / "a" / "b")
    assert (settings.root, settings.file, settings.select) == (tmp_path / "a", "", None)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("selct = []", "`tool.cnnlint` has no key `selct`; did you mean `select`?"),
        ("select = 'CNN1'", "`tool.cnnlint.select` must be a list of strings, not a string"),
        ("select = [1]", "`tool.cnnlint.select` must be a list of strings, not a list of other things"),
        ("python = true", "`tool.cnnlint.python` must be a string, not a boolean"),
        ("max-file-size = 0", "`tool.cnnlint.max-file-size` must be greater than 0"),
        ("max-file-size = 1.5", '`tool.cnnlint.max-file-size` must be a number or a string such as "60M", not a number with a point'),
        ("models = 1", "`tool.cnnlint.models` must be a table, not a number"),
        ("models.x = {input = ''}", "`tool.cnnlint.models.x` has no key `input`; did you mean `inputs`?"),
        ("models.'a.py'.budget = {flops = 1}", '`tool.cnnlint.models."a.py".budget` has no key `flops`; its keys are `params`, `macs`'),
        ("models.'a.py'.budget = {params = '60Q'}", '`tool.cnnlint.models."a.py".budget.params` '),
        ("models.'a.py'.inputs = ['1,,2']", '`tool.cnnlint.models."a.py".inputs` '),
    ],
)
def test_what_cannot_be_used(tmp_path: pathlib.Path, text: str, message: str) -> None:
    write(tmp_path, f"[tool.cnnlint]\n{text}\n")
    with pytest.raises(CnnlintError) as error:
        settings_for(tmp_path)
    assert str(error.value).startswith(f"pyproject.toml: {message}")
    assert "\n" not in str(error.value)


def test_a_file_that_is_not_toml(tmp_path: pathlib.Path) -> None:
    write(tmp_path, "[tool.cnnlint\n")
    with pytest.raises(CnnlintError, match=r"^pyproject.toml: not valid TOML: "):
        settings_for(tmp_path)
