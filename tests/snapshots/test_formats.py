"""Every output format in full, against a file of this folder.

`CNNLINT_WRITE_SNAPSHOTS=1 pytest tests/snapshots` writes the files anew; read the difference before you keep it.
"""

from __future__ import annotations

import csv
import io
import json
import os
import pathlib
import xml.etree.ElementTree as ET

import pytest

from cnnlint.plugin import CheckReport, CheckReporter, DiffReporter, Printing, SummaryReporter
from cnnlint.plugin.reporter import COLUMNS
from cnnlint.registry import load_registry
from tests.snapshots.example import clean_report, difference, report, summary

FOLDER = pathlib.Path(__file__).parent
REPORTERS = load_registry(print).reporters
CHECKS = {reporter.name: reporter() for reporter in REPORTERS if issubclass(reporter, CheckReporter)}
SUMMARIES = {reporter.name: reporter() for reporter in REPORTERS if issubclass(reporter, SummaryReporter)}

DIFFS = {reporter.name: reporter() for reporter in REPORTERS if issubclass(reporter, DiffReporter)}


def checked(name: str, printing: Printing | None = None, shown: CheckReport | None = None) -> str:
    stream = io.StringIO()
    CHECKS[name].write(report() if shown is None else shown, stream, printing or Printing())
    return stream.getvalue()


def summarised(name: str, printing: Printing | None = None) -> str:
    stream = io.StringIO()
    SUMMARIES[name].write(summary(), stream, printing or Printing())
    return stream.getvalue()


def compare(name: str, text: str) -> None:
    """Holds `text` against the file; the examples' control characters and all line ends must be the same."""
    file = FOLDER / f"{name}.txt"
    if os.environ.get("CNNLINT_WRITE_SNAPSHOTS"):
        file.write_bytes(text.encode())
    assert text.encode() == file.read_bytes()


def test_there_is_a_snapshot_of_every_format() -> None:
    assert set(CHECKS) == {"full", "concise", "json", "json-lines", "sarif", "github", "gitlab", "junit", "rdjson", "markdown"}
    assert set(SUMMARIES) == {"table", "json", "csv", "markdown"}
    assert set(DIFFS) == {"table", "json", "markdown"}


@pytest.mark.parametrize("name", CHECKS)
def test_check(name: str) -> None:
    compare(f"check.{name}", checked(name))


@pytest.mark.parametrize("name", ["full", "concise", "json", "markdown"])
def test_check_with_all_that_may_be_asked_for(name: str) -> None:
    compare(f"check.{name}.verbose", checked(name, Printing(verbose=True, statistics=True)))


@pytest.mark.parametrize("name", ["json", "sarif", "gitlab", "junit", "rdjson", "markdown"])
def test_a_run_without_findings(name: str) -> None:
    compare(f"check.{name}.clean", checked(name, shown=clean_report()))


@pytest.mark.parametrize("name", ["full", "concise", "json-lines", "github"])
def test_a_run_without_findings_prints_nothing(name: str) -> None:
    assert checked(name, shown=clean_report()) == ""


@pytest.mark.parametrize("name", ["full", "concise"])
def test_quiet_leaves_the_diagnostics(name: str) -> None:
    everything = checked(name)
    quiet = checked(name, Printing(quiet=True))
    assert everything.startswith(quiet)
    assert everything.removeprefix(quiet).startswith(
        "1 fixable with --unsafe-fixes\nNet: >= 1,002,266 parameters, 3x32x32 -> 6x28x28, ?\npassed over: "
    )


def test_full_in_colour() -> None:
    coloured = checked("full", Printing(quiet=True, is_coloured=True))
    compare("check.full.colour", coloured)


@pytest.mark.parametrize("name", SUMMARIES)
def test_summary(name: str) -> None:
    compare(f"summary.{name}", summarised(name))


@pytest.mark.parametrize("name", ["table", "csv", "markdown"])
def test_summary_with_depth(name: str) -> None:
    compare(f"summary.{name}.depth", summarised(name, Printing(depth=1, is_folded=True)))


def test_summary_folded_to_the_last_layer() -> None:
    compare("summary.table.folded", summarised("table", Printing(is_folded=True)))


@pytest.mark.parametrize("name", ["table", "markdown"])
def test_summary_with_all_columns(name: str) -> None:
    compare(f"summary.{name}.columns", summarised(name, Printing(columns=COLUMNS, weights="int8", activations="float16")))


def test_summary_with_depth_and_nothing_folded() -> None:
    text = summarised("table", Printing(depth=1))
    assert [line.split()[:2] for line in text.splitlines() if line.startswith("blocks")] == [["blocks.0", "Block"], ["blocks.1", "Block"]]


@pytest.mark.parametrize("name", ["full", "concise", "github", "markdown"])
def test_no_text_moves_the_cursor(name: str) -> None:
    assert not set(checked(name)) & {"\x1b", "\r", "\u202e"}


def test_json_lines_are_the_diagnostics_of_json() -> None:
    assert [json.loads(line) for line in checked("json-lines").splitlines()] == json.loads(checked("json"))["diagnostics"]


def test_junit_is_xml_whose_counts_are_right() -> None:
    for text in (checked("junit"), checked("junit", shown=clean_report())):
        root = ET.fromstring(text)
        suites = root.findall("testsuite")
        for element, cases in ((root, root.findall("testsuite/testcase")), *((suite, suite.findall("testcase")) for suite in suites)):
            assert int(element.attrib["tests"]) == len(cases)
            assert int(element.attrib["failures"]) == sum(case.find("failure") is not None for case in cases)
    assert len(ET.fromstring(checked("junit")).findall("testsuite/testcase/failure")) == 4


def test_csv_has_the_same_columns_in_each_row() -> None:
    for printing in (Printing(), Printing(depth=1, is_folded=True)):
        rows = list(csv.DictReader(io.StringIO(summarised("csv", printing))))
        assert all(None not in row and None not in row.values() for row in rows)
        layers = [row for row in rows if row["target"] == "net.py::Net" and row["layer"]]
        assert sum(int(row["macs"] or 0) * int(row["times"]) for row in layers) == 1_764_000


@pytest.mark.parametrize("name", DIFFS)
def test_diff(name: str) -> None:
    stream = io.StringIO()
    DIFFS[name].write(difference(), stream, Printing())
    compare(f"diff.{name}", stream.getvalue())
