"""A shard's process: many sessions, one loop, no threads.

Run as ``python -m app.shards.worker SOCKET_FD PULSE_FD``. One turn of the loop: take what the gateway says, let one
session compute for a quantum, send the frames that are wanted, save what is due.
"""

import ctypes
import faulthandler
import logging
import os
import resource
import signal
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import partial
from typing import Any

from app.protocol.commands import COMMANDS
from app.protocol.problems import not_found, problem_of
from app.shards import engine_port
from app.shards.channel import Channel, Closed
from app.shards.checkpoints import encode
from app.shards.frames import Viewer
from app.shards.heatmaps import HeatMaps
from app.shards.pulse import Pulse
from app.shards.room import Request, Room
from app.shards.scheduler import Scheduler
from app.shards.session import Session
from app.shards.shelf import keep_tables

log = logging.getLogger(__name__)

PR_SET_PDEATHSIG = 1
NICENESS = 5
LONGEST_WAIT = 0.25
#: A checkpoint that a user's action made urgent is still not taken oftener than this.
LEAST_SAVE_SECONDS = 0.25
#: At most this part of a session's time goes into checkpoints.
SAVE_SHARE = 0.02


@dataclass(frozen=True)
class Config:
    """What the gateway tells a shard first."""

    limits: dict[str, float]
    quantum_seconds: float = 0.004
    checkpoint_seconds: float = 2.0
    checkpoint_steps: int = 500
    max_frame_bytes: int = 256 * 2**10
    memory_bytes: int = 0

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "Config":
        """From a message."""
        return cls(**{field.name: data[field.name] for field in fields(cls)})


