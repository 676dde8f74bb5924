"""Changes while training goes on: another spec, a value set by hand. What is new is built before anything gives way."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from engine.carrying import carry_over
from engine.editing import Index, make_edit
from engine.errors import SpecError, UnknownName
from engine.limits import Limits
from engine.network import build
from engine.past import Past
from engine.patching import validated
from engine.position import Position
from engine.running import Clock
from engine.spec import SessionSpec
from engine.timetravel import Timeline
from engine.trainer import Trainer, TrainerState
from engine.words import say


@dataclass(frozen=True)
class Edited:
    """The answer to a change of the network.

    Args:
        spec: as it is now.
        kept: parameters that were taken over.
        resized: parameters of a layer that has more or fewer units now, which keeps those that it still has.
        initialised: parameters that are new.
        dropped: parameters that no longer exist.
        position: where the cursor stands now.
        restarted: whether the current step had to begin again.
    """

    spec: SessionSpec
    kept: list[str]
    initialised: list[str]
    dropped: list[str]
    position: Position
    restarted: bool
    resized: list[str] = field(default_factory=list)


def change_spec(
    timeline: Timeline, spec: SessionSpec, limits: Limits, clock: Clock, renamed: Mapping[str, str] | None = None
) -> tuple[Timeline, Edited]:
    """The timeline of the new spec, which begins where the old one stands; a new name alone changes nothing else.

    Raises:
        SpecError: and its kin; the old timeline is as it was.
    """
    old = timeline.network.spec
    if spec.model_copy(update={"name": old.name}) == old:
        timeline.network = replace(timeline.network, spec=spec)
        names = list(timeline.network.graph.parameters)
        return timeline, Edited(spec, names, [], [], timeline.position, restarted=False)
    network = build(spec, limits)
    restarted = timeline.is_under_way
    timeline.restart_step()
    carried = carry_over(timeline.trainer, network.trainer, renamed)
    _stand_at(network.trainer, timeline.trainer)
    # the seed draws and splits the data
    same_loss = (spec.dataset, spec.loss, spec.seed) == (old.dataset, old.loss, old.seed)
    record, step = timeline.record.continued(network, same_loss=same_loss), network.trainer.step
    past = Past(breaks=(*(place for place in timeline.breaks if place < step), step))
    new = Timeline(network, clock=clock, record=record, past=past)
    lists = (carried.kept, carried.initialised, carried.dropped)
    return new, Edited(spec, *lists, new.position, restarted=restarted, resized=carried.resized)


def renaming(spec: SessionSpec, layer: str, name: str) -> SessionSpec:
    """The spec in which this layer has another name, wherever it is read.

    Raises:
        UnknownName: there is no such layer. SpecError: the name is taken, or none that a layer can have.
    """
    data = spec.model_dump(mode="json")
    ids = [each["id"] for each in data["layers"]]
    if layer not in ids:
        raise UnknownName("layer", layer, ids, ("layer",))
    if name != layer and name in ids:
        raise SpecError(say('there is a layer "{name}" already', name=name), ("name",))
    for each in data["layers"]:
        each["id"] = name if each["id"] == layer else each["id"]
        if each.get("inputs"):
            each["inputs"] = [name if source == layer else source for source in each["inputs"]]
    try:
        return validated(data)
    except SpecError as error:
        raise SpecError(error.message, ("name",)) from error


def _stand_at(new: Trainer, old: Trainer) -> None:
    """The same step; the same batch too, unless there is another number of them: then the epoch's first."""
    batch = old.batch if (new.batches, new.batch_size) == (old.batches, old.batch_size) else 0
    state = new.state()
    new.restore(TrainerState(old.step, old.epoch, batch, state.params, state.ledger, state.slots))


def answer_to(timeline: Timeline, op: int) -> None:
    """Run the step's calls again, up to where it stood, or at least to its loss: so one sees what a change does."""
    loss = max(info.index for info in timeline.network.infos if info.phase == "loss")
    timeline.walk(timeline.place[0], max(op, loss + 1))


def set_by_hand(timeline: Timeline, name: str, value: Any, index: Index | None) -> Edited:
    """Set a parameter or one entry of it; the step that is under way begins again.

    Raises:
        SpecError: and its kin; nothing has changed then.
    """
    edit = make_edit(timeline.trainer, name, value, index)
    restarted = timeline.is_under_way
    timeline.edit(edit)
    names = list(timeline.network.graph.parameters)
    return Edited(timeline.network.spec, names, [], [], timeline.position, restarted=restarted)
