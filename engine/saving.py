"""A session as a JSON-able head and named arrays, and back again, bit for bit.

What is saved is the nearest state before the step that is shown; the calls in between run again when it is restored,
which takes no longer than any other step back. So saving computes nothing.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.arrays import Array
from engine.editing import Edit, EditLog
from engine.errors import SpecError
from engine.history import History
from engine.limits import Limits
from engine.network import build
from engine.patching import validated
from engine.position import Mark
from engine.running import Clock
from engine.timetravel import Timeline
from engine.trainer import TrainerState

FORMAT = 1
SLOT, FOLDED = "slot.", "folded."


def save(timeline: Timeline) -> tuple[dict[str, Any], dict[str, Array]]:
    """Head and arrays; the arrays are those of a checkpoint and are never written again."""
    state = timeline.nearest(timeline.mark.shown).state
    head = {
        "format": FORMAT,
        "spec": timeline.network.spec.model_dump(mode="json"),
        "mark": [timeline.mark.shown, timeline.mark.ran],
        "state": [state.step, state.epoch, state.batch],
        "edits": [{"step": edit.step, "name": edit.name, "index": list(edit.index)} for edit in timeline.edits.edits],
        "history": timeline.history.as_dict(),
    }
    arrays = {"params": state.params, "ledger": state.ledger, "start": timeline.start}
    arrays |= {SLOT + name: slot for name, slot in state.slots.items()}
    arrays |= {FOLDED + name: total for name, total in timeline.edits.folded.items()}
    for place, edit in enumerate(timeline.edits.edits):
        arrays |= {f"edit.{place}.value": edit.value, f"edit.{place}.change": edit.change}
    return head, arrays


def restore(head: Mapping[str, Any], arrays: Mapping[str, Array], limits: Limits, clock: Clock) -> Timeline:
    """The timeline that was saved, standing where it stood.

    Raises:
        SpecError: the head is of another format, or an array is missing or does not fit.
    """
    if head.get("format") != FORMAT:
        raise SpecError(f"a saved session of format {FORMAT} is expected, not {head.get('format')!r}", ("format",))
    network = build(validated(head["spec"]), limits)
    _check(arrays, len(network.trainer.plan.params), network.trainer.slots)
    slots = {name: arrays[SLOT + name] for name in network.trainer.slots}
    network.trainer.restore(TrainerState(*head["state"], arrays["params"], arrays["ledger"], slots))
    edits = EditLog(
        [_edit(place, entry, arrays) for place, entry in enumerate(head["edits"])],
        {name.removeprefix(FOLDED): np.array(array) for name, array in arrays.items() if name.startswith(FOLDED)},
    )
    history = History.from_dict(dict(head["history"]))
    timeline = Timeline(network, clock=clock, history=history, start=np.array(arrays["start"]), edits=edits)
    timeline.stand(Mark(*head["mark"]))
    return timeline


def _edit(place: int, entry: Mapping[str, Any], arrays: Mapping[str, Array]) -> Edit:
    value, change = (np.array(arrays[f"edit.{place}.{part}"]) for part in ("value", "change"))
    return Edit(entry["step"], entry["name"], tuple(entry["index"]), value, change)


def _check(arrays: Mapping[str, Array], length: int, slots: Mapping[str, Array]) -> None:
    """All flat vectors are there and as long as the parameters."""
    for name in ("params", "ledger", "start", *(SLOT + slot for slot in slots)):
        if name not in arrays or arrays[name].shape != (length,):
            came = "nothing" if name not in arrays else f"shape {arrays[name].shape}"
            raise SpecError(f'array "{name}" of shape ({length},) is expected, but {came} came', ("arrays", name))
