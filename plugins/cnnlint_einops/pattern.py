"""Patterns: `b (h p) c -> b h (p c)`, read into named axes and groups of them.

Source: https://einops.rocks/api/rearrange/
"""

from __future__ import annotations

from dataclasses import dataclass

from cnnlint.plugin import OperationFails, Shape

ELLIPSIS = "..."
BLANKS = "() "


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a pattern: for each axis of the tensor the names that it is made of, none for a unit axis.

    The group `(ELLIPSIS,)` stands for any number of axes that stay apart; one that is merged with others, or in parentheses, is
    `is_ellipsis_grouped`. Numbers are named `2#0`, `3#1`, ..., so that no two are the same axis; `numbers` are their sizes.
    """

    groups: tuple[tuple[str, ...], ...]
    numbers: dict[str, int]
    is_ellipsis_grouped: bool = False

    @property
    def names(self) -> list[str]:
        """All names, in order."""
        return [name for group in self.groups for name in group]

    @property
    def has_ellipsis(self) -> bool:
        return ELLIPSIS in self.names


def wrong(function: str, pattern: str, reason: str, shape: Shape | None = None, exception: str = "RuntimeError") -> OperationFails:
    """The failure of a pattern, with the shape that it does not fit."""
    on = f" of a tensor of shape {shape}" if shape is not None else ""
    return OperationFails(f"{function} `{pattern}`{on}: {reason}", exception=exception)


def sides(function: str, pattern: str) -> tuple[Side, Side]:
    """The left and the right side. Raises OperationFails for what is no pattern."""
    parts = pattern.split("->")
    if len(parts) != 2:
        raise wrong(function, pattern, f"has {len(parts) - 1} arrows, not one", exception="ValueError")
    return side(function, pattern, parts[0], "l"), side(function, pattern, parts[1], "r")


def side(function: str, pattern: str, text: str, label: str = "", allows_skipping: bool = False, allows_repeats: bool = False) -> Side:
    """One side. `_` is a name only where axes may be skipped."""
    if "." in text and (text.count(ELLIPSIS) != 1 or text.count(".") != 3):
        raise wrong(function, pattern, "dots stand for an ellipsis `...`, of which a side has one at most")
    groups: list[tuple[str, ...]] = []
    numbers: dict[str, int] = {}
    seen: set[str] = set()
    is_grouped = False
    inside: list[str] | None = None
    for token in tokens(text):
        if token == "(":
            if inside is not None:
                raise wrong(function, pattern, "parentheses inside parentheses")
            inside = []
        elif token == ")":
            if inside is None:
                raise wrong(function, pattern, "`)` without `(`")
            groups.append(tuple(inside))
            inside = None
        elif token.isdecimal() and int(token) == 1:
            if inside is None:
                groups.append(())
        else:
            name = token
            if token.isdecimal():
                if int(token) < 1:
                    raise wrong(function, pattern, f"an axis of size {token}")
                name = f"{token}#{label}{len(numbers)}"
                numbers[name] = int(token)
            elif token != ELLIPSIS:
                expect_name(function, pattern, token, allows_skipping)
            if name in seen and name != "_" and not allows_repeats:
                raise wrong(function, pattern, f"`{name}` stands twice on one side")
            seen.add(name)
            if inside is None:
                groups.append((name,))
            else:
                inside.append(name)
                is_grouped = is_grouped or name == ELLIPSIS
    if inside is not None:
        raise wrong(function, pattern, "`(` without `)`")
    return Side(tuple(groups), numbers, is_grouped)


def tokens(text: str) -> list[str]:
    """Names, numbers, parentheses and the ellipsis, which parts words as a letter would: `a...` is one wrong name."""
    found: list[str] = []
    word = ""
    for letter in text.replace(ELLIPSIS, "\N{HORIZONTAL ELLIPSIS}") + " ":
        if letter in BLANKS:
            if word:
                found.append(word.replace("\N{HORIZONTAL ELLIPSIS}", ELLIPSIS))
            word = ""
            if letter != " ":
                found.append(letter)
        else:
            word += letter
    return found


def expect_name(function: str, pattern: str, name: str, allows_skipping: bool = False) -> None:
    """Raises OperationFails for what is no name of an axis."""
    if name == "_" and allows_skipping:
        return
    if not name.isidentifier() or name.startswith("_") or name.endswith("_"):
        raise wrong(function, pattern, f"`{name}` is no name of an axis")
