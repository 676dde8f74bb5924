"""Having a session computed: from its latest checkpoint, or else from its spec."""

import logging
from typing import Any

from app.protocol.events import Restored
from app.protocol.problems import ProblemError
from app.sessions.keeper import Keeper
from app.sessions.record import Record
from app.sessions.tables import Tables
from app.shards.host import ShardHost
from app.store.base import Checkpoint, StoreError
from engine.words import say

log = logging.getLogger(__name__)

#: A session that has ended its process so often is not opened again.
MOST_OFFENCES = 3
#: From this status on a refusal is not the request's fault.
SERVER_ERROR = 500


class Opener:
    """Between the registry, the host and the keeper.

    Args:
        host: where sessions are computed.
        keeper: has their checkpoints.
        tables: have the data that specs refer to.
    """

    def __init__(self, host: ShardHost, keeper: Keeper, tables: Tables) -> None:
        self._host = host
        self._keeper = keeper
        self._tables = tables

    async def reopen(self, record: Record) -> None:
        """Have it computed again; if that fails, its sockets are asked to come back later."""
        try:
            await self.ensure_open(record)
        except ProblemError as problem:
            log.warning("session could not be restored: %s", problem)
            for subscription in record.subscriptions.values():
                subscription.end(4503, "the session could not be restored yet")

    async def ensure_open(self, record: Record) -> None:
        """Have it computed somewhere, from its latest checkpoint, or else from its spec."""
        if self._host.holds(record.id) or record.ended:
            return
        async with record.opening:
            if self._host.holds(record.id):
                return
            if record.offences >= MOST_OFFENCES:
                raise ProblemError("shard-restarted", say("this session has ended its process again and again"))
            checkpoint = await self._checkpoint(record)
            snapshot = await self._host.open(
                record.id,
                spec=await self._tables.filled(record.spec) if checkpoint is None else record.spec,
                checkpoint=await self._tables.filled_checkpoint(checkpoint),
                paused=record.offences > 0,
            )
            await self._watch_again(record)
            self._tell_restored(record, snapshot)

    async def _watch_again(self, record: Record) -> None:
        """What each connection looked at, but for what is refused by now: an example that is gone with its data."""
        for connection, watch in tuple(record.watches.items()):
            try:
                await self._host.ask(record.id, watch.model_dump(mode="json", exclude_none=True), connection)
            except ProblemError as problem:
                if problem.status >= SERVER_ERROR:
                    raise
                record.watches.pop(connection, None)

    async def _checkpoint(self, record: Record) -> Checkpoint | None:
        try:
            return await self._keeper.get(record.id)
        except StoreError:
            log.exception("a checkpoint is damaged; the session begins again from its spec")
            record.lost = say("its checkpoint was damaged, so it begins again from its spec")
            return None

    def _tell_restored(self, record: Record, snapshot: dict[str, Any]) -> None:
        record.mode = snapshot["mode"]
        if record.lost:
            reason, record.lost = record.lost, None
            where = {name: snapshot[name] for name in ("session", "cursor", "mode")}
            record.publish([Restored(**where, reason=reason).model_dump(mode="json")])
