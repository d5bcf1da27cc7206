"""The command `check`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection, Iterable

from cnnlint.baseline import write_whole
from cnnlint.cli.checking import STANDARD_INPUT, Checking, checking_of
from cnnlint.cli.commands import complain
from cnnlint.cli.each import expect_only_reporting, outcome_at_each
from cnnlint.cli.fixing import fixed_files, show_changes, write_changes
from cnnlint.cli.output import destinations, has_links, is_coloured, write_all
from cnnlint.cli.progress import Progress
from cnnlint.cli.setup import named_rules
from cnnlint.diagnostics import Diagnostic
from cnnlint.edits import edited, placed
from cnnlint.engine import Outcome
from cnnlint.graph import with_places
from cnnlint.plugin import CheckReporter, Printing
from cnnlint.plugin.reporter import CheckReport
from cnnlint.suppressions import ignoring_edits

NOT_SILENCED = ("syntax-error", "unused-suppression")
"""The rules for which `--add-ignore` writes no comment: the first can't have one, the second is mended by removing one."""

SEVERITIES = ("error", "warning", "info")


def check_command(options: argparse.Namespace) -> int:
    """Lints, prints, and returns the exit."""
    checking = checking_of(options)
    if options.show_settings:
        from cnnlint.settings.shown import shown_settings  # few ask for it

        print("\n".join(shown_settings(checking.settings)))
        return 0
    if options.show_files:
        print("".join(f"{file.display}\n" for file in checking.files), end="")
        return 0
    if options.each:
        expect_only_reporting(options)
    places = destinations(options.output_formats, CheckReporter, "full", checking.registry)
    fixes = options.fix or options.unsafe_fixes or options.diff
    with Progress(len(checking.files), sys.stderr, is_wanted=not options.quiet) as progress:
        fixing = fixed_files(checking, progress.advance) if fixes else None
        if options.each:
            outcome = outcome_at_each(checking, progress.advance)
        else:
            outcome = checking.outcome(watch=progress.advance) if fixing is None else fixing.outcome
    if fixing is not None and options.diff:
        show_changes(checking, fixing)
        return exit_of(checking, fixing.before, bool(fixing.changed))
    if fixing is not None:
        write_changes(checking, fixing)
    if options.add_ignore is not None:
        return _add_ignores(checking, outcome, options.add_ignore)
    report = outcome.report
    if STANDARD_INPUT in options.paths:
        report = _about(report, {file.display for file in checking.asked.files})
    coloured = is_coloured(options.color, sys.stdout)
    printing = Printing(options.quiet, options.verbose, options.statistics, coloured, coloured and has_links(sys.stdout))
    # The text of a file that came by standard input goes to standard output, if it was fixed; its report must not get among it.
    printed = sys.stderr if fixing is not None and STANDARD_INPUT in options.paths else sys.stdout
    write_all(places, lambda reporter, stream, how: reporter.write(report, stream, how), printing, printed)
    if not checking.files and not checking.asked.missing:
        complain("no Python files or notebooks found")
    named = named_rules(options, checking.settings, checking.registry)
    return exit_of(checking, outcome, any(_counts(each, options.fail_on, named) for each in report.diagnostics) and not options.exit_zero)


def exit_of(checking: Checking, outcome: Outcome, fails: bool) -> int:
    """The exit of a check, once what went wrong has been said."""
    for message in (*checking.asked.missing, *outcome.unmatched, *outcome.faults):
        complain(message)
    if outcome.faults:
        return 3
    if checking.asked.missing or outcome.unmatched:
        return 2
    return int(fails)


def _counts(diagnostic: Diagnostic, fail_on: str | None, named: Collection[str]) -> bool:
    """Whether a diagnostic makes the exit 1: errors and warnings do, and what was selected by name, unless `fail_on` moves that."""
    if fail_on is not None:
        return SEVERITIES.index(diagnostic.severity) <= SEVERITIES.index(fail_on)
    return diagnostic.severity != "info" or diagnostic.name in named


def _about(report: CheckReport, paths: Collection[str]) -> CheckReport:
    """The report without what stands in other files: an editor shows one."""

    def within(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        return tuple(each for each in diagnostics if each.place.path in paths)

    models = tuple(model for model in report.models if model.place.path in paths)
    diagnostics, suppressed = within(report.diagnostics), within(report.suppressed)
    return CheckReport(diagnostics, models, len(paths), report.passed_over, report.sources, suppressed, report.rules)


def _add_ignores(checking: Checking, outcome: Outcome, reason: str) -> int:
    """Write a comment for each finding into the files that were checked."""
    written, files = 0, 0
    for file in checking.files:
        own = [each for each in outcome.in_text if each.place.path == file.display and each.name not in NOT_SILENCED]
        source = outcome.sources.get(file.display)
        if own and source is not None and file.data is None:
            edits = ignoring_edits(source, own, " ".join(reason.split()))
            moved = with_places(tuple(edits), lambda place: placed(place, outcome.sources))
            write_whole(file.path, edited(file.path.read_bytes(), source, moved))
            written += len(own)
            files += 1
    print(f"{written} finding{'s' * (written != 1)} silenced in {files} file{'s' * (files != 1)}")
    return exit_of(checking, outcome, fails=False)
