"""Who may be sent a frame when."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sessions.credit import SLOW_INTERVAL, Credit

pytestmark = pytest.mark.anyio


def credit() -> Credit:
    """Two frames, sixty a second."""
    made = Credit(2, 1 / 60, 2.0)
    made.greet()
    return made


def is_free(made: Credit) -> bool:
    """Whether a frame may be sent now."""
    return made._free.is_set()


async def test_nothing_is_sent_before_the_page_has_said_hello() -> None:
    """Frames without a snapshot mean nothing."""
    made = Credit(2, 1 / 60, 2.0)

    assert not is_free(made)
    made.greet()
    await asyncio.wait_for(made.free(), 1)


async def test_two_frames_are_on_their_way_at_most() -> None:
    """The third waits for an acknowledgement."""
    made = credit()
    made.sent(1, 0.0)
    assert is_free(made)
    made.sent(2, 0.0)
    assert not is_free(made)

    assert made.ack(1, 0.1)

    assert is_free(made)


async def test_an_acknowledgement_covers_those_before_it() -> None:
    """Who has drawn the second has no use for the first."""
    made = credit()
    made.sent(1, 0.0)
    made.sent(2, 0.0)
    made.ack(2, 0.1)

    assert 0.0 == made.waiting(100.0)


async def test_an_acknowledgement_of_nothing_changes_nothing() -> None:
    """It is not waited for, and counts as a message."""
    made = credit()

    assert not made.ack(5, 0.0)


async def test_a_hidden_page_gets_no_frames_and_is_not_timed() -> None:
    """When it is seen again, its time begins anew."""
    made = credit()
    made.sent(1, 0.0)
    made.show(False, 10.0)
    assert (False, 0.0) == (is_free(made), made.waiting(100.0))

    made.show(True, 100.0)

    assert (True, 1.0) == (is_free(made), made.waiting(101.0))


async def test_a_slow_page_gets_a_frame_a_second_until_it_is_faster() -> None:
    """More than two seconds to draw is slow."""
    made = credit()
    made.sent(1, 0.0)
    made.ack(1, 2.5)
    assert SLOW_INTERVAL == made.interval()
    made.sent(2, 3.0)

    made.ack(2, 3.1)

    assert 1 / 60 == made.interval()


@given(st.lists(st.tuples(st.sampled_from(["send", "ack", "hide", "show"]), st.integers(0, 20)), max_size=50))
async def test_never_more_than_two_whatever_happens(happenings: list[tuple[str, int]]) -> None:
    """Frames are sent only when free, so that never more are on their way."""
    made, seq = credit(), 0
    for what, number in happenings:
        if what == "send" and is_free(made):
            seq += 1
            made.sent(seq, 0.0)
        elif what == "ack":
            made.ack(number, 0.0)
        elif what in {"hide", "show"}:
            made.show(what == "show", 0.0)
        assert len(made._sent) <= 2
