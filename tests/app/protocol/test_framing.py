"""Messages between gateway and shard as bytes."""

import asyncio
from typing import Any

import msgpack
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocol.arrays import nested_list, plain, wire_array
from app.protocol.framing import HEADER, MAX_BYTES, FramingError, Unpacker, pack, read_message, unpack

MESSAGES = st.dictionaries(st.text(max_size=5), st.integers(-(2**60), 2**60) | st.binary(max_size=50) | st.none())


@given(st.lists(MESSAGES, max_size=5), st.integers(1, 40))
def test_messages_survive_any_cutting(messages: list[dict[str, Any]], chunk: int) -> None:
    """However the stream is cut, the same messages come out."""
    stream = b"".join(map(pack, messages))
    unpacker = Unpacker()

    received = [m for at in range(0, len(stream), chunk) for m in unpacker.feed(stream[at : at + chunk])]

    assert messages == received


@pytest.mark.parametrize("message", [{"n": 2**70}, {"t": "\ud800"}, {"l": [[]]}])
def test_what_cannot_be_written_is_refused(message: dict[str, Any]) -> None:
    """Integers beyond 64 bits, no Unicode, lists without an end."""
    if "l" in message:
        message["l"].append(message["l"])

    with pytest.raises(FramingError):
        pack(message)


def test_a_message_that_is_too_large_is_neither_written_nor_read() -> None:
    """A length beyond the limit ends the conversation before anything is allocated."""
    with pytest.raises(FramingError):
        pack({"data": bytes(MAX_BYTES)})
    with pytest.raises(FramingError):
        Unpacker().feed(HEADER.pack(MAX_BYTES + 1))


def test_only_maps_are_messages() -> None:
    """Anything else is no message of ours."""
    with pytest.raises(FramingError):
        unpack(msgpack.packb([1, 2]))


@pytest.mark.anyio
async def test_reading_ends_with_the_stream() -> None:
    """None at the end, even within a message."""
    reader = asyncio.StreamReader()
    reader.feed_data(pack({"a": 1}) + pack({"b": 2})[:-1])
    reader.feed_eof()

    assert [{"a": 1}, None] == [await read_message(reader), await read_message(reader)]


@pytest.mark.anyio
async def test_reading_refuses_a_length_beyond_the_limit() -> None:
    """As the shard's side does."""
    reader = asyncio.StreamReader()
    reader.feed_data(HEADER.pack(MAX_BYTES + 1))

    with pytest.raises(FramingError):
        await read_message(reader)


@pytest.mark.parametrize("shape", [(), (1,), (0,), (3,), (2, 3), (2, 0), (2, 3, 4)])
@pytest.mark.parametrize("dtype", ["float32", "float64", "uint8", "int64", "int32", "bool", "float16", "int16"])
def test_nested_lists_are_numpys(shape: tuple[int, ...], dtype: str) -> None:
    """An array read without numpy is what numpy would say."""
    array = np.arange(int(np.prod(shape, dtype=int))).reshape(shape).astype(dtype)

    assert array.tolist() == nested_list(wire_array(array))


def test_plain_has_words_for_what_json_has_none() -> None:
    """In floats, lists and arrays alike."""
    array = wire_array(np.array([[1.0, np.nan], [np.inf, -np.inf]]))
    data = {
        "a": float("nan"),
        "b": [float("inf"), (1, None)],
        "c": array,
        "d": "text",
        "e": wire_array(np.array(np.nan)),
    }

    expected = {"a": "NaN", "b": ["Infinity", [1, None]], "c": [[1.0, "NaN"], ["Infinity", "-Infinity"]], "d": "text"}
    assert expected | {"e": "NaN"} == plain(data)
