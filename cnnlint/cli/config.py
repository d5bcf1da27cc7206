"""The command `config`: what can be configured."""

from __future__ import annotations

import argparse
import json
import pathlib

from cnnlint.cli.commands import complain
from cnnlint.registry import load_registry
from cnnlint.settings.keys import KEYS
from cnnlint.settings.kinds import Key, unknown_key
from cnnlint.settings.schema import properties_of, schema


def config_command(options: argparse.Namespace) -> int:
    """Prints the keys, or their JSON schema."""
    if options.schema:
        print(json.dumps(schema(load_registry(complain, only_rules=True).rules), indent=2))
        return 0
    if options.key is not None and options.key not in KEYS:
        raise unknown_key(Key("config", "", pathlib.Path()), options.key, KEYS)
    for name in KEYS if options.key is None else [options.key]:
        print(f"{name}\n    {KEYS[name].doc}")
        for inner, text in properties_of(name):
            print(f"    {inner}: {text}" if text else f"    {inner}")
    return 0
