"""Who may be sent a frame when: at most a few are on their way, and none while the page cannot be seen.

Pure: time is an argument. A page that takes more than two seconds to draw a frame gets one a second; one that draws
nothing for half a minute is cut off.
"""

import asyncio

SLOW_INTERVAL = 1.0


class Credit:
    """One connection's credit.

    Args:
        most: frames on their way.
        interval: least seconds between two frames.
        slow: an acknowledgement later than this makes the connection a slow one.
    """

    def __init__(self, most: int, interval: float, slow: float) -> None:
        self._most = most
        self._interval = interval
        self._slow = slow
        self._sent: dict[int, float] = {}
        self._late = False
        self._greeted = False
        self._visible = True
        self._free = asyncio.Event()

    def greet(self) -> None:
        """The page is ready: it has asked for a snapshot."""
        self._greeted = True
        self._update()

    def show(self, visible: bool, now: float) -> None:
        """The page can be seen, or not; what was sent before counts from now."""
        self._visible = visible
        self._sent = dict.fromkeys(self._sent, now)
        self._update()

    def sent(self, seq: int, now: float) -> None:
        """A frame has left."""
        self._sent[seq] = now
        self._update()

    def ack(self, seq: int, now: float) -> bool:
        """This frame has been drawn, and with it all before it; whether that was waited for."""
        awaited = seq in self._sent
        if awaited:
            self._late = now - self._sent[seq] > self._slow
        self._sent = {number: at for number, at in self._sent.items() if number > seq}
        self._update()
        return awaited

    async def free(self) -> None:
        """Wait until a frame may be sent."""
        await self._free.wait()

    def interval(self) -> float:
        """Least seconds between two frames now."""
        return max(self._interval, SLOW_INTERVAL) if self._late else self._interval

    def waiting(self, now: float) -> float:
        """For how many seconds the oldest frame on its way has not been drawn; 0 while the page is hidden."""
        return now - min(self._sent.values()) if self._sent and self._visible else 0.0

    def _update(self) -> None:
        if self._greeted and self._visible and len(self._sent) < self._most:
            self._free.set()
        else:
            self._free.clear()
