"""The other end of a shard's socketpair: it lets the loop take turns one by one, over a fake trainer."""

import socket
from typing import Any

from app.protocol.framing import Unpacker, pack
from app.shards.channel import Channel
from app.shards.pulse import Pulse
from app.shards.worker import Config, Worker
from tests.app.fakes import FakeClock, FakeTrainer, describe

SPEC: dict[str, Any] = {}


class Gateway:
    """The other end: it says something, lets the worker take some turns, and hears the answers."""

    def __init__(self, **trainer: Any) -> None:
        self.clock = FakeClock()
        ours, theirs = socket.socketpair()
        self._socket = ours
        self._channel = Channel(theirs)
        self._unpacker = Unpacker()
        self._number = 0
        self.trainers: list[FakeTrainer] = []
        self.pulse = Pulse()
        options = {"clock": self.clock, "cost": 0.001, **trainer}

        def open_trainer(spec: dict[str, Any], parameters: Any, limits: Any, training: Any = None) -> FakeTrainer:
            self.trainers.append(FakeTrainer(**options, **spec))
            return self.trainers[-1]

        def restore_trainer(head: dict[str, Any], tensors: bytes, limits: Any) -> FakeTrainer:
            return open_trainer({"at": head["cursor"]["at"]}, None, None)

        self.worker = Worker(
            self._channel,
            self.pulse,
            Config(limits={}),
            open_trainer=open_trainer,
            restore_trainer=restore_trainer,
            describe=describe,
            timer=self.clock,
        )

    def tell(self, **message: Any) -> int:
        """Say something; its number."""
        self._number += 1
        self._socket.sendall(pack({"n": self._number, **message}))
        return self._number

    def turns(self, count: int = 1) -> list[dict[str, Any]]:
        """Let it take turns; what it has said since."""
        for _ in range(count):
            self.worker.turn()
        self._socket.setblocking(False)
        said = []
        try:
            while data := self._socket.recv(2**20):
                said += self._unpacker.feed(data)
        except BlockingIOError:
            pass
        self._socket.setblocking(True)
        return said

    def ask(self, turns: int = 2, **message: Any) -> dict[str, Any]:
        """Say something and hear its answer."""
        number = self.tell(**message)
        [answer] = [said for said in self.turns(turns) if said.get("n") == number]
        return answer

    def command(self, session: str = "s1", turns: int = 2, **command: Any) -> dict[str, Any]:
        """A command of REST."""
        return self.ask(turns, do="command", session=session, command=command)

    def close(self) -> None:
        """Let go."""
        self._socket.close()
        self._channel._socket.close()
        self.pulse.close()
