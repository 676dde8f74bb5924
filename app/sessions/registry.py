"""All sessions of this gateway: create, authorise, ask, watch, expire, restore."""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from typing import Any, Literal

from app.protocol.commands import CommandBase, Patch, Save, Watch
from app.protocol.events import Expired
from app.protocol.problems import ProblemError, not_found
from app.security.rates import Bucket
from app.sessions.handle import Handle
from app.sessions.keeper import Keeper
from app.sessions.opener import Opener
from app.sessions.record import Created, Record, tables_in_use
from app.sessions.subscription import Subscription
from app.sessions.tables import Tables
from app.sessions.tokens import Role, Tickets, matches, new_token, token_hash
from app.settings import Settings
from app.shards.host import ShardHost
from app.store.base import Checkpoint, Store
from engine.words import say

log = logging.getLogger(__name__)

FULL_RETRY_SECONDS = 30


class Sessions:
    """The registry. One for each gateway; all its methods run on the event loop.

    Args:
        settings: limits and times.
        host: where sessions are computed.
        store: where they outlive the process.
        clock: wall time, since entries outlive the process.
    """

    def __init__(
        self, settings: Settings, host: ShardHost, store: Store, clock: Callable[[], float] = time.time
    ) -> None:
        self._settings = settings
        self._host = host
        self._store = store
        self._clock = clock
        self._records: dict[str, Record] = {}
        self._reserved = 0
        self._keeper = Keeper(store, settings.flush_seconds)
        self.tables = Tables(settings, store, clock)
        self._opener = Opener(host, self._keeper, self.tables)
        self._tickets = Tickets(settings.ticket_seconds)
        self._creates = Bucket(settings.creates_per_minute / 60, settings.creates_per_minute)
        self._tasks: set[asyncio.Task[None]] = set()
        self._connections = 0
        host.listen(self)

    def __len__(self) -> int:
        """How many sessions there are."""
        return len(self._records)

    # ------------------------------------------------------------------------------------------------ life and death

    async def start(self) -> None:
        """Open the store, know its sessions again, start the shards."""
        await self._store.open()
        for stored in await self._store.sessions():
            self._records[stored.id] = Record(**vars(stored))
        await self._host.start()
        self._spawn(self._keeper.run())
        self._spawn(self._expire_for_ever())

    async def stop(self) -> None:
        """Close all sockets with 1012, take the last checkpoints, stop the shards, close the store."""
        for record in self._records.values():
            for subscription in record.subscriptions.values():
                subscription.end(1012, "the server is restarting")
        for task in self._tasks:
            task.cancel()
        await self._host.stop()
        await self._keeper.flush()
        await self._store.close()

    # -------------------------------------------------------------------------------------------- create, authorise

    async def create(
        self,
        spec: dict[str, Any] | None = None,
        *,
        parameters: dict[str, Any] | None = None,
        training: dict[str, Any] | None = None,
        checkpoint: Checkpoint | None = None,
    ) -> Created:
        """Open a session for a spec (as JSON data), with these parameters, going on from there, or from a checkpoint.

        Raises:
            ProblemError: the spec cannot be built (422), or the server is full (429, with Retry-After).
        """
        self._reserve()
        try:
            session_id = new_token()
            snapshot = await self._host.open(
                session_id,
                spec=await self.tables.filled(spec),
                parameters=parameters,
                training=training,
                checkpoint=await self.tables.filled_checkpoint(checkpoint),
            )
            owner, viewer, now = new_token(), new_token(), self._clock()
            record = Record(session_id, token_hash(owner), token_hash(viewer), snapshot["spec"], now, now)
            await self._store.put_session(record.stored())
            self._records[session_id] = record
        finally:
            self._reserved -= 1
        return Created(session_id, owner, viewer, snapshot)

    def _reserve(self) -> None:
        """A place for one more, or 429."""
        if not self._creates.take():
            headers = {"Retry-After": "2"}
            raise ProblemError("too-many-requests", say("too many sessions are being created at once"), headers=headers)
        if len(self._records) + self._reserved >= self._settings.max_sessions:
            headers = {"Retry-After": str(FULL_RETRY_SECONDS)}
            detail = say("this server holds at most {max_sessions} sessions", max_sessions=self._settings.max_sessions)
            raise ProblemError("too-many-sessions", detail, headers=headers)
        self._reserved += 1

    def authorise(self, session_id: str, token: str | None, need: Role = "viewer") -> Handle:
        """The session, for who has a token of it.

        Raises:
            ProblemError: unauthorised (no token), not-found (no such session, or another's token), forbidden (a
                viewer's token where the owner's is needed).
        """
        if not token:
            headers = {"WWW-Authenticate": "Bearer"}
            raise ProblemError(
                "unauthorised", say("send the session's token: Authorization: Bearer …"), headers=headers
            )
        record = self._records.get(session_id)
        if record is None:
            raise not_found()
        is_owner, is_viewer = matches(token, record.owner_hash), matches(token, record.viewer_hash)
        return self._handle(record, "owner" if is_owner else "viewer" if is_viewer else None, need)

    def redeem(self, session_id: str, ticket: str) -> Handle:
        """The session, for who has a ticket. ProblemError as ``authorise``; a used or old ticket is unauthorised."""
        record = self._records.get(session_id)
        if record is None:
            raise not_found()
        role = self._tickets.redeem(session_id, ticket)
        if role is None:
            raise ProblemError("unauthorised", say("this ticket has been used, or is too old: get another one"))
        return self._handle(record, role, "viewer")

    def _handle(self, record: Record, role: Role | None, need: Role) -> Handle:
        if role is None:
            raise not_found()
        if need == "owner" and role != "owner":
            raise ProblemError("forbidden", say("this needs the owner's token; a viewer's may only look"))
        return Handle(self, record, role)

    def ticket(self, handle: Handle) -> str:
        """See Handle.ticket."""
        return self._tickets.issue(handle.id, handle.role)

    # -------------------------------------------------------------------------------------------------- copy, share

    async def save(self, handle: Handle, *, ahead: bool = True) -> Checkpoint:
        """The session as it is now, with what was trained ahead of where it stands, or without."""
        saved = await handle.ask(Save(ahead=ahead))
        return Checkpoint(saved["head"], saved["tensors"])

    async def fork(self, handle: Handle) -> Created:
        """A session of one's own that goes on from the same point."""
        return await self.create(checkpoint=await self.save(handle, ahead=False))

    async def share(self, handle: Handle) -> str:
        """Freeze the session as it is now; returns the id of the share."""
        share_id = new_token()
        await self._store.put_share(share_id, await self.save(handle), self._clock())
        return share_id

    async def open_share(self, share_id: str) -> Created:
        """A new session from what was frozen. ProblemError not-found if there is no such share."""
        checkpoint = await self._store.share(share_id)
        if checkpoint is None:
            raise not_found("share")
        return await self.create(checkpoint=checkpoint)

    # ---------------------------------------------------------------------------------------------------- ask, watch

    async def ask(self, record: Record, command: CommandBase, connection: str | None) -> dict[str, Any]:
        """See Handle.ask."""
        self._use(record)
        if connection and isinstance(command, Watch):
            record.watches[connection] = command
        await self._opener.ensure_open(record)
        if record.ended:
            raise not_found()
        sent = command.model_dump(mode="json", exclude_none=True)
        if isinstance(command, Patch):
            sent["patch"] = await self.tables.filled(command.patch)
        return await self._host.ask(record.id, sent, connection)

    async def frame(self, record: Record, connection: str, seq: int) -> bytes:
        """See Handle.frame."""
        await self._opener.ensure_open(record)
        return await self._host.frame(record.id, connection, seq)

    def subscribe(self, record: Record, role: Role) -> Subscription:
        """See Handle.subscribe."""
        everywhere = sum(len(other.subscriptions) for other in self._records.values())
        here = len(record.subscriptions)
        if here >= self._settings.max_sockets_per_session or everywhere >= self._settings.max_sockets:
            headers = {"Retry-After": "10"}
            raise ProblemError("too-many-requests", say("too many pages are connected"), headers=headers)
        self._connections += 1
        subscription = Subscription(f"c{self._connections}", role, self._settings.event_queue)
        record.subscriptions[subscription.connection] = subscription
        self._use(record)
        return subscription

    def unsubscribe(self, record: Record, subscription: Subscription) -> None:
        """See Handle.unsubscribe."""
        if record.subscriptions.pop(subscription.connection, None):
            record.watches.pop(subscription.connection, None)
            self._host.leave(record.id, subscription.connection)
            self._use(record)

    def _use(self, record: Record) -> None:
        record.used = self._clock()
        self._keeper.touch(record.id, record.used)

    # ------------------------------------------------------------------------------------------- what shards tell us

    def on_events(
        self,
        session_id: str,
        events: Sequence[dict[str, Any]],
        *,
        private: bool = False,
        connection: str | None = None,
        reply_to: str | None = None,
    ) -> None:
        """Pass events on to the session's sockets; the first is the answer to ``connection``'s command."""
        record = self._records.get(session_id)
        if record is not None:
            record.publish(events, private=private, connection=connection, reply_to=reply_to)

    def on_checkpoint(self, session_id: str, checkpoint: Checkpoint) -> None:
        """Keep it."""
        self._keeper.put(session_id, checkpoint)

    def on_lost(self, session_ids: Sequence[str], reason: str, offender: str | None) -> None:
        """A shard has ended: its sessions that are looked at or play come back now, the others when they are asked."""
        for session_id in session_ids:
            record = self._records.get(session_id)
            if record is None:
                continue
            record.lost = reason
            record.offences += session_id == offender
            if record.subscriptions or record.mode == "playing":
                self._spawn(self._opener.reopen(record))

    # ------------------------------------------------------------------------------------------------------- the end

    async def end(self, record: Record, reason: Literal["idle", "deleted"]) -> None:
        """See Handle.end."""
        if self._records.pop(record.id, None) is None:
            raise not_found()
        record.ended = True
        for subscription in record.subscriptions.values():
            subscription.put(Expired(session=record.id, mode="paused", reason=reason).model_dump(mode="json"))
            subscription.end(4404, "the session has ended")
        self._keeper.forget(record.id)
        await self._host.close(record.id)
        await self._store.delete_session(record.id)
        await self.tables.forget(record.tables, tables_in_use(self._records.values()))

    async def expire(self) -> None:
        """End what was not used for too long, pause what plays to nobody."""
        now = self._clock()
        for record in list(self._records.values()):
            unused = 0.0 if record.subscriptions else now - record.used
            if unused > self._settings.idle_seconds:
                await self.end(record, "idle")
            elif unused > self._settings.pause_unwatched_seconds and record.mode == "playing":
                self._host.pause(record.id, "idle", "Paused: nobody was watching.")
        await self.tables.expire(tables_in_use(self._records.values()))

    async def _expire_for_ever(self) -> None:
        while True:
            await asyncio.sleep(min(30.0, self._settings.idle_seconds / 4))
            try:
                await self.expire()
            except Exception:
                log.exception("expiry failed; trying again")

    def _spawn(self, work: Any) -> None:
        task: asyncio.Task[None] = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
