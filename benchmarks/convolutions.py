"""Whole training steps of convolutional networks, beside PyTorch eager and ConvNetJS: float32, one BLAS thread, SGD.

Each figure is the best of several rounds. PyTorch's rounds are taken in turn with ours; ConvNetJS runs in Node, before
them. All three draw batches, compute forward, loss and backward, and update; ours keeps the ledger of deltas as well.
"""

import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.training import best_of, import_torch  # first: it sets the number of threads before numpy is imported

import numpy as np  # isort: skip

from engine.arrays import Array
from engine.graph import compile_graph
from engine.spec import SessionSpec
from engine.trainer import Trainer

ROOT = Path(__file__).parents[1]
CONVNETJS = ROOT / "tools" / "js" / "node_modules" / "convnetjs"
CLASSES = 10
BATCH = 20
#: ConvNetJS is to be at least so many times as slow on its own net.
LEAST_RATIO = 20


@dataclass(frozen=True)
class Block:
    """A convolution that keeps the size, relu, max pooling (size = stride)."""

    filters: int
    kernel: int
    pool: int


@dataclass(frozen=True)
class Case:
    """Some blocks on square images of one channel, and a dense layer of ten classes."""

    title: str
    side: int
    blocks: tuple[Block, ...]

    def data(self) -> tuple[Array, Array]:
        """Ten batches of noise, the targets one-hot rows."""
        rng = np.random.default_rng(0)
        inputs = rng.random((10 * BATCH, 1, self.side, self.side), np.float32)
        return inputs, np.eye(CLASSES, dtype=np.float32)[rng.integers(CLASSES, size=len(inputs))]


CASES = (
    Case("8·3×3, pool 2, 16·3×3, pool 2 on 8×8", 8, (Block(8, 3, 2), Block(16, 3, 2))),
    Case("ConvNetJS's MNIST net: 8·5×5, pool 2, 16·5×5, pool 3 on 28×28", 28, (Block(8, 5, 2), Block(16, 5, 3))),
)


def our_step(case: Case) -> Callable[[], object]:
    """A training step of the engine."""
    layers: list[dict[str, Any]] = []
    for place, block in enumerate(case.blocks):
        conv = {"filters": block.filters, "kernel": block.kernel, "padding": "same", "activation": "relu"}
        layers += [{"id": f"conv{place}", "type": "conv2d", **conv}]
        layers += [{"id": f"pool{place}", "type": "max_pool2d", "size": block.pool}]
    layers += [{"id": "flat", "type": "flatten"}]
    layers += [{"id": "output", "type": "dense", "units": CLASSES, "activation": "softmax"}]
    spec = SessionSpec.model_validate(
        {
            "dataset": {"name": "xor"},  # a placeholder: the trainer below is given other data
            "layers": layers,
            "loss": "softmax_cross_entropy",
            "optimizer": {"type": "sgd", "learning_rate": 0.001},
            "batch_size": BATCH,
        }
    )
    inputs, targets = case.data()
    return Trainer(spec, compile_graph(spec, inputs.shape[1:]), inputs, targets).run_step


def torch_step(torch: ModuleType, case: Case) -> Callable[[], object]:
    """The same step as PyTorch's tutorials write it."""
    nn = torch.nn
    parts: list[Any] = []
    channels, side = 1, case.side
    for block in case.blocks:
        parts += [nn.Conv2d(channels, block.filters, block.kernel, padding="same"), nn.ReLU(), nn.MaxPool2d(block.pool)]
        channels, side = block.filters, side // block.pool
    model = nn.Sequential(*parts, nn.Flatten(), nn.Linear(channels * side * side, CLASSES))
    criterion, update = nn.CrossEntropyLoss(), torch.optim.SGD(model.parameters(), lr=0.001)
    inputs, targets = (torch.from_numpy(array) for array in case.data())
    state = {"batch": 0, "order": torch.randperm(len(inputs))}

    def step() -> None:
        start = BATCH * state["batch"]
        rows = state["order"][start : start + BATCH]
        update.zero_grad()
        criterion(model(inputs[rows]), targets[rows]).backward()
        update.step()
        state["batch"] += 1
        if state["batch"] * BATCH == len(inputs):
            state.update(batch=0, order=torch.randperm(len(inputs)))

    return step


def convnetjs_microseconds(case: Case, directory: Path = CONVNETJS) -> float | None:
    """A training step of ConvNetJS in Node; None if either is not installed."""
    node = shutil.which("node")
    if node is None or not directory.is_dir():
        return None
    layers: list[dict[str, Any]] = [{"type": "input", "out_sx": case.side, "out_sy": case.side, "out_depth": 1}]
    for block in case.blocks:
        conv = {"sx": block.kernel, "filters": block.filters, "stride": 1, "pad": block.kernel // 2}
        layers += [{"type": "conv", **conv, "activation": "relu"}]
        layers += [{"type": "pool", "sx": block.pool, "stride": block.pool}]
    layers += [{"type": "softmax", "num_classes": CLASSES}]
    script = ROOT / "benchmarks" / "convnetjs.mjs"
    command = [node, str(script), str(directory), json.dumps(layers), str(BATCH)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)  # noqa: S603 - our own script


def main() -> None:
    """Print the table."""
    torch = import_torch()
    print("| network, batch 20 | Deltaflow, µs | PyTorch eager, µs | times as fast | ConvNetJS, µs | times as fast |")
    print("|---|---:|---:|---:|---:|---:|")
    for case in CASES:
        script = convnetjs_microseconds(case)
        ours, *others = best_of([our_step(case), *([torch_step(torch, case)] if torch else [])])
        cells = [cell for other in (others[0] if others else None, script) for cell in _compared(other, ours)]
        print(f"| {case.title} | {ours:,.1f} | {' | '.join(cells)} |", flush=True)
    print(f"\nOn its own MNIST net ConvNetJS is to take at least {LEAST_RATIO} times as long.")


def _compared(other: float | None, ours: float) -> tuple[str, str]:
    return ("–", "–") if other is None else (f"{other:,.1f}", f"{other / ours:.1f}")


if __name__ == "__main__":
    main()
