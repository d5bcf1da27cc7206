"""The little grammar in which users state shapes, inputs and budgets, in comments, options and settings alike."""

from __future__ import annotations

import re

from cnnlint.record import value

_NAME = r"[A-Za-z_][A-Za-z0-9_]*"
_dim_name = re.compile(_NAME).fullmatch
_dim_size = re.compile(r"[0-9](?:_?[0-9])*").fullmatch
_dtype = re.compile(rf"(?P<rest>.*?)\s*:\s*(?P<dtype>{_NAME}(?:\.{_NAME})*)\s*", re.DOTALL).fullmatch
_named = re.compile(rf"\s*(?P<name>{_NAME}(?:-[A-Za-z0-9_]+)*)\s*=\s*(?P<value>.*)", re.DOTALL).fullmatch
_quantity = re.compile(r"(?P<number>[0-9](?:_?[0-9])*(?:\.[0-9](?:_?[0-9])*)?)\s*(?P<unit>[A-Za-z]*)").fullmatch
_percentage = re.compile(r"(?P<whole>[0-9]{1,9})(?:\.(?P<rest>[0-9]{1,2}))?\s*%").fullmatch
_UNITS = {"": 1, "k": 1000, "K": 1000, "M": 1000**2, "G": 1000**3, "T": 1000**4}
_BINARY_UNITS = {"KiB": 1024, "MiB": 1024**2, "GiB": 1024**3, "TiB": 1024**4}
_MAX_DIGITS = 18


class StatedError(ValueError):
    """Something a user stated that cannot be read; the message says what was expected."""


@value
class StatedShape:
    """A shape as a user states it: sizes and names of unknown sizes, and perhaps a dtype."""

    dims: tuple[int | str, ...]
    dtype: str | None


@value
class StatedInput:
    """The shape of one input of a model, for the parameter of this name or, without one, by position.

    Where only the `size` of its spatial axes is stated the model says the rest, and `shape` is empty.
    """

    name: str | None
    shape: StatedShape
    size: int | None = None


@value
class StatedLimit:
    """What a budget says of one thing: mostly how much of it is allowed, as text; `parse_quantity` reads a number."""

    name: str
    text: str


def parse_shape(text: str) -> StatedShape:
    """The shape that `1,3,224,224`, `(batch, 3, H, W)` or `1,128:int64` states; `()` is a scalar's.

    Raises StatedError if it is none.
    """
    stated = text.strip()
    dtype = None
    if ":" in stated:
        match = _dtype(stated)
        if match is None:
            raise StatedError(f"expected a dtype's name after `:` in the shape `{text.strip()}`, such as `1,128:int64`")
        stated, dtype = match["rest"].strip(), match["dtype"]
    is_enclosed = stated[:1] + stated[-1:] in ("()", "[]") and len(stated) >= 2
    inner = stated[1:-1].strip() if is_enclosed else stated
    if not inner:
        if is_enclosed:
            return StatedShape((), dtype)
        raise StatedError("expected a shape, such as `1,3,224,224` or `batch,3,H,W`, but got nothing")
    parts = inner.split(",")
    if len(parts) > 1 and not parts[-1].strip():
        parts.pop()
    return StatedShape(tuple(_dim(part.strip(), text.strip()) for part in parts), dtype)


def _dim(part: str, shape: str) -> int | str:
    if _dim_name(part):
        return part
    if not _dim_size(part):
        raise StatedError(f"expected whole numbers or names, separated by commas, in the shape `{shape}`, but got `{part}`")
    return _whole(part)


def _whole(digits: str) -> int:
    if len(digits) > _MAX_DIGITS:
        raise StatedError(f"expected a number of at most {_MAX_DIGITS} digits, but got `{digits[:_MAX_DIGITS]}...`")
    return int(digits)


def parse_input_option(text: str) -> StatedInput:
    """The input that `1,3,224,224` or `x=1,3,224,224` states; a lone `224` is the size of every spatial axis, `224,` one axis.

    Raises StatedError if it is none.
    """
    match = _named(text)
    name, value = (None, text) if match is None else (match["name"], match["value"])
    size, mark, _ = value.strip().partition(":")
    if not _dim_size(size.strip()):
        return StatedInput(name, parse_shape(value))
    return StatedInput(name, StatedShape((), parse_shape(value).dtype if mark else None), _whole(size.strip()))


def parse_sizes_option(text: str) -> tuple[StatedInput, ...]:
    """The inputs that `224,256,384` or `x=224,256:uint8` states, each with one size for every spatial axis.

    Raises StatedError if it is none.
    """
    match = _named(text)
    name, value = (None, text) if match is None else (match["name"], match["value"])
    sizes, mark, _ = value.strip().partition(":")
    shape = StatedShape((), parse_shape(value).dtype if mark else None)
    parts = [part.strip() for part in sizes.split(",")]
    if len(parts) > 1 and not parts[-1]:
        parts.pop()
    for part in parts:
        if not _dim_size(part):
            raise StatedError(f"expected whole numbers, each of them a size of the input, but got `{part}`")
    return tuple(StatedInput(name, shape, _whole(part)) for part in dict.fromkeys(parts))


