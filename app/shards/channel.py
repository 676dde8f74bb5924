"""The shard's end of the socketpair: wait for messages, send messages; nothing is asynchronous here."""

import select
import socket
from typing import Any

from app.protocol.framing import Unpacker, pack

CHUNK = 2**18


class Closed(Exception):
    """The gateway has gone."""


class Channel:
    """Messages over a stream socket."""

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock
        self._unpacker = Unpacker()
        sock.setblocking(True)

    def receive(self, timeout: float) -> list[dict[str, Any]]:
        """The messages that arrive within ``timeout`` seconds; returns as soon as there is one.

        Raises:
            Closed: the gateway has gone.
        """
        readable, _, _ = select.select([self._socket], [], [], max(0.0, timeout))
        if not readable:
            return []
        data = self._socket.recv(CHUNK)
        if not data:
            raise Closed
        return self._unpacker.feed(data)

    def send(self, message: dict[str, Any]) -> None:
        """Send one message.

        Raises:
            Closed: the gateway has gone.
        """
        try:
            self._socket.sendall(pack(message))
        except OSError as error:
            raise Closed from error
