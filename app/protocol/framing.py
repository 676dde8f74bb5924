"""Gateway and shard: four bytes of length (big-endian), then one MessagePack map. No pickle."""

import asyncio
import struct
from typing import Any

import msgpack

from engine.words import Said

HEADER = struct.Struct(">I")
#: A million parameters with three slots each, and some room: more than that is no message of ours.
MAX_BYTES = 64 * 2**20
#: MessagePack's extension type for what was said: its template and its values.
SAID = 1
#: Of these, subclasses travel as their base.
PLAIN: tuple[type[Any], ...] = (str, int, float, bytes, dict, list)


class FramingError(Exception):
    """The stream of bytes is not a stream of messages."""


def pack(message: dict[str, Any]) -> bytes:
    """One message with its length before it.

    Raises:
        FramingError: it is too large, too deep, or holds what MessagePack has no room for (integers beyond 64 bits).
    """
    try:
        body: bytes = _packed(message)
    except (OverflowError, ValueError) as error:
        raise FramingError(f"a message cannot be written: {error}") from error
    if len(body) > MAX_BYTES:
        raise FramingError(f"a message has {len(body):,} bytes, at most {MAX_BYTES:,} are allowed")
    return HEADER.pack(len(body)) + body


def unpack(body: bytes | bytearray | memoryview) -> dict[str, Any]:
    """One message without its length."""
    message = msgpack.unpackb(body, raw=False, strict_map_key=False, ext_hook=_unusual)
    if not isinstance(message, dict):
        raise FramingError(f"expected a map, got {type(message).__name__}")
    return message


def _packed(value: Any) -> bytes:
    body: bytes = msgpack.packb(value, use_bin_type=True, strict_types=True, default=_plainer)
    return body


def _plainer(value: Any) -> Any:
    """What MessagePack has no type of its own for: what was said, tuples, and the subclasses of what it has."""
    if isinstance(value, Said):
        return msgpack.ExtType(SAID, _packed([value.template, value.values]))
    if isinstance(value, tuple):
        return list(value)
    for kind in PLAIN:
        if isinstance(value, kind):
            return kind(value)
    raise TypeError(f"cannot send a {type(value).__name__}")


def _unusual(code: int, body: bytes) -> Said:
    if code != SAID:
        raise FramingError(f"there is no extension {code}")
    template, values = msgpack.unpackb(body, raw=False, ext_hook=_unusual)
    return Said(template, values)


class Unpacker:
    """Cuts a stream of bytes into messages."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> list[dict[str, Any]]:
        """Add what has arrived; returns the messages that are complete now."""
        self._buffer += data
        messages = []
        while len(self._buffer) >= HEADER.size:
            (size,) = HEADER.unpack_from(self._buffer)
            if size > MAX_BYTES:
                raise FramingError(f"a message announces {size:,} bytes, at most {MAX_BYTES:,} are allowed")
            if len(self._buffer) < HEADER.size + size:
                break
            messages.append(unpack(bytes(self._buffer[HEADER.size : HEADER.size + size])))
            del self._buffer[: HEADER.size + size]
        return messages


async def read_message(reader: asyncio.StreamReader) -> dict[str, Any] | None:
    """The next message, or None at the end of the stream."""
    try:
        (size,) = HEADER.unpack(await reader.readexactly(HEADER.size))
        if size > MAX_BYTES:
            raise FramingError(f"a message announces {size:,} bytes, at most {MAX_BYTES:,} are allowed")
        return unpack(await reader.readexactly(size))
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
