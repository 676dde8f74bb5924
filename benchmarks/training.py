"""Whole training steps, beside PyTorch eager: draw a batch, forward, loss, backward, update; float32, one BLAS thread.

Each figure is the best of several rounds, taken in turn, so that both sides see the same load. PyTorch does less: it
keeps neither the deltas, nor their ledger, nor the parameters before the step.
"""

import os

os.environ.update(dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1"))

import time  # after the line above: numpy reads the number of threads when it is imported
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np

from engine.arrays import Array
from engine.graph import compile_graph
from engine.spec import SessionSpec
from engine.trainer import Trainer

ROUNDS = 12
ROUND_SECONDS = 0.08
OPTIMIZERS = ("sgd", "adam")


@dataclass(frozen=True)
class Case:
    """One network and its batch."""

    sizes: tuple[int, ...]
    batch: int
    hidden: str = "tanh"
    output: str = "tanh"
    loss: str = "mse"

    @property
    def title(self) -> str:
        """``2-8-8-1, 10``."""
        return f"{'-'.join(map(str, self.sizes))}, {self.batch}"

    def data(self) -> tuple[Array, Array]:
        """Ten batches of noise; the targets are one-hot rows or signs."""
        rng = np.random.default_rng(0)
        inputs = rng.normal(size=(10 * self.batch, self.sizes[0])).astype(np.float32)
        classes = rng.integers(self.sizes[-1] if self.sizes[-1] > 1 else 2, size=len(inputs))
        if self.sizes[-1] > 1:
            return inputs, np.eye(self.sizes[-1], dtype=np.float32)[classes]
        return inputs, (2 * classes - 1).astype(np.float32).reshape(-1, 1)


CASES = (
    Case((2, 4, 2, 1), 10),
    Case((2, 8, 8, 1), 10),
    Case((2, 8, 8, 8, 8, 8, 8, 1), 10),
    Case((64, 128, 64, 1), 32),
    Case((784, 512, 512, 10), 128, hidden="relu", output="softmax", loss="softmax_cross_entropy"),
)


def our_step(case: Case, optimizer: str) -> Callable[[], object]:
    """A training step of the engine."""
    *hidden, last = case.sizes[1:]
    layers = [{"type": "dense", "units": units, "activation": case.hidden} for units in hidden]
    spec = SessionSpec.model_validate(
        {
            "dataset": {"name": "xor"},  # a placeholder: the trainer below is given other data
            "layers": [*layers, {"type": "dense", "units": last, "activation": case.output}],
            "loss": case.loss,
            "optimizer": {"type": optimizer, "learning_rate": 0.001},
            "batch_size": case.batch,
        }
    )
    trainer = Trainer(spec, compile_graph(spec, (case.sizes[0],)), *case.data())
    return trainer.run_step


def torch_step(torch: ModuleType, case: Case, optimizer: str) -> Callable[[], object]:
    """The same step as PyTorch's tutorials write it."""
    nn = torch.nn
    activations = {"tanh": nn.Tanh, "relu": nn.ReLU}
    parts: list[Any] = []
    for place, (fan_in, units) in enumerate(zip(case.sizes, case.sizes[1:], strict=False), start=2):
        name = case.output if place == len(case.sizes) else case.hidden
        parts += [nn.Linear(fan_in, units), *([activations[name]()] if name in activations else [])]
    model = nn.Sequential(*parts)
    criterion = nn.CrossEntropyLoss() if case.loss == "softmax_cross_entropy" else nn.MSELoss()
    update = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}[optimizer](model.parameters(), lr=0.001)
    inputs, targets = (torch.from_numpy(array) for array in case.data())
    state = {"batch": 0, "order": torch.randperm(len(inputs))}

    def step() -> None:
        start = case.batch * state["batch"]
        rows = state["order"][start : start + case.batch]
        update.zero_grad()
        criterion(model(inputs[rows]), targets[rows]).backward()
        update.step()
        state["batch"] += 1
        if state["batch"] * case.batch == len(inputs):
            state.update(batch=0, order=torch.randperm(len(inputs)))

    return step


def import_torch() -> ModuleType | None:
    """PyTorch on one thread, or None."""
    try:
        import torch  # noqa: PLC0415 - a development dependency that may be absent
    except ImportError:
        return None
    torch.set_num_threads(1)
    return torch


def best_of(steps: list[Callable[[], object]]) -> list[float]:
    """Microseconds per step of each, the rounds taken in turn."""
    counts = [_steps_per_round(step) for step in steps]
    best = [float("inf")] * len(steps)
    for _ in range(ROUNDS):
        for place, step in enumerate(steps):
            best[place] = min(best[place], _time(step, counts[place]))
    return [seconds * 1e6 for seconds in best]


def _steps_per_round(step: Callable[[], object]) -> int:
    _time(step, 3)
    return max(3, int(ROUND_SECONDS / _time(step, 10)))


def _time(step: Callable[[], object], count: int) -> float:
    """Seconds per step."""
    start = time.perf_counter()
    for _ in range(count):
        step()
    return (time.perf_counter() - start) / count


def main() -> None:
    """Print the table."""
    torch = import_torch()
    if torch is None:
        print("PyTorch is not installed: its columns are left out (`make bench-torch` installs it).\n")
    print("| network, batch | optimizer | Deltaflow, µs | PyTorch eager, µs | times as fast |")
    print("|---|---|---:|---:|---:|")
    for case in CASES:
        for optimizer in OPTIMIZERS:
            steps = [our_step(case, optimizer), *([torch_step(torch, case, optimizer)] if torch else [])]
            ours, *theirs = best_of(steps)
            other, ratio = (f"{theirs[0]:,.1f}", f"{theirs[0] / ours:.1f}") if theirs else ("–", "–")
            print(f"| {case.title} | {optimizer} | {ours:,.1f} | {other} | {ratio} |", flush=True)


if __name__ == "__main__":
    main()
