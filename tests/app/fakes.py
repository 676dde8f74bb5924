"""Fakes of what lies below and above: a trainer without mathematics, a host without processes, a clock without time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np

from app.protocol.problems import ProblemError
from app.protocol.ribbon import pack_calls
from app.store.base import Checkpoint
from engine.errors import HistoryGone, LimitExceeded, NothingToUndo, SpecError, UnknownName

PHASES = ("forward", "loss", "backward", "update")


@dataclass(frozen=True)
class FakePosition:
    """Where the fake stands."""

    step: int
    op: int
    epoch: int
    batch: int

    @property
    def phase(self) -> str:
        """One call in each phase."""
        return PHASES[self.op]

    def as_dict(self) -> dict[str, Any]:
        """As the engine's."""
        return {"step": self.step, "phase": self.phase, "op": self.op, "epoch": self.epoch, "batch": self.batch}


@dataclass(frozen=True)
class FakeMetrics:
    """What a goal looks at."""

    loss: float
    train_loss: float
    train_accuracy: float


@dataclass(frozen=True)
class FakeHistory:
    """Which steps have a point."""

    stride: int
    step: list[int]


@dataclass(frozen=True)
class FakeKnown:
    """The run as a line of steps."""

    begin: int
    newest: int
    kept: list[tuple[int, int]]


def fake_calls() -> list[Any]:
    """Four calls, one in each phase."""
    names = ("index", "phase", "layer", "node", "op", "label", "formula", "kind")
    rows = [
        (0, "forward", "output", "output.a", "dense", "output.a", "a = x W", "forward"),
        (1, "loss", "loss", "loss", "mse", "loss", "L", "loss"),
        (2, "backward", "output", "output.W", "dense", "d output.W", "dW", "vjp"),
        (3, "update", "update", "update", "apply", "update", "W + delta", "apply"),
    ]
    return [SimpleNamespace(**dict(zip(names, row, strict=True))) for row in rows]


