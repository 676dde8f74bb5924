"""Edits of a session: each changes the trainer, says what has changed, and can be undone."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app.protocol import commands as c
from app.protocol import edits as p
from app.protocol import events as e
from app.shards.data import diverged_data, json_data
from app.shards.outcome import Outcome
from app.shards.shelf import shelved, tables_of
from app.shards.words import edit_sentence, hand_sentence, rename_sentence, turn_sentence

if TYPE_CHECKING:
    from app.shards.session import Session


def reset(session: "Session", command: c.Reset) -> Outcome:
    """Begin again."""
    trainer, before = session.trainer, session.trainer.spec
    moved = trainer.reset(command.seed, command.gesture)
    session.edits += 1
    session.sentence = moved.sentence
    dataset = None if same_data(before, trainer.spec) else session.about()["dataset"]
    said = {"seed": trainer.spec.seed, "dataset": dataset, "sentence": moved.sentence, "metrics": session.metrics()}
    return Outcome([session.event(e.WasReset, **said, undoable=undoable(trainer))])


def patch(session: "Session", command: c.Patch) -> Outcome:
    """Change the spec."""
    before = session.trainer.spec
    made = session.trainer.patch(shelved(command.patch), command.gesture)
    session.tables |= tables_of(session.trainer)
    return edited(session, made, edit_sentence(made), with_dataset=not same_data(before, made.spec))


def rename(session: "Session", command: c.Rename) -> Outcome:
    """Give a layer another name."""
    made = session.trainer.rename(command.layer, command.name)
    return edited(session, made, rename_sentence(command.layer, command.name))


def set_parameter(session: "Session", command: c.SetParameter) -> Outcome:
    """Set weights by hand."""
    name, index, value = command.name, command.index, command.value
    made = session.trainer.set_parameter(name, value, index, gesture=command.gesture, answer=command.answer)
    words = hand_sentence(name, index, value, made.position.step)
    outcome = edited(session, made, words, same_graph=command.answer)
    told = [event for more in session.note_divergence() for event in more.events]
    return replace(outcome, events=[*outcome.events, *told])


def undo(session: "Session", _: c.Undo) -> Outcome:
    """Take back the last edit."""
    return _turned(session, session.trainer.undo(), redone=False)


def redo(session: "Session", _: c.Redo) -> Outcome:
    """Do it again."""
    return _turned(session, session.trainer.redo(), redone=True)


def edited(
    session: "Session", made: Any, sentence: str, *, with_dataset: bool = False, same_graph: bool = False
) -> Outcome:
    """The network, or its weights, have become others."""
    about = _changed(session, sentence)
    event = session.event(
        e.Edited,
        spec=about["spec"],
        graph=None if same_graph else about["graph"],
        calls=None if same_graph else about["calls"],
        dataset=about["dataset"] if with_dataset else None,
        kept=made.kept,
        resized=made.resized,
        initialised=made.initialised,
        dropped=made.dropped,
        restarted=made.restarted,
        parameter_count=about["parameter_count"],
        sentence=sentence,
        metrics=session.metrics(),
        undoable=undoable(session.trainer),
    )
    return Outcome([event])


def same_data(before: Any, after: Any) -> bool:
    """Whether networks of these specs learn from the same examples: the seed draws and splits them."""
    return (before.dataset, before.seed) == (after.dataset, after.seed)


def _turned(session: "Session", undone: Any, *, redone: bool) -> Outcome:
    trainer = session.trainer
    sentence = turn_sentence(undone.deed, undone.position.step, redone=redone)
    about = _changed(session, sentence)
    event = session.event(
        e.WasUndone,
        deed=undone.deed.as_dict(),
        redone=redone,
        spec=about["spec"],
        graph=about["graph"],
        calls=about["calls"],
        dataset=None if same_data(undone.before, undone.spec) else about["dataset"],
        parameter_count=about["parameter_count"],
        kept=trainer.kept(),
        diverged=json_data(diverged_data(trainer.diverged)),
        sentence=sentence,
        metrics=session.metrics(),
        undoable=undoable(trainer),
    )
    return Outcome([event])


def _changed(session: "Session", sentence: str) -> dict[str, Any]:
    session.has_changed()
    session.sentence = sentence
    return session.about()


def undoable(trainer: Any) -> p.Undoable:
    """What undo and redo would do."""
    return p.Undoable(undo=_turn(trainer.next_undo), redo=_turn(trainer.next_redo))


def _turn(entry: Any) -> p.Turn | None:
    return None if entry is None else p.Turn(**entry.deed.as_dict(), step=entry.place[0], op=entry.place[1])


#: Command -> what carries it out.
EDITS: dict[type[c.CommandBase], Callable[["Session", Any], Outcome]] = {
    c.Reset: reset,
    c.Patch: patch,
    c.Rename: rename,
    c.SetParameter: set_parameter,
    c.Undo: undo,
    c.Redo: redo,
}
