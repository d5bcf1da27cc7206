"""Decoding: what Python would read, with line ends kept."""

import pathlib

import pytest

from cnnlint.source import NotAnalysed, decode, read_source


def test_utf8_is_the_default() -> None:
    source = decode("é = 1\n".encode(), "a.py")
    assert (source.text, source.encoding, source.has_bom) == ("é = 1\n", "utf-8", False)


def test_byte_order_mark_is_not_text() -> None:
    data = b"\xef\xbb\xbfx = 1\n"
    source = decode(data, "a.py")
    assert source.text == "x = 1\n"
    assert source.encode(source.text) == data


@pytest.mark.parametrize("first", ["# -*- coding: latin-1 -*-", "#!/usr/bin/python\n# vim: set fileencoding=latin-1 :"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encoding_declaration(first: str, newline: str) -> None:
    data = f"{first}\ns = 'é'\n".replace("\n", newline).encode("latin-1")
    source = decode(data, "a.py")
    assert "é" in source.text
    assert source.newline == newline
    assert source.encode(source.text) == data


@pytest.mark.parametrize(
    ("data", "line", "column", "reason", "kind"),
    [
        (b"x = 1\ny\0", 2, 1, "the file contains a null byte; it is not Python source", "not-analysed"),
        (b"\x89PNG\r\n\x1a\n\xff", 1, 0, "the file is not UTF-8 (line 1) and declares no encoding", "syntax-error"),
        (b"# coding: klingon\n", 1, 0, "the encoding cannot be used: unknown encoding: klingon", "syntax-error"),
    ],
)
def test_what_is_not_text_is_refused(data: bytes, line: int, column: int, reason: str, kind: str) -> None:
    with pytest.raises(NotAnalysed) as caught:
        decode(data, "a.py")
    error = caught.value
    assert (error.path, error.line, error.column, error.reason, error.kind) == ("a.py", line, column, reason, kind)


@pytest.mark.parametrize("data", [b"a\nb\n\n'\xff'", b"# coding: ascii\n\n\n'\xe9'", b"# coding: rot13\nx", b"# coding: utf-16\nx = 1"])
def test_undecodable_data_is_refused(data: bytes) -> None:
    with pytest.raises(NotAnalysed):
        decode(data, "a.py")


def test_lines_and_positions() -> None:
    source = decode(b"a\r\nbc\rd\fe\n", "a.py")
    assert source.position(4) == (2, 1)
    assert source.offset(3, 1) == 7
    assert [source.lines(line, line) for line in (1, 2, 3)] == ["a\r\n", "bc\r", "d\fe\n"]
    assert source.lines(2, 99) == "bc\rd\fe\n"


def test_a_file_over_the_limit_is_refused(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(b"x = 1\n")
    assert read_source(path, "a.py", limit=6).text == "x = 1\n"
    with pytest.raises(NotAnalysed, match="larger than the limit of 5 bytes; raise `max-file-size`"):
        read_source(path, "a.py", limit=5)
