"""`python -m cnnlint` is the command `cnnlint`."""

import sys

from cnnlint.cli import main

if __name__ == "__main__":
    sys.exit(main())
