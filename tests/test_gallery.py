"""The gallery's golden frames are what the engine still says."""

from typing import Any

import msgpack
import numpy as np
import pytest

from tools.gallery import FOLDER, STORIES, record

#: Sums may be added in another order on another machine.
TOLERANCE = 1e-3


def values(tensor: dict[str, Any]) -> np.ndarray[Any, Any]:
    """A tensor's numbers; codes are between min and max."""
    flat: np.ndarray[Any, Any] = np.frombuffer(tensor["data"], tensor["dtype"])
    if tensor["dtype"] == "float32":
        return flat
    decoded: np.ndarray[Any, Any] = tensor["min"] + flat / 255 * (tensor["max"] - tensor["min"])
    return decoded


def test_each_story_has_a_file() -> None:
    """No story is left out, none is left over."""
    assert {f"{name}.msgpack" for name in STORIES} == {file.name for file in FOLDER.iterdir()}


@pytest.mark.parametrize("name", STORIES)
def test_the_golden_frames_are_still_what_is_sent(name: str) -> None:
    """The same graph, ribbon, scenes and sentences; the same numbers."""
    golden = msgpack.unpackb((FOLDER / f"{name}.msgpack").read_bytes(), strict_map_key=False)
    fresh = msgpack.unpackb(msgpack.packb(record(STORIES[name])), strict_map_key=False)
    for part in ("graph", "calls", "dataset", "scenes"):
        assert golden[part] == fresh[part], f"{part}: python -m tools.gallery records anew"
    assert golden["frames"].keys() == fresh["frames"].keys()
    for op, packed in golden["frames"].items():
        old, new = msgpack.unpackb(packed), msgpack.unpackb(fresh["frames"][op])
        assert old["tensors"].keys() == new["tensors"].keys()
        for key, tensor in old["tensors"].items():
            again = new["tensors"][key]
            assert (tensor["data"] is None) == (again["data"] is None), f"{key} at op {op}"
            if tensor["data"] is not None and tensor["dtype"] == again["dtype"]:
                span = max(1e-6, tensor["max"] - tensor["min"]) / 100
                np.testing.assert_allclose(values(again), values(tensor), rtol=TOLERANCE, atol=span)
