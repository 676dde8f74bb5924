"""A session is a state machine: commands in, events out. It knows no sockets, threads or clocks.

What it may be told in which mode is a table. A pair that is not there is refused, and a command that fails, in the
engine or here, leaves everything as it was. What takes long (many steps, playing) is done in slices by ``advance``.
"""

import enum
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from app.protocol import commands as c
from app.protocol import events as e
from app.protocol.problems import ProblemError
from app.shards.data import json_data
from app.shards.walk import Pace, Timer, Walk

MANY = 10**9
#: Playing at a rate, a session that fell behind by more than this forgives itself the rest.
MOST_DEBT_SECONDS = 0.25


class Mode(enum.Enum):
    """Whether it runs on its own."""

    PAUSED = "paused"
    PLAYING = "playing"


PAUSED, PLAYING = Mode.PAUSED, Mode.PLAYING

#: (mode, command) -> next mode. A pair that is not here is refused and changes nothing.
TRANSITIONS: dict[tuple[Mode, type[c.CommandBase]], Mode] = {
    (PAUSED, c.Step): PAUSED,
    (PAUSED, c.Seek): PAUSED,
    (PAUSED, c.Reset): PAUSED,
    (PAUSED, c.Play): PLAYING,
    (PAUSED, c.Pause): PAUSED,
    (PAUSED, c.Patch): PAUSED,
    (PAUSED, c.SetParameter): PAUSED,
    (PLAYING, c.Play): PLAYING,
    (PLAYING, c.Pause): PAUSED,
    (PLAYING, c.Seek): PAUSED,
    (PLAYING, c.Reset): PAUSED,
    (PLAYING, c.Patch): PLAYING,
    (PLAYING, c.SetParameter): PLAYING,
}


@dataclass(frozen=True)
class Outcome:
    """What a command, or time, has brought about: the answer to who asked, and what everybody is told."""

    events: list[dict[str, Any]] = field(default_factory=list)
    result: dict[str, Any] | None = None
    private: bool = False

    @property
    def answer(self) -> dict[str, Any]:
        """What the asker gets: the result, or else the first event."""
        return self.result if self.result is not None else self.events[0]


