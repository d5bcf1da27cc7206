"""What IPython understands and Python doesn't: magics, shell commands and questions, made to do nothing without moving a line.

Source: https://ipython.readthedocs.io/en/stable/interactive/reference.html
"""

from __future__ import annotations

import re
from collections.abc import Collection

from cnnlint.source.left_out import LEFT_OUT, without_code
from cnnlint.source.scanner import STRUCTURE, scan

_PYTHON_CELLS = frozenset({"capture", "prun", "time", "timeit"})
"""The cell magics whose cell is Python that runs here."""

_OTHER_CELLS = """
bash cmd file HTML html javascript js latex markdown perl pypy python2 ruby script sh svg SVG system sx writefile
"""
"""Those whose cell binds no name, whatever it is."""

_PLAIN_LINES = """
alias autoawait autoreload autosave bookmark cat cd clear colors conda config cp debug dhist dirs env gui hist history killbgscripts ldir
less lf lk ll load_ext logoff logon ls lsmagic lx magic mamba man matplotlib memit mkdir more mprun mv notebook page pdb pdef pdoc pfile
pinfo pinfo2 pip popd pprint precision prun psearch psource pushd pwd pycat quickref rehashx reload_ext rep rm rmdir save set_env sx
system tb time timeit unalias unload_ext uv watermark who who_ls whos xmode
"""
"""The line magics that bind no name."""

_BARE_LINES = "cat cd clear conda cp ls ll mamba man mkdir mv pip pip3 pwd rm rmdir watermark who whos"
"""Those that are commonly written without their `%`."""

_other_cells, _plain_lines, _bare_lines = (frozenset(names.split()) for names in (_OTHER_CELLS, _PLAIN_LINES, _BARE_LINES))
_cell_magic = re.compile(r"%%(?P<name>\w+)[ \t]*(?P<rest>[^\n]*)")
_captured = re.compile(r"--(?:out|err|proc)[ \t=]+([^\W\d]\w*)")
_command = re.compile(r"(?P<indentation>[ \t]*)(?:!|\?|%{1,2}(?P<magic>\w*))")
_question = re.compile(r"(?P<indentation>[ \t]*)[\w.*]+\?{1,2}[ \t]*\Z")
_assigned = re.compile(r"(?P<target>[ \t]*[\w., \t\[\]]+?=[ \t]*)[%!](?!=)")
_timed = re.compile(r"(?P<indentation>[ \t]*)%time(?P<space>[ \t]+)(?=\S)")
_bare = re.compile(r"(?P<indentation>[ \t]*)(?P<word>[a-z][a-z0-9_]*)(?P<rest>(?:[ \t]+[^\n]*)?)\Z")
_expression_goes_on = re.compile(r"[ \t]*(?:\.(?![./])|[=,:)\]}(\[%+*/<>&|^@!]|-[ \t\d]|(?:in|is|if|and|or|not|for|else)\b)")
_has_any = re.compile(rf"[%!?]|^[ \t]*(?:{'|'.join(sorted(_bare_lines))})\b", re.MULTILINE)

UNKNOWN_VALUE = "get_ipython()"
"""An expression of which nothing is known: what a magic or a shell command gives."""


def without_magics(cell: str, names: Collection[str] = ()) -> str:
    """A cell's source, as many lines long, with what is no Python replaced by what does nothing; a cell in another language is empty.

    `names` are those that the program binds: they are no magics where they stand without a `%`.
    """
    first = re.match(r"\s*", cell)
    start = first.end() if first else 0
    magic = _cell_magic.match(cell, start)
    if magic is None:
        return _without_lines(cell, names) if _has_any.search(cell) else cell
    body = cell[magic.end() :]
    bound = _captured.findall(magic["rest"])
    if magic["name"] == "capture":
        bound += [word for word in magic["rest"].split() if word.isidentifier()]
    line = "".join(f"{name} = " for name in bound) + UNKNOWN_VALUE if bound else ""
    if magic["name"] in _PYTHON_CELLS:
        return cell[:start] + line + without_magics(body, names)
    if magic["name"] in _other_cells:
        return "\n" * cell.count("\n", 0, start) + line + "\n" * body.count("\n")
    return "\n" * cell.count("\n", 0, start) + without_code(body)


def _without_lines(cell: str, names: Collection[str]) -> str:
    lines = cell.split("\n")
    number = 0
    while number < len(lines):
        replaced = _replaced(lines[number], names)
        if replaced is not None:
            continued = lines[number].rstrip().endswith("\\")
            lines[number] = replaced
            while continued and number + 1 < len(lines):
                number += 1
                continued = lines[number].rstrip().endswith("\\")
                lines[number] = ""
            number += 1
        else:
            number += _statement_length(lines, number)
    return "\n".join(lines)


def _replaced(line: str, names: Collection[str]) -> str | None:
    """What stands for a line that is no Python; None for any other."""
    timed = _timed.match(line)
    if timed is not None:
        return f"{timed['indentation']}None;{timed['space']}{line[timed.end() :]}"
    command = _command.match(line)
    if command is not None:
        binds = command["magic"] and command["magic"] not in _plain_lines
        return command["indentation"] + (f"from {LEFT_OUT} import *" if binds and not command["indentation"] else "pass")
    question = _question.match(line)
    if question is not None:
        return f"{question['indentation']}pass"
    assigned = _assigned.match(line)
    if assigned is not None:
        return f"{assigned['target']}{UNKNOWN_VALUE}"
    bare = _bare.match(line)
    if bare is not None and bare["word"] in _bare_lines and bare["word"] not in names and not _expression_goes_on.match(bare["rest"]):
        return f"{bare['indentation']}pass"
    return None


def _statement_length(lines: list[str], first: int) -> int:
    """On how many lines the code goes on that begins on `first`: in brackets, strings, and after backslashes."""
    if not re.search(r"[\[({\"'\\]", lines[first]):
        return 1
    text = "\n".join(lines[first:]) + "\n"
    depth = 0
    for token in scan(text, STRUCTURE):
        if token.kind == "open":
            depth += 1
        elif token.kind == "close":
            depth = max(depth - 1, 0)
        elif token.kind == "newline" and depth == 0:
            return text.count("\n", 0, token.start) + 1
    return len(lines) - first
