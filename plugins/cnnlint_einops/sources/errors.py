"""The library's own exception, for programs that catch it: failures of patterns are raised as its base class."""

EinopsError = RuntimeError
