"""What a model may cost, and who says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cnnlint.record import value


@value
class LimitException:
    """Why a limit need not hold for now: through the day `until` (as 2026-12-31), unless that `has_ended`."""

    reason: str
    until: str
    has_ended: bool


@value
class Limit:
    """The most that is allowed; `source` is the directive or the configuration key that says so."""

    most: int
    source: str
    exception: LimitException | None = None


@value
class Device:
    """What a device runs: layers whose names fit a pattern (any, where there is none), and numbers of filters that are multiples."""

    name: str
    source: str
    layers: tuple[str, ...] = ()
    channel_multiple: int = 1


@value
class RecordedLayer:
    """What one layer cost when a model was recorded; MACs of all its calls."""

    params: int
    macs: int


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a model cost when it was recorded, by key and by layer; `tolerance` is in hundredths of a percent."""

    figures: Mapping[str, int]
    layers: Mapping[str, RecordedLayer]
    tolerance: int
    source: str


@dataclass(frozen=True, slots=True)
class Budget:
    """The limits of a model by key, the device that it is for, and what it cost before.

    `weights` and `activations` are the dtypes in which its bytes count, None where nothing is said of them.
    """

    limits: Mapping[str, Limit] = field(default_factory=dict)
    weights: str | None = None
    activations: str | None = None
    device: Device | None = None
    recorded: Recorded | None = None
