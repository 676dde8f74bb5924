"""How long a frame takes, and how large it is.

Aim: 2-8-8-1 at most 0.3 ms and 32 KiB; an LSTM over 64 time steps, stopped in its backward pass, 3 ms and 256 KiB;
so ConvNetJS's network for MNIST, and every preset.
"""

import json
from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Any

from app.protocol.commands import Watch
from app.shards.engine_port import describe, open_cursor
from app.shards.frames import Viewer
from app.shards.heatmaps import HeatMaps
from app.shards.session import Session
from app.shards.transitions import Mode
from engine.presets import PRESETS

DENSE = {"type": "dense", "activation": "tanh", "units": 8}
SPEC = {
    "seed": 1,
    "dataset": {"name": "spiral"},
    "layers": [
        {**DENSE, "id": "hidden1"},
        {**DENSE, "id": "hidden2"},
        {**DENSE, "id": "output", "units": 1, "activation": "sigmoid"},
    ],
    "loss": "binary_cross_entropy",
    "batch_size": 10,
}
RECURRENT = {
    "seed": 1,
    "dataset": {"name": "tunes"},
    "layers": [
        {"type": "embedding", "id": "letters", "tokens": 40, "units": 16},
        {"type": "lstm", "id": "lstm", "units": 64, "return_sequences": True},
        {"type": "dense", "id": "output", "units": 40, "activation": "softmax"},
    ],
    "loss": "softmax_cross_entropy",
    "batch_size": 32,
}
CONV = {"type": "conv2d", "kernel": 5, "padding": "same", "activation": "relu"}
MNIST = {
    "seed": 1,
    "dataset": {"name": "mnist"},
    "layers": [
        {**CONV, "id": "conv1", "filters": 8},
        {"id": "pool1", "type": "max_pool2d", "size": 2},
        {**CONV, "id": "conv2", "filters": 16},
        {"id": "pool2", "type": "max_pool2d", "size": 3},
        {"id": "flat", "type": "flatten"},
        {**DENSE, "id": "output", "units": 10, "activation": "softmax"},
    ],
    "loss": "softmax_cross_entropy",
    "batch_size": 20,
}
ROUNDS = 9


def microseconds(work: Callable[[], object], repeats: int) -> float:
    """The median over rounds of the mean time."""
    rounds = []
    for _ in range(ROUNDS):
        start = perf_counter()
        for _ in range(repeats):
            work()
        rounds.append((perf_counter() - start) / repeats * 1e6)
    return median(rounds)


def dense() -> None:
    """With heat maps (fresh, and as affordable while playing) and without."""
    session, viewer = opened(SPEC, 100)
    for title, heatmaps, mode in (
        ("2-8-8-1 without heat maps", False, Mode.PAUSED),
        ("with 17 heat maps + 2 of the inputs, 32×32, as often as affordable", True, Mode.PLAYING),
        ("the same, all evaluated anew for each frame", True, Mode.PAUSED),
    ):
        viewer.look_at(Watch(heatmaps=heatmaps))
        session.mode = mode
        report(title, session, viewer, 300)


def recurrent() -> None:
    """LSTM of 64 units over 64 time steps and 40 tokens: finished, and in the middle of its backward pass."""
    session, viewer = opened(RECURRENT, 1)
    calls = session.about()["calls"]
    report("40 tokens, embedding, LSTM of 64 units, 64 time steps", session, viewer, 20)
    session.trainer.step("op", 3 * len(calls["kind"]) // 4)
    report("the same in its backward pass", session, viewer, 20)
    size = len(json.dumps(calls, separators=(",", ":"))) / 2**10
    print(f"\nIts {len(calls['kind']):,} calls, as columns: {size:.0f} KiB")


def images() -> None:
    """Feature maps of the followed example, kernels of all."""
    session, viewer = opened(MNIST, 3)
    report("MNIST: conv 8·5×5, pool, conv 16·5×5, pool, 10 classes", session, viewer, 50)


def presets() -> None:
    """Every session that one may begin with, in the middle of a backward pass."""
    for preset in PRESETS.values():
        session, viewer = opened(preset.spec.model_dump(mode="json"), 1)
        session.trainer.step("op", 3 * len(session.about()["calls"]["kind"]) // 4)
        viewer.look_at(Watch(heatmaps=True))
        session.mode = Mode.PLAYING
        report(f"preset {preset.name}", session, viewer, 20)


def opened(spec: dict[str, Any], steps: int) -> tuple[Session, Viewer]:
    """A session some steps old, and who looks at it."""
    cursor = open_cursor(spec, None, {})
    cursor.run(steps)
    session = Session("benchmark", cursor, describe)
    return session, Viewer(session, HeatMaps(cursor), 256 * 2**10)


def report(title: str, session: Session, viewer: Viewer, repeats: int) -> None:
    """Print one row."""

    def frame() -> bytes:
        session.version += 1
        return viewer.frame(1)

    size = len(frame())
    print(f"| {title} | {microseconds(frame, repeats):.0f} | {size / 2**10:.1f} |")


def main() -> None:
    """Print time and size of each."""
    print("| frame | µs | KiB |\n|---|---|---|")
    dense()
    recurrent()
    images()
    presets()


if __name__ == "__main__":
    main()
