"""The registry, over a host that computes nothing and a store that forgets everything."""

import json
from typing import Any

import pytest

from app.protocol import commands as c
from app.protocol.problems import ProblemError
from app.sessions.handle import Handle
from app.sessions.record import Created
from app.sessions.registry import Sessions
from app.sessions.subscription import Subscription
from app.settings import Settings
from app.store.memory import MemoryStore
from tests.app.fakes import FakeClock, FakeHost

pytestmark = pytest.mark.anyio

SPEC = {"seed": 7}


class House:
    """A registry with everything around it."""

    def __init__(self, store: MemoryStore | None = None, **settings: Any) -> None:
        self.clock = FakeClock()
        self.host = FakeHost()
        self.store = store or MemoryStore()
        self.sessions = Sessions(Settings(**settings), self.host, self.store, self.clock)

    async def create(self) -> tuple[Created, Handle]:
        """A session and its owner's handle."""
        created = await self.sessions.create(SPEC)
        return created, self.sessions.authorise(created.id, created.owner_token, "owner")


async def told(subscription: Subscription) -> list[dict[str, Any]]:
    """What waits in it."""
    found = []
    while subscription._queue.qsize():
        text = await subscription.get()
        if text is None:
            break
        found.append(json.loads(text))
    return found


async def test_owner_and_viewer_have_tokens_of_their_own() -> None:
    """The viewer's may look, and no more; only hashes are kept."""
    house = House()
    created, _ = await house.create()

    viewer = house.sessions.authorise(created.id, created.viewer_token)

    assert "viewer" == viewer.role
    with pytest.raises(ProblemError) as refused:
        house.sessions.authorise(created.id, created.viewer_token, "owner")
    assert "forbidden" == refused.value.kind
    [stored] = await house.store.sessions()
    assert created.owner_token.encode() not in repr(stored).encode()


@pytest.mark.parametrize(
    ("token", "kind"), [(None, "unauthorised"), ("", "unauthorised"), ("wrong", "not-found"), ("ü", "not-found")]
)
async def test_others_find_nothing(token: str | None, kind: str) -> None:
    """A wrong token is answered like a session that does not exist."""
    house = House()
    created, _ = await house.create()

    for session_id in (created.id, "nobody"):
        with pytest.raises(ProblemError) as refused:
            house.sessions.authorise(session_id, token)
        assert kind == refused.value.kind


async def test_a_ticket_gives_the_rights_of_who_asked_for_it() -> None:
    """Once."""
    house = House()
    created, _ = await house.create()
    viewer = house.sessions.authorise(created.id, created.viewer_token)
    ticket = viewer.ticket()

    assert "viewer" == house.sessions.redeem(created.id, ticket).role
    with pytest.raises(ProblemError) as refused:
        house.sessions.redeem(created.id, ticket)
    assert "unauthorised" == refused.value.kind
    with pytest.raises(ProblemError) as refused:
        house.sessions.redeem("nobody", ticket)
    assert "not-found" == refused.value.kind


async def test_a_full_house_says_when_to_come_back() -> None:
    """429 with Retry-After; what was there stays."""
    house = House(max_sessions=2)
    await house.create()
    await house.create()

    with pytest.raises(ProblemError) as refused:
        await house.create()

    assert ("too-many-sessions", 2) == (refused.value.kind, len(house.sessions))
    assert int(refused.value.headers["Retry-After"]) > 0


async def test_a_refused_spec_leaves_nothing() -> None:
    """Neither a session nor a place that is taken."""
    house = House(max_sessions=1)
    house.host.refuse = ProblemError("spec-error", "no")
    with pytest.raises(ProblemError, match="no"):
        await house.create()
    house.host.refuse = None

    await house.create()

    assert 1 == len(house.sessions)


async def test_too_many_at_once_are_slowed_down() -> None:
    """The second within a minute, where one is allowed."""
    house = House(creates_per_minute=1)
    await house.create()

    with pytest.raises(ProblemError) as refused:
        await house.create()

    assert "too-many-requests" == refused.value.kind


async def test_everybody_is_told_and_the_sender_knows_its_answer() -> None:
    """reply_to is for the sender alone."""
    house = House()
    _, handle = await house.create()
    mine, other = handle.subscribe(), handle.subscribe()

    await handle.ask(c.Pause(id="7"), connection=mine.connection)

    assert [("pause-done", "7")] == [(event["type"], event.get("reply_to")) for event in await told(mine)]
    assert [("pause-done", None)] == [(event["type"], event.get("reply_to")) for event in await told(other)]


