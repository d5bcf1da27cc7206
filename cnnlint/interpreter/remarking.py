"""What runs and can hardly be meant: whether it counts where it was met, and what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnnlint.dims import Dim, equal
from cnnlint.interpreter import placing, writing
from cnnlint.interpreter.machine import Site
from cnnlint.oddities import BiasBeforeNorm, Oddity
from cnnlint.values import Tensor

if TYPE_CHECKING:
    from cnnlint.interpreter.recorder import Recorder
    from cnnlint.interpreter.runs import CallRecord


def remark(recorder: Recorder, oddity: Oddity, site: Site | None) -> None:
    """Make a finding of an oddity, unless one of its kind stands at its place, or the run says that it doesn't count."""
    machine = recorder.machine
    if machine.muted or machine.is_guarded or not is_batch(recorder, oddity.batch):
        return
    record = recorder.stack[-1] if recorder.stack else None
    layer = recorder.under_construction or (record.instance if record is not None else None)
    if oddity.literal and (layer is None or not placing.are_literal(layer, oddity.literal)):
        return
    if oddity.positional and (layer is None or not placing.is_positional(layer, oddity.positional)):
        return
    if isinstance(oddity, BiasBeforeNorm) and record is not None and (giver := giver_of(recorder, record)) is not None:
        oddity.norm, oddity.site = placing.subject_of(machine, record.instance, record), record.instance.site
        if isinstance(giver.output, Tensor):
            recorder.normalised.add(giver.output)
        oddity.argument, record = "bias", giver
    if recorder.under_construction is not None:
        occurrence = placing.construction(machine, oddity, recorder.under_construction)
    else:
        occurrence = placing.occurrence(machine, oddity, site, record)
    if occurrence is not None and (occurrence.place, type(oddity)) not in recorder.oddities:
        about = recorder.under_construction or (record.instance if record is not None else None)
        layer = about if about is not None and placing.declaration_of(about) is not None else None
        known = writing.written(machine, oddity, site, layer)
        recorder.oddities[occurrence.place, type(oddity)] = writing.with_written(occurrence, known)


def giver_of(recorder: Recorder, record: CallRecord) -> CallRecord | None:
    """The call of a framework's layer that gave what another one gets; None if that came otherwise."""
    if recorder.active is None or placing.declaration_of(record.instance) is None or not record.inputs:
        return None
    calls = (call for call in reversed(recorder.active.calls) if call.output is record.inputs[0])
    return next((call for call in calls if placing.declaration_of(call.instance) is not None), None)


def is_batch(recorder: Recorder, size: Dim | None) -> bool:
    """Whether a size is the first of the inputs of the model that runs, as the program or the user says; so is None."""
    if size is None:
        return True
    if recorder.active is None or recorder.machine.is_speculative or equal(size, 1):
        return False
    first = next((value.shape for value in recorder.active.inputs if isinstance(value, Tensor)), None)
    return first is not None and not first.leading and len(first) > 1 and equal(first[0], size)
