"""The command `baseline`: known findings are written down, and forgotten when they are gone."""

from __future__ import annotations

import argparse
from collections import Counter

from cnnlint.baseline import key_of, pruned, read_baseline, relative_to, updated, write_baseline
from cnnlint.cli.check import exit_of
from cnnlint.cli.checking import checking_of
from cnnlint.errors import CnnlintError
from cnnlint.paths import display_path


def baseline_command(options: argparse.Namespace) -> int:
    """Rewrites the baseline, and returns the exit."""
    checking = checking_of(options)
    file = checking.baseline
    if file is None:
        where = checking.settings.file or "a cnnlint.toml"
        raise CnnlintError(f'baseline: none is configured; add `baseline = "cnnlint-baseline.json"` to {where}, or give --baseline FILE')
    if options.action == "prune" or file.is_file():
        known = read_baseline(file)
    else:
        known = Counter()
    outcome = checking.outcome(with_baseline=False)
    found = [key_of(diagnostic, file.parent, outcome.sources) for diagnostic in outcome.in_text]
    checked = {relative_to(path, file.parent) for path in outcome.checked}
    after = (updated if options.action == "update" else pruned)(known, found, checked, file.parent)
    write_baseline(file, after)
    before, now = sum(known.values()), sum(after.values())
    print(f"{display_path(file)}: {now} known finding{'s' * (now != 1)}, {before} before")
    return exit_of(checking, outcome, fails=False)
