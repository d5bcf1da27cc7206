"""The options of every command."""

from __future__ import annotations

import argparse
import pathlib
from collections.abc import Callable, Sequence
from typing import NoReturn

from cnnlint.cli.configuration_options import add_choice, add_files, add_fixes, add_jobs, add_outcome, add_settings, with_values
from cnnlint.dtypes import STORED_AS
from cnnlint.errors import CnnlintError, nearest
from cnnlint.plugin.reporter import COLUMNS

_COMMANDS = {
    "check": "report what is wrong in model files",
    "summary": "print layers, sizes and counts of models",
    "fit": "find what would let a model take an input size, at which cost",
    "diff": "say what changed between two revisions or folders",
    "budget": "show what models cost beside what they may, or record it",
    "why": "say where a size comes from, or what a pasted traceback means",
    "explain": "say what a rule means, with examples",
    "rules": "list all rules",
    "baseline": "write down known findings, which are not reported again",
    "config": "say what can be configured",
    "completions": "print the completions of a shell",
}

_EXAMPLES = {
    "check": "cnnlint check src --select CNN2 --input src/net.py::Net=1,3,224,224",
    "summary": (
        "cnnlint summary 'net.py::ResNet(BasicBlock, [2, 2, 2, 2])' --input 1,3,224,224\n"
        "  cnnlint summary net.py --input 224,256,384 --each"
    ),
    "fit": "cnnlint fit net.py::LeNet --input 28",
    "diff": "cnnlint diff main --fail-on-growth 5%",
    "budget": "cnnlint budget src --output-format markdown",
    "why": "cnnlint why net.py::Net.fc1 --input 1,3,32,32\n  cnnlint why net.py:42\n  python train.py 2>&1 | cnnlint why",
    "explain": "cnnlint explain channel-mismatch",
    "rules": "cnnlint rules",
    "baseline": "cnnlint baseline update --baseline cnnlint-baseline.json src",
    "config": "cnnlint config models",
    "completions": "cnnlint completions bash > ~/.local/share/bash-completion/completions/cnnlint",
}


class Parser(argparse.ArgumentParser):
    """Says what is wrong in a line, with the nearest option where one is misspelt: a page of usage would hide it."""

    def error(self, message: str) -> NoReturn:
        """Raises CnnlintError."""
        start, _, words = message.partition("unrecognized arguments: ")
        wrong = next((word.partition("=")[0] for word in words.split() if word.startswith("-")), "") if not start else ""
        close = nearest(wrong, self._option_string_actions) if wrong else ""
        raise CnnlintError(f"{self.prog.removeprefix('cnnlint ')}: {message}{close or f'; see {self.prog} --help'}")


def parsed(arguments: list[str]) -> argparse.Namespace:
    """The options given; `check` is the command where none is named. Exits with 0 for --help, as argparse does.

    Raises CnnlintError for what is no option or lacks its value.
    """
    if arguments and arguments[0] in ("-h", "--help"):
        _overview().parse_args(arguments)
    command, rest = (arguments[0], arguments[1:]) if arguments and arguments[0] in _COMMANDS else ("check", arguments)
    if command == "check" and rest == arguments:
        _expect_no_command(arguments[:1])
    parser = _parser(command)
    # Paths may stand between options; sub-parsers don't allow that.
    options = parser.parse_intermixed_args(with_values(rest))
    options.command = command
    return options


def whole_parser() -> argparse.ArgumentParser:
    """All commands with their options in one parser, as generators of completions want it."""
    parser = argparse.ArgumentParser(prog="cnnlint")
    parser.add_argument("--version", action="store_true", help="print the version")
    commands = parser.add_subparsers()
    for command, text in _COMMANDS.items():
        _OPTIONS[command](commands.add_parser(command, help=text, description=f"{text.capitalize()}."))
    return parser


