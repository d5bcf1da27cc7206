"""The TARGET of a command: a file or a module, and perhaps an expression in its scope."""

from __future__ import annotations

import pathlib

from cnnlint.discovery import nearest_file
from cnnlint.errors import CnnlintError
from cnnlint.interpreter import Target


def parse_target(text: str) -> Target:
    """`FILE`, `FILE::EXPR`, `dotted.module` or `dotted.module::EXPR`; what follows the first `::` is the expression.

    Raises CnnlintError, which leaves out the target itself, if the part before it is neither a file nor could be a module.
    """
    place, separator, expression = text.partition("::")
    place, expression = place.strip(), expression.strip()
    if separator and not expression:
        raise CnnlintError("an expression must follow `::`")
    named = expression if separator else None
    path = pathlib.Path(place)
    if place and _is_file(path):
        return Target(text, path, None, named)
    if place and path.is_dir():
        raise CnnlintError("this is a folder; name a file in it")
    if place and all(part.isidentifier() for part in place.split(".")) and not place.endswith(".py"):
        return Target(text, None, place, named)
    raise CnnlintError(f"no such file{nearest_file(path)}")


def split_input(text: str) -> tuple[str, str]:
    """The TARGET and the SHAPE of `TARGET=SHAPE`: TARGET ends at the first `=` outside brackets and strings.

    Raises CnnlintError if there is none.
    """
    depth, quote = 0, ""
    for position, character in enumerate(text):
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character in "([{":
            depth += 1
        elif character in ")]}":
            depth -= 1
        elif character == "=" and depth == 0 and position:
            return text[:position].strip(), text[position + 1 :].strip()
    raise CnnlintError(f"--input {text}: expected TARGET=SHAPE, such as net.py::Net=1,3,224,224")


def _is_file(path: pathlib.Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # too long, or a null character
        return False
