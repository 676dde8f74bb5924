"""Whole training steps of recurrent layers, beside PyTorch eager: 28 inputs, 12 steps, 32 units, batch 16, Adam.

Our steps keep every gate of every time step as a number to look at; PyTorch runs one fused kernel and keeps none.
"""

import os

os.environ.update(dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1"))

from collections.abc import Callable  # after the line above: numpy reads the number of threads when it is imported
from types import ModuleType

import numpy as np

from benchmarks.training import best_of, import_torch
from engine.arrays import Array
from engine.graph import compile_graph
from engine.spec import SessionSpec
from engine.trainer import Trainer

STEPS, INPUTS, UNITS, CLASSES, BATCH = 12, 28, 32, 16, 16
KINDS = ("rnn", "gru", "lstm")


def data() -> tuple[Array, Array]:
    """Ten batches of noise, and classes."""
    rng = np.random.default_rng(0)
    inputs = rng.normal(size=(10 * BATCH, STEPS, INPUTS)).astype(np.float32)
    return inputs, rng.integers(CLASSES, size=len(inputs))


def our_step(kind: str) -> Callable[[], object]:
    """A training step of the engine."""
    spec = SessionSpec.model_validate(
        {
            "dataset": {"name": "xor"},  # a placeholder: the trainer below is given other data
            "layers": [
                {"type": kind, "units": UNITS},
                {"type": "dense", "units": CLASSES, "activation": "softmax"},
            ],
            "loss": "softmax_cross_entropy",
            "optimizer": {"type": "adam", "learning_rate": 0.001},
            "batch_size": BATCH,
        }
    )
    inputs, classes = data()
    one_hot = np.eye(CLASSES, dtype=np.float32)[classes]
    return Trainer(spec, compile_graph(spec, (STEPS, INPUTS)), inputs, one_hot).run_step


def torch_step(torch: ModuleType, kind: str) -> Callable[[], object]:
    """The same step as PyTorch's tutorials write it."""
    nn = torch.nn
    memory = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}[kind](INPUTS, UNITS, batch_first=True)
    output, criterion = nn.Linear(UNITS, CLASSES), nn.CrossEntropyLoss()
    update = torch.optim.Adam([*memory.parameters(), *output.parameters()], lr=0.001)
    inputs, targets = (torch.from_numpy(array) for array in data())
    state = {"batch": 0, "order": torch.randperm(len(inputs))}

    def step() -> None:
        start = BATCH * state["batch"]
        rows = state["order"][start : start + BATCH]
        update.zero_grad()
        said, _ = memory(inputs[rows])
        criterion(output(said[:, -1]), targets[rows]).backward()
        update.step()
        state["batch"] += 1
        if state["batch"] * BATCH == len(inputs):
            state.update(batch=0, order=torch.randperm(len(inputs)))

    return step


def main() -> None:
    """Print the table."""
    torch = import_torch()
    print("| 28 → 32, 12 time steps, batch 16, Adam | Deltaflow, µs | PyTorch eager, µs | times as fast |")
    print("|---|---:|---:|---:|")
    for kind in KINDS:
        steps = [our_step(kind), *([torch_step(torch, kind)] if torch else [])]
        ours, *theirs = best_of(steps)
        other, ratio = (f"{theirs[0]:,.0f}", f"{theirs[0] / ours:.1f}") if theirs else ("–", "–")
        print(f"| {kind} | {ours:,.0f} | {other} | {ratio} |", flush=True)


if __name__ == "__main__":
    main()
