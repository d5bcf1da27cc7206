"""The command `cnnlint`."""

from __future__ import annotations

import os
import sys


def run() -> None:
    """The command itself: ends the process at once when its output is written.

    Taking all modules apart first, as Python does, would take a tenth of a cold run.
    """
    code = main()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # nobody reads on
        code = code or 1
    os._exit(code)


def main(arguments: list[str] | None = None) -> int:
    """Runs a command and returns its exit: 0 clean, 1 findings, 2 usage or setup, 3 a fault of ours."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments in (["--version"], ["-V"]):  # answered at once: everything below costs start-up time
        from cnnlint import __version__

        print(f"cnnlint {__version__}")
        return 0
    import gc

    gc.disable()  # nothing is garbage while modules are imported, and looking for it takes a tenth of the start-up
    from cnnlint.cli.commands import run_command

    return run_command(arguments)
