"""Clients that read nothing: they cost no memory, and are cut off."""

import socket
import time
from contextlib import ExitStack
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection

from benchmarks.server import started
from tests.app.test_server import Server, say


def drain(connection: ClientConnection) -> None:
    """Read, and acknowledge nothing."""
    while True:
        connection.recv(timeout=20)


@pytest.mark.slow
def test_readers_that_stall_cost_no_memory_and_are_cut_off() -> None:
    """Twenty who play, and draw nothing."""
    env = {"DELTAFLOW_DEAD_ACK_SECONDS": "4"}
    with started("--shards", "1", env=env) as (base, process), ExitStack() as sockets:
        server = Server(base, process)
        session = server.create()
        connections = []
        for _ in range(20):
            connection = sockets.enter_context(server.connect(session, max_queue=1))
            say(connection, type="hello")
            say(connection, type="watch", heatmaps=True, resolution=64)
            connections.append(connection)
        say(connections[0], type="play")
        time.sleep(1)
        before = server.memory()
        time.sleep(6)

        assert server.memory() - before < 20 * 2**20
        for connection in connections:
            with pytest.raises(ConnectionClosed) as closed:
                drain(connection)
            assert closed.value.rcvd
            assert 4408 == closed.value.rcvd.code


PING_BYTES = 131
PING = b"\x89\xfd" + bytes(4) + b"x" * 125


def handshake(session: dict[str, Any], base: str) -> bytes:
    """A WebSocket's, by hand: nobody reads afterwards."""
    lines = [
        f"GET /api/v1/sessions/{session['id']}/stream HTTP/1.1",
        f"Host: {base.removeprefix('http://')}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version: 13",
        f"Authorization: Bearer {session['owner_token']}",
    ]
    return "\r\n".join([*lines, "", ""]).encode()


@pytest.mark.slow
def test_a_flood_of_pings_costs_no_memory() -> None:
    """Who sends pings and never reads is not read any more."""
    with started("--shards", "1") as (base, process):
        server = Server(base, process)
        session = server.create()
        host, port = base.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as raw:
            raw.sendall(handshake(session, base))
            assert b" 101 " in raw.recv(4096)
            raw.settimeout(0.5)
            before, sent, end = server.memory(), 0, time.monotonic() + 3
            while time.monotonic() < end:
                try:
                    sent += raw.send(PING * 500)
                except TimeoutError:
                    break

            assert server.memory() - before < 10 * 2**20
        assert PING_BYTES < sent < 20 * 2**20
