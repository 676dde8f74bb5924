"""What comes of a command, or of time."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Outcome:
    """What a command, or time, has brought about: the answer to who asked, and what everybody is told."""

    events: list[dict[str, Any]] = field(default_factory=list)
    result: dict[str, Any] | None = None
    private: bool = False

    @property
    def answer(self) -> dict[str, Any]:
        """What the asker gets: the result, or else the first event."""
        return self.result if self.result is not None else self.events[0]
