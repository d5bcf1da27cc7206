"""The rules that hold for every framework, a folder per family, a file per rule."""

from cnnlint.plugin import Rule, classes_below, hookimpl


@hookimpl
def cnnlint_rules() -> tuple[type[Rule], ...]:
    return classes_below(__name__, Rule)
