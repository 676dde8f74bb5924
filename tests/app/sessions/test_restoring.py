"""Sessions that come back: after their process has ended, and after the server has."""

import asyncio

import pytest

from app.protocol import commands as c
from app.protocol.problems import ProblemError
from app.store.base import Checkpoint, StoreError
from app.store.memory import MemoryStore
from tests.app.sessions.test_registry import SPEC, House, told

pytestmark = pytest.mark.anyio


async def test_a_lost_session_that_is_looked_at_comes_back_by_itself() -> None:
    """From its checkpoint, with what each connection watches, and it says why."""
    house = House()
    created, handle = await house.create()
    looking = handle.subscribe()
    await handle.ask(c.Watch(heatmaps=True), connection=looking.connection)
    saved = Checkpoint({"seed": 8}, b"x")
    house.sessions.on_checkpoint(created.id, saved)
    await told(looking)

    house.host.lose(created.id, "it crashed")
    await handle.frame(looking.connection, 1)

    assert {"checkpoint": saved, "paused": False}.items() <= house.host.opened[created.id].items()
    assert (True, looking.connection) == (house.host.asked[-1][1]["heatmaps"], house.host.asked[-1][2])
    assert [("restored", "it crashed")] == [(e["type"], e["reason"]) for e in await told(looking) if "reason" in e]


async def test_a_look_that_is_refused_does_not_keep_a_session_from_coming_back() -> None:
    """An example may be gone with its data; the session comes back, and is looked at as at the beginning."""
    house = House()
    created, handle = await house.create()
    looking = handle.subscribe()
    await handle.ask(c.Watch(example=99), connection=looking.connection)
    await told(looking)
    house.host.refuse_commands["watch"] = ProblemError("spec-error", "there is no example 99")

    house.host.lose(created.id, "it crashed")
    await handle.ask(c.State())
    await handle.frame(looking.connection, 1)

    assert looking.ended is None
    assert "restored" in [event["type"] for event in await told(looking)]


async def test_who_ended_its_process_comes_back_paused_and_not_for_ever() -> None:
    """Three times is enough."""
    house = House()
    created, handle = await house.create()
    for _ in range(2):
        house.host.lose(created.id, "it hung", offender=created.id)
        await handle.ask(c.State())
        assert house.host.opened[created.id]["paused"]
    house.host.lose(created.id, "it hung", offender=created.id)

    with pytest.raises(ProblemError) as refused:
        await handle.ask(c.State())

    assert "shard-restarted" == refused.value.kind


async def test_a_session_that_cannot_be_restored_asks_its_sockets_to_come_back() -> None:
    """4503."""
    house = House()
    created, handle = await house.create()
    looking = handle.subscribe()
    house.host.refuse = ProblemError("shard-restarted", "not yet")

    house.host.lose(created.id)
    while not looking.ended:
        await told(looking)
        await asyncio.sleep(0)

    assert 4503 == looking.ended[0]


async def test_after_a_restart_sessions_are_there_when_they_are_asked_for() -> None:
    """Tokens work, checkpoints are used; nothing is opened before."""
    first = House()
    created, handle = await first.create()
    await first.sessions.start()
    saved = Checkpoint({"seed": 9}, b"y")
    first.sessions.on_checkpoint(created.id, saved)
    await first.sessions.stop()
    assert not first.host.started

    second = House(store=first.store)
    await second.sessions.start()
    assert {} == second.host.opened
    handle = second.sessions.authorise(created.id, created.owner_token, "owner")
    await handle.ask(c.State())
    await second.sessions.stop()

    assert saved == second.host.opened[created.id]["checkpoint"]


class DamagedStore(MemoryStore):
    """Its checkpoints are damaged."""

    async def checkpoint(self, session_id: str) -> Checkpoint | None:
        """Never a good one."""
        raise StoreError("damaged")


async def test_a_damaged_checkpoint_means_to_begin_again() -> None:
    """From the spec, and it says so."""
    house = House(store=DamagedStore())
    created, handle = await house.create()
    looking = handle.subscribe()
    house.host.lose(created.id)

    await handle.ask(c.State())

    assert (SPEC, None) == (house.host.opened[created.id]["spec"], house.host.opened[created.id]["checkpoint"])
    assert ["its checkpoint was damaged, so it begins again from its spec"] == [
        event["reason"] for event in await told(looking) if event["type"] == "restored"
    ]
