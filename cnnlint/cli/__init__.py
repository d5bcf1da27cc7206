"""The command `cnnlint`."""

from __future__ import annotations

import sys


def main(arguments: list[str] | None = None) -> int:
    """Runs a command and returns its exit: 0 clean, 1 findings, 2 usage or setup, 3 a fault of ours."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments in (["--version"], ["-V"]):  # answered at once: everything below costs start-up time
        from cnnlint import __version__

        print(f"cnnlint {__version__}")
        return 0
    from cnnlint.cli.commands import run_command

    return run_command(arguments)
