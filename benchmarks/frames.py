"""How long a frame of a 2-8-8-1 network takes, and how large it is. Aim: at most 0.3 ms and 32 KiB."""

from collections.abc import Callable
from statistics import median
from time import perf_counter

from app.protocol.commands import Watch
from app.shards.engine_port import describe, open_cursor
from app.shards.frames import Viewer
from app.shards.heatmaps import HeatMaps
from app.shards.session import Session
from app.shards.transitions import Mode

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
REPEATS, ROUNDS = 300, 9


def microseconds(work: Callable[[], object]) -> float:
    """The median over rounds of the mean time."""
    rounds = []
    for _ in range(ROUNDS):
        start = perf_counter()
        for _ in range(REPEATS):
            work()
        rounds.append((perf_counter() - start) / REPEATS * 1e6)
    return median(rounds)


def main() -> None:
    """Print both figures, with heat maps (fresh, and as affordable while playing) and without."""
    cursor = open_cursor(SPEC, None, {})
    cursor.run(100)
    session = Session("benchmark", cursor, describe)
    viewer = Viewer(session, HeatMaps(cursor), 256 * 2**10)

    def frame() -> bytes:
        session.version += 1
        return viewer.frame(1)

    print("| frame of 2-8-8-1 | µs | KiB |\n|---|---|---|")
    for title, heatmaps, mode in (
        ("without heat maps", False, Mode.PAUSED),
        ("17 heat maps + 2 of the inputs, 32×32, as often as affordable", True, Mode.PLAYING),
        ("the same, all evaluated anew for each frame", True, Mode.PAUSED),
    ):
        viewer.look_at(Watch(heatmaps=heatmaps))
        session.mode = mode
        size = len(frame())
        print(f"| {title} | {microseconds(frame):.0f} | {size / 2**10:.1f} |")


if __name__ == "__main__":
    main()