def parse_inputs(text: str) -> tuple[StatedInput, ...]:
    """The inputs that stand between the parentheses of `input(...)`.

    `batch, 3, 224, 224` is one shape; `(1, 3, 8, 8), (1, 5)` are two by position; `x=(1, 3, 8, 8), ids=(1, 128):int64`
    are two by name. Raises StatedError if it is none of these.
    """
    items = _split(text)
    if not items:
        raise StatedError("expected a shape in `input(...)`, such as `input(batch, 3, 224, 224)`")
    if not any(_named(item) or item.startswith(("(", "[")) for item in items):
        return (StatedInput(None, parse_shape(text)),)
    inputs: list[StatedInput] = []
    for item in items:
        match = _named(item)
        name, shape = (match["name"], match["value"].strip()) if match else (None, item)
        if not shape.startswith(("(", "[")):
            raise StatedError(f"expected each of several shapes in parentheses in `input(...)`, but got `{item}`")
        if name is None and inputs and inputs[-1].name is not None:
            raise StatedError(f"expected a name before the shape `{item}`, as the input before it has one")
        if name is not None and any(other.name == name for other in inputs):
            raise StatedError(f"the input `{name}` is stated twice")
        inputs.append(StatedInput(name, parse_shape(shape)))
    return tuple(inputs)


def parse_outputs(text: str) -> tuple[StatedShape, ...]:
    """The shapes that stand between the parentheses of `output(...)`: `batch, 1000` is one, `(batch, 10), (batch, 4)` are two.

    Raises StatedError if they can't be read.
    """
    items = _split(text)
    if not items:
        raise StatedError("expected a shape in `output(...)`, such as `output(batch, 1000)`")
    if not any(item.startswith(("(", "[")) for item in items):
        return (parse_shape(text),)
    return tuple(parse_shape(item) for item in items)


def parse_budget(text: str) -> tuple[StatedLimit, ...]:
    """The limits that stand between the parentheses of `budget(...)`, such as `params=60M, macs=1.2G`.

    Raises StatedError if they cannot be read.
    """
    limits: list[StatedLimit] = []
    for item in _split(text):
        match = _named(item)
        if match is None:
            raise StatedError(f"expected `name=quantity` in `budget(...)`, such as `params=60M`, but got `{item}`")
        if any(limit.name == match["name"] for limit in limits):
            raise StatedError(f"the budget's `{match['name']}` is stated twice")
        limits.append(StatedLimit(match["name"], match["value"].strip()))
    if not limits:
        raise StatedError("expected a limit in `budget(...)`, such as `budget(params=60M, macs=1.2G)`")
    return tuple(limits)


def parse_rules(text: str) -> tuple[str, ...]:
    """The codes and names of rules that stand between the brackets of `ignore[...]`.

    Raises StatedError if there is none.
    """
    items = tuple(item for item in _split(text) if item)
    if not items:
        raise StatedError("expected the code or name of a rule in `ignore[...]`, such as `ignore[channel-mismatch]`")
    return items


def _split(text: str) -> list[str]:
    """The items between the commas outside of brackets; the last may be followed by a comma."""
    items: list[str] = []
    start = depth = 0
    for offset, character in enumerate(text):
        if character in "([":
            depth += 1
        elif character in ")]":
            depth -= 1
        elif character == "," and depth == 0:
            items.append(text[start:offset].strip())
            start = offset + 1
    items.append(text[start:].strip())
    if depth:
        raise StatedError(f"the brackets in `{text.strip()}` do not match")
    if not items[-1]:
        items.pop()
    return items


def parse_percentage(text: str) -> int:
    """The hundredths of a percent that `50%`, `12.5%` or `0.75 %` states.

    Raises StatedError if it is none, or has more than two digits behind the point.
    """
    match = _percentage(text.strip())
    if match is None:
        raise StatedError(f"expected a percentage with at most two digits behind the point, such as `12.5%`, but got `{text.strip()}`")
    return int(match["whole"]) * 100 + int((match["rest"] or "").ljust(2, "0"))


def parse_quantity(text: str) -> int:
    """The whole number that `60M`, `1.2G`, `500k` (powers of 1000), `64MiB` (of 1024) or `25_557_032` states.

    Exact: no floats. Raises StatedError if it is none, or not whole.
    """
    match = _quantity(text.strip())
    factor = None if match is None else (_UNITS | _BINARY_UNITS).get(match["unit"])
    if match is None or factor is None:
        raise StatedError(f"expected a number with `k`, `M`, `G`, `T`, `KiB`, `MiB`, `GiB`, `TiB` or no unit, but got `{text.strip()}`")
    whole, _, fraction = match["number"].replace("_", "").partition(".")
    if len(whole) + len(fraction) > _MAX_DIGITS:
        raise StatedError(f"expected a number of at most {_MAX_DIGITS} digits, but got `{text.strip()[:40]}`")
    quantity, rest = divmod(int(whole + fraction) * factor, int("1" + "0" * len(fraction)))
    if rest:
        raise StatedError(f"expected a whole number, but `{text.strip()}` is none")
    return quantity
