"""The options that say which files and settings hold, which findings count, and how the work is done."""

from __future__ import annotations

import argparse


def add_settings(parser: argparse.ArgumentParser) -> None:
    """Of every command that reads the configuration."""
    group = parser.add_argument_group("configuration")
    group.add_argument("--src", action="append", metavar="DIR", help="where the project's own imports are found")
    group.add_argument("--python", metavar="PATH", help="the environment whose installed packages are read; nothing is run")
    group.add_argument("--train", action="store_true", help="call models in training mode")
    group.add_argument(
        "--config",
        action="append",
        default=[],
        metavar="PATH|KEY=VALUE",
        help="a configuration file, or a setting that outranks the file's",
    )
    group.add_argument("--isolated", action="store_true", help="read no configuration file")
    group.add_argument("--no-cache", action="store_true", help="neither read nor write the cache of parsed files")


def add_files(parser: argparse.ArgumentParser) -> None:
    """Of commands that check files."""
    parser.add_argument(
        "paths",
        nargs="*",
        default=["."],
        metavar="PATH",
        help="files and folders, or - for standard input; by default .",
    )
    group = parser.add_argument_group("files")
    group.add_argument("--stdin-filename", metavar="FILE", help="the file that standard input is the text of")
    group.add_argument("--force-exclude", action="store_true", help="pass over what is excluded even if it is named")
    group.add_argument("--importers", action="store_true", help="check the project's files too that import one of these")
    add_jobs(group)


def add_jobs(parser: argparse._ActionsContainer) -> None:
    """Over how many processes files are spread."""
    parser.add_argument("-j", "--jobs", metavar="N", help="the number of processes, or auto; by default one unless there is much to do")


def add_choice(parser: argparse.ArgumentParser) -> None:
    """Which rules run, and what is not reported."""
    group = parser.add_argument_group("rules")
    group.add_argument(
        "--select", action="append", metavar="RULES", help="run only these: codes, beginnings of codes or names, comma-separated; or ALL"
    )
    group.add_argument("--extend-select", action="append", default=[], metavar="RULES", help="run these too")
    group.add_argument("--ignore", action="append", default=[], metavar="RULES", help="leave these out")
    group.add_argument("--no-ignores", action="store_true", help="report what comments silence too")
    group.add_argument("--baseline", metavar="FILE", help="the file of known findings")


def add_outcome(parser: argparse.ArgumentParser) -> None:
    """What becomes of the findings."""
    group = parser.add_argument_group("outcome")
    group.add_argument("--strict", action="store_true", help="make it a warning that a file or a part of one was not analysed")
    group.add_argument("--exit-zero", action="store_true", help="exit with 0 though there are findings")
    group.add_argument(
        "--fail-on", choices=["error", "warning", "info"], help="the least severity that makes the exit 1: by default warning"
    )
    group.add_argument(
        "--add-ignore", metavar="=REASON", help="write a comment into the files that silences each finding; --add-ignore=REASON says why"
    )
    group.add_argument("--show-settings", action="store_true", help="print the settings that hold, and stop")
    group.add_argument("--show-files", action="store_true", help="print the files that would be checked, and stop")


def add_fixes(parser: argparse.ArgumentParser) -> None:
    """What is mended."""
    group = parser.add_argument_group("fixes")
    group.add_argument("--fix", action="store_true", help="mend what can be mended safely, and report the rest")
    group.add_argument("--unsafe-fixes", action="store_true", help="mend too what may change what a program that runs computes")
    group.add_argument("--diff", action="store_true", help="write nothing; show what would change, and exit with 1 if anything would")


def with_values(arguments: list[str]) -> list[str]:
    """The arguments, with an empty reason for `--add-ignore` alone: what follows it is a path."""
    return ["--add-ignore=" if argument == "--add-ignore" else argument for argument in arguments]
