"""Which budget each model has: what directives, the configuration, a device and the record of earlier costs say of it, put together."""

from __future__ import annotations

import datetime as dt
import pathlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from cnnlint.baseline import relative_to
from cnnlint.budgets import DTYPE_KEYS
from cnnlint.errors import CnnlintError, nearest
from cnnlint.graph import Budget, Device, Limit, LimitException, Model, Recorded
from cnnlint.recording import read_record
from cnnlint.settings import ModelSettings, Settings
from cnnlint.settings.devices import DeviceProfile, read_devices


@dataclass(frozen=True, slots=True)
class Budgeting:
    """What the settings say of the budgets of all models.

    `record` is what models cost before, by `path::name` relative to `folder`. `today` decides which exceptions hold.
    """

    default: Mapping[str, int | str] = field(default_factory=dict)
    source: str = ""
    device: str = ""
    devices: Mapping[str, DeviceProfile] = field(default_factory=dict)
    record: Mapping[str, Recorded] = field(default_factory=dict)
    folder: pathlib.Path = pathlib.Path()
    weights: str | None = None
    activations: str | None = None
    today: dt.date = dt.date.min


def budgeting_of(settings: Settings, today: dt.date | None = None) -> Budgeting:
    """The budgets that settings state. Raises CnnlintError if a file of theirs can't be used, or has no such device."""
    devices = read_devices(settings.devices) if settings.devices is not None else {}
    _expect_device(settings.device, devices, settings, "device")
    for model in settings.models:
        _expect_device(model.device, devices, settings, "models", model.source)
    file, key = settings.ratchet.file, settings.keys.get("budget")
    return Budgeting(
        settings.budget,
        "" if key is None else f"`{key.path}` of {key.file}",
        settings.device,
        devices,
        read_record(file, settings.ratchet.tolerance) if file is not None and file.is_file() else {},
        settings.root if file is None else file.parent,
        settings.defaults.weights,
        settings.defaults.activations,
        today or dt.date.today(),
    )


def with_budget(model: Model, about: Sequence[ModelSettings], budgeting: Budgeting) -> Model:
    """The model with its budget; `about` is what the configuration says of it, that which names it most exactly at the end.

    Of each key that counts which names the very model; then its directive, the nearest pattern, the device and the project's default.
    """
    own = model.budget or Budget()
    device = next((each.device for each in reversed(about) if each.device), budgeting.device)
    profile = budgeting.devices.get(device)
    stated = [(budgeting.default, budgeting.source)]
    if profile is not None:
        stated.append((profile.budget, profile.source))
    stated += [(each.budget, each.source) for each in about if not each.is_exact]
    limits, dtypes = _merged(stated)
    limits.update(own.limits)
    dtypes.update({key: dtype for key in DTYPE_KEYS if (dtype := getattr(own, key)) is not None})
    exact_limits, exact_dtypes = _merged([(each.budget, each.source) for each in about if each.is_exact])
    limits.update(exact_limits)
    dtypes.update(exact_dtypes)
    for each in about:
        for key, excepted in each.exceptions.items():
            if key in limits:
                exception = LimitException(excepted.reason, excepted.until.isoformat(), excepted.until < budgeting.today)
                limits[key] = Limit(limits[key].most, limits[key].source, exception)
    runs_on = None if profile is None else Device(device, profile.source, profile.layers, profile.channel_multiple)
    recorded = budgeting.record.get(recorded_name(model, budgeting.folder)) if budgeting.record else None
    if not limits and runs_on is None and recorded is None:
        return replace(model, budget=None) if model.budget is not None else model
    weights, activations = dtypes.get("weights", budgeting.weights), dtypes.get("activations", budgeting.activations)
    return replace(model, budget=Budget(limits, weights, activations, runs_on, recorded))


def recorded_name(model: Model, folder: pathlib.Path) -> str:
    """What a model goes by in a record that stands in `folder`: `src/net.py::Net`."""
    file, separator, name = model.target.partition("::")
    return f"{relative_to(model.place.path or file, folder)}{separator}{name}"


def _merged(stated: Sequence[tuple[Mapping[str, int | str], str]]) -> tuple[dict[str, Limit], dict[str, str]]:
    """Limits and dtypes by key, of which the last that says one counts."""
    limits: dict[str, Limit] = {}
    dtypes: dict[str, str] = {}
    for budget, source in stated:
        for key, said in budget.items():
            if isinstance(said, int):
                limits[key] = Limit(said, source)
            else:
                dtypes[key] = said
    return limits, dtypes


def _expect_device(name: str, devices: Mapping[str, DeviceProfile], settings: Settings, key: str, where: str = "") -> None:
    """Refuse the name of a device that isn't there."""
    if not name or name in devices:
        return
    place = where or f"`{settings.keys[key].path}` of {settings.keys[key].file}"
    if settings.devices is None:
        raise CnnlintError(f"{place}: the device `{name}` is not known, since no file of `devices` is named")
    known = ", ".join(f"`{each}`" for each in devices) or "none"
    raise CnnlintError(f"{place}: there is no device `{name}`{nearest(name, devices) or f'; there are {known}'}")
