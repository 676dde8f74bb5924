"""The latest checkpoint of each session: in memory at once, in the store a little later."""

import asyncio
import logging

from app.store.base import Checkpoint, Store

log = logging.getLogger(__name__)

#: Checkpoints larger than this do not stay in memory once the store has them.
LARGE = 256 * 2**10


class Keeper:
    """Between shards, which send checkpoints every few seconds, and the store, which need not see each."""

    def __init__(self, store: Store, flush_seconds: float) -> None:
        self._store = store
        self._seconds = flush_seconds
        self._latest: dict[str, Checkpoint] = {}
        self._unsaved: set[str] = set()
        self._used: dict[str, float] = {}
        self._flushing = asyncio.Lock()

    def put(self, session_id: str, checkpoint: Checkpoint) -> None:
        """This is the latest now."""
        self._latest[session_id] = checkpoint
        self._unsaved.add(session_id)

    def touch(self, session_id: str, used: float) -> None:
        """The session was used."""
        self._used[session_id] = used

    def forget(self, session_id: str) -> None:
        """The session has ended."""
        self._latest.pop(session_id, None)
        self._used.pop(session_id, None)
        self._unsaved.discard(session_id)

    async def get(self, session_id: str) -> Checkpoint | None:
        """The latest checkpoint.

        Raises:
            StoreError: the stored one is damaged.
        """
        return self._latest.get(session_id) or await self._store.checkpoint(session_id)

    async def flush(self) -> None:
        """Write what the store has not seen."""
        async with self._flushing:
            due = {name: self._latest[name] for name in self._unsaved if name in self._latest}
            used, self._used = self._used, {}
            self._unsaved.clear()
            try:
                await self._store.put_checkpoints(due)
                await self._store.touch(used)
            except Exception:
                self._unsaved.update(due)
                self._used = used | self._used
                raise
            for name, checkpoint in due.items():
                if len(checkpoint.tensors) > LARGE and self._latest.get(name) is checkpoint:
                    del self._latest[name]

    async def run(self) -> None:
        """Flush for ever; a store that fails is tried again."""
        while True:
            await asyncio.sleep(self._seconds)
            try:
                await self.flush()
            except Exception:
                log.exception("checkpoints could not be written; trying again in %s s", self._seconds)
