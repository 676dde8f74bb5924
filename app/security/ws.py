"""uvicorn's WebSocket protocol with two more limits, against clients that send and never read.

A ping is answered without looking whether the answer can be written, so a flood of pings fills our memory with pongs:
here nothing is read while writing is paused. And the kernel's send buffer is capped, so that a reader who stalls is
noticed after kilobytes, not megabytes. Given to uvicorn as ``ws=HardenedWS``.
"""

import socket
from asyncio.transports import BaseTransport
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

SEND_BUFFER_BYTES = 128 * 2**10


class HardenedWS(WebSocketsSansIOProtocol):
    """Reads only while it can write."""

    def connection_made(self, transport: BaseTransport) -> None:
        """Cap the kernel's send buffer."""
        super().connection_made(transport)
        sock = transport.get_extra_info("socket")
        if sock is not None and sock.family in {socket.AF_INET, socket.AF_INET6}:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)

    def pause_writing(self) -> None:
        """The peer does not read: hear no more of it."""
        super().pause_writing()
        self.transport.pause_reading()

    def resume_writing(self) -> None:
        """It reads again."""
        super().resume_writing()
        if not self.read_paused:
            self.transport.resume_reading()

    async def receive(self) -> Any:
        """The next message of the peer; reading goes on when all are taken, and writing is possible."""
        message = await self.queue.get()
        if self.read_paused and self.queue.empty():
            self.read_paused = False
            if self.writable.is_set():
                self.transport.resume_reading()
        return message
