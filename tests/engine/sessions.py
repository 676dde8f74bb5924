"""Small sessions for the tests of the cursor."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from engine.cursor import Cursor
from engine.patching import validated
from engine.spec import SessionSpec

HIDDEN = {"id": "hidden1", "type": "dense", "units": 3, "activation": "tanh"}
OUTPUT = {"id": "output", "type": "dense", "units": 1, "activation": "sigmoid"}
FRUIT = {"name": "fruit", "test_fraction": 0.25}
MAZUR_WEIGHTS = {
    "hidden1.W": [[0.15, 0.25], [0.20, 0.30]],
    "hidden1.b": [0.35, 0.35],
    "output.W": [[0.40, 0.50], [0.45, 0.55]],
    "output.b": [0.60, 0.60],
}


def spec(**changes: Any) -> SessionSpec:
    """28 fruits in batches of 8 (the last has 4), three tanh units, Adam, float32; with these changes."""
    data: dict[str, Any] = {
        "dataset": FRUIT,
        "seed": 3,
        "batch_size": 8,
        "layers": [HIDDEN, OUTPUT],
        "loss": "binary_cross_entropy",
        "optimizer": {"type": "adam", "learning_rate": 0.05},
    }
    return validated(data | changes)


def cursor(**changes: Any) -> Cursor:
    """A session on that spec."""
    return Cursor(spec(**changes))


def mazur() -> Cursor:
    """Matt Mazur's worked example: two inputs, two hidden and two output units, one example."""
    sigmoid = {"type": "dense", "units": 2, "activation": "sigmoid"}
    return Cursor(
        spec(
            dataset={"inline": {"inputs": [[0.05, 0.10]], "targets": [[0.01, 0.99]]}},
            layers=[{"id": "hidden1", **sigmoid}, {"id": "output", **sigmoid}],
            loss="half_squared_error",
            optimizer={"type": "sgd", "learning_rate": 0.5},
            batch_size="full",
            dtype="float64",
        ),
        parameters=MAZUR_WEIGHTS,
    )


def everything(session: Cursor) -> dict[str, Any]:
    """All that can be seen at this position and all that the future depends on, for comparison bit for bit."""
    state = session.network.trainer.state()
    seen: dict[str, Any] = {
        "position": session.position,
        "params": state.params.tobytes(),
        "ledger": state.ledger.tobytes(),
        **{f"slot {name}": slot.tobytes() for name, slot in state.slots.items()},
    }
    for name in (*session.network.graph.nodes, *session.network.graph.parameters):
        view = session.tensor(name)
        for quantity in ("value", "gradient", "delta"):
            array = getattr(view, quantity)
            seen[f"{name} {quantity}"] = None if array is None else (array.shape, array.tobytes())
    return seen


def computed(session: Cursor) -> set[str]:
    """Names of all that is computed at this position, parameters' values aside."""
    seen = {name for name, value in everything(session).items() if value is not None}
    return {name for name in seen if name.endswith((" value", " gradient", " delta"))} - {
        f"{name} value" for name in session.parameters()
    }


class FakeClock:
    """Seconds of computing that pass only with the steps of a trainer.

    Args:
        seconds_per_step: of each whole step.
    """

    def __init__(self, seconds_per_step: float) -> None:
        self.seconds_per_step = seconds_per_step
        self.steps = 0

    def __call__(self) -> float:
        """Now."""
        return self.steps * self.seconds_per_step

    def watch(self, session: Cursor) -> None:
        """Count the whole steps of this session from now on."""
        trainer = session.network.trainer
        trainer.run_step = self._counting(trainer.run_step)  # type: ignore[method-assign]

    def _counting(self, run: Callable[[], None]) -> Callable[[], None]:
        def counted() -> None:
            self.steps += 1
            run()

        return counted


def straight_to(make: Callable[[], Cursor], step: int, op: int) -> Cursor:
    """A fresh session that has walked straight to this position, call by call at the end."""
    fresh = make()
    fresh.run(step)
    if op:
        fresh.step("op", op)
    return fresh


def ops(session: Cursor, count: int) -> Iterator[str]:
    """Step so many calls and yield the label of each."""
    for _ in range(count):
        yield session.step().ran[-1].label


def largest_difference(left: Any, right: Any) -> float:
    """Of two arrays."""
    return float(np.max(np.abs(np.asarray(left) - np.asarray(right))))
