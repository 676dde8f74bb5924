"""A session is a state machine: commands in, events out. It knows no sockets, threads or clocks.

What it may be told in which mode is a table. A pair that is not there is refused, and a command that fails, in the
engine or here, leaves everything as it was. What takes long (many steps, playing) is done in slices by ``advance``.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from app.protocol import commands as c
from app.protocol import events as e
from app.protocol.arrays import plain
from app.protocol.problems import ProblemError
from app.shards import travel, trials
from app.shards.check import Check
from app.shards.data import as_said, call_data, diverged_data, json_data
from app.shards.editing import EDITS, undoable
from app.shards.outcome import Outcome
from app.shards.playing import Playing
from app.shards.shelf import tables_of
from app.shards.studies import ERRANDS, QUESTIONS
from app.shards.transitions import PAUSED, PLAYING, TRANSITIONS
from app.shards.trials import Trial
from app.shards.walk import Pace, Timer, Walk
from app.shards.words import PAUSED_AFTER, RUNS, divergence_sentence, mode_sentence
from engine.words import say

#: What takes longer than a moment.
Job = Walk | Check | Trial | travel.Replay


class Session:
    """One learner's training run.

    Args:
        session_id: its name in events.
        trainer: the engine's cursor, or a fake of it.
        describe: the trainer -> graph, calls, dataset and so on, for the events that carry them.
    """

    def __init__(self, session_id: str, trainer: Any, describe: Callable[[Any], dict[str, Any]]) -> None:
        self.id = session_id
        self.mode = PAUSED
        self.trainer = trainer
        self.version = 0
        self.edits = 0
        self.tables = tables_of(trainer)
        self.urgent = False
        self.sentence = ""
        self._told: str | None = None  # the sentence, if it quotes the followed example and so changes with it
        self.pace = Pace()
        self._describe = describe
        self._about: tuple[int, dict[str, Any]] | None = None
        self._playing: Playing | None = None
        self._job: Job | None = None
        self._handlers: dict[type[c.CommandBase], Callable[[Any], Outcome | None]] = {
            c.Step: self._step,
            c.Play: self._play,
            c.Pause: self._pause,
            c.Gradcheck: lambda command: self.begin(Check(self.trainer, command)),
            c.SetOwn: self._set_own,
            **dict.fromkeys(ERRANDS, lambda command: self.begin(ERRANDS[type(command)](self.trainer, command))),
            **{kind: partial(handler, self) for kind, handler in travel.HANDLERS.items()},
            **{kind: partial(carry_out, self) for kind, carry_out in EDITS.items()},
        }

    # --------------------------------------------------------------------------------------------------- commands

    def handle(self, command: c.CommandBase) -> Outcome | None:
        """Carry out one command; None means that it takes longer and its outcome comes from ``advance``.

        Raises:
            ProblemError: it cannot be done in this mode. EngineError: the engine refuses. Nothing has changed then.
        """
        next_mode = TRANSITIONS.get((self.mode, type(command)))
        if next_mode is None:
            raise ProblemError("wrong-mode", mode_sentence(command.model_dump()["type"], self.mode.value))
        before = self.mode
        self.mode = next_mode
        try:
            outcome = self._handlers[type(command)](command)
        except BaseException:
            self.mode = before
            raise
        if self.mode is PAUSED:
            self._playing = None
        if type(command) not in QUESTIONS:
            self.version, self.urgent = self.version + 1, True
        return outcome

    def _step(self, command: c.Step) -> Outcome | None:
        if command.direction == "back":
            moved = self.trainer.step(command.unit, command.count, "back")
            return self._stepped(moved.ran, moved.count_run, moved.sentence)
        self._refuse_diverged()
        self._job = Walk(self.trainer, command.unit, command.count, batches=self.trainer.batches, pace=self.pace)
        return None

    def _play(self, command: c.Play) -> Outcome:
        self._refuse_diverged()
        self._playing = Playing(command, self.trainer, self.pace)
        return Outcome([self.event(e.Played, unit=command.unit, rate=command.rate)])

    def _pause(self, command: c.Pause) -> Outcome:
        self._say_paused()
        return Outcome([self.event(e.Paused, reason="user")])

    def _set_own(self, command: c.SetOwn) -> Outcome:
        return Outcome(result=trials.set_own(self.trainer, command), private=True)

    def begin(self, job: Job) -> Outcome | None:
        """What is done already is answered at once, the rest when it is done."""
        if isinstance(job, Check | Trial) and job.done:
            return self._answer(job)
        self._job = job
        return None

    def _answer(self, job: Check | Trial) -> Outcome:
        """The report, for whoever asked; a check of gradients is an event as well."""
        events = [self.event(e.GradientsChecked, report=plain(job.report))] if isinstance(job, Check) else []
        return Outcome(events, result=job.report, private=True)

    def has_changed(self) -> None:
        """Network or weights are others than before: what was measured or described of the old ones is forgotten."""
        self.edits += 1
        self.pace.forget()
        if self._playing:
            self._playing.forget_walk()

    def pause(self, reason: str, detail: str = "") -> Outcome | None:
        """Stop for a reason that is not the user's wish; None if it does not run."""
        if self.mode is PAUSED:
            return None
        self._say_paused()
        self.mode, self._playing = PAUSED, None
        self.version += 1
        self.urgent = True
        return Outcome([self.event(e.Paused, reason=reason, detail=say(detail))])

    # ------------------------------------------------------------------------------------------------------- time

    @property
    def busy(self) -> bool:
        """Whether a step command is still being carried out; other commands wait."""
        return self._job is not None

    def due_in(self, now: float) -> float | None:
        """Seconds until there is something to compute; None if there is nothing."""
        if self._job:
            return 0.0
        return self._playing.due_in(now) if self._playing else None

    def advance(self, budget: float, timer: Timer) -> list[Outcome]:
        """Compute for about ``budget`` seconds."""
        if self._job:
            return self._go_on(self._job, budget, timer)
        self.version += 1
        if not self._playing:
            return []
        reached = self._playing.go(budget, timer)
        return self.note_divergence() or (self._stop("until", reached) if reached else [])

    def interrupt(self) -> list[Outcome]:
        """End a step command before its time: the user asked for a pause."""
        return self._finish(self._job) if isinstance(self._job, Walk | travel.Replay) else []

    def abandon(self) -> None:
        """Nobody waits for what is under way any more."""
        self._job = None

    def _go_on(self, job: Job, budget: float, timer: Timer) -> list[Outcome]:
        job.go(budget, timer)
        self.version += isinstance(job, Walk | travel.Replay)  # a question changes nothing that could be seen
        return self._finish(job) if job.done else []

    def _finish(self, job: Job) -> list[Outcome]:
        self._job = None
        if isinstance(job, Check | Trial):
            return [self._answer(job)]
        self.urgent = True
        if isinstance(job, travel.Replay):
            return [travel.replayed(self, job), *self.note_divergence()]
        diverged = self.trainer.diverged
        sentence = divergence_sentence(diverged) if diverged else job.sentence
        return [self._stepped(job.ran, job.count_run, sentence), *self.note_divergence()]

    def give_up(self) -> list[Outcome]:
        """Something unexpected has happened while it computed: stop whatever runs."""
        self._job = None
        return self._stop("error", say("Stopped: something unexpected happened."))

    def resume(self, head: Mapping[str, Any], *, paused: bool) -> None:
        """Go on as a checkpoint says."""
        self.sentence = head.get("sentence", "")
        play = head.get("play")
        if play and not paused and self.trainer.diverged is None:
            self.mode = PLAYING
            self._playing = Playing(c.Play.model_validate(play), self.trainer, self.pace)

    # ------------------------------------------------------------------------------------------------------ words

    def _refuse_diverged(self) -> None:
        diverged = self.trainer.diverged
        if diverged:
            raise ProblemError("diverged", say("{reason} {advice}", reason=diverged.reason, advice=diverged.advice))

    def note_divergence(self) -> list[Outcome]:
        """What there is to tell if a number is not finite; the session is paused then."""
        diverged = self.trainer.diverged
        if not diverged:
            return []
        self.urgent = True
        self.sentence = divergence_sentence(diverged)
        info = diverged_data(diverged) or {}
        outcome = Outcome([self.event(e.HasDiverged, **{name: info[name] for name in info if name != "cursor"})])
        return [outcome, *self._stop("diverged", diverged.reason)]

    def _stop(self, reason: str, detail: str) -> list[Outcome]:
        outcome = self.pause(reason, detail)
        return [outcome] if outcome else []

    def _stepped(self, ran: Any, count: int, sentence: str) -> Outcome:
        self.sentence = sentence
        self._told = sentence if sentence == self.trainer.retold() else None
        event = self.event(
            e.Stepped, ran=[call_data(call) for call in ran], count=count, sentence=sentence, metrics=self.metrics()
        )
        return Outcome([event])

    def _say_paused(self) -> None:
        position = self.trainer.position
        if self._playing:
            self.sentence = say(PAUSED_AFTER, step=position.step, epoch=position.epoch)

    def words(self) -> str:
        """What happened last, in a sentence."""
        position = self.trainer.position
        if self.mode is PLAYING:
            return say(RUNS, step=position.step, epoch=position.epoch)
        if self.sentence == self._told:
            self.sentence = self._told = self.trainer.retold()
        return self.sentence

    def metrics(self) -> Any:
        """The present metrics as JSON data."""
        return json_data(self.trainer.metrics())

    def about(self) -> dict[str, Any]:
        """Graph, calls, dataset and so on: what changes with edits only."""
        if self._about is None or self._about[0] != self.edits:
            self._about = (self.edits, self._describe(self.trainer))
        return self._about[1]

    def snapshot(self) -> dict[str, Any]:
        """The event that says everything."""
        past = travel.past(self.trainer)
        said = {"metrics": self.metrics(), "sentence": self.words(), "undoable": undoable(self.trainer)}
        return self.event(e.Snapshot, id=self.id, **self.about(), **past, **said)

    def event(self, event: type[e.EventBase], **fields: Any) -> dict[str, Any]:
        """An event of this session at its present position, as JSON data."""
        cursor = self.trainer.position.as_dict()
        told = event(session=self.id, cursor=cursor, mode=self.mode.value, **fields).model_dump(mode="json")
        return as_said(told, fields)

    def play_command(self) -> c.Play | None:
        """How it runs on its own, for the checkpoint."""
        return self._playing.command if self._playing else None
