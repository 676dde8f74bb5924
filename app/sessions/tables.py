"""Tables of people's own: kept once, by their content's id, and handed to the shards that compute with them.

Everywhere else a spec says only the id; to a shard it says the text, which the shard puts on its shelf.
"""

import asyncio
import time
from collections.abc import Callable, Collection, Mapping
from typing import Any

from app.protocol.problems import ProblemError
from app.protocol.tables import TableReply, table_reply
from app.security.rates import Bucket
from app.settings import Settings
from app.store.base import Checkpoint, Store, spec_of, table_of
from engine.spec import TableReading
from engine.tables import read, table_id
from engine.words import say

RETRY_SECONDS = 60
#: Readings that are under way or wait for their turn.
MOST_WAITING = 16


class Tables:
    """Between whoever brings a table, the store, and the shards.

    Args:
        settings: how large, and how many.
        store: where they are kept.
        clock: wall time.
    """

    def __init__(self, settings: Settings, store: Store, clock: Callable[[], float] = time.time) -> None:
        self._settings = settings
        self._store = store
        self._clock = clock
        self._reading = asyncio.Semaphore(1)
        self._waiting = 0
        self._requests = Bucket(settings.tables_per_minute / 60, settings.tables_per_minute)

    async def put(self, text: str) -> str:
        """Keep a text; returns its id.

        Raises:
            ProblemError: limit-exceeded (too large), too-many-requests (too many are kept).
        """
        size, most = len(text.encode()), self._settings.max_table_bytes
        if size > most:
            detail = say("a table may have {most:,} bytes here, but this has {size:,}", most=most, size=size)
            raise ProblemError("limit-exceeded", detail, ("csv",))
        key = table_id(text)
        if await self._store.table(key) is None:
            await self._make_room()
        await self._store.put_table(key, text, self._clock())
        return key

    async def _make_room(self) -> None:
        if len(await self._store.tables(float("inf"))) < self._settings.max_tables:
            return
        detail = say("this server keeps at most {max_tables} tables at a time", max_tables=self._settings.max_tables)
        raise ProblemError("too-many-requests", detail, headers={"Retry-After": str(RETRY_SECONDS)})

    def admit(self) -> None:
        """Nobody needs a token to have a table read, and a text lies in memory while it waits: only so many may.

        Raises:
            ProblemError: too-many-requests.
        """
        if self._waiting >= MOST_WAITING or not self._requests.take():
            headers = {"Retry-After": "2"}
            raise ProblemError("too-many-requests", say("too many tables are being read at once"), headers=headers)

    async def text(self, key: str) -> str:
        """The text of this id. ProblemError unknown-name if there is none."""
        text = await self._store.table(key)
        if text is None:
            detail = say("this server has no such table: it is kept as long as a session uses it; send the text again")
            raise ProblemError("unknown-name", detail, ("dataset", "table"))
        return text

    async def read(self, key: str, how: TableReading) -> TableReply:
        """Read a table, in a thread and one at a time, so that nobody else waits. EngineError as engine.tables.read."""
        text = await self.text(key)

        def reply() -> TableReply:
            return table_reply(key, read(text, **how.reading(), most_rows=self._settings.max_rows), how)

        self._waiting += 1
        try:
            async with self._reading:
                return await asyncio.to_thread(reply)
        finally:
            self._waiting -= 1

    # ------------------------------------------------------------------------------------------- to and from shards

    async def filled(self, spec: Any) -> Any:
        """A spec, or a patch on one, with the text in place of the id; a text that comes is kept."""
        if not isinstance(spec, Mapping) or not isinstance(spec.get("dataset"), Mapping):
            return spec
        dataset = spec["dataset"]
        if isinstance(dataset.get("csv"), str):
            await self.put(dataset["csv"])
            return spec
        key = table_of(spec)
        if key is None:
            return spec
        return {**spec, "dataset": {**dataset, "table": None, "csv": await self.text(key)}}

    async def whole(self, spec: dict[str, Any]) -> dict[str, Any]:
        """A spec with the text in it, for a file that stands alone."""
        filled: dict[str, Any] = await self.filled(spec)
        dataset = {name: value for name, value in filled["dataset"].items() if (name, value) != ("table", None)}
        return {**filled, "dataset": dataset}

    async def filled_checkpoint(self, checkpoint: Checkpoint | None) -> Checkpoint | None:
        """A checkpoint with the text in place of the id."""
        if checkpoint is None or table_of(spec_of(checkpoint.head)) is None:
            return checkpoint
        cursor = checkpoint.head["cursor"]
        head = {**checkpoint.head, "cursor": {**cursor, "spec": await self.filled(cursor["spec"])}}
        return Checkpoint(head, checkpoint.tensors)

    # ------------------------------------------------------------------------------------------------------ the end

    async def forget(self, keys: Collection[str | None], used: Collection[str]) -> None:
        """Those that nobody uses any more."""
        await self._store.delete_tables({key for key in keys if key} - set(used))

    async def expire(self, used: Collection[str]) -> None:
        """Forget those that came long ago and that nobody uses."""
        old = await self._store.tables(self._clock() - self._settings.idle_seconds)
        await self.forget(old, used)
