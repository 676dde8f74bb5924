"""Where sessions are computed: the interface, and K local processes behind it."""

import asyncio
import logging
import time
from collections.abc import Sequence
from typing import Any, Protocol

from app.protocol.problems import ProblemError
from app.settings import Settings
from app.shards.processes import ShardProcess
from app.store.base import Checkpoint
from engine.words import say

log = logging.getLogger(__name__)

WATCH_SECONDS = 0.25
RELAUNCH_SECONDS = 1.0
#: A shard that the machine does not let run is no hang, up to this many times the limit.
PATIENCE = 10


class Listener(Protocol):
    """Who is told what shards say without being asked."""

    def on_events(
        self,
        session_id: str,
        events: Sequence[dict[str, Any]],
        *,
        private: bool = False,
        connection: str | None = None,
        reply_to: str | None = None,
    ) -> None:
        """Something has happened in a session."""

    def on_checkpoint(self, session_id: str, checkpoint: Checkpoint) -> None:
        """From here a session can go on."""

    def on_lost(self, session_ids: Sequence[str], reason: str, offender: str | None) -> None:
        """These sessions are computed nowhere now."""


class ShardHost(Protocol):
    """What the registry needs of whatever computes."""

    def listen(self, listener: Listener) -> None:
        """Say who is told."""

    async def start(self) -> None:
        """Be ready for sessions."""

    async def stop(self) -> None:
        """Take the last checkpoints and end."""

    def holds(self, session_id: str) -> bool:
        """Whether it is computed here."""

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
        """Begin to compute a session, from its checkpoint if there is one; returns its snapshot."""

    async def ask(self, session_id: str, command: dict[str, Any], connection: str | None) -> dict[str, Any]:
        """Have it carry out a command."""

    async def frame(self, session_id: str, connection: str, seq: int) -> bytes:
        """Its next frame for a connection."""

    def pause(self, session_id: str, reason: str, detail: str) -> None:
        """Stop its run."""

    def leave(self, session_id: str, connection: str) -> None:
        """A connection is gone."""

    async def close(self, session_id: str) -> None:
        """End it."""


