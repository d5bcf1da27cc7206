"""The option `--each`: every number of `--input` is an input size of its own."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from cnnlint.cli.checking import Checking, with_inputs
from cnnlint.engine import Outcome, check_outcome
from cnnlint.errors import CnnlintError
from cnnlint.source import StatedError, StatedInput, parse_sizes_option
from cnnlint.targets import split_input

NO_SIZES = "--each: state the sizes, such as --input"


def inputs_of_each(texts: Sequence[str]) -> tuple[tuple[StatedInput, ...], ...]:
    """For each size the inputs of a model; where it has several, their first sizes go together, and so on.

    Raises CnnlintError if there are none, or not as many for each input.
    """
    if not texts:
        raise CnnlintError(f"{NO_SIZES} 224,256,384")
    return _together(texts, [_sizes_of(text, text) for text in texts])


def expect_only_reporting(options: argparse.Namespace) -> None:
    """Refuse what changes files because of one size: it might be wrong for the next. Raises CnnlintError."""
    wanted = (("--fix", options.fix), ("--unsafe-fixes", options.unsafe_fixes), ("--diff", options.diff))
    for name, is_given in (*wanted, ("--add-ignore", options.add_ignore is not None)):
        if is_given:
            raise CnnlintError(f"--each: only reports; leave out {name}, or state one size")


def outcome_at_each(checking: Checking, watch: Callable[[str], None]) -> Outcome:
    """The files checked with each size in turn. Raises CnnlintError if the settings or an option can't be used."""
    from cnnlint.each_size import AtSize, together  # few ask for it

    texts = checking.options.inputs
    if not texts:
        raise CnnlintError(f"{NO_SIZES} net.py::Net=224,256,384")
    found = []
    for inputs in _together(texts, [_sizes_of(split_input(text)[1], text) for text in texts]):
        run = checking.run(with_inputs(list(zip(texts, inputs, strict=True)), checking.asked.files))
        label = "/".join(dict.fromkeys(str(each.size) for each in inputs))
        found.append(AtSize(label, check_outcome(checking.files, run, checking.known(), watch)))
        watch = _unwatched
    return together(found)


def _unwatched(path: str) -> None:
    """Progress is that of the first size."""


def _sizes_of(sizes: str, text: str) -> tuple[StatedInput, ...]:
    try:
        return parse_sizes_option(sizes)
    except StatedError as error:
        raise CnnlintError(f"--input {text} --each: {error}") from None


def _together(texts: Sequence[str], found: Sequence[tuple[StatedInput, ...]]) -> tuple[tuple[StatedInput, ...], ...]:
    for text, sizes in zip(texts, found, strict=True):
        if len(sizes) != len(found[0]):
            raise CnnlintError(f"--input {text} --each: states {len(sizes)} sizes, but {texts[0]} states {len(found[0])}")
    return tuple(zip(*found, strict=True))
