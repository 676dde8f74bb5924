"""One contract for every store."""

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from app.store.base import Checkpoint, Store, StoredSession, StoreError
from app.store.memory import MemoryStore
from app.store.sqlite import MIGRATIONS, SqliteStore

pytestmark = pytest.mark.anyio

FIRST = StoredSession("a" * 22, b"o" * 32, b"v" * 32, {"seed": 7}, 100.0, 100.0)
SAVED = Checkpoint({"format": 1, "cursor": {"loss": float("nan")}}, b"tensors")


@pytest.fixture(params=["memory", "sqlite"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    """Each of them, open."""
    made: Store = MemoryStore() if request.param == "memory" else SqliteStore(str(tmp_path / "store.sqlite3"))
    await made.open()
    yield made
    await made.close()


async def test_a_session_is_kept_until_it_is_deleted(store: Store) -> None:
    """With everything that was said of it."""
    await store.put_session(FIRST)
    assert [FIRST] == await store.sessions()

    await store.delete_session(FIRST.id)

    assert [] == await store.sessions()


async def test_when_it_was_used_is_noted(store: Store) -> None:
    """Sessions that do not exist are left out."""
    await store.put_session(FIRST)

    await store.touch({FIRST.id: 200.0, "nobody": 300.0})

    assert [200.0] == [session.used for session in await store.sessions()]


async def test_the_latest_checkpoint_is_kept(store: Store) -> None:
    """Of sessions that exist; it goes with its session."""
    await store.put_session(FIRST)
    await store.put_checkpoints({FIRST.id: SAVED})
    latest = Checkpoint({"format": 1}, b"more")
    await store.put_checkpoints({FIRST.id: latest, "nobody": SAVED})
    assert latest == await store.checkpoint(FIRST.id)
    assert await store.checkpoint("nobody") is None

    await store.delete_session(FIRST.id)

    assert await store.checkpoint(FIRST.id) is None


async def test_numbers_that_are_not_finite_survive(store: Store) -> None:
    """A head may hold the loss of a training that diverged."""
    await store.put_session(FIRST)
    await store.put_checkpoints({FIRST.id: SAVED})

    saved = await store.checkpoint(FIRST.id)

    assert saved
    assert repr(SAVED.head) == repr(saved.head)


async def test_a_share_stays(store: Store) -> None:
    """Whatever becomes of the session it was made from."""
    await store.put_share("s1", Checkpoint({"format": 1}, b"x"), 100.0)

    assert Checkpoint({"format": 1}, b"x") == await store.share("s1")
    assert await store.share("s2") is None


async def test_sqlite_keeps_everything_over_a_restart(tmp_path: Path) -> None:
    """Another process finds what this one has written."""
    path = str(tmp_path / "store.sqlite3")
    first = SqliteStore(path)
    await first.open()
    await first.put_session(FIRST)
    await first.put_checkpoints({FIRST.id: SAVED})
    await first.close()

    second = SqliteStore(path)
    await second.open()

    assert [FIRST] == await second.sessions()
    assert b"tensors" == (await second.checkpoint(FIRST.id) or SAVED).tensors
    await second.close()


async def test_a_damaged_checkpoint_is_noticed(tmp_path: Path) -> None:
    """By its digest."""
    path = str(tmp_path / "store.sqlite3")
    store = SqliteStore(path)
    await store.open()
    await store.put_session(FIRST)
    await store.put_checkpoints({FIRST.id: SAVED})
    with sqlite3.connect(path) as other:
        other.execute("UPDATE checkpoints SET tensors = ?", (b"tampered",))
    other.close()

    with pytest.raises(StoreError, match="damaged"):
        await store.checkpoint(FIRST.id)
    await store.close()


@pytest.mark.parametrize("content", [b"this is no database, however long it may be" * 30, "newer"])
async def test_a_file_that_is_not_ours_is_refused(tmp_path: Path, content: Any) -> None:
    """Nothing is overwritten."""
    path = tmp_path / "store.sqlite3"
    if content == "newer":
        with sqlite3.connect(path) as other:
            other.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
        other.close()
    else:
        path.write_bytes(content)

    with pytest.raises(StoreError):
        await SqliteStore(str(path)).open()


async def test_a_store_that_is_not_open_says_so(tmp_path: Path) -> None:
    """Before it is opened, and after it is closed."""
    store = SqliteStore(str(tmp_path / "store.sqlite3"))
    with pytest.raises(StoreError, match="not open"):
        await store.sessions()
    await store.close()
    await SqliteStore(str(tmp_path / "other.sqlite3")).close()


async def test_a_table_is_kept_until_nobody_refers_to_it(store: Store) -> None:
    """A session, a checkpoint and a share do."""
    for key, text in (("one", "a,b\n1,2"), ("two", "ü" * 1000), ("three", "x"), ("four", "y")):
        await store.put_table(key, text, 100.0)
    await store.put_session(StoredSession("s", b"o", b"v", {"dataset": {"table": "one"}}, 100.0, 100.0))
    await store.put_checkpoints({"s": Checkpoint({"cursor": {"spec": {"dataset": {"table": "two"}}}}, b"")})
    await store.put_share("share", Checkpoint({"cursor": {"spec": {"dataset": {"table": "three"}}}}, b""), 100.0)
    assert "ü" * 1000 == await store.table("two")

    await store.delete_tables(["one", "two", "three", "four", "five"])
    assert ["one", "three", "two"] == sorted(await store.tables(200.0))

    await store.delete_session("s")
    await store.delete_tables(["one", "two", "three"])
    assert ["three"] == await store.tables(200.0)
    assert await store.table("one") is None


async def test_a_table_that_comes_again_is_young(store: Store) -> None:
    """So it is not among the old ones."""
    await store.put_table("one", "a", 100.0)
    await store.put_table("one", "a", 300.0)

    assert [] == await store.tables(200.0)
    assert ["one"] == await store.tables(301.0)
