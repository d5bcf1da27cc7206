"""What the source has where something fails: all that a rule must know of it to offer a fix."""

from __future__ import annotations

from cnnlint.graph.model import Place
from cnnlint.record import value


@value
class WrittenFactor:
    """A factor of a product as it is written; `number` is its value where it is a literal."""

    place: Place
    text: str
    number: int | None


@value
class WrittenValue:
    """The expression that makes the wrong value, where a variable or parameter leads to it.

    `is_own`: nothing else takes its value from there. `factors` are those of a product, or the expression itself; `is_literal` if
    all of it is numbers. `divisions` are the places of the `/` that make it a float; `is_quotient` if the last step is one.
    """

    place: Place
    text: str
    is_own: bool
    factors: tuple[WrittenFactor, ...]
    is_literal: bool
    divisions: tuple[Place, ...] = ()
    is_quotient: bool = False


@value
class WrittenArgument:
    """An argument of a call: its value's place, and that of its name, `keyword` (empty at the value for one by position).

    `outer` is the value's place with the parentheses around it.
    """

    keyword: str
    name: Place
    value: Place
    text: str
    outer: Place


@value
class WrittenCall:
    """A call with its function and arguments; `end` is where another argument may be added, `has_stars` if some aren't written out."""

    place: Place
    function: str
    arguments: tuple[WrittenArgument, ...]
    end: Place
    has_stars: bool


@value
class WrittenBody:
    """The body of a constructor: `start` is where a first statement may be inserted, `separator` what must stand behind it.

    `needs_nothing` if the constructor of the base can be called there without arguments.
    """

    start: Place
    separator: str
    needs_nothing: bool


@value
class WrittenChange:
    """A place, and the text that is to stand there."""

    place: Place
    text: str


@value
class Written:
    """The source about a failure: where its argument's value is made, the call, and the body of the constructor.

    `removal` takes out a step that is one too many; `paddings` let branches meet that differ in size.
    """

    value: WrittenValue | None = None
    call: WrittenCall | None = None
    constructor: WrittenBody | None = None
    removal: WrittenChange | None = None
    paddings: tuple[WrittenChange, ...] = ()
