"""Checkpoints between shards and store."""

import asyncio

import pytest

from app.sessions.keeper import LARGE, Keeper
from app.store.base import Checkpoint, StoredSession
from app.store.memory import MemoryStore

pytestmark = pytest.mark.anyio

SMALL = Checkpoint({"n": 1}, b"x")


class FailingStore(MemoryStore):
    """Fails as often as it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.failures = 0
        self.writes = 0

    async def put_checkpoints(self, checkpoints: dict[str, Checkpoint]) -> None:
        """Fail, or write."""
        if self.failures:
            self.failures -= 1
            raise OSError("the disk is full")
        self.writes += bool(checkpoints)
        await super().put_checkpoints(checkpoints)


async def store_with_session() -> FailingStore:
    """A store that knows s1."""
    store = FailingStore()
    await store.put_session(StoredSession("s1", b"", b"", {}, 0.0, 0.0))
    return store


async def test_the_latest_is_had_at_once_and_written_once() -> None:
    """A second flush has nothing to do."""
    store = await store_with_session()
    keeper = Keeper(store, 10)
    keeper.put("s1", Checkpoint({"n": 0}, b""))
    keeper.put("s1", SMALL)

    assert SMALL == await keeper.get("s1")
    await keeper.flush()
    await keeper.flush()

    assert (SMALL, 1) == (await store.checkpoint("s1"), store.writes)


async def test_a_large_one_does_not_stay_in_memory() -> None:
    """The store has it."""
    store = await store_with_session()
    keeper = Keeper(store, 10)
    large = Checkpoint({}, bytes(LARGE + 1))
    keeper.put("s1", large)

    await keeper.flush()

    assert {} == keeper._latest
    assert large == await keeper.get("s1")


async def test_a_failed_write_is_tried_again() -> None:
    """Nothing is forgotten, neither checkpoint nor time of use."""
    store = await store_with_session()
    store.failures = 2
    keeper = Keeper(store, 0.001)
    keeper.put("s1", SMALL)
    keeper.touch("s1", 5.0)

    task = asyncio.create_task(keeper.run())
    while not store.writes:
        await asyncio.sleep(0.001)
    await asyncio.sleep(0.001)
    task.cancel()

    assert SMALL == await store.checkpoint("s1")
    assert [5.0] == [session.used for session in await store.sessions()]


async def test_who_has_ended_is_forgotten() -> None:
    """Its checkpoint is not written any more."""
    store = await store_with_session()
    keeper = Keeper(store, 10)
    keeper.put("s1", SMALL)
    keeper.touch("s1", 5.0)
    keeper.forget("s1")

    await keeper.flush()

    assert await keeper.get("s1") is None