async def test_a_private_event_is_for_its_asker() -> None:
    """A snapshot says with which rights one looks."""
    house = House()
    created, handle = await house.create()
    mine, other = handle.subscribe(), handle.subscribe()
    snapshot = house.host.event(created.id, "snapshot")

    house.sessions.on_events(created.id, [snapshot], private=True, connection=mine.connection)

    assert [("snapshot", "owner")] == [(event["type"], event["role"]) for event in await told(mine)]
    assert [] == await told(other)


async def test_who_does_not_read_is_cut_off() -> None:
    """The queue is small, and the others are told all the same."""
    house = House(event_queue=3)
    created, handle = await house.create()
    lazy = handle.subscribe()
    for _ in range(5):
        house.sessions.on_events(created.id, [house.host.event(created.id, "stepped")])

    assert (4408, True) == (lazy.ended and lazy.ended[0], lazy.overflowed)
    assert await lazy.get() is None


async def test_sockets_are_counted() -> None:
    """Neither too many on one session nor in all; who leaves makes room."""
    house = House(max_sockets_per_session=2, max_sockets=3)
    _, first = await house.create()
    _, second = await house.create()
    one, _ = first.subscribe(), first.subscribe()
    with pytest.raises(ProblemError):
        first.subscribe()
    second.subscribe()
    with pytest.raises(ProblemError):
        second.subscribe()

    first.unsubscribe(one)

    second.subscribe()
    assert [(first.id, one.connection)] == house.host.left


async def test_edits_are_remembered() -> None:
    """A session without a checkpoint is restored from the latest spec; a new beginning may have another seed."""
    house = House()
    created, handle = await house.create()

    house.sessions.on_events(created.id, [house.host.event(created.id, "edited") | {"spec": {"seed": 8}}])

    assert {"seed": 8} == handle.spec

    house.sessions.on_events(created.id, [house.host.event(created.id, "reset") | {"seed": 9}])

    assert {"seed": 9} == handle.spec


async def test_what_is_told_of_nobody_is_nothing() -> None:
    """Events and losses of sessions that have ended meanwhile."""
    house = House()

    house.sessions.on_events("nobody", [house.host.event("nobody", "stepped")])
    house.sessions.on_lost(["nobody"], "it crashed", None)


async def test_an_idle_session_ends() -> None:
    """Unless somebody looks at it."""
    house = House(idle_seconds=100)
    idle, _ = await house.create()
    watched, handle = await house.create()
    looking = handle.subscribe()
    house.clock.now += 101

    await house.sessions.expire()

    assert [idle.id] == house.host.closed
    assert (1, None) == (len(house.sessions), looking.ended)
    assert [watched.id] == [session.id for session in await house.store.sessions()]


async def test_a_session_that_plays_to_nobody_is_paused() -> None:
    """After a while."""
    house = House(pause_unwatched_seconds=50)
    created, _ = await house.create()
    house.sessions.on_events(created.id, [house.host.event(created.id, "played", "playing")])
    house.clock.now += 51

    await house.sessions.expire()

    assert [(created.id, "idle")] == house.host.paused


async def test_who_looks_at_an_ended_session_is_told() -> None:
    """expired, then 4404; a second end finds nothing."""
    house = House()
    _, handle = await house.create()
    looking = handle.subscribe()

    await handle.end()

    assert ["expired"] == [event["type"] for event in await told(looking)]
    assert (4404, "the session has ended") == looking.ended
    with pytest.raises(ProblemError):
        await handle.end()


async def test_a_fork_and_an_opened_share_go_on_from_the_same_point() -> None:
    """With tokens of their own."""
    house = House()
    created, handle = await house.create()

    fork = await house.sessions.fork(handle)
    opened = await house.sessions.open_share(await house.sessions.share(handle))

    assert 3 == len({created.id, fork.id, opened.id})
    assert [b"tensors"] * 2 == [house.host.opened[one.id]["checkpoint"].tensors for one in (fork, opened)]
    with pytest.raises(ProblemError):
        await house.sessions.open_share("nothing")


async def test_stopping_closes_sockets() -> None:
    """With 1012: come back soon."""
    house = House()
    await house.sessions.start()
    _, handle = await house.create()
    looking = handle.subscribe()

    await house.sessions.stop()

    assert looking.ended
    assert 1012 == looking.ended[0]
