"""Frames: what they carry, what they say was not computed, how large they get. With the real engine.

``python -m tests.app.shards.test_frames`` writes tests/golden/frame.msgpack and frame.json anew; the page's reader is
tested with the same two files.
"""

import json
import time
from pathlib import Path
from typing import Any

import msgpack
import numpy as np
import pytest

from app.protocol import commands as c
from app.shards.engine_port import describe, open_cursor
from app.shards.frames import HEAD_BYTES, Viewer
from app.shards.heatmaps import HeatMaps
from app.shards.session import Session
from app.shards.summaries import LEVELS
from engine.presets import PRESETS

GOLDEN = Path(__file__).parents[2] / "golden"
MAX_BYTES = 256 * 2**10


def session(spec: dict[str, Any] | None = None) -> Session:
    """A session with the real engine; the fruit preset if nothing is said."""
    spec = spec or PRESETS["fruit"].spec.model_dump(mode="json")
    return Session("s1", open_cursor(spec, None, {"layers": 64, "units": 512}), describe)


def viewer(live: Session, max_bytes: int = MAX_BYTES, **watch: Any) -> Viewer:
    """Somebody who looks at it."""
    looking = Viewer(live, HeatMaps(live.trainer), max_bytes)
    looking.look_at(c.Watch(**watch))
    return looking


def read(packed: bytes) -> dict[str, Any]:
    """What a client sees."""
    frame: dict[str, Any] = msgpack.unpackb(packed)
    return frame


def array(tensor: dict[str, Any]) -> np.ndarray[Any, Any]:
    """A tensor's values."""
    flat: np.ndarray[Any, Any] = np.frombuffer(tensor["data"], tensor["dtype"]).reshape(tensor["shape"])
    if tensor["dtype"] == "float32":
        return flat
    values: np.ndarray[Any, Any] = tensor["min"] + flat / 255 * (tensor["max"] - tensor["min"])
    return values


def dense(units: int, depth: int, **options: Any) -> dict[str, Any]:
    """A spec with ``depth`` hidden layers of this width."""
    layers = [{"type": "dense", "id": f"h{n}", "units": units, "activation": "relu"} for n in range(depth)]
    output = {"type": "dense", "id": "output", "units": 1, "activation": "sigmoid"}
    return {
        "dataset": {"name": "spiral"},
        "layers": [*layers, output],
        "loss": "binary_cross_entropy",
        "batch_size": 4,
        **options,
    }


def test_what_was_not_computed_is_null() -> None:
    """Before the first operation there are weights, and nothing else."""
    tensors = read(viewer(session()).frame(1))["tensors"]

    computed = {key for key, tensor in tensors.items() if tensor["data"] is not None}

    assert {"hidden1.W", "hidden1.b", "output.W", "output.b"} == computed


def test_each_operation_adds_what_it_computed() -> None:
    """After an operation exactly its result is there too."""
    live = session()
    looking = viewer(live)
    seen: set[str] = set()
    for call in live.trainer.calls()[:5]:
        live.trainer.step("op")
        frame = read(looking.frame(1))
        now = {key for key, tensor in frame["tensors"].items() if tensor["data"] is not None}
        assert call.node in now - seen
        assert call.label == frame["ran"]["label"]
        seen = now


def test_numbers_are_the_engines() -> None:
    """The followed example's row, the parameters, their gradients and deltas, bit for bit."""
    live = session()
    live.trainer.step("batch")
    frame = read(viewer(live, example=3).frame(1))
    row, trainer = frame["example"]["row"], live.trainer

    assert 3 == frame["example"]["example"]
    for node in ("input.a", "hidden1.z", "hidden1.a", "output.z", "output.a", "target"):
        np.testing.assert_array_equal(trainer.tensor(node).value[row], array(frame["tensors"][node]))
    for name in ("hidden1.W", "output.b"):
        view = trainer.tensor(name)
        np.testing.assert_array_equal(view.value, array(frame["tensors"][name]))
        np.testing.assert_array_equal(view.gradient, array(frame["tensors"][f"{name}:gradient"]))
        np.testing.assert_array_equal(view.delta, array(frame["tensors"][f"{name}:delta"]))


def test_the_loss_of_the_followed_example_stands_beside_that_of_the_batch() -> None:
    """The mean of the examples' losses is the batch's."""
    live = session()
    live.trainer.step("batch")

    frames = [read(viewer(live, example=n).frame(1)) for n in range(38)]

    alone = [array(frame["tensors"]["loss:example"]) for frame in frames]
    assert array(frames[0]["tensors"]["loss"]) == pytest.approx(float(np.mean(alone)), rel=1e-5)


