"""Deficit round robin: everybody gets the same time, whoever takes too much at once waits until it is repaid.

A session whose user has just acted goes first, once.
"""

from collections import deque
from collections.abc import Callable


class Scheduler:
    """Whose turn it is, and for how long.

    Args:
        quantum: seconds that a session gets in each round.
    """

    def __init__(self, quantum: float) -> None:
        self._quantum = quantum
        self._ring: deque[str] = deque()
        self._credit: dict[str, float] = {}
        self._acted: deque[str] = deque()

    def add(self, session_id: str) -> None:
        """One more."""
        self._ring.append(session_id)
        self._credit[session_id] = 0.0

    def remove(self, session_id: str) -> None:
        """One less."""
        self._ring.remove(session_id)
        del self._credit[session_id]
        if session_id in self._acted:
            self._acted.remove(session_id)

    def acted(self, session_id: str) -> None:
        """Its user has done something and waits for the answer."""
        if session_id not in self._acted:
            self._acted.append(session_id)

    def charge(self, session_id: str, seconds: float) -> None:
        """It has used this much time."""
        if session_id in self._credit:
            self._credit[session_id] -= seconds

    def next(self, is_ready: Callable[[str], bool]) -> tuple[str, float] | None:
        """Who computes now, and for how many seconds; None if nobody has anything to do."""
        while self._acted:
            session_id = self._acted.popleft()
            if is_ready(session_id):
                return session_id, self._quantum
        ready = {session_id for session_id in self._ring if is_ready(session_id)}
        if not ready:
            return None
        self._forgive(ready)
        while True:
            session_id = self._ring[0]
            self._ring.rotate(-1)
            if session_id not in ready:
                self._credit[session_id] = min(0.0, self._credit[session_id] + self._quantum)
                continue
            self._credit[session_id] = min(self._credit[session_id], 0.0) + self._quantum
            if self._credit[session_id] > 0:
                return session_id, self._credit[session_id]

    def _forgive(self, ready: set[str]) -> None:
        """If all who are ready owe more than a quantum, nobody is served by waiting: let time pass at once."""
        least = min(-self._credit[session_id] for session_id in ready)
        if least > self._quantum:
            for session_id in self._credit:
                self._credit[session_id] = min(0.0, self._credit[session_id] + least - self._quantum)
