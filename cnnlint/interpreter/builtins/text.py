"""Values as text: `str`, `repr`, `format` and f-strings, as far as the text is known."""

from __future__ import annotations

import re
from typing import Final

from cnnlint.interpreter import calls
from cnnlint.interpreter.builtins.measures import certain_entries
from cnnlint.interpreter.builtins.natives import is_plain
from cnnlint.interpreter.describing import described
from cnnlint.interpreter.machine import MOST_ELEMENTS, Machine
from cnnlint.interpreter.raising import fail
from cnnlint.interpreter.types import BASE_EXCEPTION
from cnnlint.values import (
    MISSING,
    ClassValue,
    DictValue,
    FunctionValue,
    Instance,
    ListValue,
    NativeFunction,
    SetValue,
    Unknown,
    Value,
)

WIDEST: Final = 1_000
"""The greatest width or precision of a format that is carried out."""
_LONG_NUMBER = re.compile(r"[0-9]{4,}")


def text_of(machine: Machine, value: Value, is_repr: bool = False) -> str | Unknown:
    """`str(value)` or `repr(value)`."""
    if isinstance(value, tuple):
        inner = joined(machine, list(value))
        if isinstance(inner, Unknown):
            return inner
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    if is_plain(value):
        return known_text(machine, value, is_repr)
    match value:
        case Unknown():
            return value
        case Instance():
            return text_of_instance(machine, value, is_repr)
        case ListValue(contents=list() as items):
            inner = joined(machine, items)
            return inner if isinstance(inner, Unknown) else f"[{inner}]"
        case DictValue():
            return text_of_dict(machine, value)
        case SetValue(contents=dict() as members):
            if not members:
                return "frozenset()" if value.is_frozen else "set()"
            if all(isinstance(member, int) for member in members):
                shown = repr(set(members))
                return f"frozenset({shown})" if value.is_frozen else shown
        case ListValue() | SetValue():
            return value.contents if isinstance(value.contents, Unknown) else machine.unknown("the text of a set")
        case ClassValue():
            return f"<class '{value.name}'>" if value.module == "builtins" else f"<class '{value.module}.{value.name}'>"
        case NativeFunction():
            return f"<built-in function {value.name}>"
        case FunctionValue():
            return machine.unknown(f"the text of function `{value.name}`, which has an address in it")
    return machine.unknown(f"the text of {described(value)}")


def known_text(machine: Machine, value: Value, is_repr: bool) -> str | Unknown:
    try:
        return repr(value) if is_repr else str(value)
    except ValueError:
        return machine.unknown("the text of a number of very many digits")


def joined(machine: Machine, items: list[Value]) -> str | Unknown:
    """The items' `repr`, with commas."""
    if len(items) > MOST_ELEMENTS // 10:
        return machine.unknown("the text of a long list")
    parts: list[str] = []
    for item in items:
        part = text_of(machine, item, is_repr=True)
        if isinstance(part, Unknown):
            return part
        parts.append(part)
    return ", ".join(parts)


def text_of_dict(machine: Machine, value: DictValue) -> str | Unknown:
    entries = certain_entries(machine, value)
    if isinstance(entries, Unknown) or type(value) is not DictValue:
        return entries if isinstance(entries, Unknown) else machine.unknown("the text of a dict")
    parts: list[str] = []
    for key, item in entries.items():
        left, right = text_of(machine, key, is_repr=True), text_of(machine, item, is_repr=True)
        if isinstance(left, Unknown) or isinstance(right, Unknown):
            return left if isinstance(left, Unknown) else right
        parts.append(f"{left}: {right}")
    return f"{{{', '.join(parts)}}}"


