"""The command `completions`."""

from __future__ import annotations

import argparse

import shtab

from cnnlint.cli.options import whole_parser
from cnnlint.errors import CnnlintError, nearest


def completions_command(options: argparse.Namespace) -> int:
    """Prints the completions of a shell."""
    if options.shell not in shtab.SUPPORTED_SHELLS:
        known = ", ".join(shtab.SUPPORTED_SHELLS)
        raise CnnlintError(
            f"completions: no such shell: {options.shell}{nearest(options.shell, shtab.SUPPORTED_SHELLS)}; there are {known}"
        )
    print(shtab.complete(whole_parser(), options.shell))
    return 0
