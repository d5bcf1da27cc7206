"""Where reports go, in which format, and what the terminal can show."""

from __future__ import annotations

import os
import pathlib
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TextIO, TypeVar

from cnnlint.errors import CnnlintError, nearest
from cnnlint.plugin import Printing, Registry, Reporter

R = TypeVar("R", bound=Reporter)


@dataclass(frozen=True, slots=True)
class Destination(Generic[R]):
    """A format, and the file that it is written to; without one it is printed."""

    reporter: R
    file: pathlib.Path | None


def destinations(texts: Sequence[str], kind: type[R], default: str, registry: Registry) -> tuple[Destination[R], ...]:
    """Where each format goes: those with a file to it, at most one to the terminal, `default` if there is none.

    Raises CnnlintError for a format that doesn't exist, a file that can't be written, or a second format without a file.
    """
    found = [_destination(text, kind, registry) for text in texts]
    printed = [text for text, each in zip(texts, found, strict=True) if each.file is None]
    if len(printed) > 1:
        raise CnnlintError(f"--output-format {printed[1]}: only one format can be printed; give this one a file: {printed[1]}:FILE")
    files = [each.file for each in found if each.file is not None]
    for number, file in enumerate(files):
        if file in files[:number]:
            raise CnnlintError(f"--output-format: two formats would be written to {file}")
    return tuple(found) if printed else (_destination(default, kind, registry), *found)


def write_all(
    places: Sequence[Destination[R]], write: Callable[[R, TextIO, Printing], None], printing: Printing, printed: TextIO | None = None
) -> None:
    """Writes a report to each place, the files first; what has none is printed to `printed`, or standard output.

    Raises CnnlintError if one can't be written.
    """
    plain = replace(printing, is_coloured=False, has_links=False)
    for place in sorted(places, key=lambda place: place.file is None):
        if place.file is None:
            write(place.reporter, printed or sys.stdout, printing)
            continue
        try:
            with place.file.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
                write(place.reporter, stream, plain)
        except OSError as error:
            raise CnnlintError(f"--output-format: {place.file} can't be written: {error.strerror or error}") from None


def is_coloured(choice: str, stream: TextIO, variables: Mapping[str, str] = os.environ) -> bool:
    """Whether what is printed to `stream` is coloured: by the option, else NO_COLOR, else FORCE_COLOR, else on a terminal.

    Source: https://no-color.org and https://force-color.org
    """
    if choice != "auto":
        return choice == "always"
    if variables.get("NO_COLOR"):
        return False
    if variables.get("FORCE_COLOR"):
        return True
    return stream.isatty() and variables.get("TERM") != "dumb"


def has_links(stream: TextIO, variables: Mapping[str, str] = os.environ) -> bool:
    """Whether `stream` is a terminal that is known to show OSC 8 hyperlinks."""
    if variables.get("FORCE_HYPERLINK"):
        return variables["FORCE_HYPERLINK"] != "0"
    if not stream.isatty() or variables.get("CI") or variables.get("TERM", "").startswith(("screen", "dumb")):
        return False
    if any(variables.get(name) for name in ("WT_SESSION", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "DOMTERM", "GHOSTTY_RESOURCES_DIR")):
        return True
    vte = variables.get("VTE_VERSION", "")
    if vte.isdecimal() and int(vte) >= 5000:
        return True
    known = variables.get("TERM_PROGRAM") in ("iTerm.app", "WezTerm", "vscode", "Hyper", "ghostty", "Tabby", "rio")
    return known or variables.get("TERM", "") in ("xterm-kitty", "alacritty", "foot", "xterm-ghostty")


def _destination(text: str, kind: type[R], registry: Registry) -> Destination[R]:
    name, separator, file = text.partition(":")
    known = {reporter.name: reporter for reporter in registry.reporters if issubclass(reporter, kind)}
    if name not in known:
        raise CnnlintError(f"--output-format {name}: no such format{nearest(name, known) or '; there are ' + ', '.join(known)}")
    if not separator:
        return Destination(known[name](), None)
    path = pathlib.Path(file)
    if not file or path.is_dir() or not path.parent.is_dir():
        why = "a file must follow the colon" if not file else f"{file} is a folder" if path.is_dir() else f"no such folder: {path.parent}"
        raise CnnlintError(f"--output-format {text}: {why}")
    return Destination(known[name](), path)
