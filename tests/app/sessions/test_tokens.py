"""Tokens and tickets."""

from app.sessions.tokens import MOST_TICKETS, Tickets, matches, new_token, token_hash
from tests.app.fakes import FakeClock


def test_tokens_have_128_random_bits() -> None:
    """Sixteen bytes, in 22 URL-safe characters; no two alike."""
    tokens = {new_token() for _ in range(1000)}

    assert 1000 == len(tokens)
    assert {22} == {len(token) for token in tokens}


def test_only_the_token_matches_its_hash() -> None:
    """And no other."""
    token = new_token()

    assert matches(token, token_hash(token))
    assert not matches(token + "x", token_hash(token))


def test_a_ticket_works_once() -> None:
    """The second who comes with it stays outside."""
    tickets = Tickets(60, FakeClock())
    ticket = tickets.issue("s1", "viewer")

    assert ["viewer", None] == [tickets.redeem("s1", ticket), tickets.redeem("s1", ticket)]


def test_a_ticket_works_for_its_session_only() -> None:
    """Tried on another, it is used up."""
    tickets = Tickets(60, FakeClock())
    ticket = tickets.issue("s1", "owner")

    assert [None, None] == [tickets.redeem("s2", ticket), tickets.redeem("s1", ticket)]


def test_a_ticket_ends() -> None:
    """After a minute."""
    clock = FakeClock()
    tickets = Tickets(60, clock)
    late, early = tickets.issue("s1", "owner"), tickets.issue("s1", "owner")

    clock.now += 59
    assert "owner" == tickets.redeem("s1", early)
    clock.now += 2

    assert tickets.redeem("s1", late) is None


def test_tickets_do_not_pile_up() -> None:
    """Old ones go, and if there are too many, the oldest."""
    clock = FakeClock()
    tickets = Tickets(60, clock)
    first = tickets.issue("s1", "owner")
    for _ in range(MOST_TICKETS):
        tickets.issue("s1", "owner")
    assert tickets.redeem("s1", first) is None

    clock.now += 61
    tickets.issue("s1", "owner")

    assert 1 == len(tickets._tickets)