class Worker:
    """The loop.

    Args:
        channel: to the gateway.
        pulse: where to show that the loop goes round.
        config: from the gateway.
        open_trainer: (spec, parameters, limits) -> a new cursor.
        restore_trainer: (head, tensors, limits) -> the cursor of a checkpoint.
        describe: cursor -> what snapshots carry.
        timer: seconds.
    """

    def __init__(
        self,
        channel: Channel,
        pulse: Pulse,
        config: Config,
        *,
        open_trainer: Callable[..., Any] = engine_port.open_cursor,
        restore_trainer: Callable[..., Any] = engine_port.restore_cursor,
        describe: Callable[[Any], dict[str, Any]] = engine_port.describe,
        timer: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._channel = channel
        self._pulse = pulse
        self._config = config
        self._open_trainer = open_trainer
        self._restore_trainer = restore_trainer
        self._describe = describe
        self._timer = timer
        self._rooms: dict[str, Room] = {}
        self._scheduler = Scheduler(config.quantum_seconds)
        self._stopping = False
        self._receivers: dict[str, Callable[[dict[str, Any]], None]] = {
            "open": self._open,
            "command": self._command,
            "frame": self._frame,
            "leave": self._leave,
            "drop": self._drop,
            "pause": self._pause,
            "close": self._close,
            "stop": self._stop,
        }

    def run(self) -> None:
        """Until the gateway says stop, or goes away."""
        try:
            while not self._stopping:
                self.turn()
        except Closed:
            return

    def turn(self) -> None:
        """Once round."""
        self._pulse.beat()
        for message in self._channel.receive(self._wait()):
            self._receive(message)
        self._compute()
        for session_id, room in self._rooms.items():
            self._charged(session_id, room.send_frames)
        self._save_what_is_due()

    # --------------------------------------------------------------------------------------------------- messages

    def _receive(self, message: dict[str, Any]) -> None:
        session_id = message.get("session", "")
        self._pulse.beat(session_id)
        try:
            self._charged(session_id, lambda: self._receivers[message["do"]](message))
        except Closed:
            raise
        except Exception as error:
            problem = problem_of(error)
            if problem.kind == "internal":
                log.exception("a message could not be handled")
            self._channel.send({"n": message["n"], "error": problem.as_data()})
        self._pulse.beat()

    def _charged(self, session_id: str, work: Callable[[], object]) -> None:
        start = self._timer()
        work()
        self._scheduler.charge(session_id, self._timer() - start)

    def _open(self, message: dict[str, Any]) -> None:
        session_id, limits = message["session"], self._config.limits
        self._keep_tables()
        head = message.get("head")
        if head is None:
            trainer = self._open_trainer(message["spec"], message.get("parameters"), limits, message.get("training"))
        else:
            trainer = self._restore_trainer(head, message["tensors"], limits)
        session = Session(session_id, trainer, self._describe)
        if head is not None:
            session.resume(head, paused=bool(message.get("paused")))
        heatmaps = HeatMaps(session.trainer, self._timer)
        room = Room(
            session,
            viewer=lambda session: Viewer(session, heatmaps, self._config.max_frame_bytes),
            send=self._channel.send,
        )
        self._rooms[session_id] = room
        self._scheduler.add(session_id)
        self._channel.send({"n": message["n"], "session": session_id, "result": session.snapshot(), "events": []})

    def _keep_tables(self) -> None:
        """Before a table comes, and after a session has gone: nobody else may need what it had."""
        keep_tables(room.session for room in self._rooms.values())

    def _room(self, message: dict[str, Any]) -> Room:
        room = self._rooms.get(message["session"])
        if room is None:
            raise not_found()
        return room

    def _command(self, message: dict[str, Any]) -> None:
        room = self._room(message)
        command = COMMANDS.validate_python(message["command"])
        self._scheduler.acted(message["session"])
        room.receive(Request(message["n"], command, message.get("connection")))

    def _frame(self, message: dict[str, Any]) -> None:
        self._room(message).want_frame(message["n"], message["connection"], message["seq"])

    def _leave(self, message: dict[str, Any]) -> None:
        if message["session"] in self._rooms:
            self._rooms[message["session"]].leave(message["connection"])

    def _drop(self, message: dict[str, Any]) -> None:
        if message["session"] in self._rooms:
            self._rooms[message["session"]].drop(message["number"])

    def _pause(self, message: dict[str, Any]) -> None:
        room = self._room(message)
        outcome = room.session.pause(message["reason"], message["detail"])
        room.tell([outcome] if outcome else [])

    def _close(self, message: dict[str, Any]) -> None:
        room = self._rooms.pop(message["session"], None)
        if room:
            self._scheduler.remove(message["session"])
            room.end()
            self._keep_tables()
        self._channel.send({"n": message["n"], "session": message["session"], "result": {}, "events": []})

    def _stop(self, message: dict[str, Any]) -> None:
        for session_id, room in self._rooms.items():
            if room.saved.version != room.session.version:
                self._save(session_id, room)
        self._stopping = True
        self._channel.send({"n": message["n"], "session": "", "result": {}, "events": []})

    # ----------------------------------------------------------------------------------------------------- turns

    def _wait(self) -> float:
        """How long nothing has to be done."""
        now = self._timer()
        dues = [due for room in self._rooms.values() if (due := room.session.due_in(now)) is not None]
        saves = [self._save_due(room) - now for room in self._rooms.values() if self._unsaved(room)]
        return max(0.0, min([LONGEST_WAIT, *dues, *saves]))

    def _is_ready(self, session_id: str) -> bool:
        return self._rooms[session_id].session.due_in(self._timer()) == 0.0

    def _compute(self) -> None:
        turn = self._scheduler.next(self._is_ready)
        if turn is None:
            return
        session_id, budget = turn
        self._pulse.beat(session_id)
        room = self._rooms[session_id]
        self._charged(session_id, lambda: room.advance(budget, self._timer))
        self._pulse.beat()

    # ------------------------------------------------------------------------------------------------ checkpoints

    def _unsaved(self, room: Room) -> bool:
        return room.saved.version != room.session.version

    def _save_due(self, room: Room) -> float:
        saved, session = room.saved, room.session
        many = abs(session.trainer.position.step - saved.step) >= self._config.checkpoint_steps
        pause = LEAST_SAVE_SECONDS if session.urgent or many else self._config.checkpoint_seconds
        return saved.at + max(pause, saved.cost / SAVE_SHARE)

    def _save_what_is_due(self) -> None:
        now = self._timer()
        for session_id, room in self._rooms.items():
            if self._unsaved(room) and self._save_due(room) <= now:
                self._pulse.beat(session_id)
                self._charged(session_id, partial(self._save, session_id, room))

    def _save(self, session_id: str, room: Room) -> None:
        start = self._timer()
        session, saved = room.session, room.saved
        try:
            self._channel.send({"session": session_id, "checkpoint": encode(session)})
        except Closed:
            raise
        except Exception:
            log.exception("a checkpoint could not be taken")
        session.urgent = False
        saved.version, saved.step = session.version, session.trainer.position.step
        saved.at = self._timer()
        saved.cost = saved.at - start


def confine(memory_bytes: int) -> None:
    """Die with the gateway, yield to it, and take no more memory than this (0: no limit)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    os.nice(NICENESS)
    if memory_bytes:
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(arguments: list[str]) -> None:
    """Serve the gateway at the other end of SOCKET_FD until it says stop."""
    socket_fd, pulse_fd = map(int, arguments)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    faulthandler.register(signal.SIGUSR1)
    logging.basicConfig(level=logging.INFO, format="shard %(process)d %(levelname)s %(message)s")
    channel = Channel(socket.socket(fileno=socket_fd))
    messages: list[dict[str, Any]] = []
    while not messages:
        messages = channel.receive(LONGEST_WAIT)
    config = Config.from_data(messages[0]["config"])
    confine(config.memory_bytes)
    channel.send({"n": messages[0]["n"], "session": "", "result": {"pid": os.getpid()}, "events": []})
    Worker(channel, Pulse(pulse_fd), config).run()


if __name__ == "__main__":
    main(sys.argv[1:])
