"""A shard seen from the gateway: a process at the other end of a socketpair, asked and answered by number."""

import asyncio
import itertools
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from app.protocol.framing import FramingError, pack, read_message
from app.protocol.problems import ProblemError, problem_of
from app.shards.pulse import Pulse
from engine.words import say

log = logging.getLogger(__name__)

#: One BLAS thread for each shard; this must be known before numpy is imported.
THREADS = {name: "1" for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")}
ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60.0


class ShardProcess:
    """One shard.

    Args:
        config: what it is told first.
        on_message: is given what it says without being asked.
    """

    def __init__(self, config: dict[str, Any], on_message: Callable[[dict[str, Any]], None]) -> None:
        self._config = config
        self._on_message = on_message
        self._numbers = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        self._process: asyncio.subprocess.Process | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._reading: asyncio.Task[None] | None = None
        self._pulse: Pulse | None = None

    @property
    def pid(self) -> int:
        """The process's id."""
        assert self._process
        return self._process.pid

    async def start(self) -> None:
        """Start the process and wait until it answers."""
        ours, theirs = socket.socketpair()
        self._pulse = pulse = Pulse()
        pulse.beat()
        path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "app.shards.worker", str(theirs.fileno()), str(pulse.fd)),
            pass_fds=(theirs.fileno(), pulse.fd),
            stdin=asyncio.subprocess.DEVNULL,
            env={**os.environ, **THREADS, "PYTHONPATH": path},
        )
        theirs.close()
        reader, self._writer = await asyncio.open_connection(sock=ours)
        self._reading = asyncio.create_task(self._read(reader))
        await self.ask({"config": self._config}, START_SECONDS)

    async def ask(self, message: dict[str, Any], seconds: float | None = None) -> Any:
        """Send a message and wait for its answer (bytes for a frame, else a map).

        Raises:
            ProblemError: what the shard says went wrong; shard-restarted if it has ended; timeout.
        """
        number = next(self._numbers)
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting[number] = future
        try:
            self.tell({"n": number, **message})
            async with asyncio.timeout(seconds):
                return await future
        except TimeoutError:
            detail = say(
                "no answer within {seconds:g} s. A walk ends where it has come to: GET the session to see where",
                seconds=seconds,
            )
            raise ProblemError("timeout", detail) from None
        finally:
            if self._waiting.pop(number, None) and message.get("do") == "command":
                self._drop(number, message["session"])

    def _drop(self, number: int, session_id: str) -> None:
        """Who has asked this waits no longer; a process that has ended computes it no longer either."""
        with suppress(ProblemError):
            self.tell({"n": 0, "do": "drop", "session": session_id, "number": number})

    def tell(self, message: dict[str, Any]) -> None:
        """Send a message that has no answer.

        Raises:
            ProblemError: shard-restarted if the process has ended.
        """
        if self._writer is None or self._writer.is_closing():
            raise _ended()
        try:
            self._writer.write(pack(message))
        except FramingError as error:
            raise problem_of(error) from error

    async def _read(self, reader: asyncio.StreamReader) -> None:
        """What it says, until it says no more."""
        while (message := await read_message(reader)) is not None:
            self._on_message(message)
            future = self._waiting.pop(message.get("n", 0), None)
            if future and not future.done():
                _settle(future, message)
        if self._writer:
            self._writer.close()
        for future in self._waiting.values():
            if not future.done():
                future.set_exception(_ended())
        self._waiting.clear()

    async def wait(self) -> str:
        """Wait until it has ended; why, in words."""
        assert self._process
        assert self._reading
        await asyncio.wait([self._reading])  # who stops waiting must not stop the reading
        return exit_words(await self._process.wait())

    def silence(self, now: float) -> tuple[float, str]:
        """For how many seconds its loop has not come round, and which session it is busy with."""
        assert self._pulse
        at, session_id = self._pulse.read()
        return now - at, session_id

    def cpu_seconds(self) -> float | None:
        """How much processor time it has had; None where that cannot be told."""
        try:
            values = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return None
        return (int(values[11]) + int(values[12])) / os.sysconf("SC_CLK_TCK")

    def kill(self) -> None:
        """End it at once."""
        if self._process and self._process.returncode is None:
            self._process.send_signal(signal.SIGKILL)

    def close(self) -> None:
        """Let go of what belonged to it."""
        if self._writer:
            self._writer.close()
        if self._reading:
            self._reading.cancel()
        if self._pulse:
            self._pulse.close()
            self._pulse = None


def _settle(future: asyncio.Future[Any], message: dict[str, Any]) -> None:
    if "error" in message:
        future.set_exception(ProblemError.from_data(message["error"]))
    else:
        future.set_result(message["frame"] if "frame" in message else message["result"])


def _ended() -> ProblemError:
    detail = say("the session's process has ended; it is being restored, repeat the request")
    return ProblemError("shard-restarted", detail, headers={"Retry-After": "1"})


def exit_words(code: int) -> str:
    """Why a process ended, for people."""
    if code == -signal.SIGKILL:
        return say("its process was killed, perhaps for want of memory")
    if code < 0:
        return say("its process crashed ({signal})", signal=signal.Signals(-code).name)
    return say("its process ended unexpectedly (exit code {code})", code=code)
