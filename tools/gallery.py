"""Record the gallery's golden frames: true moments of small networks, one scene for each kind of operation.

``python -m tools.gallery`` writes static/gallery/*.msgpack. The page ``/gallery`` draws them, tests/js/gallery.test.js
holds what is drawn, and tests/test_gallery.py records again and compares.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgpack

from app.protocol import commands as c
from app.protocol.ribbon import unpack_calls
from app.shards.engine_port import describe, open_cursor
from app.shards.frames import Viewer
from app.shards.heatmaps import HeatMaps
from app.shards.session import Session
from engine.presets import PRESETS

FOLDER = Path(__file__).resolve().parents[1] / "static" / "gallery"
MAX_BYTES = 64 * 2**10
RESOLUTION = 16

Spec = dict[str, Any]


def _preset(name: str, **changes: Any) -> Spec:
    return {**PRESETS[name].spec.model_dump(mode="json"), **changes}


def _dense(name: str, units: int, activation: str, **more: Any) -> Spec:
    return {"id": name, "type": "dense", "units": units, "activation": activation, **more}


#: Name -> the network whose step is shown.
STORIES: dict[str, Spec] = {
    "fruit": _preset("fruit"),
    "line": _preset("line"),
    "regression": {
        "seed": 3,
        "dataset": {"name": "diabetes"},
        "layers": [_dense("hidden1", 12, "relu"), _dense("output", 1, "linear")],
        "loss": "huber",
        "optimizer": {"type": "momentum", "learning_rate": 0.01, "clip": {"type": "norm", "limit": 0.1}},
        "regularization": {"l2": 0.01},
        "batch_size": 16,
    },
    "wide": {
        "seed": 1,
        "dataset": {"name": "spiral"},
        "layers": [_dense("wide1", 64, "relu"), _dense("wide2", 64, "relu"), _dense("output", 1, "sigmoid")],
        "loss": "binary_cross_entropy",
        "batch_size": 10,
    },
    "skip": {
        "seed": 2,
        "dataset": {"name": "iris"},
        "layers": [
            _dense("hidden1", 6, "tanh"),
            _dense("hidden2", 6, "tanh"),
            {"id": "residual", "type": "add", "inputs": ["hidden2", "hidden1"]},
            {"id": "norm", "type": "layer_norm"},
            {"id": "drop", "type": "dropout", "rate": 0.3},
            _dense("output", 3, "softmax"),
        ],
        "loss": "softmax_cross_entropy",
        "batch_size": 8,
    },
    "digits": {
        "seed": 1,
        "dataset": {"name": "digits"},
        "layers": [
            {"id": "conv", "type": "conv2d", "filters": 3, "kernel": 3, "padding": "same", "activation": "relu"},
            {"id": "pool", "type": "max_pool2d", "size": 2},
            {"id": "mean", "type": "avg_pool2d", "size": 2},
            {"id": "flat", "type": "flatten"},
            _dense("output", 10, "softmax"),
        ],
        "loss": "softmax_cross_entropy",
        "batch_size": 8,
    },
    "surnames": {
        "seed": 3,
        "dataset": {"name": "surnames"},
        "layers": [
            {"type": "embedding", "id": "letters", "tokens": 29, "units": 4},
            {"type": "lstm", "id": "lstm", "units": 4},
            _dense("output", 16, "softmax"),
        ],
        "loss": "softmax_cross_entropy",
        "batch_size": 4,
    },
    "translation": {
        "seed": 1,
        "dataset": {"name": "number_words", "limit": 20, "test_fraction": 0.0},
        "layers": [
            {"id": "letters", "type": "embedding", "tokens": 22, "units": 4},
            {"id": "encoder", "type": "gru", "units": 4, "return_sequences": True},
            {"id": "decoder", "type": "decoder", "units": 4, "tokens": 25, "cell": "gru", "attention": True},
        ],
        "loss": "softmax_cross_entropy",
        "batch_size": 4,
    },
}


def record(spec: Spec) -> dict[str, Any]:
    """A story: graph, ribbon and dataset, and for each kind of operation the frames before and after its first call."""
    session = Session("gallery", open_cursor(spec, None, {}), describe)
    _walk(session, "batch")
    viewer = Viewer(session, HeatMaps(session.trainer), MAX_BYTES)
    viewer.look_at(c.Watch(heatmaps=True, resolution=RESOLUTION))
    about = session.snapshot()
    calls = unpack_calls(about["calls"])
    scenes = list(_scenes(calls))
    ops = sorted({op for scene in scenes for op in (scene["before"], scene["after"])})
    frames = [_frame(session, viewer, op) for op in ops]
    return {
        "graph": about["graph"],
        "calls": about["calls"],
        "dataset": _named(about["dataset"]),
        "frames": dict(zip(ops, frames, strict=True)),
        "scenes": scenes,
    }


def _scenes(calls: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The first call of each kind of operation, and the whole step: how many calls have run before and after it."""
    seen = set()
    for call in calls:
        kind = (call["kind"], call["op"])
        if kind not in seen:
            seen.add(kind)
            yield {"name": call["label"], "before": call["index"], "after": call["index"] + 1}
    yield {"name": "a whole step", "before": 0, "after": len(calls)}


def _frame(session: Session, viewer: Viewer, op: int) -> bytes:
    """The frame of step 1 when ``op`` of its calls have run; the last is walked, so that its sentence is told."""
    session.handle(c.Seek(step=1, op=max(0, op - 1)))
    if op:
        _walk(session, "op")
    return viewer.frame(op)


def _walk(session: Session, unit: c.Unit) -> None:
    session.handle(c.Step(unit=unit))
    while session.busy:
        session.advance(1.0, lambda: 0.0)


def _named(dataset: dict[str, Any]) -> dict[str, Any]:
    """What the stage needs of the dataset: names, not examples."""
    names = ("name", "task", "features", "classes", "tokens", "target_tokens")
    return {name: dataset[name] for name in names if name in dataset}


def main() -> None:
    """Write them all."""
    FOLDER.mkdir(exist_ok=True)
    for name, spec in STORIES.items():
        packed = msgpack.packb(record(spec))
        (FOLDER / f"{name}.msgpack").write_bytes(packed)
        print(f"{name}: {len(packed) / 1024:.0f} KiB")


if __name__ == "__main__":
    main()
