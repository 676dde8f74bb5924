"""What the gateway knows of a session, and whom it tells what happens there."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.protocol.commands import Watch
from app.protocol.events import ModeName
from app.sessions.subscription import Subscription
from app.store.base import StoredSession, table_of


@dataclass
class Record:
    """What the gateway knows of a session."""

    id: str
    owner_hash: bytes
    viewer_hash: bytes
    spec: dict[str, Any]
    created: float
    used: float
    mode: ModeName = "paused"
    lost: str | None = None
    offences: int = 0
    ended: bool = False
    subscriptions: dict[str, Subscription] = field(default_factory=dict)
    watches: dict[str, Watch] = field(default_factory=dict)
    opening: asyncio.Lock = field(default_factory=asyncio.Lock)
    tables: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._note_table()

    def _note_table(self) -> None:
        """Going back to an earlier spec is possible as long as its table is there."""
        if table := table_of(self.spec):
            self.tables.add(table)

    def stored(self) -> StoredSession:
        """Its entry in the store."""
        return StoredSession(self.id, self.owner_hash, self.viewer_hash, self.spec, self.created, self.used)

    def publish(
        self,
        events: Sequence[dict[str, Any]],
        *,
        private: bool = False,
        connection: str | None = None,
        reply_to: str | None = None,
    ) -> None:
        """Tell the sockets; the first event is the answer to ``connection``, private ones are for it alone."""
        for number, event in enumerate(events):
            self.mode = event["mode"]
            if event["type"] in {"edited", "undone"}:
                self.spec = event["spec"]
                self._note_table()
            elif event["type"] == "reset":
                self.spec = {**self.spec, "seed": event["seed"]}
            for subscription in tuple(self.subscriptions.values()):
                mine = subscription.connection == connection
                if mine or not private:
                    told = event | {"role": subscription.role} if event["type"] == "snapshot" else event
                    subscription.put(told, reply_to if mine and number == 0 else None)


@dataclass(frozen=True)
class Created:
    """A new session: its id, its tokens (told this once), and its snapshot (without a role)."""

    id: str
    owner_token: str
    viewer_token: str
    snapshot: dict[str, Any]


def tables_in_use(records: Iterable[Record]) -> set[str]:
    """Ids of the tables that any of these may need."""
    return {table for record in records for table in record.tables}
