"""Edits of a session: another spec, weights set by hand, another name, a new beginning; all undone and redone."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine.arrays import Array
from engine.bookmarks import Bookmarks
from engine.changes import Edited, answer_to, change_spec, renaming, set_by_hand
from engine.deeds import Deed, deed_of
from engine.editing import Index, fitting, set_all
from engine.limits import Limits
from engine.network import build
from engine.patching import patched, validated
from engine.position import Moved
from engine.questions import Questions
from engine.running import Clock
from engine.spec import SessionSpec
from engine.timetravel import Timeline
from engine.undoing import Entry, Held, Undo, Undone, hold, take_up
from engine.words import say


class Edits(Questions):
    """The part of a session that changes it by hand.

    Edits with the same ``gesture``, one after the other, are undone together.

    Args:
        timeline: what is changed.
    """

    _limits: Limits
    _clock: Clock
    _first: Mapping[str, Array]

    def __init__(self, timeline: Timeline) -> None:
        super().__init__(timeline)
        self._bookmarks = Bookmarks()
        self._undo = Undo()  # a copy, or what comes back from the store, begins with nothing to undo

    def reset(self, seed: int | None = None, gesture: str | None = None) -> Moved:
        """Begin again, with the same seed or another; edits are forgotten, but all of it can be undone.

        Raises:
            SpecError: the seed is out of range.
        """
        spec = self.spec if seed is None else validated({**self.spec.model_dump(mode="json"), "seed": seed})
        network = build(spec, self._limits)
        set_all(network.trainer, fitting(self._first, network.graph))
        self._undo.did(Deed("reset", value=spec.seed), self._held(gesture), gesture)
        self._timeline = Timeline(network, clock=self._clock)
        self._bookmarks.leave()
        self._scores = None
        return Moved(
            self.position, [], 0, say("Back at the beginning, with seed {seed}: nothing is trained.", seed=spec.seed)
        )

    def patch(self, patch: Mapping[str, Any], gesture: str | None = None) -> Edited:
        """Change the spec (RFC 7396) while training goes on; weights that still fit are kept.

        Everything new is built first; if anything is wrong, nothing has changed.

        Raises:
            SpecError: and its kin, with the path of what is wrong.
        """
        spec = patched(self.spec, patch)
        return self._change(spec, deed_of(self.spec, spec), gesture)

    def rename(self, layer: str, name: str) -> Edited:
        """Give a layer another name; its weights and all that reads it follow.

        Raises:
            UnknownName, SpecError: nothing has changed then.
        """
        spec = renaming(self.spec, layer, name)
        edited = self._change(spec, Deed("rename", layer, value=name), None, {name: layer})
        self._first = {
            name + key[len(layer) :] if key.startswith(f"{layer}.") else key: value
            for key, value in self._first.items()
        }
        return edited

    def set_parameter(
        self, name: str, value: Any, index: Index | None = None, *, gesture: str | None = None, answer: bool = False
    ) -> Edited:
        """Set a parameter, or one entry of it, by hand; the current step begins again.

        With ``answer``, its calls run again up to where it stood, or to its loss.

        Raises:
            UnknownName, ShapeMismatch, SpecError: nothing has changed then.
        """
        held, op = self._held(gesture), self.position.op
        edited = set_by_hand(self._timeline, name, value, index)
        number = value if isinstance(value, int | float) else None
        place = f"[{', '.join(str(i + 1) for i in index)}]" if index else ""
        self._undo.did(Deed("parameter", f"{name}{place}", value=number), held, gesture)
        self._bookmarks.forget_future(self._timeline)
        self._scores = None
        if answer:
            answer_to(self._timeline, op)
        return replace(edited, position=self.position)

    # --------------------------------------------------------------------------------------------------------- undo

    @property
    def next_undo(self) -> Entry | None:
        """What undo would take back."""
        return self._undo.next_undo

    @property
    def next_redo(self) -> Entry | None:
        """What redo would do again."""
        return self._undo.next_redo

    def undo(self) -> Undone:
        """Take back the last edit and what was trained since: all is as it was before, bit for bit.

        Raises:
            NothingToUndo: nothing was done.
        """
        return self._take_up(self._undo.to_undo())

    def redo(self) -> Undone:
        """Return to where undo was asked for.

        Raises:
            NothingToUndo: nothing was undone.
        """
        return self._take_up(self._undo.to_redo())

    # ----------------------------------------------------------------------------------------------------- privately

    def _held(self, gesture: str | None) -> Held | None:
        """Where it stands before an edit; None if the gesture began before it."""
        return None if self._undo.joins(gesture) else self._hold()

    def _hold(self) -> Held:
        return hold(self._timeline, self._first, self._bookmarks.here())

    def _change(
        self, spec: SessionSpec, deed: Deed, gesture: str | None, renamed: Mapping[str, str] | None = None
    ) -> Edited:
        """Change the spec, and remember what was before if it was another."""
        before, changes = self._timeline, spec != self.spec
        held = self._held(gesture) if changes else None
        self._timeline, edited = change_spec(before, spec, self._limits, self._clock, renamed)
        if changes:
            self._undo.did(deed, held, gesture)
        if self._timeline is not before:
            self._bookmarks.leave()
        self._scores = None
        return edited

    def _take_up(self, entry: Entry) -> Undone:
        now = self._hold()
        self._timeline = take_up(entry.held, self._limits, self._clock)
        self._first = dict(entry.held.first)
        self._bookmarks.come_back(entry.held.here, self._timeline)
        self._undo.turned(entry, now)
        self._scores = None
        return Undone(entry.deed, now.spec, self.spec, self.position)
