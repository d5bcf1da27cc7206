"""`python -m cnnlint` is the command `cnnlint`."""

import os
import sys

# `python -m` looks for modules in the working directory first, which may hold the code under inspection.
if sys.path[:1] in ([""], [os.getcwd()]):  # noqa: PTH109  # pathlib costs start-up time
    del sys.path[0]

from cnnlint.cli import run

if __name__ == "__main__":
    run()
