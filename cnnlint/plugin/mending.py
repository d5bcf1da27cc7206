"""Fixes that several rules offer, made from what the source has where something fails."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cnnlint.diagnostics import Edit, Fix

if TYPE_CHECKING:
    from cnnlint.dims import Dim, Shape
    from cnnlint.graph import Written, WrittenCall, WrittenValue


def resized(
    written: Written | None, argument: str | None, expected: Dim | Shape, got: Dim | Shape, factors: Sequence[Dim] = ()
) -> Fix | None:
    """Write the size that arrives for the one that is expected, in the author's style: a product stays a product.

    None unless both are known, and nothing else takes its value from where the literals stand.
    """
    value = written.value if written is not None else None
    if value is None or not value.is_own or not isinstance(got, int) or not isinstance(expected, int) or argument is None:
        return None
    sizes = [size for size in factors if isinstance(size, int)]
    if len(sizes) < len(factors) or math.prod(sizes) != got:
        sizes = [got]
    edits = _factor_edits(value, expected, sizes) or _whole_edit(value, expected, sizes)
    return Fix(f"set `{argument}` to {_shown(value, sizes)}", True, edits) if edits else None


def _factor_edits(value: WrittenValue, expected: int, sizes: Sequence[int]) -> tuple[Edit, ...]:
    """An edit for each literal factor of a product that is another one now; nothing where the factors don't match the sizes."""
    if len(value.factors) != len(sizes):
        return ()
    literals = math.prod(factor.number for factor in value.factors if factor.number is not None)
    named = math.prod(size for factor, size in zip(value.factors, sizes, strict=True) if factor.number is None)
    if not literals or literals * named != expected:
        return ()
    return tuple(
        Edit(factor.place, str(size))
        for factor, size in zip(value.factors, sizes, strict=True)
        if factor.number is not None and factor.number != size
    )


def _whole_edit(value: WrittenValue, expected: int, sizes: Sequence[int]) -> tuple[Edit, ...]:
    if not value.is_literal or (len(value.factors) == 1 and value.factors[0].number not in (None, expected)):
        return ()
    return (Edit(value.place, _shown(value, sizes)),)


def _shown(value: WrittenValue, sizes: Sequence[int]) -> str:
    """The sizes as a product where the author has one, with spaces if there are any."""
    if "*" not in value.text:
        return str(math.prod(sizes))
    return (" * " if " " in value.text else "*").join(map(str, sizes))


def renamed(written: Written | None, argument: str | None, meant: str) -> Fix | None:
    """Name an argument of the call as it was meant; None if the call has that one already, or the name isn't written in it."""
    call = written.call if written is not None else None
    if call is None or not meant or call.has_stars or any(given.keyword == meant for given in call.arguments):
        return None
    named = next((given for given in call.arguments if given.keyword and given.keyword == argument), None)
    return None if named is None else Fix(f"rename `{argument}` to `{meant}`", True, (Edit(named.name, meant),))


def added(call: WrittenCall | None, argument: str, *, safe: bool = True) -> Fix | None:
    """Give the call one more argument, `bias=False`; None if it has one of that name, or some that aren't written out."""
    keyword = argument.partition("=")[0]
    if call is None or call.has_stars or any(given.keyword == keyword for given in call.arguments):
        return None
    text = f", {argument}" if call.arguments else argument
    return Fix(f"add `{argument}`", safe, (Edit(call.end, text),))


def rewritten(
    call: WrittenCall | None, argument: str | None, form: str, message: str, *, is_first: bool = False, safe: bool = True
) -> Fix | None:
    """Write an argument of the call in another form, `({},)`, in which its own text stands; None if the call lacks it.

    It is the keyword of that name, or, where it `is_first` of the signature, what the call has first without a name.
    """
    if call is None or not call.arguments or call.has_stars:
        return None
    first = call.arguments[0] if is_first and not call.arguments[0].keyword else None
    given = first or next((given for given in call.arguments if given.keyword and given.keyword == argument), None)
    if given is None:
        return None
    text = form.format(given.text)
    return Fix(message.format(text), safe, (Edit(given.outer, text),))


def wrapped(value: WrittenValue | None, before: str, after: str, message: str, *, safe: bool = True) -> Fix | None:
    """Put text on both sides of an expression: `nn.ModuleList(` and `)`."""
    if value is None:
        return None
    return Fix(message, safe, (Edit(value.place.start, before), Edit(value.place.end, after)))


def divided(written: Written | None, got: object) -> Fix | None:
    """Divide to an integer: `//` for the one `/` of the expression; unsafe where more is computed from the quotient, or it isn't whole."""
    value = written.value if written is not None else None
    if value is None or len(value.divisions) != 1:
        return None
    is_whole = isinstance(got, float) and got.is_integer()
    return Fix("divide with `//`", value.is_quotient and is_whole, (Edit(value.divisions[0], "//"),))


def removed(written: Written | None, what: str) -> Fix | None:
    """Take a step out that is one too many: what is computed changes, so it is unsafe."""
    removal = written.removal if written is not None else None
    return None if removal is None else Fix(f"remove the {what}", False, (Edit(removal.place, removal.text),))


def padded(written: Written | None) -> Fix | None:
    """Pad the windows by half of their kernels, whose lost borders are all that keeps branches apart."""
    if written is None or not written.paddings:
        return None
    texts = dict.fromkeys(change.text.removeprefix(", ") for change in written.paddings)
    shown = " and ".join(f"`{text if '=' in text else f'padding={text}'}`" for text in texts)
    return Fix(f"let the branches meet by {shown}", True, tuple(Edit(change.place, change.text) for change in written.paddings))


def initialised(written: Written | None) -> Fix | None:
    """Call the base's constructor first, which must need no arguments."""
    body = written.constructor if written is not None else None
    return (
        None
        if body is None or not body.needs_nothing
        else Fix("insert `super().__init__()`", True, (Edit(body.start, f"super().__init__(){body.separator}"),))
    )
