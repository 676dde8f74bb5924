"""What the gateway knows of a session, and whom it tells what happens there."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from app.protocol.commands import Watch
from app.protocol.events import ModeName
from app.sessions.subscription import Subscription
from app.store.base import StoredSession


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
            if event["type"] == "edited":
                self.spec = event["spec"]
            for subscription in tuple(self.subscriptions.values()):
                mine = subscription.connection == connection
                if mine or not private:
                    told = event | {"role": subscription.role} if event["type"] == "snapshot" else event
                    subscription.put(told, reply_to if mine and number == 0 else None)
