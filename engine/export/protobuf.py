"""Just enough of Protocol Buffers' wire format to write a message: numbers, texts, bytes, messages within messages.

A field is a tag (its number and the kind of what follows) and a value; a message is its fields one after the other.
https://protobuf.dev/programming-guides/encoding/
"""

import struct
from collections.abc import Iterable

VARINT, LENGTH, FIXED32 = 0, 2, 5
SIXTY_FOUR_BITS = (1 << 64) - 1


def varint(value: int) -> bytes:
    """Seven bits at a time, the lowest first; the highest bit of a byte says that more follow."""
    value &= SIXTY_FOUR_BITS  # a negative number is its two's complement in 64 bits
    parts = bytearray()
    while value > 0x7F:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    parts.append(value)
    return bytes(parts)


def whole(number: int, value: int) -> bytes:
    """A field that holds a whole number."""
    return varint(number << 3 | VARINT) + varint(value)


def wholes(number: int, values: Iterable[int]) -> bytes:
    """A field that is repeated for each whole number."""
    return b"".join(whole(number, value) for value in values)


def real(number: int, value: float) -> bytes:
    """A field that holds a float of 32 bits."""
    return varint(number << 3 | FIXED32) + struct.pack("<f", value)


def data(number: int, value: bytes) -> bytes:
    """A field that holds bytes, or another message."""
    return varint(number << 3 | LENGTH) + varint(len(value)) + value


def text(number: int, value: str) -> bytes:
    """A field that holds a text."""
    return data(number, value.encode())


def texts(number: int, values: Iterable[str]) -> bytes:
    """A field that is repeated for each text."""
    return b"".join(text(number, value) for value in values)
