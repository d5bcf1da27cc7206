"""Known findings, which are not reported again: a file that keys them by file, rule and context, not by line numbers."""

from __future__ import annotations

import json
import os
import pathlib
import tempfile
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from cnnlint.diagnostics import Diagnostic, Suppressed
from cnnlint.errors import CnnlintError
from cnnlint.fingerprints import fingerprint
from cnnlint.paths import display_path
from cnnlint.record import value
from cnnlint.source import SourceText

VERSION = 1


@value
class KnownFinding:
    """What a finding is recognised by: its file, relative to the baseline's folder, its rule, and its context."""

    path: str
    code: str
    context: str


def read_baseline(file: pathlib.Path) -> Counter[KnownFinding]:
    """The known findings, each with how often it is there.

    Raises CnnlintError if the file can't be used.
    """
    shown = display_path(file)
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
        if document["version"] != VERSION:
            raise CnnlintError(f"{shown}: the baseline is of version {document['version']}, not {VERSION}; run `cnnlint baseline update`")
        return Counter({KnownFinding(each["path"], each["code"], each["context"]): int(each["count"]) for each in document["findings"]})
    except OSError as error:
        raise CnnlintError(f"{shown}: the baseline can't be read: {error.strerror}; `cnnlint baseline update` writes it") from None
    except (ValueError, KeyError, TypeError):
        raise CnnlintError(f"{shown}: this is no baseline; remove it, and run `cnnlint baseline update`") from None


def write_baseline(file: pathlib.Path, known: Mapping[KnownFinding, int]) -> None:
    """Write the findings, sorted, a line each; whole or not at all."""
    ordered = sorted(known.items(), key=lambda item: (item[0].path, item[0].code, item[0].context))
    lines = [json.dumps({"path": key.path, "code": key.code, "context": key.context, "count": count}) for key, count in ordered if count]
    body = ",\n    ".join(lines)
    text = f'{{\n  "version": {VERSION},\n  "findings": [{f"{chr(10)}    {body}{chr(10)}  " if lines else ""}]\n}}\n'
    write_whole(file, text.encode())


def write_whole(file: pathlib.Path, data: bytes) -> None:
    """Replace a file in one step, so that no reader sees half of it; its permissions stay.

    Raises CnnlintError where that can't be done.
    """
    target = file.resolve()
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            mode = target.stat().st_mode & 0o7777 if target.exists() else 0o644
            pathlib.Path(name).chmod(mode)
            pathlib.Path(name).replace(target)
        except BaseException:
            pathlib.Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise CnnlintError(f"{display_path(file)}: can't be written: {error.strerror}") from None


def split_by(
    known: Mapping[KnownFinding, int], folder: pathlib.Path, diagnostics: Iterable[Diagnostic], sources: Mapping[str, SourceText]
) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """The diagnostics that are new, and those that the baseline knows: of equal ones, the first so many."""
    left = Counter(known)
    new, old = [], []
    for diagnostic in diagnostics:
        key = key_of(diagnostic, folder, sources)
        if left[key] > 0:
            left[key] -= 1
            old.append(diagnostic.silenced(Suppressed("baseline")))
        else:
            new.append(diagnostic)
    return new, old


def key_of(diagnostic: Diagnostic, folder: pathlib.Path, sources: Mapping[str, SourceText]) -> KnownFinding:
    """What a diagnostic is recognised by."""
    path = diagnostic.place.path
    source = sources.get(path)
    return KnownFinding(relative_to(path, folder), diagnostic.code, fingerprint(diagnostic, source.text if source else ""))


def relative_to(path: str, folder: pathlib.Path) -> str:
    """A printed path, as it stands in a baseline of that folder."""
    try:
        return pathlib.Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # another drive
        return path


def updated(
    known: Mapping[KnownFinding, int], found: Iterable[KnownFinding], checked: Collection[str], folder: pathlib.Path
) -> Counter[KnownFinding]:
    """The baseline with what was found in the checked files; entries of other files stay while the file exists."""
    kept = Counter({key: count for key, count in known.items() if key.path not in checked and (folder / key.path).is_file()})
    kept.update(found)
    return kept


def pruned(
    known: Mapping[KnownFinding, int], found: Iterable[KnownFinding], checked: Collection[str], folder: pathlib.Path
) -> Counter[KnownFinding]:
    """The baseline without what is no longer there; nothing is added."""
    now = Counter(found)
    kept = {key: min(count, now[key]) if key.path in checked else count for key, count in known.items() if (folder / key.path).is_file()}
    return Counter({key: count for key, count in kept.items() if count})
