"""Profiles of devices: a TOML file with a table each, of what a model that is for it may cost and be made of."""

from __future__ import annotations

import pathlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from cnnlint.errors import CnnlintError
from cnnlint.paths import display_path
from cnnlint.settings.keys import BUDGET
from cnnlint.settings.kinds import POSITIVE, STRINGS, Key, Kind, mapping, table_of


@dataclass(frozen=True, slots=True)
class DeviceProfile:
    """A device: its limits by key, patterns of the layers that it runs (any, where there is none), and its vectors' length in channels."""

    source: str
    budget: Mapping[str, int | str] = field(default_factory=dict)
    layers: tuple[str, ...] = ()
    channel_multiple: int = 1


_PROFILE: Kind[dict[str, object]] = table_of({"budget": BUDGET, "layers": STRINGS, "channel-multiple": POSITIVE})


def read_devices(file: pathlib.Path) -> dict[str, DeviceProfile]:
    """The devices of a file by name. Raises CnnlintError if it can't be used."""
    import tomli  # few projects name devices, and it costs start-up time

    shown = display_path(file)
    try:
        document = tomli.loads(file.read_bytes().decode())
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CnnlintError(f"{shown}: not valid TOML: {error}") from None
    except OSError as error:
        raise CnnlintError(f"{shown}: the devices can't be read: {error.strerror}") from None
    found = {}
    for name, table in document.items():
        key = Key(shown, "", file.parent).below(name)
        said = _PROFILE.read(mapping(table, key), key)
        fields = {each.replace("-", "_"): value for each, value in said.items()}
        found[name] = DeviceProfile(f"`{key.path}` of {shown}", **fields)  # type: ignore[arg-type]  # the kinds are the fields'
    return found
