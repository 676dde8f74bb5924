"""What a session needs of engine.cursor.Cursor, so that a test can pass a fake."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol


class Call(Protocol):
    """One operation of the step's ribbon."""

    @property
    def index(self) -> int:
        """Its number within the step."""


class Position(Protocol):
    """Where the cursor stands."""

    @property
    def step(self) -> int:
        """Training step."""

    @property
    def op(self) -> int:
        """How many calls of this step have run."""

    @property
    def batch(self) -> int:
        """Batch within the epoch."""

    def as_dict(self) -> dict[str, Any]:
        """All five fields."""


class Moved(Protocol):
    """What a walk has done."""

    @property
    def ran(self) -> Sequence[Any]:
        """The last calls that ran, at most 64."""

    @property
    def count_run(self) -> int:
        """How many ran."""

    @property
    def sentence(self) -> str:
        """It in words."""


class Trainer(Protocol):
    """The part of Cursor that moves."""

    @property
    def spec(self) -> Any:
        """The present SessionSpec."""

    @property
    def batches(self) -> int:
        """Batches in an epoch."""

    @property
    def network(self) -> Any:
        """Its graph, and how long steps may take."""

    @property
    def position(self) -> Any:
        """Where it stands."""

    @property
    def diverged(self) -> Any:
        """Which call made a number that is not finite, or None."""

    def calls(self) -> list[Any]:
        """The step's ribbon."""

    def step(self, unit: str = "op", count: int = 1, direction: str = "forward") -> Any:
        """Walk."""

    def run(self, steps: int) -> int:
        """Whole steps, fast; returns how many were run."""

    def seek(self, step: int, op: int = 0) -> Any:
        """Stand at another point of time."""

    def seek_near(self, step: int, op: int = 0) -> Any:
        """Stand there, or at the nearest step that is kept."""

    def rewind(self, step: int, op: int = 0) -> None:
        """Stand at the last state that is held before that point."""

    def seconds_to(self, step: int, op: int = 0) -> float | None:
        """How long it takes from there."""

    def known(self) -> Any:
        """The run as a line of steps."""

    def bookmarks(self) -> Any:
        """Named points of time."""

    def add_bookmark(self, name: str = "") -> Any:
        """Name this one."""

    def rename_bookmark(self, number: int, name: str) -> Any:
        """Another name."""

    def remove_bookmark(self, number: int) -> None:
        """Forget it."""

    def visit(self, number: int) -> Any:
        """Stand at one."""

    def reset(self, seed: int | None = None) -> Any:
        """Begin again."""

    def patch(self, patch: Mapping[str, Any]) -> Any:
        """Change the spec."""

    def set_parameter(self, name: str, value: Any, index: tuple[int, ...] | None = None) -> Any:
        """Change a parameter by hand."""

    def gradcheck(self, parameter: str | None, index: tuple[int, ...] | None, max_entries: int) -> Any:
        """Analytic beside numeric gradients."""

    def metrics(self) -> Any:
        """The present metrics."""
