"""Sets of sizes in words: `H, W >= 63`, `H, W = 32..35`, `multiples of 32`."""

from __future__ import annotations

from collections.abc import Sequence

from cnnlint.record import value
from cnnlint.solver.ranges import TABLE, Ranges

MOST_PARTS = 4
MOST_REMAINDERS = 8
MOST_LISTED = 6


@value
class Pattern:
    """What a set looks like: its least member, the number that all are multiples of, and a phrase with `{}` for the axes' names."""

    least: int
    multiple: int
    phrase: str


@value
class Said:
    """What is said of an axis: the pattern of its sizes; `equal_to` names the axis whose size it must have ("" if none)."""

    name: str
    pattern: Pattern
    equal_to: str = ""


def pattern_of(found: Ranges, repeats: int | None) -> Pattern:
    """The pattern of a set; `repeats` where its demands are known to repeat, so that what is seen in the table goes on."""
    if not found:
        return Pattern(0, 1, "{}: none")
    least, parts = found.least, found.ranges
    is_known = found.limit is None or (found.limit == TABLE and repeats is not None)
    limit = "" if is_known else f" (up to {found.limit:,})"
    if len(parts) == 1 and parts[0][1] in (None, found.limit):
        return Pattern(least, 1, f"{{}}: any{limit}" if least == 1 else f"{{}} >= {least}{limit}")
    if len(parts) <= MOST_PARTS:
        return Pattern(least, 1, f"{{}} = {' or '.join(shown(part, found.limit) for part in parts)}{limit}")
    cycle = repeating(found)
    if cycle is not None:
        steps, remainders = cycle
        return Pattern(least, steps if remainders == (0,) else 1, repeated(least, steps, remainders) + limit)
    listed = ", ".join(str(n) for n, _ in zip(found.members(TABLE), range(MOST_LISTED), strict=False))
    return Pattern(least, 1, f"{{}} = {listed}, ...{limit}")


def shown(part: tuple[int, int | None], limit: int | None) -> str:
    low, high = part
    if high is None or high == limit:
        return f">= {low}"
    return str(low) if low == high else f"{low}..{high}"


def repeating(found: Ranges) -> tuple[int, tuple[int, ...]] | None:
    """The least number of steps after which membership repeats from the least member on, with the remainders of the members."""
    least, end = found.least, found.limit or TABLE
    members = set(found.members(end))
    seen = sorted(members)
    for steps in range(2, (end - least) // 3):
        if least + steps not in members:
            continue
        if all((n + steps in members) == (n in members) for n in range(least, end - steps + 1)):
            remainders = tuple(sorted({n % steps for n in seen}))
            return (steps, remainders) if len(remainders) <= MOST_REMAINDERS else None
    return None


def repeated(least: int, steps: int, remainders: tuple[int, ...]) -> str:
    if remainders == (0,):
        return f"{{}}: multiples of {steps}" if least == steps else f"{{}} >= {least} and multiples of {steps}"
    rest = f"% {steps} == {remainders[0]}" if len(remainders) == 1 else f"% {steps} in {', '.join(map(str, remainders))}"
    return f"{{}} {rest}" if least <= steps else f"{{}} >= {least} with {{}} {rest}"


def worded(axes: Sequence[Said]) -> str:
    """The set in words, axes of one pattern together."""
    phrases: dict[str, list[str]] = {}
    for axis in axes:
        names = phrases.setdefault(axis.pattern.phrase, [])
        if axis.equal_to and names:
            names[-1] = f"{names[-1]} = {axis.name}"
        else:
            names.append(axis.name)
    if len(axes) > 1 and [len(names) for names in phrases.values()] == [len(axes)]:
        (phrase,) = phrases
        if phrase.startswith("{}: multiples"):
            return phrase.removeprefix("{}: ")
    return ", ".join(phrase.replace("{}", ", ".join(names)) for phrase, names in phrases.items())