def text_of_instance(machine: Machine, value: Instance, is_repr: bool) -> str | Unknown:
    for name in ("__repr__",) if is_repr else ("__str__", "__repr__"):
        found = value.cls.find(name)
        if found is not MISSING and found not in DEFAULT_TEXTS:
            text = calls.call(machine, found, [value], {})
            if isinstance(text, (str, Unknown)):
                return text
            return machine.unknown(f"the text of {described(value)}")
    if value.cls.is_subclass(BASE_EXCEPTION):
        return text_of_exception(machine, value, is_repr)
    if value.payload is not MISSING:
        return text_of(machine, value.payload, is_repr)
    return machine.unknown(f"the text of {described(value)}")


DEFAULT_TEXTS: Final[list[Value]] = []
"""`object.__str__` and `object.__repr__`, which say where an object lies in memory."""


def text_of_exception(machine: Machine, value: Instance, is_repr: bool) -> str | Unknown:
    given = value.contents.get("args", ())
    if not isinstance(given, tuple):
        return machine.unknown("the text of an exception")
    if is_repr:
        inner = joined(machine, list(given))
        return inner if isinstance(inner, Unknown) else f"{value.cls.name}({inner})"
    if not given:
        return ""
    if len(given) > 1:
        return text_of(machine, given)
    return text_of(machine, given[0], is_repr=any(cls.name == "KeyError" for cls in value.cls.mro))


def formatted(machine: Machine, value: Value, conversion: str, form: Value) -> str | Unknown:
    """A part of an f-string: `{value!conversion:form}`."""
    if isinstance(form, Unknown):
        return form
    if isinstance(value, Instance) and not conversion:
        found = value.cls.find("__format__")
        if isinstance(found, FunctionValue):
            text = calls.call(machine, found, [value, form], {})
            return text if isinstance(text, (str, Unknown)) else machine.unknown(f"the text of {described(value)}")
        if value.payload is not MISSING and value.cls.find("__str__") is MISSING and value.cls.find("__repr__") is MISSING:
            value = value.payload
    if conversion or not is_plain(value) or isinstance(value, tuple):
        shown = text_of(machine, value, is_repr=conversion in ("r", "a"))
        if isinstance(shown, Unknown):
            return shown
        if not conversion and form and not isinstance(value, str):
            return machine.unknown(f"{described(value)} in a format")
        value = ascii_only(shown) if conversion == "a" else shown
    if not isinstance(form, str) or _LONG_NUMBER.search(form):
        return machine.unknown("a format with a great width")
    try:
        return format(value, form)
    except (ValueError, TypeError) as error:
        return fail(machine, type(error).__name__, f"format {form!r} of {described(value)}: {error}")


def ascii_only(text: str) -> str:
    return text.encode("ascii", "backslashreplace").decode("ascii")


_FIELD = re.compile(r"\{\{|\}\}|\{([^{}!:]*)(?:!([rsa]))?(?::((?:[^{}]|\{[^{}]*\})*))?\}|[{}]")


def format_string(machine: Machine, template: str, positional: tuple[Value, ...], keywords: dict[str, Value]) -> str | Unknown:
    """`template.format(*positional, **keywords)` for fields that are plain names or numbers."""
    parts: list[str] = []
    automatic = 0
    position = 0
    for field in _FIELD.finditer(template):
        parts.append(template[position : field.start()])
        position = field.end()
        shown = field.group()
        if shown in ("{{", "}}"):
            parts.append(shown[0])
            continue
        name, conversion, form = field.group(1), field.group(2) or "", field.group(3) or ""
        if name is None or "{" in form:
            return machine.unknown("a format with nested fields")
        if not name:
            name = str(automatic)
            automatic += 1
        if name.isdigit() and int(name) < len(positional):
            value = positional[int(name)]
        elif name in keywords:
            value = keywords[name]
        elif name.isidentifier():
            return fail(machine, "KeyError", f"the format has a field `{name}` that is not given")
        elif name.isdigit():
            return fail(machine, "IndexError", f"the format has field {name}, but {len(positional)} values are given")
        else:
            return machine.unknown("a format with attributes or items")
        text = formatted(machine, value, conversion, form)
        if isinstance(text, Unknown):
            return text
        parts.append(text)
    return "".join(parts) + template[position:]