@dataclass
class Playing:
    """A run on its own."""

    command: c.Play
    walk: Walk | None = None
    started: float | None = None
    units: int = 0
    last_epoch: int | None = None


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
        self.urgent = False
        self.sentence = ""
        self.pace = Pace()
        self._describe = describe
        self._playing: Playing | None = None
        self._job: Walk | None = None
        self._handlers: dict[type[c.CommandBase], Callable[[Any], Outcome | None]] = {
            c.Step: self._step,
            c.Seek: self._seek,
            c.Reset: self._reset,
            c.Play: self._play,
            c.Pause: self._pause,
            c.Patch: self._patch,
            c.SetParameter: self._set_parameter,
        }

    # --------------------------------------------------------------------------------------------------- commands

    def handle(self, command: c.CommandBase) -> Outcome | None:
        """Carry out one command; None means that it takes longer and its outcome comes from ``advance``.

        Raises:
            ProblemError: it cannot be done in this mode. EngineError: the engine refuses. Nothing has changed then.
        """
        next_mode = TRANSITIONS.get((self.mode, type(command)))
        if next_mode is None:
            name = command.model_dump()["type"]
            raise ProblemError("wrong-mode", f'cannot {name} while the session is {self.mode.value}; pause it first')
        before = self.mode
        self.mode = next_mode
        try:
            outcome = self._handlers[type(command)](command)
        except BaseException:
            self.mode = before
            raise
        if self.mode is PAUSED:
            self._playing = None
        self.version += 1
        self.urgent = True
        return outcome

    def _step(self, command: c.Step) -> Outcome | None:
        if command.direction == "back":
            moved = self.trainer.step(command.unit, command.count, "back")
            return self._stepped(moved.ran, moved.count_run, moved.sentence)
        self._refuse_diverged()
        self._job = Walk(self.trainer, command.unit, command.count, batches=self._batches(), pace=self.pace)
        return None

    def _seek(self, command: c.Seek) -> Outcome:
        moved = self.trainer.seek(command.step, command.op)
        self.sentence = moved.sentence
        return Outcome([self._event(e.Sought, sentence=moved.sentence, metrics=self.metrics())])

    def _reset(self, command: c.Reset) -> Outcome:
        moved = self.trainer.reset(command.seed)
        self.edits += 1
        self.sentence = moved.sentence
        seed = self.trainer.spec.seed
        return Outcome([self._event(e.WasReset, seed=seed, sentence=moved.sentence, metrics=self.metrics())])

    def _play(self, command: c.Play) -> Outcome:
        self._refuse_diverged()
        self._playing = Playing(command)
        until = command.until
        if until and until.epochs is not None:
            self._playing.last_epoch = self.trainer.position.epoch + until.epochs
        return Outcome([self._event(e.Played, unit=command.unit, rate=command.rate)])

    def _pause(self, command: c.Pause) -> Outcome:
        return Outcome([self._event(e.Paused, reason="user")])

    def _patch(self, command: c.Patch) -> Outcome:
        before = self.trainer.spec
        edited = self.trainer.patch(command.patch)
        return self._edited(edited, with_dataset=before.dataset != edited.spec.dataset)

    def _set_parameter(self, command: c.SetParameter) -> Outcome:
        return self._edited(self.trainer.set_parameter(command.name, command.value, command.index))

    def _edited(self, edited: Any, *, with_dataset: bool = False) -> Outcome:
        self.edits += 1
        self.pace = Pace()
        if self._playing:
            self._playing.walk = None
        about = self._describe(self.trainer)
        self.sentence = _edit_sentence(edited)
        event = self._event(
            e.Edited,
            spec=about["spec"],
            graph=about["graph"],
            calls=about["calls"],
            dataset=about["dataset"] if with_dataset else None,
            kept=edited.kept,
            initialised=edited.initialised,
            dropped=edited.dropped,
            restarted=edited.restarted,
            parameter_count=about["parameter_count"],
            sentence=self.sentence,
            metrics=self.metrics(),
        )
        return Outcome([event])

    def pause(self, reason: str, detail: str = "") -> Outcome | None:
        """Stop for a reason that is not the user's wish; None if it does not run."""
        if self.mode is PAUSED:
            return None
        self.mode, self._playing = PAUSED, None
        self.version += 1
        self.urgent = True
        return Outcome([self._event(e.Paused, reason=reason, detail=detail)])

    # ------------------------------------------------------------------------------------------------------- time

    @property
    def busy(self) -> bool:
        """Whether a step command is still being carried out; other commands wait."""
        return self._job is not None

    def due_in(self, now: float) -> float | None:
        """Seconds until there is something to compute; None if there is nothing."""
        if self._job or (self._playing and self._playing.walk):
            return 0.0
        if not self._playing:
            return None
        rate, started = self._playing.command.rate, self._playing.started
        if rate is None or started is None:
            return 0.0
        return max(0.0, started + (self._playing.units + 1) / rate - now)

    def advance(self, budget: float, timer: Timer) -> list[Outcome]:
        """Compute for about ``budget`` seconds."""
        self.version += 1
        if self._job:
            return self._go_on(self._job, budget, timer)
        if self._playing:
            return self._go_on_playing(self._playing, budget, timer)
        return []

    def interrupt(self) -> list[Outcome]:
        """End a step command before its time: the user asked for a pause."""
        return self._finish(self._job) if self._job else []

    def _go_on(self, job: Walk, budget: float, timer: Timer) -> list[Outcome]:
        job.go(budget, timer)
        return self._finish(job) if job.done else []

    def _finish(self, job: Walk) -> list[Outcome]:
        self._job = None
        self.urgent = True
        return [self._stepped(job.ran, job.count_run, job.sentence), *self._note_divergence()]

    def _go_on_playing(self, playing: Playing, budget: float, timer: Timer) -> list[Outcome]:
        start = timer()
        while True:
            walk = playing.walk or self._next_walk(playing, timer())
            if walk is None:
                return []
            playing.walk = walk
            walk.go(budget - (timer() - start), timer)
            if walk.done:
                playing.walk = None
            if walk.done or playing.command.until:
                stopped = self._note_divergence() or self._look_at_goal(playing)
                if stopped:
                    return stopped
            if timer() - start >= budget:
                return []

    def _next_walk(self, playing: Playing, now: float) -> Walk | None:
        command = playing.command
        units = self._units_due(playing, now)
        if units <= 0:
            return None
        unit, told = command.unit, command.rate is not None
        if command.until and unit in {"batch", "epoch"} and not told:
            unit, units = "epoch", 1
        playing.units += units
        return Walk(self.trainer, unit, units, batches=self._batches(), pace=self.pace, told=told)

    def _units_due(self, playing: Playing, now: float) -> int:
        rate = playing.command.rate
        if rate is None:
            return 1 if playing.command.until else MANY
        if playing.started is None:
            playing.started = now - 1 / rate
        due = int((now - playing.started) * rate + 1e-6) - playing.units
        most = max(1, int(MOST_DEBT_SECONDS * rate))
        if due > most:
            playing.started += (due - most) / rate
            due = most
        return due

    def _look_at_goal(self, playing: Playing) -> list[Outcome]:
        """Stop if a condition holds; only looked at where an epoch is complete."""
        until, position = playing.command.until, self.trainer.position
        if until is None or position.op or position.batch:
            return []
        if playing.last_epoch is not None and position.epoch >= playing.last_epoch:
            return self._stop("until", f"Stopped: {until.epochs} epochs are done.")
        if until.loss_below is None and until.accuracy_above is None:
            return []
        metrics = self.trainer.metrics()
        loss, accuracy = metrics.train_loss, metrics.train_accuracy
        if until.loss_below is not None and loss is not None and loss < until.loss_below:
            return self._stop("until", f"Stopped: the training loss {loss:.4g} is below {until.loss_below:g}.")
        if until.accuracy_above is not None and accuracy is not None and accuracy >= until.accuracy_above:
            return self._stop("until", f"Stopped: {accuracy:.1%} of the training examples are right.")
        return []

    # ------------------------------------------------------------------------------------------------------ words

    def _refuse_diverged(self) -> None:
        diverged = self.trainer.diverged
        if diverged:
            raise ProblemError("diverged", f"{diverged.reason} {diverged.advice}")

    def _note_divergence(self) -> list[Outcome]:
        diverged = self.trainer.diverged
        if not diverged:
            return []
        self.urgent = True
        info = {name: json_data(getattr(diverged, name)) for name in ("call", "node", "reason", "advice")}
        outcome = Outcome([self._event(e.HasDiverged, **info)])
        return [outcome, *self._stop("diverged", diverged.reason)]

    def _stop(self, reason: str, detail: str) -> list[Outcome]:
        outcome = self.pause(reason, detail)
        return [outcome] if outcome else []

    def _stepped(self, ran: Any, count: int, sentence: str) -> Outcome:
        self.sentence = sentence
        event = self._event(e.Stepped, ran=json_data(ran), count=count, sentence=sentence, metrics=self.metrics())
        return Outcome([event])

    def metrics(self) -> Any:
        """The present metrics as JSON data."""
        return json_data(self.trainer.metrics())

    def snapshot(self) -> dict[str, Any]:
        """The event that says everything."""
        about = self._describe(self.trainer)
        diverged = json_data(self.trainer.diverged)
        return self._event(e.Snapshot, id=self.id, **about, diverged=diverged, sentence=self.sentence)

    def event(self, event: type[e.EventBase], **fields: Any) -> dict[str, Any]:
        """An event of this session at its present position, as JSON data."""
        return self._event(event, **fields)

    def _event(self, event: type[e.EventBase], **fields: Any) -> dict[str, Any]:
        position = self.trainer.position.as_dict()
        return event(session=self.id, position=position, mode=self.mode.value, **fields).model_dump(mode="json")

    def _batches(self) -> int:
        return max(1, int(self.trainer.batches))

    def play_command(self) -> c.Play | None:
        """How it runs on its own, for the checkpoint."""
        return self._playing.command if self._playing else None


def _edit_sentence(edited: Any) -> str:
    """Which weights were kept, in words."""
    parts = [
        f"{words}: {', '.join(names[:8])}{', …' if len(names) > 8 else ''}."
        for words, names in (("Kept", edited.kept), ("New", edited.initialised), ("Gone", edited.dropped))
        if names
    ]
    return " ".join(parts) or "Changed."
