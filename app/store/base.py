"""What a store keeps, and what it can be asked."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Protocol


class StoreError(Exception):
    """The store cannot be used, or what it holds is damaged."""


@dataclass(frozen=True)
class StoredSession:
    """A session's entry: who may use it and when it was used; tokens only as SHA-256."""

    id: str
    owner_hash: bytes
    viewer_hash: bytes
    spec: dict[str, Any]
    created: float
    used: float


@dataclass(frozen=True)
class Checkpoint:
    """A point from which a session goes on: a JSON head, and its arrays as safetensors bytes."""

    head: dict[str, Any]
    tensors: bytes


class Store(Protocol):
    """Sessions, the latest checkpoint of each, and frozen shares."""

    async def open(self) -> None:
        """Make it ready, migrating what an older version has written.

        Raises:
            StoreError: it cannot be opened.
        """

    async def close(self) -> None:
        """Write what is waiting and let go."""

    async def sessions(self) -> list[StoredSession]:
        """All sessions."""

    async def put_session(self, session: StoredSession) -> None:
        """Add a session, or replace its entry."""

    async def touch(self, used: dict[str, float]) -> None:
        """Note when sessions were used last."""

    async def delete_session(self, session_id: str) -> None:
        """Forget a session and its checkpoint."""

    async def put_checkpoints(self, checkpoints: dict[str, Checkpoint]) -> None:
        """The latest checkpoint of each, all or none. Those of unknown sessions are left out."""

    async def checkpoint(self, session_id: str) -> Checkpoint | None:
        """The latest checkpoint.

        Raises:
            StoreError: it is damaged.
        """

    async def put_share(self, share_id: str, checkpoint: Checkpoint, created: float) -> None:
        """Freeze a checkpoint under an id."""

    async def share(self, share_id: str) -> Checkpoint | None:
        """A frozen checkpoint."""

    async def put_table(self, table_id: str, text: str, at: float) -> None:
        """Keep a text, or note that it came again."""

    async def table(self, table_id: str) -> str | None:
        """The text of this id."""

    async def tables(self, before: float) -> list[str]:
        """Ids of the texts that have not come since."""

    async def delete_tables(self, table_ids: Collection[str]) -> None:
        """Forget these texts, but for those that a session, a checkpoint or a share refers to."""


def table_of(spec: Mapping[str, Any] | None) -> str | None:
    """The id of the table that a spec refers to."""
    dataset = (spec or {}).get("dataset")
    table = dataset.get("table") if isinstance(dataset, Mapping) else None
    return table if isinstance(table, str) else None


def spec_of(head: Mapping[str, Any]) -> Any:
    """The spec inside a checkpoint's head."""
    cursor = head.get("cursor")
    return cursor.get("spec") if isinstance(cursor, Mapping) else None
