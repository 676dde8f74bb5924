"""A store that forgets everything when the process ends: for tests, and for ``--database :memory:``."""

from collections.abc import Collection
from dataclasses import replace

from app.store.base import Checkpoint, StoredSession, spec_of, table_of


class MemoryStore:
    """Dictionaries behind the Store protocol."""

    def __init__(self) -> None:
        self._sessions: dict[str, StoredSession] = {}
        self._checkpoints: dict[str, Checkpoint] = {}
        self._shares: dict[str, Checkpoint] = {}
        self._tables: dict[str, tuple[str, float]] = {}

    async def open(self) -> None:
        """Nothing to do."""

    async def close(self) -> None:
        """Nothing to do."""

    async def sessions(self) -> list[StoredSession]:
        """See Store."""
        return list(self._sessions.values())

    async def put_session(self, session: StoredSession) -> None:
        """See Store."""
        self._sessions[session.id] = session

    async def touch(self, used: dict[str, float]) -> None:
        """See Store."""
        for session_id in used.keys() & self._sessions.keys():
            self._sessions[session_id] = replace(self._sessions[session_id], used=used[session_id])

    async def delete_session(self, session_id: str) -> None:
        """See Store."""
        self._sessions.pop(session_id, None)
        self._checkpoints.pop(session_id, None)

    async def put_checkpoints(self, checkpoints: dict[str, Checkpoint]) -> None:
        """See Store."""
        self._checkpoints |= {name: saved for name, saved in checkpoints.items() if name in self._sessions}

    async def checkpoint(self, session_id: str) -> Checkpoint | None:
        """See Store."""
        return self._checkpoints.get(session_id)

    async def put_share(self, share_id: str, checkpoint: Checkpoint, created: float) -> None:
        """See Store."""
        self._shares[share_id] = checkpoint

    async def share(self, share_id: str) -> Checkpoint | None:
        """See Store."""
        return self._shares.get(share_id)

    async def put_table(self, table_id: str, text: str, at: float) -> None:
        """See Store."""
        self._tables[table_id] = (text, at)

    async def table(self, table_id: str) -> str | None:
        """See Store."""
        held = self._tables.get(table_id)
        return held[0] if held else None

    async def tables(self, before: float) -> list[str]:
        """See Store."""
        return [table_id for table_id, (_, at) in self._tables.items() if at < before]

    async def delete_tables(self, table_ids: Collection[str]) -> None:
        """See Store."""
        heads = (saved.head for saved in (*self._checkpoints.values(), *self._shares.values()))
        specs = [*(session.spec for session in self._sessions.values()), *map(spec_of, heads)]
        for table_id in set(table_ids) - {table_of(spec) for spec in specs}:
            self._tables.pop(table_id, None)
