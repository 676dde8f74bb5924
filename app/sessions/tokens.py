"""Tokens and tickets: 128 random bits each; of a token only the hash is kept."""

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Role = Literal["owner", "viewer"]
BYTES = 16
MOST_TICKETS = 10_000


def new_token() -> str:
    """A fresh token, URL-safe."""
    return secrets.token_urlsafe(BYTES)


def token_hash(token: str) -> bytes:
    """What is kept of a token. It has 128 random bits, so it needs no salt and no slow hash."""
    return hashlib.sha256(token.encode()).digest()


def matches(token: str, expected: bytes) -> bool:
    """Compare in a time that does not depend on where they differ."""
    return hmac.compare_digest(token_hash(token), expected)


@dataclass(frozen=True)
class Ticket:
    """What a ticket opens, until when."""

    session: str
    role: Role
    expires: float


class Tickets:
    """Single-use tickets for WebSockets, because a browser cannot send a header with one."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._tickets: dict[bytes, Ticket] = {}

    def issue(self, session: str, role: Role) -> str:
        """A new ticket; the oldest go if there are too many."""
        self._sweep()
        while len(self._tickets) >= MOST_TICKETS:
            del self._tickets[next(iter(self._tickets))]
        ticket = new_token()
        self._tickets[token_hash(ticket)] = Ticket(session, role, self._clock() + self._seconds)
        return ticket

    def redeem(self, session: str, ticket: str) -> Role | None:
        """The role that it gives in this session; afterwards it is worthless."""
        found = self._tickets.pop(token_hash(ticket), None)
        if found is None or found.session != session or found.expires < self._clock():
            return None
        return found.role

    def _sweep(self) -> None:
        """Tickets are in order of expiry: drop those at the front."""
        now = self._clock()
        while self._tickets and (first := next(iter(self._tickets))) and self._tickets[first].expires < now:
            del self._tickets[first]
