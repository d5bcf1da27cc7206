#!/usr/bin/env bash
# Does what README.md and docs/getting-started.md say, from a fresh clone in a fresh environment, and fails on any surprise.
# PYTHON names the interpreter (python3 by default). What isn't committed isn't tried.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

git clone --quiet "$root" "$place/cnnlint"
"${PYTHON:-python3}" -m venv "$place/venv"
# As a newcomer's shell has it: the environment activated, no configuration of theirs, nothing of this checkout on a path.
export VIRTUAL_ENV="$place/venv" PATH="$place/venv/bin:$PATH" HOME="$place" XDG_CACHE_HOME="$place/cache"
unset PYTHONPATH PYTHONHOME NO_COLOR FORCE_COLOR

cd "$place/cnnlint"
start=$(date +%s)
python benchmarks/console_blocks.py README.md docs/getting-started.md
python docs/build.py --check
test -z "$(git status --porcelain)" || { echo "the checkout is not as it was cloned:"; git status --short; exit 1; }
echo "no surprise in $(($(date +%s) - start)) s"
