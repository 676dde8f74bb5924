"""Any commands in any order, against a model that knows only the mode and the position."""

from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from app.protocol import commands as c
from app.protocol.problems import ProblemError
from app.shards.transitions import Mode
from engine.errors import HistoryGone, LimitExceeded, NothingToUndo, UnknownName
from tests.app.fakes import FakeClock
from tests.app.shards.test_session import carried_out, session


class Commands(RuleBasedStateMachine):
    """Any commands in any order: a model that knows only the mode and the position must agree."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = FakeClock()
        self.live = session()
        self.playing = False
        self.marks: dict[int, tuple[int, str]] = {}

    def tell(self, command: c.CommandBase) -> list[dict[str, Any]]:
        """Carry it out; there is always something to tell, in the mode that it led to."""
        told = carried_out(self.live, command)
        assert told
        assert all(event["mode"] == self.live.mode.value for event in told)
        return told

    @precondition(lambda self: not self.playing)
    @rule(unit=st.sampled_from(["op", "layer", "batch", "epoch"]), count=st.integers(1, 20))
    def step(self, unit: c.Unit, count: int) -> None:
        """Forward is further."""
        before = self.live.trainer.at
        self.tell(c.Step(unit=unit, count=count))
        assert self.live.trainer.at > before

    @precondition(lambda self: not self.playing)
    @rule(unit=st.sampled_from(["op", "layer", "batch", "epoch"]), count=st.integers(1, 20))
    def back(self, unit: c.Unit, count: int) -> None:
        """Back is back, and never before the beginning."""
        before = self.live.trainer.at
        self.tell(c.Step(unit=unit, count=count, direction="back"))
        assert 0 <= self.live.trainer.at < max(1, before)

    @precondition(lambda self: self.playing)
    @rule()
    def step_is_refused(self) -> None:
        """Not while it plays."""
        with pytest.raises(ProblemError):
            self.live.handle(c.Step())

    @rule(rate=st.none() | st.floats(1, 1000), unit=st.sampled_from(["op", "batch", "epoch"]))
    def play(self, rate: float | None, unit: c.Unit) -> None:
        """It plays, whatever it did before."""
        self.tell(c.Play(rate=rate, unit=unit))
        self.playing = True

    @rule()
    def pause(self) -> None:
        """It does not play."""
        self.tell(c.Pause())
        self.playing = False

    @rule(step=st.integers(0, 2000))
    def seek(self, step: int) -> None:
        """Where it was asked to be, or nothing has changed."""
        if step > 1000:
            with pytest.raises(HistoryGone):
                self.live.handle(c.Seek(step=step))
            return
        self.tell(c.Seek(step=step))
        self.playing = False
        assert (step, 0) == (self.live.trainer.position.step, self.live.trainer.position.op)

    @rule(step=st.integers(1001, 2000), op=st.integers(0, 3))
    def compute_again(self, step: int, op: int) -> None:
        """What is not kept is computed again: it ends at the very point."""
        told = self.tell(c.Seek(step=step, op=op, otherwise="replay"))
        self.playing = False
        assert ["sought"] == [event["type"] for event in told]
        assert (step, op) == (self.live.trainer.position.step, self.live.trainer.position.op)

    @rule(name=st.sampled_from(["", "here", "there"]))
    def bookmark(self, name: str) -> None:
        """One more, or it is refused and nothing has changed."""
        if len(self.marks) >= 3:
            with pytest.raises(LimitExceeded):
                self.live.handle(c.AddBookmark(name=name))
            return
        [told] = self.tell(c.AddBookmark(name=name))
        self.marks[told["bookmarks"][-1]["number"]] = (self.live.trainer.at, name)

    @rule(number=st.integers(1, 4), name=st.sampled_from(["a", "b"]))
    def rename(self, number: int, name: str) -> None:
        """Of one that exists."""
        if number not in self.marks:
            with pytest.raises(UnknownName):
                self.live.handle(c.RenameBookmark(bookmark=number, name=name))
            return
        self.tell(c.RenameBookmark(bookmark=number, name=name))
        self.marks[number] = (self.marks[number][0], name)

    @rule(number=st.integers(1, 4))
    def remove(self, number: int) -> None:
        """Of one that exists."""
        if number not in self.marks:
            with pytest.raises(UnknownName):
                self.live.handle(c.RemoveBookmark(bookmark=number))
            return
        self.tell(c.RemoveBookmark(bookmark=number))
        del self.marks[number]

    @rule(number=st.integers(1, 4))
    def visit(self, number: int) -> None:
        """It stands there and does not play, or nothing has changed."""
        if number not in self.marks:
            with pytest.raises(UnknownName):
                self.live.handle(c.Visit(bookmark=number))
            return
        self.tell(c.Visit(bookmark=number))
        self.playing = False
        assert self.marks[number][0] // 4 == self.live.trainer.position.step

    @rule()
    def edit(self) -> None:
        """Whether it plays does not change."""
        self.tell(c.SetParameter(name="output.W", value=2.0))

    @rule()
    def undo(self) -> None:
        """It stands where it stood before the last edit, and no longer plays; or nothing was edited."""
        entry = self.live.trainer.next_undo
        if entry is None:
            with pytest.raises(NothingToUndo):
                self.live.handle(c.Undo())
            return
        self.tell(c.Undo())
        self.playing = False
        position = self.live.trainer.position
        assert entry.place == (position.step, position.op)

    @rule(seconds=st.floats(0, 1))
    def wait(self, seconds: float) -> None:
        """Time changes the position only if it plays."""
        before = self.live.trainer.at
        self.clock.now += seconds
        self.live.advance(0.004, self.clock)
        assert self.playing or before == self.live.trainer.at

    @invariant()
    def bookmarks_agree(self) -> None:
        """The snapshot lists those of the model."""
        listed = {each["number"]: each["name"] for each in self.live.snapshot()["bookmarks"]}
        assert {number: name for number, (_, name) in self.marks.items()} == listed

    @invariant()
    def mode_agrees(self) -> None:
        """The model and the session agree."""
        assert self.playing == (self.live.mode is Mode.PLAYING)
        assert (self.live.due_in(self.clock.now) is not None) == self.playing


Commands.TestCase.settings = settings(max_examples=30, stateful_step_count=20, deadline=None)
TestCommands = Commands.TestCase
