"""A shard's loop in this process."""

from collections.abc import Iterator

import pytest

from app.shards import worker
from tests.app.shards.gateway import SPEC, Gateway


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """An idle loop looks at its socket and goes on: time is the fake clock's."""
    monkeypatch.setattr(worker, "LONGEST_WAIT", 0.0)


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    """With one session."""
    made = Gateway()
    made.ask(do="open", session="s1", spec=SPEC)
    yield made
    made.close()