def _parser(command: str) -> argparse.ArgumentParser:
    parser = Parser(
        prog=f"cnnlint {command}",
        description=f"{_COMMANDS[command].capitalize()}.",
        epilog=f"example:\n  {_EXAMPLES[command]}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _OPTIONS[command](parser)
    return parser


def _expect_no_command(first: Sequence[str]) -> None:
    """Refuse a word that is nearly a command and no path."""
    for word in first:
        close = nearest(word, _COMMANDS) if word.isidentifier() and not pathlib.Path(word).exists() else ""
        if close:
            raise CnnlintError(f"{word}: neither a command nor a path{close}")


def _overview() -> argparse.ArgumentParser:
    commands = "\n".join(f"  {command:11} {text}" for command, text in _COMMANDS.items())
    return Parser(
        prog="cnnlint",
        usage="cnnlint [COMMAND] [options]; cnnlint COMMAND --help; cnnlint --version",
        description="Checks CNN model definitions by running them on shapes instead of tensors. Never runs the code itself.",
        epilog=f"commands:\n{commands}\n\nWithout a command, `check` is meant.\n"
        "Exits: 0 clean, 1 findings, 2 usage or setup, 3 a fault of cnnlint.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _add_check(parser: argparse.ArgumentParser) -> None:
    add_files(parser)
    parser.add_argument(
        "--input", action="append", default=[], dest="inputs", metavar="TARGET=SHAPE", help="the input of a model: net.py::Net=1,3,224,224"
    )
    add_each(parser)
    add_choice(parser)
    add_fixes(parser)
    add_settings(parser)
    add_outcome(parser)
    _add_output(parser, "full, concise, json, json-lines, sarif, github, gitlab, junit, rdjson or markdown")
    parser.add_argument("-q", "--quiet", action="store_true", help="print diagnostics only")
    parser.add_argument("-v", "--verbose", action="store_true", help="say what was not analysed, and why")
    parser.add_argument("--statistics", action="store_true", help="count the diagnostics of each rule")


def _add_baseline(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=["update", "prune"], help="write all findings down, or forget those that are gone")
    add_files(parser)
    add_choice(parser)
    add_settings(parser)


def _add_config(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("key", nargs="?", metavar="KEY", help="say what this key is for, not all of them")
    parser.add_argument("--schema", action="store_true", help="print the JSON schema of `[tool.cnnlint]`")


def _add_completions(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", metavar="SHELL", help="bash, zsh, tcsh or fish")


def _add_targets(parser: argparse.ArgumentParser, shape: str) -> None:
    """Several targets, and what they are called with; `shape` says how that is written."""
    parser.add_argument(
        "targets", nargs="+", metavar="TARGET", help="FILE, FILE::EXPR, MODULE or MODULE::EXPR: 'net.py::ResNet(Block, [2, 2])'"
    )
    parser.add_argument("--input", action="append", default=[], dest="inputs", metavar="SHAPE", help=shape)


def _add_summary(parser: argparse.ArgumentParser) -> None:
    _add_targets(parser, "1,3,224,224; batch,3,H,W; 1,128:int64; x=1,3,8,8; 28 for H = W = 28; repeat it for several inputs")
    add_each(parser)
    add_settings(parser)
    _add_output(parser, "table, json, csv or markdown")
    parser.add_argument(
        "--depth",
        type=_depth,
        metavar="N",
        help="show N levels of modules, each at the last with all that is in it as one line; equal ones in a row are folded",
    )
    parser.add_argument(
        "--columns", action="append", default=[], metavar="NAMES", help=f"columns besides the usual ones: {', '.join(COLUMNS)}"
    )
    add_dtypes(parser)
    parser.add_argument("--fold", action=argparse.BooleanOptionalAction, help="show equal blocks in a row once, with their number (x3)")


def _add_fit(parser: argparse.ArgumentParser) -> None:
    _add_targets(parser, "what the model shall take: 28 for H = W = 28; 1,3,100,140; x=64; repeat it for several inputs")
    add_settings(parser)
    _add_output(parser, "table or json")


def add_each(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--each", action="store_true", help="each number of --input is a size of its own: --input 224,256,384 --each")


def add_dtypes(parser: argparse.ArgumentParser) -> None:
    """The dtypes that bytes are counted for."""
    for name in ("weights", "activations"):
        parser.add_argument(f"--{name}", metavar="DTYPE", help=f"count the bytes of {name} in this dtype: {', '.join(STORED_AS)}")


def _add_diff(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("base", metavar="BASE", help="a git revision or a folder; A..B and A...B name both sides, as git has them")
    parser.add_argument("head", nargs="?", metavar="HEAD", help="the other side; the working tree by default")
    parser.add_argument(
        "--path", action="append", default=[], dest="paths", metavar="PATH", help="compare only the models of this file or folder"
    )
    parser.add_argument("--model", action="append", default=[], dest="models", metavar="NAME", help="compare only this model")
    parser.add_argument("--all", action="store_true", help="look at all files, and not only at those that differ or import what does")
    parser.add_argument("--checkpoint", metavar="FILE", help="a safetensors file: say whether HEAD's model can load it")
    parser.add_argument(
        "--fail-on-growth",
        type=_percentage,
        metavar="PERCENT",
        help="exit with 1 if parameters, MACs or activations grew by more",
    )
    add_jobs(parser)
    add_settings(parser)
    _add_output(parser, "table, markdown or json")


def _add_budget(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", default=["."], metavar="PATH", help="files and folders; by default .")
    parser.add_argument("--write", action="store_true", help="record what the models cost now, beyond which they may not grow")
    parser.add_argument("--record", metavar="FILE", help="the record; by default the one that `ratchet.file` names")
    add_settings(parser)
    add_jobs(parser)
    _add_output(parser, "table, markdown or json")


def _add_why(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "target",
        nargs="?",
        default="-",
        metavar="TARGET[:LINE|.LAYER]",
        help="net.py, net.py:42, net.py::Net.fc1, 'net.py::Net(10).fc1'; without one, or with -, a traceback on standard input",
    )
    parser.add_argument(
        "--input", action="append", default=[], dest="inputs", metavar="SHAPE", help="1,3,224,224; repeat it for several inputs"
    )
    add_settings(parser)
    _add_output(parser, "tree or json")


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
    "fit": _add_fit,
    "diff": _add_diff,
    "budget": _add_budget,
    "why": _add_why,
    "explain": _add_explain,
    "rules": lambda _parser: None,
    "baseline": _add_baseline,
    "config": _add_config,
    "completions": _add_completions,
}
