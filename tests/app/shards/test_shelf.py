"""Tables in a shard: a spec that comes with a text goes on with its id; the text stays as long as it may be wanted."""

from types import SimpleNamespace
from typing import Any

import pytest

from app.protocol import commands as c
from app.shards import engine_port
from app.shards.session import Session
from app.shards.shelf import keep_tables, shelved
from engine.datasets import SHELF
from engine.errors import UnknownName
from engine.limits import Limits
from engine.tables import table_id

CSV = "a,b\n1,2.5\n3,5.5\n4,9.5\n"
KEY = table_id(CSV)
NETWORK: dict[str, Any] = {
    "layers": [{"id": "output", "type": "dense", "units": 1}],
    "loss": {"type": "mse"},
    "optimizer": {"type": "sgd"},
    "batch_size": "full",
}


def opened(dataset: dict[str, Any]) -> Session:
    """A session with these data."""
    cursor = engine_port.open_cursor({"dataset": dataset, **NETWORK}, None, Limits().model_dump())
    return Session("s", cursor, engine_port.describe)


def test_the_id_takes_the_place_of_the_text() -> None:
    """What stands beside it stays; a spec without a text is left as it is."""
    assert {"dataset": {"target": "b", "table": KEY}, "seed": 1} == shelved(
        {"dataset": {"csv": CSV, "table": None, "target": "b"}, "seed": 1}
    )
    assert CSV == SHELF.text(KEY)
    assert {"batch_size": 2} == shelved({"batch_size": 2})
    keep_tables(())


def test_a_table_that_was_left_can_be_gone_back_to() -> None:
    """Undo finds it as long as the session is there, though others come and go."""
    session = opened({"csv": CSV})
    session.handle(c.Patch(patch={"dataset": {"name": "plane"}}))
    keep_tables([session])

    session.handle(c.Undo())

    assert KEY == session.trainer.spec.dataset.table
    keep_tables(())


def test_a_table_goes_with_the_last_session_that_had_it() -> None:
    """Also one that came with a patch."""
    session = opened({"name": "plane"})
    session.handle(c.Patch(patch={"dataset": {"csv": CSV}}))
    keep_tables([session, SimpleNamespace(tables=set())])
    assert CSV == SHELF.text(KEY)

    keep_tables([])

    with pytest.raises(UnknownName):
        SHELF.text(KEY)