@dataclass
class FakeTrainer:
    """Counts calls instead of computing; a step has four, an epoch ``batches`` steps.

    ``cost`` seconds pass on ``clock`` with each step, so that schedules can be tested.
    """

    batches: int = 3
    at: int = 0
    seed: int = 7
    clock: "FakeClock | None" = None
    cost: float = 0.0
    diverges_at: int | None = None
    weight: float = 1.0
    learning: float = 0.5
    spec: Any = None
    log: list[str] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    marks: dict[int, Any] = field(default_factory=dict)
    done: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.spec = SimpleNamespace(seed=self.seed, dataset="fruit", rate=1.0)

    @property
    def position(self) -> FakePosition:
        """From the number of calls that ever ran."""
        step, op = divmod(self.at, 4)
        return FakePosition(step, op, *divmod(step, self.batches))

    def retold(self) -> str:
        """The last call's sentence, as it is told each time it is asked for."""
        return self.sentences.pop(0) if self.sentences else ""

    @property
    def diverged(self) -> Any:
        """Set from a certain call on."""
        if self.diverges_at is None or self.at < self.diverges_at:
            return None
        call = fake_calls()[1]
        return SimpleNamespace(position=self.position, call=call, node="loss", reason="It is NaN.", advice="Lower it.")

    def calls(self) -> list[Any]:
        """The ribbon."""
        return fake_calls()

    def _walk(self, calls: int) -> Any:
        first = self.at
        if self.diverges_at is not None and calls > 0:
            calls = max(0, min(calls, self.diverges_at - self.at))
        self.at += calls
        if self.clock:
            self.clock.now += self.cost * abs(calls) / 4
        ran = [fake_calls()[number % 4] for number in range(max(first, self.at - 64), self.at)]
        return SimpleNamespace(position=self.position, ran=ran, count_run=max(0, calls), sentence=f"At {self.at}.")

    def step(self, unit: str = "op", count: int = 1, direction: str = "forward") -> Any:
        """Walk."""
        size = {"op": 1, "layer": 1, "batch": 4, "epoch": 4 * self.batches}[unit]
        if direction == "back":
            target = max(0, -(-self.at // size) * size - size * count)
            return self._walk(target - self.at)
        return self._walk((self.at // size + count) * size - self.at)

    def run(self, steps: int) -> int:
        """Whole steps."""
        return int(self._walk(4 * steps).count_run) // 4

    def seek(self, step: int, op: int = 0) -> Any:
        """Anywhere up to step 1000."""
        if step > 1000:
            raise HistoryGone("only steps up to 1000 are kept")
        return self._walk(4 * step + op - self.at)

    def seek_near(self, step: int, op: int = 0) -> Any:
        """Anywhere up to step 1000, or there."""
        return self.seek(step, op) if step <= 1000 else self.seek(1000)

    def rewind(self, step: int, op: int = 0) -> None:
        """Up to step 2000 every hundredth step is held."""
        if step > 2000:
            raise HistoryGone("only steps up to 2000 can be computed again")
        self._walk(4 * (step - step % 100) - self.at)

    def seconds_to(self, step: int, op: int = 0) -> float | None:
        """A hundredth of a second for each step."""
        return 0.01 * (step % 100) if step <= 2000 else None

    def known(self) -> Any:
        """As far as it has come."""
        return FakeKnown(0, self.position.step, self.kept())

    def bookmarks(self) -> list[Any]:
        """Where they are."""
        return list(self.marks.values())

    def add_bookmark(self, name: str = "") -> Any:
        """At most three."""
        if len(self.marks) >= 3:
            raise LimitExceeded("bookmarks", 3, 4)
        number = max(self.marks, default=0) + 1
        self.marks[number] = SimpleNamespace(number=number, name=name, position=self.position, here=True)
        return self.marks[number]

    def _mark(self, number: int) -> Any:
        if number not in self.marks:
            raise UnknownName("bookmark", str(number), map(str, self.marks), ("bookmark",))
        return self.marks[number]

    def rename_bookmark(self, number: int, name: str) -> Any:
        """Another name."""
        self._mark(number).name = name

    def remove_bookmark(self, number: int) -> None:
        """Gone."""
        del self.marks[self._mark(number).number]

    def visit(self, number: int) -> Any:
        """There, and in another run if the spec was changed since."""
        mark = self._mark(number)
        another = not mark.here
        mark.here = True
        self.at = 4 * mark.position.step + mark.position.op
        return SimpleNamespace(**vars(self._edited()), another=another, sentence=f"At mark {number}.")

    def reset(self, seed: int | None = None, gesture: str | None = None) -> Any:
        """To the beginning."""
        self._did("reset")
        self.seed = self.seed if seed is None else seed
        self.spec.seed = self.seed
        return self._walk(-self.at)

    def _edited(self) -> Any:
        self.at -= self.at % 4
        return SimpleNamespace(
            spec=self.spec,
            kept=["output.W"],
            resized=[],
            initialised=[],
            dropped=[],
            position=self.position,
            restarted=True,
        )

    def _did(self, what: str) -> None:
        deed = SimpleNamespace(
            what=what,
            name="",
            field="",
            value=None,
            as_dict=lambda: {"what": what, "name": "", "field": "", "value": None},
        )
        held = (self.at, self.weight, self.spec)
        self.done.append(SimpleNamespace(deed=deed, place=divmod(self.at, 4), held=held))

    @property
    def next_undo(self) -> Any:
        """The last edit."""
        return self.done[-1] if self.done else None

    next_redo = None

    def undo(self) -> Any:
        """Back to before the last edit."""
        if not self.done:
            raise NothingToUndo("there is nothing to undo")
        entry, before = self.done.pop(), self.spec
        self.at, self.weight, self.spec = entry.held
        return SimpleNamespace(deed=entry.deed, before=before, spec=self.spec, position=self.position)

    def redo(self) -> Any:
        """The fake does nothing again."""
        raise NothingToUndo("there is nothing to redo")

    def rename(self, layer: str, name: str) -> Any:
        """Only output exists, and may be called anything."""
        if layer != "output":
            raise UnknownName("layer", layer, ["output"], ("layer",))
        self._did("rename")
        return self._edited()

    def patch(self, patch: Mapping[str, Any], gesture: str | None = None) -> Any:
        """Only ``rate`` can be changed."""
        if "rate" not in patch:
            raise SpecError("only rate can be patched", ("rate",))
        self._did("option")
        self.spec = SimpleNamespace(**vars(self.spec) | patch)
        for mark in self.marks.values():
            mark.here = False
        return self._edited()

    def set_parameter(
        self,
        name: str,
        value: Any,
        index: tuple[int, ...] | None = None,
        *,
        gesture: str | None = None,
        answer: bool = False,
    ) -> Any:
        """Only output.W exists."""
        if name != "output.W":
            raise UnknownName("parameter", name, ["output.W"], ("name",))
        self._did("parameter")
        self.weight = value
        return self._edited()

    def metrics(self) -> Any:
        """The loss halves with each epoch."""
        loss = self.learning**self.position.epoch
        return FakeMetrics(loss, loss, 1 - loss)

    def history(self) -> Any:
        """One point for each epoch."""
        steps = list(range(0, self.position.step + 1, self.batches))
        return FakeHistory(1, steps)

    def kept(self) -> list[tuple[int, int]]:
        """All of it."""
        return [(0, self.position.step)]

    def save(self, *, past: int = 0, ahead: bool = True) -> tuple[dict[str, Any], dict[str, Any]]:
        """A head and one array."""
        self.log.append(f"saved with {past} bytes of the past{', and ahead' if ahead else ''}")
        return {"at": self.at}, {"output.W": np.full((1, 1), self.weight)}


class FakeClock:
    """Time that passes when it is told to, and a little whenever one looks."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        """The time."""
        self.now += 1e-5
        return self.now


def describe(trainer: FakeTrainer) -> dict[str, Any]:
    """As engine_port.describe, for the fake."""
    return {
        "spec": {"seed": trainer.seed},
        "graph": {"layers": [], "parameter_count": 1},
        "calls": pack_calls(vars(call) for call in trainer.calls()),
        "dataset": {"name": "fake"},
        "parameter_count": 1,
        "warnings": [],
        "limits": {},
    }


@dataclass
class FakeHost:
    """A host that answers every command with an event and computes nothing."""

    opened: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, Any], str | None]] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)
    paused: list[tuple[str, str]] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    refuse: ProblemError | None = None
    refuse_commands: dict[str, ProblemError] = field(default_factory=dict)
    started: bool = False
    listener: Any = None

    def listen(self, listener: Any) -> None:
        """Remember who is told."""
        self.listener = listener

    async def start(self) -> None:
        """Start."""
        self.started = True

    async def stop(self) -> None:
        """Stop."""
        self.started = False

    def holds(self, session_id: str) -> bool:
        """Whether it was opened and not lost."""
        return session_id in self.opened

    def lose(self, session_id: str, reason: str = "it crashed", offender: str | None = None) -> None:
        """As if its process had ended."""
        del self.opened[session_id]
        self.listener.on_lost([session_id], reason, offender)

    async def open(
        self,
        session_id: str,
        *,
        spec: dict[str, Any] | None = None,
        parameters: dict[str, Any] | None = None,
        training: dict[str, Any] | None = None,
        checkpoint: Checkpoint | None = None,
        paused: bool = False,
    ) -> dict[str, Any]:
        """Answer with a snapshot."""
        if self.refuse:
            raise self.refuse
        self.opened[session_id] = {"spec": spec, "checkpoint": checkpoint, "paused": paused, "parameters": parameters}
        return self.event(session_id, "snapshot") | {"spec": spec or (checkpoint and checkpoint.head) or {}}

    def event(self, session_id: str, event_type: str, mode: str = "paused") -> dict[str, Any]:
        """An event at the beginning."""
        cursor = {"step": 0, "phase": "forward", "op": 0, "epoch": 0, "batch": 0}
        return {"type": event_type, "session": session_id, "cursor": cursor, "mode": mode}

    async def ask(self, session_id: str, command: dict[str, Any], connection: str | None) -> dict[str, Any]:
        """Remember the command; answer with an event that everybody is told."""
        self.asked.append((session_id, command, connection))
        if command["type"] in self.refuse_commands:
            raise self.refuse_commands[command["type"]]
        if command["type"] == "save":
            return {"head": {"seed": 1}, "tensors": b"tensors"}
        event = self.event(session_id, f"{command['type']}-done")
        self.listener.on_events(session_id, [event], connection=connection, reply_to=command.get("id"))
        return event

    async def frame(self, session_id: str, connection: str, seq: int) -> bytes:
        """Always something new."""
        return f"frame {seq}".encode()

    def pause(self, session_id: str, reason: str, detail: str) -> None:
        """Remember."""
        self.paused.append((session_id, reason))

    def leave(self, session_id: str, connection: str) -> None:
        """Remember."""
        self.left.append((session_id, connection))

    async def close(self, session_id: str) -> None:
        """Remember."""
        self.opened.pop(session_id, None)
        self.closed.append(session_id)


def only_types(events: Sequence[Mapping[str, Any]]) -> list[str]:
    """The types of events, in order."""
    return [event["type"] for event in events]