def test_an_example_outside_the_batch_is_evaluated_and_says_so() -> None:
    """Its activations are those of the present parameters; it has no gradients."""
    live = session(dense(3, 1, seed=5))
    live.trainer.step("batch")
    outside = next(n for n in range(50) if not live.trainer.follow(n).in_batch)

    frame = read(viewer(live, example=outside).frame(1))

    inputs = live.trainer.follow(outside).inputs
    expected = live.trainer.forward([inputs])["activations"]["h0.a"][0]
    assert (False, None) == (frame["example"]["in_batch"], frame["example"]["row"])
    np.testing.assert_array_equal(expected, array(frame["tensors"]["h0.a"]))
    assert "h0.a:gradient" not in frame["tensors"]


def test_a_viewer_has_news_once_for_each_state() -> None:
    """A state that was sent is not sent again, unless something else is to be seen of it."""
    live = session()
    looking = viewer(live)
    assert looking.has_news()
    looking.frame(1)
    assert not looking.has_news()

    looking.look_at(c.Watch(heatmaps=True))
    assert looking.has_news()
    looking.frame(2)
    live.handle(c.Seek(step=0))

    assert looking.has_news()


def test_history_comes_once_and_anew_when_the_past_changed() -> None:
    """New points only; all of them, with since null, after a reset."""
    live = session()
    looking = viewer(live)
    live.trainer.run(5)
    first, second = read(looking.frame(1)), read(looking.frame(2))
    live.trainer.run(2)
    third = read(looking.frame(3))
    live.handle(c.Reset())
    fourth = read(looking.frame(4))

    assert (None, [0, 1, 2, 3, 4, 5]) == (first["history"]["since"], first["history"]["step"])
    assert second["history"] is None
    assert (5, [6, 7]) == (third["history"]["since"], third["history"]["step"])
    assert (None, [0]) == (fourth["history"]["since"], fourth["history"]["step"])


def test_watch_chooses() -> None:
    """Without metrics and gradients a frame carries neither."""
    live = session()
    live.trainer.step("batch")

    frame = read(viewer(live, metrics=False, gradients=False).frame(1))

    assert (None, None) == (frame["metrics"], frame["history"])
    assert not [key for key in frame["tensors"] if key.endswith((":gradient", ":delta"))]


def test_heat_maps_are_the_network_over_the_plane() -> None:
    """Codes between min and max give the engine's own grid to half a code."""
    live = session()
    live.trainer.run(20)

    frame = read(viewer(live, heatmaps=True, resolution=16).frame(1))

    grid = live.trainer.grid(16)
    tensor = frame["tensors"]["hidden1.a:map"]
    assert [6, 16, 16] == tensor["shape"]
    half = (tensor["max"] - tensor["min"]) / 255 * 0.51
    np.testing.assert_allclose(grid.maps["hidden1.a"], array(tensor), atol=half)
    np.testing.assert_allclose(grid.maps["hidden1.a"].min(axis=(1, 2)), [low for low, _ in tensor["limits"]])


@pytest.mark.parametrize(("units", "depth"), [(8, 2), (64, 6), (512, 1), (128, 30), (512, 4)])
def test_no_frame_is_larger_than_allowed(units: int, depth: int) -> None:
    """However large the network; what is summarised says so, with its range."""
    live = session(dense(units, depth))
    live.trainer.step("batch")

    packed = viewer(live, heatmaps=True, resolution=64).frame(1)

    assert len(packed) <= MAX_BYTES
    for tensor in read(packed)["tensors"].values():
        if "summary" in tensor:
            assert "uint8" == tensor["dtype"]
            assert tensor["min"] < tensor["max"]


def test_a_small_network_is_never_summarised() -> None:
    """Up to some 20,000 numbers all are sent."""
    live = session(dense(64, 3))
    live.trainer.step("batch")

    tensors = read(viewer(live).frame(1))["tensors"]

    assert not [key for key, tensor in tensors.items() if "summary" in tensor]


def test_what_is_inspected_is_sent_in_full() -> None:
    """watch.full names nodes whose values are all needed."""
    live = session(dense(128, 5))
    live.trainer.step("batch")

    tensors = read(viewer(live, full=("h3.W",)).frame(1))["tensors"]

    assert "summary" not in tensors["h3.W"]
    assert "summary" in tensors["h2.W"]
    np.testing.assert_array_equal(live.trainer.tensor("h3.W").value, array(tensors["h3.W"]))


def test_numbers_that_are_not_finite_are_counted_never_hidden() -> None:
    """They travel as they are; min and max are of the finite ones."""
    live = session()
    live.trainer.set_parameter("hidden1.W", 1e38, (0, 0))
    live.trainer.step("layer", 2)
    tensors = read(viewer(live).frame(1))["tensors"]

    value = array(tensors["hidden1.W"])

    assert value.max() == pytest.approx(1e38)
    assert all(np.isfinite(tensor["min"]) for tensor in tensors.values() if tensor["min"] is not None)


