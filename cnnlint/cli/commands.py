"""Dispatches to the commands, and turns what went wrong into an exit."""

from __future__ import annotations

import io
import os
import sys

from cnnlint.cli.options import parsed
from cnnlint.errors import CnnlintError


def run_command(arguments: list[str]) -> int:
    """Runs the command that the arguments name; its exit."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # names may hold what a terminal's encoding does not
    try:
        options = parsed(arguments)
        # Each command is imported alone: `explain` must not pay for what `check` needs.
        match options.command:
            case "check":
                from cnnlint.cli.check import check_command

                return check_command(options)
            case "summary":
                from cnnlint.cli.summary import summary_command

                return summary_command(options)
            case "diff":
                from cnnlint.cli.diff import diff_command

                return diff_command(options)
            case "budget":
                from cnnlint.cli.budget import budget_command

                return budget_command(options)
            case "fit":
                from cnnlint.cli.fit import fit_command

                return fit_command(options)
            case "why":
                from cnnlint.cli.why import why_command

                return why_command(options)
            case "explain":
                from cnnlint.cli.explain import explain_command

                return explain_command(options)
            case "baseline":
                from cnnlint.cli.baseline import baseline_command

                return baseline_command(options)
            case "config":
                from cnnlint.cli.config import config_command

                return config_command(options)
            case "completions":
                from cnnlint.cli.completions import completions_command

                return completions_command(options)
            case _:
                from cnnlint.cli.explain import rules_command

                return rules_command()
    except CnnlintError as error:
        print(f"cnnlint: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains when it flushes at exit
        return 0
    except KeyboardInterrupt:
        return 130


def complain(message: str) -> None:
    """One line on stderr."""
    print(f"cnnlint: {message}", file=sys.stderr)
