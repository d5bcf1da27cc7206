"""A rule's documentation in Markdown: for its page, and for tools that show it beside a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnnlint.plugin.rule import documentation

if TYPE_CHECKING:
    from cnnlint.plugin import Rule

_EXAMPLES = ("Bad", "Good")


def rule_markdown(rule: type[Rule]) -> str:
    """The rule's docstring with its headings, without a title; examples are code."""
    parts = documentation(rule)
    blocks = [parts.summary, parts.description]
    for heading, text in parts.sections:
        blocks += [f"## {heading}", f"```python\n{text}\n```" if heading in _EXAMPLES else _paragraphs(heading, text)]
    return "\n\n".join(block for block in blocks if block)


def _paragraphs(heading: str, text: str) -> str:
    """A section's text; each reference stands on a line of its own, so it becomes an item of a list."""
    return "\n".join(f"* {line}" for line in text.splitlines()) if heading == "References" else text
