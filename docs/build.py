"""Writes what the documentation takes from the code: a page a rule, their index, the table in the README, the keys of the configuration.

    python docs/build.py             writes what is not as it should be
    python docs/build.py --check     only says which files that are, and exits with 1 if there are any

A rule's page is its docstring and the fixtures under `tests/rules`, which the tests run.
"""

from __future__ import annotations

import pathlib
import sys
from collections.abc import Iterable, Iterator

from cnnlint.plugin import Rule
from cnnlint.plugin.rule import documentation
from cnnlint.registry import load_registry
from cnnlint.reporters._markdown import text
from cnnlint.reporters._rule_markdown import rule_markdown
from cnnlint.settings.keys import KEYS
from cnnlint.settings.schema import properties_of

ROOT = pathlib.Path(__file__).resolve().parent.parent
BEGIN, END = "<!-- written by docs/build.py -->", "<!-- end of what is written by docs/build.py -->"
FAMILIES = {
    "1": "Sizes",
    "2": "Shapes that don't fit",
    "3": "Arguments",
    "4": "Budgets",
    "5": "Wiring of modules",
    "6": "Loss and target",
    "7": "Design",
    "8": "Proven exceptions",
    "9": "The run itself",
}
_LONGEST_LINE = 300  # a fixture with a longer one is no example to read


def wanted() -> dict[pathlib.Path, str]:
    """What each written file should hold."""
    rules = load_registry(print, only_rules=True).rules
    readme, configuration = ROOT / "README.md", ROOT / "docs" / "configuration.md"
    files = {page_of(rule): page(rule) for rule in rules}
    files[ROOT / "docs" / "rules" / "README.md"] = "\n".join(index(rules)) + "\n"
    files[readme] = with_part(readme, table(rules, "docs/rules/"))
    files[configuration] = with_part(configuration, keys())
    return files


def stale() -> list[pathlib.Path]:
    """The files that are not as they should be, and the pages of rules that are gone."""
    files = wanted()
    other = [file for file, text in files.items() if not file.is_file() or file.read_text(encoding="utf-8") != text]
    return [*other, *sorted(file for file in (ROOT / "docs" / "rules").glob("*.md") if file not in files)]


def page_of(rule: type[Rule]) -> pathlib.Path:
    return ROOT / "docs" / "rules" / f"{rule.name}.md"


def page(rule: type[Rule]) -> str:
    """A rule's page."""
    state = "on" if rule.is_on else "off"
    title = f"# {rule.name} ({rule.code})\n\n{rule.severity}, {state} by default; {FAMILIES[rule.code[3]].lower()}."
    silence = f'Silence one finding with `# cnnlint: ignore[{rule.code}] why`, the rule with `ignore = ["{rule.name}"]`.'
    return "\n\n".join([title, rule_markdown(rule), *cases(rule), silence]) + "\n"


def cases(rule: type[Rule]) -> Iterator[str]:
    """What the rule does and doesn't report, in the words of each framework: its fixtures."""
    files = sorted((ROOT / "tests" / "rules" / rule.name).glob("*.py"))
    texts = [(file.stem.replace("_", " "), file.read_text(encoding="utf-8").strip("\n")) for file in files]
    shown = [(name, text) for name, text in texts if max(map(len, text.split("\n"))) <= _LONGEST_LINE]
    if shown:
        yield "## Cases that are tested"
        yield "A finding is stated at the end of its line by `#~`, the output of a layer by `#=`; nothing else is reported."
    for name, case in shown:
        yield f"### {name}"
        yield f"```python\n{case}\n```"


def index(rules: tuple[type[Rule], ...]) -> Iterator[str]:
    """The lines of the page that lists all rules."""
    yield "# Rules"
    for digit, family in FAMILIES.items():
        own = [rule for rule in rules if rule.code[3] == digit]
        if own:
            yield from ("", f"## {family}", "", *table(own, ""))


def with_part(file: pathlib.Path, lines: Iterable[str]) -> str:
    """The text of a file with the part between the two marks as it should be."""
    before, begin, rest = file.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        sys.exit(f"{file.name}: the lines `{BEGIN}` and `{END}` must be there")
    return "\n".join([f"{before}{BEGIN}", "", *lines, "", f"{END}{after}"])


def keys() -> Iterator[str]:
    """A row a key of the configuration; those of its tables below it."""
    yield "| key | meaning |"
    yield "|---|---|"
    for name, key in KEYS.items():
        yield f"| `{name}` | {text(key.doc)} |"
        for inner, doc in properties_of(name):
            yield f"| `{name}.{inner}` | {text(doc)} |"


def table(rules: tuple[type[Rule], ...] | list[type[Rule]], folder: str) -> Iterator[str]:
    """A row a rule, with a link to its page."""
    yield "| code | name | severity | default | |"
    yield "|---|---|---|---|---|"
    for rule in rules:
        state = "on" if rule.is_on else "off"
        yield f"| {rule.code} | [`{rule.name}`]({folder}{rule.name}.md) | {rule.severity} | {state} | {documentation(rule).summary} |"


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--check"]):
        sys.exit(__doc__)
    out_of_date, files = stale(), wanted()
    for file in out_of_date:
        print(file.relative_to(ROOT).as_posix())
        if not arguments and file in files:
            file.parent.mkdir(exist_ok=True)
            file.write_text(files[file], encoding="utf-8", newline="\n")
        elif not arguments:
            file.unlink()
    return int(bool(arguments and out_of_date))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
