"""What `check` does with fixes: writes them, or shows what would change."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Callable, Iterator

from cnnlint.baseline import write_whole
from cnnlint.cli.checking import STANDARD_INPUT, Checking
from cnnlint.cli.commands import complain
from cnnlint.cli.output import is_coloured
from cnnlint.discovery import FoundFile, text_of
from cnnlint.fixing import Fixed, fixed, is_within, replace_data
from cnnlint.plugin import Printing
from cnnlint.reporters._terminal import Line, visible, write_lines

_STYLES = {"+": "green", "-": "red", "@": "cyan"}


def fixed_files(checking: Checking, watch: Callable[[str], None]) -> Fixed:
    """Fix the files that the paths stand for, as far as they lie in their own tree; nothing is written yet."""
    root = checking.settings.root
    outside = {file.display for file in checking.asked.files if file.data is None and not is_within(file.path, root)}
    fixable = {file.display for file in checking.asked.files} - outside
    fixing = fixed(checking.files, checking.run(), checking.known(), fixable, unsafe=checking.options.unsafe_fixes, watch=watch)
    for path in sorted(outside & {each.place.path for each in fixing.outcome.report.diagnostics if each.fix is not None}):
        complain(f"{path}: the link leads out of its folder, so it is not fixed; name the file that it leads to")
    return fixing


def show_changes(checking: Checking, fixing: Fixed) -> None:
    """Print the differences between the files and what would be written."""
    printing = Printing(is_coloured=is_coloured(checking.options.color, sys.stdout))
    for file in checking.files:
        if file.display in fixing.changed:
            write_lines(_differences(checking, file, fixing.changed[file.display], printing), sys.stdout, printing)
    print(_account(fixing, "would be fixed"), file=sys.stderr)


def write_changes(checking: Checking, fixing: Fixed) -> None:
    """Write the changed files, or print the text that came by standard input. Raises CnnlintError where a file can't be written."""
    if STANDARD_INPUT in checking.options.paths:
        for file in checking.asked.files:
            data = fixing.changed.get(file.display, file.data or b"")
            sys.stdout.buffer.write(data)
            sys.stdout.flush()
    else:
        for file in checking.files:
            if file.display in fixing.changed:
                write_whole(file.path, fixing.changed[file.display])
    print(_account(fixing, "fixed"), file=sys.stderr)


def _account(fixing: Fixed, what: str) -> str:
    """`2 findings in 1 file fixed`."""
    findings, files = len(fixing.mended), len(fixing.changed)
    if not findings:
        text = f"nothing {what}"
    else:
        text = f"{findings:,} finding{'s' * (findings != 1)} in {files:,} file{'s' * (files != 1)} {what}"
    if fixing.refused:
        places = ", ".join(f"{each.place.shown}:{each.place.span.line}" for each in fixing.refused)
        text += f"; not that at {places}, whose fix would make something else wrong"
    return text


def _differences(checking: Checking, file: FoundFile, data: bytes, printing: Printing) -> Iterator[Line]:
    limit = max(checking.settings.max_file_size, 2 * len(data))
    old, new = (text_of(each, limit).text.splitlines(keepends=True) for each in (file, replace_data(file, data)))
    for line in difflib.unified_diff(old, new, file.display, file.display):
        text = line.removesuffix("\n")
        style = "bold" if line.startswith(("---", "+++")) else _STYLES.get(line[:1], "")
        yield ((visible(text) if printing.is_coloured else text, style),)
        if not line.endswith(("\n", "\r")):
            yield (("\\ No newline at end of file", ""),)
