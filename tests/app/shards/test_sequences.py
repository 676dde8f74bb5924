"""Frames of recurrent layers. With the real engine.

``python -m tests.app.shards.test_sequences`` writes tests/golden/sequence.msgpack and sequence.json anew; the page's
reader is tested with the same two files.
"""

import json
from typing import Any

import numpy as np
import pytest

from app.protocol import commands as c
from app.shards.describe import graph_data
from tests.app.shards.test_frames import GOLDEN, MAX_BYTES, read, session, viewer


def recurrent(kind: str = "lstm", units: int = 4, *, tunes: bool = False, **options: Any) -> dict[str, Any]:
    """A spec with one recurrent layer, on surnames or on tunes."""
    tokens, classes = (40, 40) if tunes else (29, 16)
    layers = [
        {"type": "embedding", "id": "letters", "tokens": tokens, "units": 4},
        {"type": kind, "id": "memory", "units": units, "return_sequences": tunes, **options},
        {"type": "dense", "id": "output", "units": classes, "activation": "softmax"},
    ]
    data = {"name": "tunes" if tunes else "surnames"}
    return {"seed": 3, "dataset": data, "layers": layers, "loss": "softmax_cross_entropy", "batch_size": 4}


def values(tensor: dict[str, Any]) -> np.ndarray[Any, Any]:
    """A sequence's values, whether coded or not; NaN where not computed."""
    flat: np.ndarray[Any, Any] = np.frombuffer(tensor["data"], tensor["dtype"]).reshape(tensor["shape"]).astype(float)
    if tensor["dtype"] == "uint8":
        low, high = np.frombuffer(tensor["steps"]["range"], np.float32).reshape(-1, 2).T[:, :, None]
        flat = low + flat / 255 * (high - low)
    if "computed" in tensor["steps"]:
        flat[np.frombuffer(tensor["steps"]["computed"], np.uint8) == 0] = np.nan
    return flat


def norms(tensor: dict[str, Any]) -> np.ndarray[Any, Any]:
    """Of each time step."""
    return np.frombuffer(tensor["steps"]["norm"], np.float32)


def test_a_quantity_of_all_time_steps_is_one_tensor() -> None:
    """The followed example's numbers, bit for bit; no node of a time step stands alone, and no part."""
    live = session(recurrent())
    live.trainer.step("batch")
    frame = read(viewer(live).frame(1))
    row = frame["example"]["row"]

    for name in ("memory.f", "memory.c", "memory.h"):
        view = live.trainer.tensor(name)
        np.testing.assert_array_equal(view.value[row], values(frame["tensors"][name]))
        np.testing.assert_array_equal(
            np.linalg.norm(view.value[row], axis=1).astype(np.float32), norms(frame["tensors"][name])
        )
        np.testing.assert_array_equal(view.gradient[row], values(frame["tensors"][f"{name}:gradient"]))
    assert not [key for key in frame["tensors"] if "[" in key]


def test_what_is_not_computed_is_never_an_old_number() -> None:
    """In the middle of the second step, the first step's numbers still lie in the buffers."""
    live = session(recurrent())
    live.trainer.run(1)
    labels = [call.label for call in live.trainer.calls()]
    live.trainer.step("op", labels.index("memory.c_new[5]") + 1)

    tensors = read(viewer(live).frame(1))["tensors"]

    assert [True] * 6 + [False] * 8 == [bool(flag) for flag in tensors["memory.f"]["steps"]["computed"]]
    assert [True] * 5 + [False] * 9 == [bool(flag) for flag in tensors["memory.h"]["steps"]["computed"]]
    assert not norms(tensors["memory.f"])[6:].any()
    assert not np.frombuffer(tensors["memory.f"]["data"], np.float32).reshape(14, 4)[6:].any()
    assert tensors["memory.f:gradient"]["data"] is None


def test_a_gradient_that_vanishes_is_not_rounded_away() -> None:
    """Coded step by step: each to half a code of its own range."""
    live = session(recurrent("rnn", 64, tunes=True))
    live.trainer.step("batch")

    packed = viewer(live, 48 * 2**10 + 110 * 2**10).frame(1)
    tensor = read(packed)["tensors"]["memory.h:gradient"]
    expected = live.trainer.tensor("memory.h").gradient[0]

    assert "quantised" == tensor["summary"]["kind"]
    half = (expected.max(axis=1) - expected.min(axis=1)) / 255 * 0.51
    assert (np.abs(expected - values(tensor)) <= half[:, None] + 1e-12).all()


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("kind", "units"), [("lstm", 64), ("gru", 128), pytest.param("lstm", 256, marks=pytest.mark.slow)]
)
def test_no_frame_is_larger_than_allowed(kind: str, units: int) -> None:
    """64 time steps, 40 tokens, and however many units."""
    live = session(recurrent(kind, units, tunes=True, bidirectional=units == 256))
    live.trainer.step("layer", 4)

    assert len(viewer(live).frame(1)) <= MAX_BYTES


