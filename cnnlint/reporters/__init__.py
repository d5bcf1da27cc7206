"""The output formats, a file per format."""

from cnnlint.plugin import Reporter, classes_below, hookimpl


@hookimpl
def cnnlint_reporters() -> tuple[type[Reporter], ...]:
    return classes_below(__name__, Reporter)