def golden() -> tuple[bytes, dict[str, Any]]:
    """A frame with everything in it: nulls, all values, pooled ones, maps; and what it must say."""
    live = session(dense(12, 2, seed=3, dataset={"name": "circle", "size": 40}))
    live.trainer.run(3)
    live.handle(c.Step(count=13))
    live.advance(60.0, time.perf_counter)
    looking = viewer(live, HEAD_BYTES + 4 * 2**10, heatmaps=True, resolution=8)
    packed = looking.frame(7)
    frame = read(packed)
    expected = {name: frame[name] for name in ("seq", "cursor", "mode", "sentence", "ran")}
    tensors = {
        key: {
            "shape": tensor["shape"],
            "dtype": tensor["dtype"],
            "summary": tensor.get("summary"),
            "first": None if tensor["data"] is None else array(tensor).ravel()[:3].tolist(),
        }
        for key, tensor in frame["tensors"].items()
    }
    return packed, {**expected, "tensors": tensors}


def test_the_golden_frame_is_still_what_is_sent() -> None:
    """Same keys, shapes, kinds and numbers; the page's reader is tested with the very same file."""
    packed, expected = golden()
    frame, kept = read(packed), read((GOLDEN / "frame.msgpack").read_bytes())

    assert kept.keys() == frame.keys()
    assert json.loads((GOLDEN / "frame.json").read_text())["tensors"].keys() == expected["tensors"].keys()
    for key, tensor in frame["tensors"].items():
        was = kept["tensors"][key]
        assert was.keys() == tensor.keys(), key
        assert (was["shape"], was["dtype"], was.get("summary")) == tuple(
            tensor.get(name) for name in ("shape", "dtype", "summary")
        )
        if tensor["data"] is not None:
            tolerance = (tensor["max"] - tensor["min"]) / 100
            np.testing.assert_allclose(array(was), array(tensor), rtol=1e-4, atol=max(1e-5, tolerance), err_msg=key)


def test_levels_get_coarser() -> None:
    """Each level sends no more than the one before."""
    assert list(LEVELS) == sorted(LEVELS, reverse=True)


def test_what_float32_cannot_hold_travels_as_infinity() -> None:
    """A float64 network may have a weight of 1e300 and go on; its frame is made without a murmur."""
    live = session(dense(4, 1, dtype="float64"))
    live.trainer.set_parameter("h0.W", 1e300, (0, 1))
    live.trainer.step("op", 2)

    weights = array(read(viewer(live, full=["h0.W"]).frame(1))["tensors"]["h0.W"])

    assert np.isposinf(weights[0, 1])
    assert np.isfinite(weights[1]).all()


@pytest.mark.parametrize("preset", ["mnist", "style", "tunes", "translation", "deep_skip"])
def test_frames_of_the_largest_presets_fit(preset: str) -> None:
    """In the middle of a backward pass, with all that can be looked at: at most 256 KiB."""
    live = session(PRESETS[preset].spec.model_dump(mode="json"))
    live.trainer.step("op", 3 * len(live.about()["calls"]["kind"]) // 4)

    assert len(viewer(live, heatmaps=True).frame(1)) <= MAX_BYTES


@pytest.fixture
def translator() -> Session:
    """Number words, an encoder and a decoder, after a step."""
    live = session(PRESETS["translation"].spec.model_dump(mode="json"))
    live.trainer.step("batch", 1)
    return live


def test_what_symbols_are_read_off_is_never_a_mean_over_neighbours(translator: Session) -> None:
    """However narrow the frame: which output is the largest is which symbol is said."""
    tensors = read(viewer(translator, max_bytes=HEAD_BYTES + 2**16).frame(1))["tensors"]

    assert "float32" == tensors["decoder.a"]["dtype"]
    assert [47, 25] == list(tensors["decoder.a"]["shape"])
    assert "uint8" == tensors["encoder.W_ih"]["dtype"]


def test_a_decoder_outside_the_batch_reads_its_own_target(translator: Session) -> None:
    """Its target is told, and its values are those of its own teacher, whoever was evaluated before."""
    trainer = translator.trainer
    network = trainer.network
    one, other = [n for n in range(100) if not trainer.follow(n).in_batch][:2]
    looks = [read(viewer(translator, example=n).frame(1))["tensors"] for n in (one, other, one)]
    told = network.evaluator.backward(network.inputs["train"][[one]], network.targets["train"][[one]]).values

    np.testing.assert_array_equal(network.targets["train"][one], array(looks[2]["target"]))
    np.testing.assert_array_equal(array(looks[0]["decoder.a"]), array(looks[2]["decoder.a"]))
    np.testing.assert_allclose(told["decoder.a"][0], array(looks[2]["decoder.a"]), rtol=1e-4, atol=1e-6)


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    data, description = golden()
    (GOLDEN / "frame.msgpack").write_bytes(data)
    (GOLDEN / "frame.json").write_text(json.dumps(description, indent=1) + "\n")
