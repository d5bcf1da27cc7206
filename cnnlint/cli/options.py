"""The options of every command."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

_COMMANDS = {
    "check": "report what is wrong in model files",
    "summary": "print layers, sizes and counts of models",
    "diff": "say what changed between two revisions or folders",
    "explain": "say what a rule means, with examples",
    "rules": "list all rules",
}


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """The options given; `check` is the command where none is named. Exits with 2, or 0 for --help, as argparse does."""
    if arguments and arguments[0] in ("-h", "--help"):
        _overview().parse_args(arguments)
    command, rest = (arguments[0], arguments[1:]) if arguments and arguments[0] in _COMMANDS else ("check", arguments)
    parser = argparse.ArgumentParser(prog=f"cnnlint {command}", description=f"{_COMMANDS[command].capitalize()}.")
    _OPTIONS[command](parser)
    # Paths may stand between options; sub-parsers don't allow that.
    options = parser.parse_intermixed_args(rest)
    options.command = command
    return options


def _overview() -> argparse.ArgumentParser:
    commands = "\n".join(f"  {command:9} {text}" for command, text in _COMMANDS.items())
    return argparse.ArgumentParser(
        prog="cnnlint",
        usage="cnnlint [COMMAND] [options]; cnnlint COMMAND --help; cnnlint --version",
        description="Checks CNN model definitions by running them on shapes instead of tensors. Never runs the code itself.",
        epilog=f"commands:\n{commands}\n\nWithout a command, `check` is meant.\n"
        "Exits: 0 clean, 1 findings, 2 usage or setup, 3 a fault of cnnlint.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", default=["."], metavar="PATH", help="files and folders; the working directory by default")
    parser.add_argument(
        "--select", action="append", metavar="RULES", help="run only these: codes, beginnings of codes or names, comma-separated; or ALL"
    )
    parser.add_argument("--ignore", action="append", default=[], metavar="RULES", help="leave these out")
    parser.add_argument(
        "--input", action="append", default=[], dest="inputs", metavar="TARGET=SHAPE", help="the input of a model: net.py::Net=1,3,224,224"
    )
    _add_shared(parser)
    _add_output(parser, "full, concise, json, json-lines, sarif, github, gitlab, junit, rdjson or markdown")
    parser.add_argument("-q", "--quiet", action="store_true", help="print diagnostics only")
    parser.add_argument("-v", "--verbose", action="store_true", help="say what was not analysed, and why")
    parser.add_argument("--statistics", action="store_true", help="count the diagnostics of each rule")


def _add_summary(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "targets", nargs="+", metavar="TARGET", help="FILE, FILE::EXPR, MODULE or MODULE::EXPR: 'net.py::ResNet(Block, [2, 2])'"
    )
    parser.add_argument(
        "--input",
        action="append",
        default=[],
        dest="inputs",
        metavar="SHAPE",
        help="1,3,224,224; batch,3,H,W; 1,128:int64; x=1,3,8,8; repeat it for several inputs",
    )
    _add_shared(parser)
    _add_output(parser, "table, json, csv or markdown")
    parser.add_argument(
        "--depth",
        type=_depth,
        metavar="N",
        help="show N levels of modules, each at the last with all that is in it as one line; equal ones in a row are folded",
    )
    parser.add_argument("--fold", action=argparse.BooleanOptionalAction, help="show equal blocks in a row once, with their number (x3)")


def _add_diff(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("base", metavar="BASE", help="a git revision or a folder; A..B and A...B name both sides, as git has them")
    parser.add_argument("head", nargs="?", metavar="HEAD", help="the other side; the working tree by default")
    parser.add_argument(
        "--path", action="append", default=[], dest="paths", metavar="PATH", help="compare only the models of this file or folder"
    )
    parser.add_argument("--model", action="append", default=[], dest="models", metavar="NAME", help="compare only this model")
    parser.add_argument("--checkpoint", metavar="FILE", help="a safetensors file: say whether HEAD's model can load it")
    parser.add_argument(
        "--fail-on-growth", type=_percentage, metavar="PERCENT", help="exit with 1 if a model's parameters or MACs grew by more"
    )
    _add_shared(parser)
    _add_output(parser, "table, markdown or json")


def _percentage(text: str) -> object:
    """`5%`, `2.5%` or `5` as a fraction of 100. Raises ArgumentTypeError for anything else."""
    number = text.strip().removesuffix("%").strip()
    if not number.replace(".", "", 1).isdecimal():
        raise argparse.ArgumentTypeError(f"`{text}` is no percentage such as 5%")
    from fractions import Fraction  # only here: it costs start-up time

    return Fraction(number)


def _depth(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"`{text}` is no number from 1 on")
    return int(text)


def _add_shared(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--src", action="append", metavar="DIR", help="where the project's own imports are found")
    parser.add_argument("--python", metavar="PATH", help="the interpreter or environment whose installed packages are read; nothing is run")
    parser.add_argument("--train", action="store_true", help="call models in training mode")


def _add_output(parser: argparse.ArgumentParser, formats: str) -> None:
    parser.add_argument(
        "--output-format",
        action="append",
        default=[],
        dest="output_formats",
        metavar="FORMAT[:FILE]",
        help=f"{formats}, or a plugin's; with a file it is written there besides what is printed; may be repeated",
    )
    parser.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="colour what is printed; auto: on a terminal, unless NO_COLOR says no or FORCE_COLOR yes",
    )


def _add_explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rule", nargs="?", metavar="RULE", help="its code or name")
    parser.add_argument("--all", action="store_true", help="explain every rule")


_OPTIONS: dict[str, Callable[[argparse.ArgumentParser], None]] = {
    "check": _add_check,
    "summary": _add_summary,
    "diff": _add_diff,
    "explain": _add_explain,
    "rules": lambda _parser: None,
}