def test_a_layer_on_each_time_step_keeps_all_of_them_however_small_the_frame() -> None:
    """Its units may be means of several, but T stays T, and the norm of each time step is exact."""
    live = session(recurrent("rnn", 32, tunes=True))
    live.trainer.step("batch")
    expected = np.linalg.norm(live.trainer.tensor("output.a").value[0], axis=1)
    steps = len(expected)
    frame = read(viewer(live, 48 * 2**10 + 4 * 2**10).frame(1))

    for key in ("letters.a", "output.z"):
        tensor = frame["tensors"][key]
        assert "pooled" == tensor["summary"]["kind"]
        assert steps == tensor["shape"][0] == len(np.frombuffer(tensor["steps"]["norm"], np.float32))
    assert np.frombuffer(frame["tensors"]["output.a"]["steps"]["norm"], np.float32) == pytest.approx(expected, rel=1e-5)


def test_an_example_outside_the_batch_is_evaluated() -> None:
    """All of its time steps, without gradients."""
    live = session(recurrent())
    outside = next(n for n in range(50) if not live.trainer.follow(n).in_batch)

    tensors = read(viewer(live, example=outside).frame(1))["tensors"]

    expected = live.trainer.forward([live.trainer.follow(outside).inputs])["activations"]
    for t in (0, 13):
        np.testing.assert_array_equal(expected[f"memory.h[{t}]"][0], values(tensors["memory.h"])[t])
    assert "memory.h:gradient" not in tensors


def test_the_graph_folds_time_steps() -> None:
    """One node for each quantity, which says what a middle step reads; a layer lists them."""
    graph = graph_data(session(recurrent()).trainer)
    nodes = {node["name"]: node for node in graph["nodes"]}
    layer = next(layer for layer in graph["layers"] if layer["id"] == "memory")

    assert (14, ["memory.f[t]", "memory.c[t-1]", "memory.i[t]", "memory.g[t]"]) == (
        nodes["memory.c_new"]["steps"],
        nodes["memory.c_new"]["inputs"],
    )
    assert not [name for name in nodes if "[" in name]
    assert {"name": "memory.h", "units": 4, "steps": 14, "reverse": False} in layer["blocks"]
    assert "memory.a" in layer["nodes"]


def golden() -> tuple[bytes, dict[str, Any]]:
    """The middle of a backward pass, some of it coded; and what it must say."""
    live = session(recurrent(units=6))
    live.trainer.run(2)
    labels = [call.label for call in live.trainer.calls()]
    live.handle(c.Step(count=labels.index("d memory.f[9]") + 1))
    live.advance(60.0, lambda: 0.0)
    packed = viewer(live, 48 * 2**10 + 6 * 2**10).frame(7)
    tensors = {
        key: {
            "shape": tensor["shape"],
            "dtype": tensor["dtype"],
            "norm": norms(tensor).tolist(),
            "computed": [bool(flag) for flag in tensor["steps"].get("computed", b"\1" * tensor["shape"][0])],
            "first": [None if np.isnan(value) else value for value in values(tensor).ravel()[:3]],
            "last": [None if np.isnan(value) else value for value in values(tensor).ravel()[-3:]],
        }
        for key, tensor in read(packed)["tensors"].items()
        if "steps" in tensor
    }
    return packed, {"tensors": tensors}


def test_the_golden_frame_is_still_what_is_sent() -> None:
    """Same keys, shapes and norms; the page's reader is tested with the very same file."""
    _, expected = golden()
    kept = json.loads((GOLDEN / "sequence.json").read_text())["tensors"]

    assert kept.keys() == expected["tensors"].keys()
    for key, tensor in expected["tensors"].items():
        assert (kept[key]["shape"], kept[key]["dtype"]) == (list(tensor["shape"]), tensor["dtype"])
        assert kept[key]["computed"] == tensor["computed"]
        np.testing.assert_allclose(kept[key]["norm"], tensor["norm"], rtol=1e-3, atol=1e-7)


if __name__ == "__main__":
    data, description = golden()
    (GOLDEN / "sequence.msgpack").write_bytes(data)
    (GOLDEN / "sequence.json").write_text(json.dumps(description, indent=1) + "\n")
