"""SQLite: write-ahead log, STRICT tables, one thread that does everything, so that nothing is ever locked.

Not on a network file system: the write-ahead log needs memory that all processes of one machine share.
"""

import asyncio
import hashlib
import json
import sqlite3
import zlib
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from app.store.base import Checkpoint, StoredSession, StoreError

T = TypeVar("T")

#: Migration n brings a database from user_version n to n + 1. Written ones are never changed, only followed by more.
MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE sessions (
        id TEXT PRIMARY KEY,
        owner_hash BLOB NOT NULL,
        viewer_hash BLOB NOT NULL,
        spec TEXT NOT NULL,
        created REAL NOT NULL,
        used REAL NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE checkpoints (
        session TEXT PRIMARY KEY REFERENCES sessions(id) ON DELETE CASCADE,
        head TEXT NOT NULL,
        tensors BLOB NOT NULL,
        digest BLOB NOT NULL
    ) STRICT;
    CREATE TABLE shares (
        id TEXT PRIMARY KEY,
        head TEXT NOT NULL,
        tensors BLOB NOT NULL,
        digest BLOB NOT NULL,
        created REAL NOT NULL
    ) STRICT;
    """,
    """
    CREATE TABLE tables (
        id TEXT PRIMARY KEY,
        content BLOB NOT NULL,
        at REAL NOT NULL
    ) STRICT;
    """,
)
#: Tables that something refers to.
REFERRED = """
    SELECT json_extract(spec, '$.dataset.table') AS id FROM sessions
    UNION SELECT json_extract(head, '$.cursor.spec.dataset.table') FROM checkpoints
    UNION SELECT json_extract(head, '$.cursor.spec.dataset.table') FROM shares
"""
#: pragma -> the value that it must answer with; a refusal is not raised by SQLite.
PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}


class SqliteStore:
    """A file behind the Store protocol.

    Args:
        path: the file; its folder must exist.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._connection: sqlite3.Connection | None = None

    async def _do(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do this in the store's thread, as one transaction."""

        def transaction() -> T:
            if self._connection is None:
                raise StoreError("the store is not open")
            with self._connection:
                self._connection.execute("BEGIN IMMEDIATE")
                return work(self._connection)

        return await asyncio.get_running_loop().run_in_executor(self._thread, transaction)

    async def open(self) -> None:
        """See Store."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._open)

    def _open(self) -> None:
        connection = None
        try:
            connection = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
            for pragma, expected in PRAGMAS.items():
                connection.execute(f"PRAGMA {pragma} = {expected}")
                (actual,) = connection.execute(f"PRAGMA {pragma}").fetchone()
                if actual != expected:
                    raise StoreError(f"PRAGMA {pragma} is {actual}, {expected} is needed")
            self._migrate(connection)
        except (sqlite3.Error, StoreError) as error:
            if connection:
                connection.close()
            raise StoreError(f"{self._path} cannot be used as a database: {error}") from error
        self._connection = connection

    def _migrate(self, connection: sqlite3.Connection) -> None:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version > len(MIGRATIONS):
            raise StoreError(f"it was written by a newer Deltaflow (version {version})")
        for number, migration in enumerate(MIGRATIONS[version:], start=version + 1):
            connection.executescript(f"BEGIN IMMEDIATE; {migration} PRAGMA user_version = {number}; COMMIT;")

    async def close(self) -> None:
        """See Store."""

        def close() -> None:
            if self._connection:
                self._connection.close()
                self._connection = None

        await asyncio.get_running_loop().run_in_executor(self._thread, close)
        self._thread.shutdown()

    async def sessions(self) -> list[StoredSession]:
        """See Store."""
        query = "SELECT id, owner_hash, viewer_hash, spec, created, used FROM sessions"
        rows = await self._do(lambda connection: connection.execute(query).fetchall())
        return [
            StoredSession(session_id, owner, viewer, json.loads(spec), created, used)
            for session_id, owner, viewer, spec, created, used in rows
        ]

    async def put_session(self, session: StoredSession) -> None:
        """See Store."""
        row = (*(session.id, session.owner_hash, session.viewer_hash), *(json.dumps(session.spec), session.created))
        query = """INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET spec = excluded.spec, used = excluded.used"""
        await self._do(lambda connection: connection.execute(query, (*row, session.used)))

    async def touch(self, used: dict[str, float]) -> None:
        """See Store."""
        rows = [(at, session_id) for session_id, at in used.items()]
        query = "UPDATE sessions SET used = ? WHERE id = ?"
        await self._do(lambda connection: connection.executemany(query, rows))

    async def delete_session(self, session_id: str) -> None:
        """See Store."""
        query = "DELETE FROM sessions WHERE id = ?"
        await self._do(lambda connection: connection.execute(query, (session_id,)))

    async def put_checkpoints(self, checkpoints: dict[str, Checkpoint]) -> None:
        """See Store."""
        query = """INSERT INTO checkpoints SELECT ?1, ?2, ?3, ?4 WHERE EXISTS (SELECT 1 FROM sessions WHERE id = ?1)
            ON CONFLICT (session) DO UPDATE
            SET head = excluded.head, tensors = excluded.tensors, digest = excluded.digest"""
        rows = [(session_id, *_columns(checkpoint)) for session_id, checkpoint in checkpoints.items()]
        await self._do(lambda connection: connection.executemany(query, rows))

    async def checkpoint(self, session_id: str) -> Checkpoint | None:
        """See Store."""
        return await self._read("SELECT head, tensors, digest FROM checkpoints WHERE session = ?", session_id)

    async def put_share(self, share_id: str, checkpoint: Checkpoint, created: float) -> None:
        """See Store."""
        row = (share_id, *_columns(checkpoint), created)
        await self._do(lambda connection: connection.execute("INSERT INTO shares VALUES (?, ?, ?, ?, ?)", row))

    async def share(self, share_id: str) -> Checkpoint | None:
        """See Store."""
        return await self._read("SELECT head, tensors, digest FROM shares WHERE id = ?", share_id)

    async def put_table(self, table_id: str, text: str, at: float) -> None:
        """See Store."""
        query = "INSERT INTO tables VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at"
        await self._do(lambda connection: connection.execute(query, (table_id, zlib.compress(text.encode(), 1), at)))

    async def table(self, table_id: str) -> str | None:
        """See Store."""
        query = "SELECT content FROM tables WHERE id = ?"

        def read(connection: sqlite3.Connection) -> str | None:
            row = connection.execute(query, (table_id,)).fetchone()
            return zlib.decompress(row[0]).decode() if row else None

        return await self._do(read)

    async def tables(self, before: float) -> list[str]:
        """See Store."""
        query = "SELECT id FROM tables WHERE at < ?"
        rows = await self._do(lambda connection: connection.execute(query, (before,)).fetchall())
        return [table_id for (table_id,) in rows]

    async def delete_tables(self, table_ids: Collection[str]) -> None:
        """See Store."""
        rows = [(table_id,) for table_id in table_ids]
        query = f"DELETE FROM tables WHERE id = ?1 AND ?1 NOT IN (SELECT id FROM ({REFERRED}) WHERE id NOT NULL)"  # noqa: S608  # ours
        if rows:
            await self._do(lambda connection: connection.executemany(query, rows))

    async def _read(self, query: str, key: str) -> Checkpoint | None:
        row = await self._do(lambda connection: connection.execute(query, (key,)).fetchone())
        if row is None:
            return None
        head, tensors, digest = row
        if _digest(head, tensors) != digest:
            raise StoreError("a checkpoint is damaged: its digest does not match")
        return Checkpoint(json.loads(head), tensors)


def _columns(checkpoint: Checkpoint) -> tuple[str, bytes, bytes]:
    """Head, tensors, and the digest of both."""
    head = json.dumps(checkpoint.head, separators=(",", ":"))
    return head, checkpoint.tensors, _digest(head, checkpoint.tensors)


def _digest(head: str, tensors: bytes) -> bytes:
    return hashlib.sha256(head.encode() + b"\0" + tensors).digest()
