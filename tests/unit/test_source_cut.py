"""Cutting at statement borders, and which pieces may wait until they are needed."""

import pytest

from cnnlint.source import cut, decode, ir, lower, lower_part


def laziness(text: str) -> dict[str, bool]:
    return {name: piece.lazy for piece in cut(decode(text.encode(), "a.py")) for name in piece.binds}


def test_pieces() -> None:
    text = (
        '"""Doc."""\nimport a, b.c as d\n\n@one\n@(\n  two)\ndef f():\n    return x\n\n'
        "x = y = 1; z = 2\nif x:\n    q = 1\nfrom .m import *\n"
    )
    pieces = cut(decode(text.encode(), "a.py"))
    assert [(piece.first_line, piece.last_line, piece.kind, sorted(piece.binds), piece.lazy) for piece in pieces] == [
        (2, 2, "import", ["a", "d"], True),
        (4, 8, "definition", ["f"], True),
        (10, 10, "assignment", ["x", "y", "z"], True),
        (11, 12, "other", ["q"], False),
        (13, 13, "import", [], False),
    ]
    assert pieces[1].loads == {"one", "two"}
    assert pieces[4].star_import_from == ".m"


@pytest.mark.parametrize(
    ("text", "lazy"),
    [
        ("def f(): pass\n", {"f": True}),
        ("def f(): pass\ndef f(): pass\n", {"f": False}),
        ("try:\n    import a\nexcept E:\n    a = None\nimport a\n", {"a": False}),
        ("from __future__ import annotations\n", {"annotations": False}),
        ("x = []\n", {"x": True}),
        ("x = []\nx += [1]\n", {"x": False}),
        ("x = []\ndel x\n", {"x": False}),
        ("x = []\nx.append(1)\ny = len(x)\nz = [y]\nw = 1\n", {"x": False, "y": False, "z": False, "w": True}),
        ("x = []\ndef f(): x.append(1)\nf()\n", {"x": False, "f": True}),
        ("x = 0\ndef f():\n    global x\n    x = 1\n", {"x": False, "f": True}),
        ("x = iter([1])\na = next(x)\nb = next(x)\n", {"x": False, "a": False, "b": False}),
        ("x = 'doc'\nf.__doc__ = x\n", {"x": True}),
        ("x = 1\na = f(x)\n", {"x": True, "a": True}),
        ("a, b = 1, 2\n", {"a": True, "b": True}),
        ("a.b = 1\n", {}),
        ("x: int\nx = 1\n", {"x": True}),
        ("for i in y: j = i\n", {"i": False, "j": False}),
        ("y = [(last := i) for i in x]\nlast = 1\n", {"y": False, "last": False}),
        ("match x:\n    case [a, *b] | {'k': _, **c}: pass\n", {"a": False, "b": False, "c": False}),
    ],
)
def test_laziness(text: str, lazy: dict[str, bool]) -> None:
    assert laziness(text) == lazy


def test_parts_equal_the_whole() -> None:
    text = "'doc'\r\nx = 1; y = 2\r\n@a\r\n@b\r\ndef f():\r\n    # note\r\n    return f'{x}'\r\n\r\nclass A: pass\r\n# end"
    source = decode(text.encode(), "a.py")
    parts = [node for piece in cut(source) for node in lower_part(source, piece.first_line, piece.last_line).body]
    assert repr(parts) == repr(list(lower(source).body[1:]))


def test_a_newer_grammar_is_cut_all_the_same() -> None:
    # `(x): int` is refused by libcst, a lazy import (or failing that nothing) by `ast`.
    pieces = cut(decode(b"lazy import a\nx = 1\n@d\ndef f(): pass\nfor i, [j, *k] in x: y = i\n", "a.py"))
    assert [(piece.first_line, piece.last_line, sorted(piece.binds)) for piece in pieces] == [
        (1, 1, ["a"]),
        (2, 2, ["x"]),
        (3, 4, ["f"]),
        (5, 5, ["i", "j", "k", "y"]),
    ]


def test_pieces_are_frozen() -> None:
    piece = cut(decode(b"x = 1", "a.py"))[0]
    with pytest.raises(AttributeError):
        piece.lazy = False  # type: ignore[misc]
    assert isinstance(lower_part(decode(b"x = 1", "a.py"), 1, 1).body[0], ir.Assign)
