"""The error of a user's setup; a fault in the user's model is a `LayerFailure`, any other exception is a fault of ours."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class CnnlintError(Exception):
    """A configuration, an option, a plugin or a path that cannot be used: one line naming the file, the key and the way out."""


def nearest(word: str, known: Iterable[str]) -> str:
    """`; did you mean X?` with the known word most like `word`, or nothing if none is like it."""
    match = closest(word, known)
    return f"; did you mean `{match}`?" if match else ""


LIKE = 0.7
"""How much of two words that begin differently must be the same for one to be meant by the other: `init` isn't `units`."""


def closest(word: str, known: Iterable[str]) -> str:
    """The known word most like `word`, or nothing if none is like it."""
    words = list(known)
    nearest = difflib.get_close_matches(word, [each for each in words if each[:1] == word[:1]], n=1)
    return next(iter(nearest or difflib.get_close_matches(word, words, n=1, cutoff=LIKE)), "")
