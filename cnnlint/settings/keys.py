"""All keys of the configuration: what each holds, and what it is for. Reading, the JSON schema and the list of keys come from here."""

from __future__ import annotations

import pathlib
from dataclasses import dataclass

from cnnlint.dtypes import STORED_AS
from cnnlint.graph import BUDGET_KEYS
from cnnlint.interpreter import KnownModel
from cnnlint.paths import FilePattern
from cnnlint.settings.kinds import (
    ARGUMENTS,
    INPUTS,
    PATH,
    PATHS,
    PATTERNS,
    POSITIVE,
    QUANTITY,
    SHAPES,
    STRING,
    STRINGS,
    Key,
    Kind,
    mapping,
    named,
    one_of,
    python_expression,
    table_of,
)
from cnnlint.settings.model import Defaults, ModelSettings


@dataclass(frozen=True, slots=True)
class Setting:
    """A key: what it holds, a sentence on what it is for, and whether its values in several files are joined, not replaced."""

    kind: Kind[object]
    doc: str
    is_joined: bool = False


def _defaults(value: object, key: Key) -> Defaults:
    return Defaults(**_DEFAULTS.read(value, key))  # type: ignore[arg-type]  # the kinds are the fields'


def _per_file(value: object, key: Key) -> dict[FilePattern, tuple[str, ...]]:
    return {FilePattern(key.folder, pattern): codes for pattern, codes in _CODES_BY_NAME.read(value, key).items()}


def _models(value: object, key: Key) -> tuple[ModelSettings, ...]:
    return tuple(_model(target, entry, key.below(target)) for target, entry in mapping(value, key).items())


def _model(target: str, value: object, key: Key) -> ModelSettings:
    place, separator, expression = target.partition("::")
    if not place.strip() or (separator and not expression.strip()):
        raise key.error("must be a FILE or FILE::NAME, where both may have wildcards")
    if "(" in expression:
        python_expression(expression.strip(), key)
    said = _MODEL.read(value, key)
    pattern = FilePattern(key.folder, pathlib.PurePath(place.strip()).as_posix())
    known = KnownModel(expression.strip(), said.get("args"), said.get("inputs", ()))  # type: ignore[arg-type]  # as above
    return ModelSettings(pattern, known, f"`{key.path}` of {key.file}", said.get("output", ()), said.get("budget", {}))  # type: ignore[arg-type]


def _plugins(value: object, key: Key) -> tuple[str, ...]:
    """Names of modules as they are; files as paths that count from the configuration's folder."""
    return tuple(str(PATH.read(item, key)) if item.endswith(".py") else item for item in STRINGS.read(value, key))


_DEFAULTS: Kind[dict[str, object]] = table_of(
    {
        "layout": one_of("channels-first", "channels-last"),
        "dtype": STRING,
        "batch": POSITIVE,
        "weights": one_of(*STORED_AS),
        "activations": one_of(*STORED_AS),
    },
    {
        "layout": "Where the channels stand in an input of which only height and width are given.",
        "dtype": "The dtype of stated inputs that don't say theirs.",
        "batch": "The number that `batch` stands for in stated inputs.",
        "weights": "The dtype in which bytes of weights are counted: float32 by default.",
        "activations": "The dtype in which bytes of activations are counted: float32 by default.",
    },
)
_CODES_BY_NAME = named(STRINGS)
_BUDGET: Kind[dict[str, int]] = table_of(dict.fromkeys(BUDGET_KEYS, QUANTITY))
_MODEL: Kind[dict[str, object]] = table_of(
    {"args": ARGUMENTS, "inputs": INPUTS, "output": SHAPES, "budget": _BUDGET},
    {
        "args": "The arguments to build it with: a table of keywords, a list, or Python source.",
        "inputs": 'The shapes to call it with: "batch,3,224,224", or a list for several.',
        "output": "The shape that must come out, or a list for several.",
        "budget": "The most that it may cost.",
    },
)

KEYS: dict[str, Setting] = {
    "extend": Setting(PATH, "Another configuration file, whose keys hold where this one has none."),
    "select": Setting(STRINGS, "The rules that run: codes, beginnings of codes, names, or ALL. By default those that are on."),
    "extend-select": Setting(STRINGS, "Rules that run as well.", is_joined=True),
    "ignore": Setting(STRINGS, "Rules that don't run, whatever selects them."),
    "per-file-ignores": Setting(
        Kind(_per_file, _CODES_BY_NAME.schema), "Rules that aren't reported in the files of a pattern.", is_joined=True
    ),
    "include": Setting(PATTERNS, "The files of a folder that are linted, as git's patterns: by default *.py."),
    "exclude": Setting(PATTERNS, "Files and folders that are passed over, as git's patterns."),
    "src": Setting(PATHS, "The folders of the project's own imports: by default its root, and src in it."),
    "python": Setting(PATH, "The interpreter or environment whose installed packages are read as text; nothing is run."),
    "entries": Setting(PATHS, "Scripts that are evaluated too when a file that they import is checked."),
    "plugins": Setting(
        Kind(_plugins, STRINGS.schema), "Modules, or files ending in .py, that are executed and add rules, layers or formats."
    ),
    "baseline": Setting(PATH, "The file of known findings, which are not reported: see `cnnlint baseline`."),
    "max-file-size": Setting(POSITIVE, "The size in bytes up to which a file is analysed."),
    "defaults": Setting(Kind(_defaults, _DEFAULTS.schema), "What holds where nothing else is said."),
    "rules": Setting(
        Kind(named(Kind(mapping, {"type": "object"})).read, {"type": "object"}), "The options of rules, by their names.", is_joined=True
    ),
    "models": Setting(
        Kind(_models, {"type": "object", "additionalProperties": _MODEL.schema}),
        "What is known of models: FILE, FILE::NAME or FILE::EXPRESSION; file and name may have wildcards.",
        is_joined=True,
    ),
}
