"""All keys of the configuration: what each holds, and what it is for. Reading, the JSON schema and the list of keys come from here."""

from __future__ import annotations

import pathlib
from dataclasses import dataclass

from cnnlint.budgets import BUDGET_KEYS, BUDGET_UNITS, DTYPE_KEYS, PERCENT
from cnnlint.dtypes import STORED_AS
from cnnlint.interpreter import KnownModel
from cnnlint.paths import FilePattern
from cnnlint.settings.kinds import (
    ARGUMENTS,
    DATE,
    INPUTS,
    PATH,
    PATHS,
    PATTERNS,
    PERCENTAGE,
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
    unknown_key,
)
from cnnlint.settings.model import Defaults, ExceptionSettings, ModelSettings, RatchetSettings


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
    rest = {name.replace("-", "_"): said[name] for name in ("output", "budget", "device", "exceptions") if name in said}
    return ModelSettings(pattern, known, f"`{key.path}` of {key.file}", **rest)  # type: ignore[arg-type]


def _exceptions(value: object, key: Key) -> dict[str, ExceptionSettings]:
    found = {}
    for name, item in mapping(value, key).items():
        if name not in BUDGET_KEYS:
            raise unknown_key(key, name, BUDGET_KEYS)
        said = _EXCEPTION.read(item, key.below(name))
        for needed in ("reason", "until"):
            if not said.get(needed):
                raise key.below(name).error(f'needs a `{needed}`: {{ reason = "...", until = 2026-12-31 }}')
        found[name] = ExceptionSettings(**said)  # type: ignore[arg-type]  # the kinds are the fields'
    return found


def _ratchet(value: object, key: Key) -> RatchetSettings:
    return RatchetSettings(**_RATCHET.read(value, key))  # type: ignore[arg-type]  # as above


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
_LIMITS: dict[str, Kind[int | str]] = {key: PERCENTAGE if unit == PERCENT else QUANTITY for key, unit in BUDGET_UNITS.items()}
_DTYPES: dict[str, Kind[int | str]] = dict.fromkeys(DTYPE_KEYS, one_of(*STORED_AS))
BUDGET: Kind[dict[str, int | str]] = table_of(
    {**_LIMITS, **_DTYPES},
    {
        "params": "The most parameters.",
        "trainable-params": "The most parameters that training changes.",
        "macs": "The most multiply-accumulate operations, those of functions included.",
        "activation-memory": "The most bytes that activations take at once.",
        "layer-memory": "The most bytes that one layer reads, makes and weighs.",
        "model-size": "The most bytes of parameters and buffers.",
        "layer-share": 'The most that one layer may hold of the parameters: "50%".',
        "weights": "The dtype in which bytes of weights are counted.",
        "activations": "The dtype in which bytes of activations are counted.",
    },
)
_EXCEPTION: Kind[dict[str, object]] = table_of(
    {"reason": STRING, "until": DATE}, {"reason": "Why the limit need not hold.", "until": "The last day of that: 2026-12-31."}
)
_RATCHET: Kind[dict[str, object]] = table_of(
    {"file": PATH, "tolerance": PERCENTAGE},
    {
        "file": "What models cost before: see `cnnlint budget --write`.",
        "tolerance": 'By how much they may grow: "1%"; not at all by default.',
    },
)
_MODEL: Kind[dict[str, object]] = table_of(
    {
        "args": ARGUMENTS,
        "inputs": INPUTS,
        "output": SHAPES,
        "budget": BUDGET,
        "device": STRING,
        "exceptions": Kind(_exceptions, {"type": "object", "additionalProperties": _EXCEPTION.schema}),
    },
    {
        "args": "The arguments to build it with: a table of keywords, a list, or Python source.",
        "inputs": 'The shapes to call it with: "batch,3,224,224", or a list for several.',
        "output": "The shape that must come out, or a list for several.",
        "budget": "The most that it may cost.",
        "device": "The device that it is for: a table of the file `devices`.",
        "exceptions": "By key of a budget, why its limit need not hold (`reason`), and through which day (`until`).",
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
    "include": Setting(PATTERNS, "The files of a folder that are linted, as git's patterns: by default *.py and *.ipynb."),
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
    "budget": Setting(BUDGET, "The most that any model may cost of which nothing else is said."),
    "devices": Setting(PATH, "A TOML file of devices: a table each, with `budget`, `layers` and `channel-multiple`."),
    "device": Setting(STRING, "The device that all models are for of which nothing else is said."),
    "ratchet": Setting(Kind(_ratchet, _RATCHET.schema), "What models cost before, beyond which they may not grow."),
}