class LocalProcesses:
    """K processes on this machine; one that ends or hangs is replaced."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._listener: Listener | None = None
        self._shards: list[ShardProcess | None] = [None] * settings.shards
        self._ready = [asyncio.Event() for _ in self._shards]
        self._homes: dict[str, int] = {}
        self._opening: dict[str, int] = {}
        self._keepers: list[asyncio.Task[None]] = []
        self._hung: dict[int, str] = {}
        self._stopping = False

    def listen(self, listener: Listener) -> None:
        """See ShardHost."""
        self._listener = listener

    # --------------------------------------------------------------------------------------------- start and stop

    async def start(self) -> None:
        """See ShardHost."""
        await asyncio.gather(*(self._launch(index) for index in range(len(self._shards))))
        self._keepers = [asyncio.create_task(self._keep(index)) for index in range(len(self._shards))]
        self._keepers.append(asyncio.create_task(self._watch()))

    async def stop(self) -> None:
        """See ShardHost."""
        self._stopping = True
        seconds = self._settings.stop_seconds / 2
        asked = [shard.ask({"do": "stop"}, seconds) for shard in self._shards if shard]
        for result in await asyncio.gather(*asked, return_exceptions=True):
            if isinstance(result, BaseException):
                log.warning("a shard did not stop by itself: %s", result)
        for keeper in self._keepers:
            keeper.cancel()
        await asyncio.gather(*self._keepers, return_exceptions=True)
        for shard in filter(None, self._shards):
            shard.kill()
            await shard.wait()
            shard.close()

    async def _launch(self, index: int) -> None:
        s = self._settings
        config = {
            "limits": s.engine_limits(),
            "quantum_seconds": s.quantum_seconds,
            "checkpoint_seconds": s.checkpoint_seconds,
            "checkpoint_steps": s.checkpoint_steps,
            "max_frame_bytes": s.max_frame_bytes,
            "memory_bytes": s.shard_memory_bytes,
        }
        shard = ShardProcess(config, self._on_message)
        await shard.start()
        self._shards[index] = shard
        self._ready[index].set()

    async def _keep(self, index: int) -> None:
        """Replace this shard whenever it has ended."""
        while True:
            shard = self._shards[index]
            assert shard
            reason = await shard.wait()
            if self._stopping:
                return
            self._ready[index].clear()
            _, offender = shard.silence(time.monotonic())
            reason = self._hung.pop(index, reason)
            lost = [session_id for session_id, home in self._homes.items() if home == index]
            for session_id in lost:
                del self._homes[session_id]
            shard.close()
            log.error("shard %d has ended with %d sessions: %s", index, len(lost), reason)
            await self._relaunch(index)
            if self._listener:
                self._listener.on_lost(lost, reason, offender or None)

    async def _relaunch(self, index: int) -> None:
        """Launch it again; a machine that has no room for it now may have some later."""
        while True:
            try:
                return await self._launch(index)
            except (OSError, ProblemError):
                log.exception("shard %d could not be started; trying again", index)
                await asyncio.sleep(RELAUNCH_SECONDS)

    async def _watch(self) -> None:
        """Kill a shard whose loop does not come round."""
        cpu_before: dict[int, tuple[int, float]] = {}
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            for index, shard in enumerate(self._shards):
                if shard is None or not self._ready[index].is_set():
                    continue
                silent, session_id = shard.silence(time.monotonic())
                if silent < WATCH_SECONDS * 2:
                    cpu_before[index] = (shard.pid, shard.cpu_seconds() or 0.0)
                elif silent > self._settings.hang_seconds and self._hangs(shard, silent, cpu_before.get(index)):
                    limit = self._settings.hang_seconds
                    self._hung[index] = say(
                        "one operation took longer than {limit:g} s, so its process was ended", limit=limit
                    )
                    log.error("shard %d is silent for %.1f s (session %s): killed", index, silent, session_id[:6])
                    shard.kill()

    def _hangs(self, shard: ShardProcess, silent: float, before: tuple[int, float] | None) -> bool:
        """Silent for too long, and not merely because other processes have had the processor."""
        if silent > PATIENCE * self._settings.hang_seconds:
            return True
        now = shard.cpu_seconds()
        if now is None or before is None or before[0] != shard.pid:
            return True
        return now - before[1] > self._settings.hang_seconds / 2

    # --------------------------------------------------------------------------------------------------- sessions

    def holds(self, session_id: str) -> bool:
        """See ShardHost."""
        return session_id in self._homes

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
        """See ShardHost."""
        index = self._opening[session_id] = self._emptiest()
        message: dict[str, Any] = {"do": "open", "session": session_id, "paused": paused}
        if checkpoint:
            message |= {"head": checkpoint.head, "tensors": checkpoint.tensors}
        else:
            message |= {"spec": spec, "parameters": parameters, "training": training}
        try:
            await self._ready[index].wait()
            snapshot: dict[str, Any] = await self._shard(index).ask(message, self._settings.answer_seconds)
        except ProblemError as problem:
            if problem.kind == "timeout":  # opened too late, nobody would ever close it
                self._shard(index).tell({"n": 0, "do": "close", "session": session_id})
            raise
        finally:
            del self._opening[session_id]
        self._homes[session_id] = index
        return snapshot

    def _emptiest(self) -> int:
        """The shard with the fewest sessions."""
        counts = [0] * len(self._shards)
        for home in (*self._homes.values(), *self._opening.values()):
            counts[home] += 1
        return counts.index(min(counts))

    def _shard(self, index: int) -> ShardProcess:
        shard = self._shards[index]
        assert shard
        return shard

    def _home(self, session_id: str) -> ShardProcess:
        if session_id not in self._homes:
            raise ProblemError("shard-restarted", say("the session is being restored; repeat the request"))
        return self._shard(self._homes[session_id])

    async def ask(self, session_id: str, command: dict[str, Any], connection: str | None) -> dict[str, Any]:
        """See ShardHost."""
        message = {"do": "command", "session": session_id, "command": command, "connection": connection}
        answer: dict[str, Any] = await self._home(session_id).ask(message, self._settings.answer_seconds)
        return answer

    async def frame(self, session_id: str, connection: str, seq: int) -> bytes:
        """See ShardHost."""
        message = {"do": "frame", "session": session_id, "connection": connection, "seq": seq}
        packed: bytes = await self._home(session_id).ask(message)
        return packed

    def pause(self, session_id: str, reason: str, detail: str) -> None:
        """See ShardHost."""
        self._tell(session_id, {"do": "pause", "reason": reason, "detail": detail})

    def leave(self, session_id: str, connection: str) -> None:
        """See ShardHost."""
        self._tell(session_id, {"do": "leave", "connection": connection})

    def _tell(self, session_id: str, message: dict[str, Any]) -> None:
        """To a session that may be gone already: then there is nothing to tell."""
        home = self._homes.get(session_id)
        shard = self._shards[home] if home is not None else None
        if shard and home is not None and self._ready[home].is_set():
            shard.tell({"n": 0, "session": session_id, **message})

    async def close(self, session_id: str) -> None:
        """See ShardHost."""
        home = self._homes.pop(session_id, None)
        if home is not None:
            await self._shard(home).ask({"do": "close", "session": session_id}, self._settings.answer_seconds)

    def _on_message(self, message: dict[str, Any]) -> None:
        if self._listener is None:
            return
        if "checkpoint" in message:
            saved = message["checkpoint"]
            self._listener.on_checkpoint(message["session"], Checkpoint(saved["head"], saved["tensors"]))
        elif message.get("events"):
            self._listener.on_events(
                message["session"],
                message["events"],
                private=message.get("private", False),
                connection=message.get("connection"),
                reply_to=message.get("reply_to"),
            )
