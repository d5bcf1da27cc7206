"""How a finding says where its layer was built, how it was called, and what else has the same cause."""

from __future__ import annotations

from tests.fixture import FOLDER, checked


def notes(rule: str, name: str, line: int) -> list[tuple[int, str]]:
    """The lines and messages of the notes of the finding that stands on a line of a rule's fixture."""
    report = checked(FOLDER / "rules" / rule / name)
    found = [each for each in report.diagnostics if each.place.span.line == line]
    assert len(found) == 1
    return [(note.place.span.line, note.message) for note in found[0].notes]


def test_two_findings_with_one_cause_are_one_with_two_places() -> None:
    assert notes("channel-mismatch", "torch_one_cause.py", 12) == [
        (20, "called here, with (batch, 160, 32, 32)"),
        (13, "`b2` expects the same of the same tensor"),
    ]


def test_other_widths_and_other_tensors_are_other_causes() -> None:
    assert notes("channel-mismatch", "torch_one_cause.py", 14) == [(20, "called here, with (batch, 160, 32, 32)")]
    assert notes("channel-mismatch", "torch_one_cause.py", 16) == [(20, "called here, with (batch, 160, 32, 32)")]


def test_a_class_built_twice_is_reported_once_and_names_the_one_that_fails() -> None:
    report = checked(FOLDER / "rules" / "feature-mismatch" / "torch_configurations.py")
    assert [each.message for each in report.diagnostics] == ["`narrow.fc` expects 64 input features, but gets 32"]
    assert [(note.place.span.line, note.message) for note in report.diagnostics[0].notes] == [
        (22, "built here"),
        (12, "called here, with (batch, 32)"),
    ]
