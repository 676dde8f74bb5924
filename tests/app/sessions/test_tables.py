"""Tables of people's own: the store has the text, a spec the id, a shard is told the text."""

import asyncio
from typing import Any

import pytest

from app.protocol import commands as c
from app.protocol.problems import ProblemError
from app.protocol.tables import TableReply
from app.store.base import Checkpoint
from engine.errors import UnknownName
from engine.spec import TableReading
from engine.tables import table_id
from tests.app.sessions.test_registry import House

pytestmark = pytest.mark.anyio

CSV = "a,b\n1,2\n3,5\n4,9\n"
KEY = table_id(CSV)


async def opened(house: House, dataset: dict[str, Any]) -> Any:
    """A session with these data; the fake host answers the spec as it came, a shard would have put the text away."""
    created = await house.sessions.create({"dataset": dataset})
    house.sessions._records[created.id].spec = {"dataset": {"table": KEY}}
    return house.sessions.authorise(created.id, created.owner_token, "owner")


async def test_a_shard_is_told_the_text() -> None:
    """When a session is opened, when its spec is patched, when it comes back from a checkpoint or from its spec."""
    house = House()
    assert KEY == await house.sessions.tables.put(CSV)
    handle = await opened(house, {"table": KEY, "target": "b"})
    assert {"table": None, "csv": CSV, "target": "b"} == house.host.opened[handle.id]["spec"]["dataset"]

    await handle.ask(c.Patch(patch={"dataset": {"table": KEY}}))
    assert CSV == house.host.asked[-1][1]["patch"]["dataset"]["csv"]

    house.host.lose(handle.id)
    await handle.ask(c.State())
    assert CSV == house.host.opened[handle.id]["spec"]["dataset"]["csv"]

    house.sessions.on_checkpoint(handle.id, Checkpoint({"cursor": {"spec": {"dataset": {"table": KEY}}}}, b"x"))
    house.host.lose(handle.id)
    await handle.ask(c.State())
    assert CSV == house.host.opened[handle.id]["checkpoint"].head["cursor"]["spec"]["dataset"]["csv"]


async def test_other_commands_and_data_pass_as_they_are() -> None:
    """A patch that is about something else, a spec without a table."""
    house = House()
    handle = await opened(house, {"name": "circle"})

    await handle.ask(c.Patch(patch={"batch_size": 5}))

    assert {"batch_size": 5} == house.host.asked[-1][1]["patch"]
    assert {"name": "circle"} == house.host.opened[handle.id]["spec"]["dataset"]


async def test_a_text_in_a_spec_is_kept() -> None:
    """So that the id, which the shard answers, means something here."""
    house = House()
    await opened(house, {"csv": CSV})

    assert CSV == await house.store.table(KEY)


async def test_unused_tables_are_forgotten_with_time() -> None:
    """One that a session uses is not, until that has ended."""
    house = House(idle_seconds=100)
    await house.sessions.tables.put("x,y\n1,2\n")
    handle = await opened(house, {"csv": CSV})
    house.sessions._records[handle.id].tables.add(KEY)
    house.sessions._records[handle.id].used = 10**9
    house.clock.now += 200
    await house.sessions.expire()
    assert [KEY] == await house.store.tables(float("inf"))

    await handle.end()

    assert [] == await house.store.tables(float("inf"))


async def test_large_and_many_tables_are_refused() -> None:
    """With what is allowed; one that is here already needs no room."""
    house = House(max_table_bytes=20, max_tables=1)
    with pytest.raises(ProblemError, match="20 bytes") as refused:
        await house.sessions.tables.put(CSV * 2)
    assert "limit-exceeded" == refused.value.kind
    await house.sessions.tables.put(CSV)
    await house.sessions.tables.put(CSV)

    with pytest.raises(ProblemError, match="at most 1 tables") as refused:
        await house.sessions.tables.put("other")
    assert "too-many-requests" == refused.value.kind
    assert int(refused.value.headers["Retry-After"]) > 0


async def test_no_more_are_read_than_so_many_a_minute() -> None:
    """Whoever asks without a token cannot fill the memory with texts that wait."""
    house = House(tables_per_minute=2)
    house.sessions.tables.admit()
    house.sessions.tables.admit()

    with pytest.raises(ProblemError) as refused:
        house.sessions.tables.admit()
    assert "too-many-requests" == refused.value.kind
    assert int(refused.value.headers["Retry-After"]) > 0


async def test_only_so_many_wait_for_their_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each holds its text in memory; who has been answered waits no more, also if it was by a refusal."""
    monkeypatch.setattr("app.sessions.tables.MOST_WAITING", 2)
    tables = House().sessions.tables
    key, bad = await tables.put(CSV), TableReading(target="nothing")
    waiting = [asyncio.create_task(tables.read(key, how)) for how in (TableReading(), bad)]
    while tables._waiting < 2:
        await asyncio.sleep(0)
    with pytest.raises(ProblemError, match="at once"):
        tables.admit()

    answers = await asyncio.gather(*waiting, return_exceptions=True)

    assert [TableReply, UnknownName] == [type(answer) for answer in answers]
    tables.admit()


async def test_a_table_that_is_not_here_is_a_name_that_does_not_exist() -> None:
    """At the field that names it."""
    house = House()
    for attempt in (
        house.sessions.tables.read(KEY, TableReading()),
        house.sessions.create({"dataset": {"table": KEY}}),
    ):
        with pytest.raises(ProblemError) as refused:
            await attempt
        assert ("unknown-name", ("dataset", "table")) == (refused.value.kind, refused.value.flaws[0].loc)
