"""One user on a really started server: frames a second while it plays, and how long a command takes to be seen.

Aim: at least 30 frames a second; command to new frame p99 at most 80 ms.
"""

import asyncio
import json
from statistics import quantiles
from time import perf_counter
from typing import Any

import httpx
import msgpack
from websockets.asyncio.client import ClientConnection, connect

from benchmarks.frames import SPEC
from benchmarks.server import started

SECONDS = 5.0
COMMANDS = 300


class User:
    """Draws at once whatever it is sent."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    async def say(self, **command: Any) -> None:
        """Send a command."""
        await self._socket.send(json.dumps(command))

    async def frame(self) -> dict[str, Any]:
        """The next frame, acknowledged."""
        while True:
            message = await self._socket.recv()
            if isinstance(message, bytes):
                frame: dict[str, Any] = msgpack.unpackb(message)
                await self.say(type="ack", seq=frame["seq"])
                return frame

    async def frames_per_second(self) -> float:
        """While it plays as fast as possible."""
        await self.say(type="play")
        await self.frame()
        start, count = perf_counter(), 0
        while perf_counter() - start < SECONDS:
            await self.frame()
            count += 1
        return count / (perf_counter() - start)

    async def seconds_until_seen(self, position: tuple[int, int], **command: Any) -> float:
        """From sending a command to holding the frame that shows its effect."""
        start = perf_counter()
        await self.say(**command)
        while True:
            frame = await self.frame()
            if position == (frame["cursor"]["step"], frame["cursor"]["op"]):
                return perf_counter() - start


async def measure(address: str) -> None:
    """Print the figures."""
    async with httpx.AsyncClient(base_url=address, timeout=30) as client:
        session = (await client.post("/api/v1/sessions", json={"spec": SPEC})).raise_for_status().json()
    headers = {"Authorization": f"Bearer {session['owner_token']}"}
    url = f"{address.replace('http', 'ws', 1)}/api/v1/sessions/{session['id']}/stream"
    async with connect(url, subprotocols=["deltaflow.v1"], additional_headers=headers, compression=None) as socket:  # type: ignore[list-item]
        user = User(socket)
        await user.say(type="hello")
        await user.say(type="watch", heatmaps=True)
        await user.frame()
        rate = await user.frames_per_second()
        await user.say(type="seek", step=0)
        while (await user.frame())["mode"] == "playing":
            pass
        times = []
        for number in range(COMMANDS):
            await asyncio.sleep(0.02)
            step, op = (number % 2, 0)
            times.append(await user.seconds_until_seen((1 - step, op), type="seek", step=1 - step))
        cuts = quantiles(times, n=100)
    print("| one user, 2-8-8-1 with heat maps | measured |\n|---|---|")
    print(f"| frames a second while it plays | {rate:.0f} |")
    print(f"| command to new frame, p50 | {cuts[49] * 1e3:.1f} ms |")
    print(f"| command to new frame, p99 | {cuts[98] * 1e3:.1f} ms |")


def main() -> None:
    """Start a server, measure, stop it."""
    with started() as (address, _):
        asyncio.run(measure(address))


if __name__ == "__main__":
    main()
