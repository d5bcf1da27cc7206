"""The formats of other tools, validated: always by the schemas of this folder, and by the official ones where they are at hand.

The schemas here say in our own words what the specifications ask of the objects that cnnlint writes, and allow nothing else. The
official ones are not ours to ship. To validate with them too, put them in a folder, name it in CNNLINT_OFFICIAL_SCHEMAS, and run
`pytest tests/snapshots`: `sarif-schema-2.1.0.json` as OASIS publishes it, and the folder `rdf` with reviewdog's `DiagnosticResult.json`
and what it refers to.
"""

from __future__ import annotations

import json
import os
import pathlib

import jsonschema
import pytest

from cnnlint.plugin import CheckReport
from tests.snapshots.example import clean_report, report
from tests.snapshots.test_formats import checked

FOLDER = pathlib.Path(__file__).parent / "schemas"
OFFICIAL = os.environ.get("CNNLINT_OFFICIAL_SCHEMAS")
REPORTS = [pytest.param(report(), id="findings"), pytest.param(clean_report(), id="clean")]


def written(name: str, shown: CheckReport) -> object:
    return json.loads(checked(name, shown=shown))


@pytest.mark.parametrize("shown", REPORTS)
@pytest.mark.parametrize("name", ["sarif", "gitlab", "rdjson"])
def test_own_schema(name: str, shown: CheckReport) -> None:
    schema = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(written(name, shown))


@pytest.mark.parametrize("shown", REPORTS)
@pytest.mark.skipif(OFFICIAL is None, reason="CNNLINT_OFFICIAL_SCHEMAS names no folder with the official schemas")
def test_official_sarif(shown: CheckReport) -> None:
    schema = json.loads((pathlib.Path(OFFICIAL or "") / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
    jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker()).validate(written("sarif", shown))


@pytest.mark.parametrize("shown", REPORTS)
@pytest.mark.skipif(OFFICIAL is None, reason="CNNLINT_OFFICIAL_SCHEMAS names no folder with the official schemas")
def test_official_rdjson(shown: CheckReport) -> None:
    schema = json.loads((pathlib.Path(OFFICIAL or "") / "rdf" / "DiagnosticResult.json").read_text(encoding="utf-8"))
    jsonschema.Draft4Validator(schema).validate(written("rdjson", shown))


def test_sarif_says_what_it_must() -> None:
    document = json.loads(checked("sarif"))
    (run,) = document["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    assert len(run["results"]) == 7
    # Where one result says whether it is suppressed, all do; two of these are.
    assert [len(result["suppressions"]) for result in run["results"]] == [0, 0, 0, 0, 0, 1, 1]
    marks = [result["partialFingerprints"]["cnnlint/v1"] for result in run["results"]]
    assert len(set(marks)) == len(marks)
    columns = run["results"][1]["locations"][0]["physicalLocation"]["region"]
    assert columns == {"startLine": 3, "startColumn": 13, "endLine": 3, "endColumn": 16}


def test_columns_of_rdjson_count_bytes() -> None:
    second = json.loads(checked("rdjson"))["diagnostics"][1]
    assert second["location"]["range"] == {"start": {"line": 3, "column": 15}, "end": {"line": 3, "column": 18}}
