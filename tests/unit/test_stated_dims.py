"""What may stand in `# cnnlint: shape(...)`."""

from __future__ import annotations

import ast

import pytest

from cnnlint.source import StatedError, parse_dims


@pytest.mark.parametrize(
    ("text", "dims", "has_leading"),
    [
        ("batch, 64, H // 4, W // 4", ["batch", "64", "H // 4", "W // 4"], False),
        ("8", ["8"], False),
        ("", [], False),
        ("n,", ["n"], False),
        ("..., c * 2, x.H % 8", ["c * 2", "x.H % 8"], True),
        ("self.width, max(h - 1, 1)", ["self.width", "max(h - 1, 1)"], False),
    ],
)
def test_read(text: str, dims: list[str], has_leading: bool) -> None:
    stated = parse_dims(text)
    assert ([ast.unparse(dim) for dim in stated.dims], stated.has_leading) == (dims, has_leading)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("n, c /", "but got `n, c /`"),
        ("n / 2", "but got `n / 2`"),
        ("len(x)", "but got `len(x)`"),
        ("n, ...", "but got `...`"),
        ("True", "`True`"),
    ],
)
def test_refused(text: str, part: str) -> None:
    with pytest.raises(StatedError) as error:
        parse_dims(text)
    assert part in str(error.value)
