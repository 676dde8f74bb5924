"""What has to be said to come back to this very point without its weights: spec, edits by hand, step and operation.

A run is a function of (spec, seed, edits). A recipe is exact if the weights with which this run began are those that
its spec makes anew; they are made, and compared bit for bit.
"""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from engine.arrays import Array
from engine.editing import Edit, fitting, set_all
from engine.errors import SpecError
from engine.limits import Limits
from engine.network import build
from engine.patching import patched
from engine.presets import PRESETS, Preset
from engine.spec import SessionSpec
from engine.timetravel import Timeline

#: Characters of JSON: no address can hold more, however well it is compressed.
LONGEST = 64 * 2**10

Doubt = Literal["weights", "large"]
#: (preset, patch, None), or (None, None, spec).
Said = tuple[str | None, dict[str, Any] | None, dict[str, Any] | None]


@dataclass(frozen=True)
class HandEdit:
    """A parameter, or one entry of it, was set by hand before this step."""

    step: int
    name: str
    index: tuple[int, ...]
    value: Any


@dataclass(frozen=True)
class Recipe:
    """How to come back.

    Args:
        preset: to begin with; None if the spec is said whole.
        patch: what differs from the preset (RFC 7396), then everything begins anew.
        spec: the whole spec; None beside a preset, and where it is too large.
        edits: made by hand, in their order.
        step: to go to.
        op: of its calls, so many have run.
        exact: whether that leads to this very point.
        doubt: why not: it began with other weights than its spec makes, or what has to be said is too large.
        fingerprint: of the parameters as they are here.
        seconds: that computing the way again will take, as estimated.
    """

    preset: str | None
    patch: dict[str, Any] | None
    spec: dict[str, Any] | None
    edits: list[HandEdit]
    step: int
    op: int
    exact: bool
    doubt: Doubt | None
    fingerprint: str
    seconds: float


def recipe(timeline: Timeline, first: Mapping[str, Array], limits: Limits) -> Recipe:
    """The recipe of the place where this run stands; ``first`` are weights that it was given in place of drawn ones."""
    step, op = timeline.place
    said = _shortest(timeline.network.spec, first)
    edits = [_said(edit) for edit in timeline.edits.edits if edit.step <= step]
    large = said is None or len(json.dumps([vars(edit) for edit in edits])) > LONGEST
    base = None if said is None else said[0]
    same = not (first and base is None) and _begins_anew(timeline, first, limits)
    doubt: Doubt | None = "large" if large else None if same else "weights"
    return Recipe(
        *((None, None, None) if said is None or large else said),
        edits=[] if large else edits,
        step=step,
        op=op,
        exact=doubt is None,
        doubt=doubt,
        fingerprint=f"{zlib.crc32(timeline.trainer.plan.params.tobytes()):08x}",
        seconds=timeline.seconds_for(step),
    )


def difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """The merge patch (RFC 7396) that leads from one object to another, if none of their values are null."""
    gone = {key: None for key in old if key not in new}
    changed = {key: _change(old.get(key), value) for key, value in new.items() if old.get(key) != value}
    return gone | changed


def _change(old: Any, new: Any) -> Any:
    return difference(old, new) if isinstance(old, Mapping) and isinstance(new, Mapping) else new


def _shortest(spec: SessionSpec, first: Mapping[str, Array]) -> Said | None:
    """Whatever is less to say; None if it is too much."""
    whole = spec.model_dump(mode="json")
    shortest = len(json.dumps(whole))
    if shortest > LONGEST:
        return None
    best: Said = (None, None, whole)
    for preset in PRESETS.values():
        patch = difference(preset.spec.model_dump(mode="json"), whole)
        length = len(json.dumps(patch))
        if length < shortest and _same_weights(preset, first) and _leads(preset, patch, spec):
            best, shortest = (preset.name, patch, None), length
    return best


def _leads(preset: Preset, patch: Mapping[str, Any], spec: SessionSpec) -> bool:
    """Whether the patch makes this spec of the preset's."""
    try:
        return patched(preset.spec, patch) == spec
    except SpecError:
        return False


def _same_weights(preset: Preset, first: Mapping[str, Array]) -> bool:
    given = {name: np.asarray(value, np.float64) for name, value in preset.parameters.items()}
    return given.keys() == first.keys() and all(np.array_equal(given[name], first[name]) for name in first)


def _begins_anew(timeline: Timeline, first: Mapping[str, Array], limits: Limits) -> bool:
    """Whether the run's first weights are those that its spec makes, with an optimizer that remembers nothing."""
    if timeline.edits.folded or timeline.trainer.optimizer_start:
        return False
    fresh = build(timeline.network.spec, limits)
    set_all(fresh.trainer, fitting(first, fresh.graph))
    return np.array_equal(fresh.trainer.plan.params.astype(np.float64), timeline.start)


def _said(edit: Edit) -> HandEdit:
    return HandEdit(edit.step, edit.name, edit.index, np.asarray(edit.value, np.float64).tolist())
