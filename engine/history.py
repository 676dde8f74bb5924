"""The metrics by step: never more than 1,024 points, however long the training.

A point is due at every multiple of ``stride``. When the points are more than ``LIMIT``, the stride doubles and every
second point goes. Which steps have a point is therefore a function of how far the training came, and of nothing else.
"""

from dataclasses import dataclass, field, fields
from typing import Any

LIMIT = 1024


@dataclass(frozen=True)
class Point:
    """One evaluation of the train and the test part, at the beginning of ``step``."""

    step: int
    epoch: int
    train_loss: float | None
    test_loss: float | None
    penalty: float | None
    train_accuracy: float | None
    test_accuracy: float | None


COLUMNS = tuple(f.name for f in fields(Point))


@dataclass
class History:
    """The points as columns of equal length, ready for a chart."""

    stride: int = 1
    step: list[int] = field(default_factory=list)
    epoch: list[int] = field(default_factory=list)
    train_loss: list[float | None] = field(default_factory=list)
    test_loss: list[float | None] = field(default_factory=list)
    penalty: list[float | None] = field(default_factory=list)
    train_accuracy: list[float | None] = field(default_factory=list)
    test_accuracy: list[float | None] = field(default_factory=list)

    def __len__(self) -> int:
        """How many points are held."""
        return len(self.step)

    def next_due(self, step: int) -> int:
        """The first step at or after this one at which a point is due and not yet held."""
        first = max(step, self.step[-1] + 1) if self.step else step
        return -(-first // self.stride) * self.stride

    def add(self, point: Point) -> None:
        """Add a point at a step that was due; thin out if there are too many."""
        for column in COLUMNS:
            getattr(self, column).append(getattr(point, column))
        if len(self) > LIMIT:
            self._thin()

    def coarsen(self, stride: int) -> None:
        """Have points at no more steps than every multiple of this stride, a power of 2 like the other."""
        while self.stride < stride:
            self._thin()

    def _thin(self) -> None:
        self.stride *= 2
        wanted = [index for index, step in enumerate(self.step) if step % self.stride == 0]
        for column in COLUMNS:
            values = getattr(self, column)
            values[:] = [values[index] for index in wanted]

    def forget_from(self, step: int) -> None:
        """Drop the points at and after ``step``: from there on it is another training."""
        held = sum(1 for past in self.step if past < step)
        for column in COLUMNS:
            del getattr(self, column)[held:]

    def copy(self) -> "History":
        """A copy that does not grow with the training."""
        return History.from_dict(self.as_dict())

    def as_dict(self) -> dict[str, Any]:
        """JSON-able: the stride and the columns."""
        return {"stride": self.stride} | {column: list(getattr(self, column)) for column in COLUMNS}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "History":
        """The inverse of ``as_dict``."""
        return cls(**data)
