"""A session as a JSON-able head and named arrays, and back again, bit for bit.

What is saved is the nearest state before the step that is shown; the calls in between run again when it is restored,
which takes no longer than any other step back. So saving computes nothing. As much of the past goes along as there is
room for, and arrays that are the same are written once.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import BaseModel, Field, ValidationError

from engine.arrays import Array, Shape
from engine.checkpoints import Checkpoint
from engine.editing import Edit, EditLog
from engine.errors import SpecError
from engine.history import COLUMNS, LIMIT, History
from engine.limits import Limits
from engine.network import Network, build
from engine.past import MOST_LISTED, MOST_STATES, Past, check_honest, chosen
from engine.patching import refusal, validated
from engine.position import Mark
from engine.recording import begin
from engine.running import Clock
from engine.timetravel import Timeline
from engine.trainer import TrainerState
from engine.words import say

FORMAT = 1
SLOT, FOLDED = "slot.", "folded."
#: Seconds of computing between the state and the place, as estimated; an honest one is a tenth of a second away.
MOST_SECONDS = 3.0

Count = Annotated[int, Field(ge=0, lt=2**53)]
Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class SavedEdit(BaseModel):
    """One edit; its numbers are among the arrays."""

    step: Count
    name: str
    index: tuple[Count, ...]


class SavedState(BaseModel):
    """A state of the past; its numbers are among the arrays."""

    state: tuple[Count, Count, Count]
    elapsed: Seconds


class Saved(BaseModel):
    """The head. It may come from a file, so nothing in it is trusted."""

    format: Literal[1]
    spec: dict[str, Any]
    mark: tuple[Count, Count]
    state: tuple[Count, Count, Count]
    optimizer_start: Count
    edits: list[SavedEdit]
    history: History
    elapsed: Seconds = 0.0
    breaks: list[Count] = Field(default=[], max_length=MOST_LISTED)
    past: list[SavedState] = Field(default=[], max_length=2 * MOST_STATES)
    furthest: tuple[Count, Seconds] = (0, 0.0)


def moment(timeline: Timeline) -> tuple[dict[str, Any], dict[str, Array]]:
    """Head and arrays of the present point alone; the arrays are those of a checkpoint and are never written again."""
    source = timeline.nearest(timeline.mark.shown)
    head = {
        "format": FORMAT,
        "spec": timeline.network.spec.model_dump(mode="json"),
        "mark": [timeline.mark.shown, timeline.mark.ran],
        "state": _place(source),
        "elapsed": source.elapsed,
        "optimizer_start": timeline.trainer.optimizer_start,
        "edits": [{"step": edit.step, "name": edit.name, "index": list(edit.index)} for edit in timeline.edits.edits],
        "breaks": list(timeline.breaks[-MOST_LISTED:]),
    }
    arrays = {"start": timeline.start, **_numbers("", source)}
    arrays |= {FOLDED + name: total for name, total in timeline.edits.folded.items()}
    for place, edit in enumerate(timeline.edits.edits):
        arrays |= {f"edit.{place}.value": edit.value, f"edit.{place}.change": edit.change}
    return head, arrays


def save(timeline: Timeline, *, past: int = 0, ahead: bool = True) -> tuple[dict[str, Any], dict[str, Array]]:
    """Head and arrays of the present point, its history, and so many bytes of the states that are held.

    Args:
        timeline: what is saved.
        past: bytes for further states, so that one can go on to travel.
        ahead: whether what was trained beyond the present step is known too.
    """
    head, arrays = moment(timeline)
    history, step = timeline.record.history.copy(), timeline.trainer.step
    if not ahead:
        history.forget_from(step + 1)
    states = chosen(timeline.checkpoints, past, timeline.furthest if ahead else step)
    furthest = (timeline.furthest, timeline.furthest_elapsed) if ahead else (step, timeline.runner.elapsed)
    for place, state in enumerate(states):
        arrays |= _numbers(f"past.{place}.", state)
    listed = [{"state": _place(state), "elapsed": state.elapsed} for state in states]
    return head | {"history": history.as_dict(), "past": listed, "furthest": list(furthest)}, arrays


def _place(checkpoint: Checkpoint) -> list[int]:
    state = checkpoint.state
    return [state.step, state.epoch, state.batch]


def _numbers(prefix: str, checkpoint: Checkpoint) -> dict[str, Array]:
    state = checkpoint.state
    slots = {f"{prefix}{SLOT}{name}": slot for name, slot in state.slots.items()}
    return {f"{prefix}params": state.params, f"{prefix}ledger": state.ledger, **slots}


def restore(head: Mapping[str, Any], arrays: Mapping[str, Array], limits: Limits, clock: Clock) -> Timeline:
    """The timeline that was saved, standing where it stood.

    Raises:
        SpecError: the head is of another format, an array is missing or does not fit, or the two contradict.
    """
    try:
        saved = Saved.model_validate(dict(head))
    except ValidationError as error:
        raise refusal(error, head) from error
    network = build(validated(saved.spec), limits)
    if saved.optimizer_start > saved.state[0]:
        raise SpecError(
            say("the optimizer cannot begin after step {value}", value=saved.state[0]), ("optimizer_start",)
        )
    network.trainer.optimizer_start = saved.optimizer_start
    past = _past(saved, network, arrays)
    network.trainer.restore(_state(saved.state, network, arrays))
    _check_minima(network)
    edits = EditLog(
        [_edit(place, edit, network, arrays) for place, edit in enumerate(saved.edits)],
        {
            name: _array(arrays, FOLDED + name, parameter.shape, "float64")
            for name, parameter in network.graph.parameters.items()
            if FOLDED + name in arrays
        },
    )
    _check_history(saved.history)
    start = _array(arrays, "start", network.trainer.ledger.shape, "float64")
    record = begin(network, saved.history)
    timeline = Timeline(network, clock=clock, record=record, start=start, edits=edits, past=past)
    _check_mark(timeline, Mark(*saved.mark))
    timeline.stand(Mark(*saved.mark))
    return timeline


def first_values(head: Mapping[str, Any], arrays: Mapping[str, Array]) -> dict[str, Array]:
    """The first values that parameters were given, which ``reset`` goes back to.

    Raises:
        SpecError: one is missing.
    """
    names = [str(name) for name in head.get("first", [])]
    for name in names:
        if f"first.{name}" not in arrays:
            raise SpecError(say('array "first.{name}" is missing', name=name), ("arrays", f"first.{name}"))
    return {name: np.array(arrays[f"first.{name}"]) for name in names}


def _past(saved: Saved, network: Network, arrays: Mapping[str, Array]) -> Past:
    """What else is known of the run."""
    held = tuple(
        Checkpoint(one.state[0], one.elapsed, _state(one.state, network, arrays, f"past.{place}."))
        for place, one in enumerate(saved.past)
    )
    check_honest(held, network)
    return Past(saved.elapsed, saved.furthest, held, tuple(saved.breaks))


def _state(
    place: tuple[int, int, int], network: Network, arrays: Mapping[str, Array], prefix: str = ""
) -> TrainerState:
    trainer = network.trainer
    step, epoch, batch = place
    if batch >= trainer.batches:
        raise SpecError(
            say("an epoch has {batches} batches, but batch {batch} is given", batches=trainer.batches, batch=batch),
            ("state", 2),
        )
    flat = trainer.plan.params.shape
    return TrainerState(
        step,
        epoch,
        batch,
        _array(arrays, f"{prefix}params", flat, trainer.plan.dtype),
        _array(arrays, f"{prefix}ledger", flat, "float64"),
        {name: _array(arrays, f"{prefix}{SLOT}{name}", flat, trainer.plan.dtype) for name in trainer.slots},
    )


def _check_minima(network: Network) -> None:
    """No variance is negative."""
    for name, parameter in network.graph.parameters.items():
        if parameter.minimum is not None and (network.trainer.plan.parameters[name] < parameter.minimum).any():
            raise SpecError(
                say("{name} holds a value below {minimum:g}", name=name, minimum=parameter.minimum),
                ("arrays", "params"),
            )


def _edit(place: int, saved: SavedEdit, network: Network, arrays: Mapping[str, Array]) -> Edit:
    if saved.name not in network.graph.parameters:
        raise SpecError(say('there is no parameter "{name}" to be edited', name=saved.name), ("edits", place, "name"))
    shape = network.graph.parameters[saved.name].shape
    fits = len(saved.index) in {0, len(shape)} and all(i < n for i, n in zip(saved.index, shape, strict=False))
    if not fits:
        raise SpecError(
            say("{name} has shape {shape}, but an index is {index}", name=saved.name, shape=shape, index=saved.index),
            ("edits", place, "index"),
        )
    part = () if saved.index else shape
    value = _array(arrays, f"edit.{place}.value", part, network.spec.dtype)
    return Edit(saved.step, saved.name, saved.index, value, _array(arrays, f"edit.{place}.change", part, "float64"))


def _array(arrays: Mapping[str, Array], name: str, shape: Shape, dtype: str) -> Array:
    """A copy of this array, which has this shape and is finite."""
    if name not in arrays or arrays[name].shape != shape:
        came = "nothing" if name not in arrays else f"shape {arrays[name].shape}"
        raise SpecError(
            say('array "{name}" of shape {shape} is expected, but {came} came', name=name, shape=shape, came=came),
            ("arrays", name),
        )
    array = np.array(arrays[name], dtype)
    if not np.isfinite(array).all():
        raise SpecError(say('array "{name}" holds numbers that are not finite', name=name), ("arrays", name))
    return array


def _check_history(history: History) -> None:
    lengths = {len(getattr(history, column)) for column in COLUMNS}
    if len(lengths) != 1 or max(lengths) > LIMIT or history.stride < 1:
        raise SpecError(say("a history has columns of one length, at most {limit}", limit=LIMIT), ("history",))


def _check_mark(timeline: Timeline, mark: Mark) -> None:
    """The place lies in the near future of the state."""
    here = timeline.trainer.step
    ahead = mark.shown - here
    if ahead < 0 or mark.ran > timeline.total or timeline.network.estimated_seconds(ahead) > MOST_SECONDS:
        raise SpecError(
            say("place {shown}, {ran} is not near step {here}", shown=mark.shown, ran=mark.ran, here=here), ("mark",)
        )


def written_once(arrays: Mapping[str, Array]) -> tuple[dict[str, Array], dict[str, str]]:
    """The arrays that differ, and of each other name the one under which its array is written."""
    first: dict[int, str] = {}
    same = {name: first.setdefault(id(array), name) for name, array in arrays.items()}
    different = {name: arrays[name] for name in first.values()}
    return different, {name: other for name, other in same.items() if name != other}
