"""What the page is told about the windows of image layers."""

from typing import Any

from app.shards.describe import graph_data
from app.shards.engine_port import open_cursor


def layers(*between: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The layers of a network on digits, by id."""
    output = {"id": "output", "type": "dense", "units": 10, "activation": "softmax"}
    spec = {"dataset": {"name": "digits"}, "layers": [*between, output], "loss": "softmax_cross_entropy"}
    return {layer["id"]: layer for layer in graph_data(open_cursor(spec, None, {}))["layers"]}


def test_a_convolution_tells_its_window() -> None:
    """Size from the kernel; padding as it was worked out."""
    found = layers({"id": "conv", "type": "conv2d", "filters": 2, "kernel": 3, "padding": "same"}, FLAT)

    expected = {
        "op": "conv2d",
        "size": [3, 3],
        "stride": [1, 1],
        "padding": [[1, 1], [1, 1]],
        "dilation": [1, 1],
        "groups": 1,
    }
    assert expected == found["conv"]["window"]


def test_a_pooling_tells_its_window() -> None:
    """It moves by its size."""
    window = layers({"id": "pool", "type": "max_pool2d", "size": 2}, FLAT)["pool"]["window"]

    assert ("max_pool2d", [2, 2], [2, 2]) == (window["op"], window["size"], window["stride"])


def test_an_enlarged_image_tells_its_factor() -> None:
    """No window, but blocks."""
    window = layers({"id": "up", "type": "upsample", "factor": 2}, FLAT)["up"]["window"]

    assert {"op": "upsample2d", "factor": [2, 2]} == window


def test_a_global_average_sees_the_whole_map() -> None:
    """Its window is the image that it reads."""
    window = layers({"id": "mean", "type": "global_avg_pool2d"})["mean"]["window"]

    assert [8, 8] == window["size"]


def test_other_layers_have_none() -> None:
    """There is nothing that slides."""
    found = layers(FLAT)

    assert [None, None, None] == [layer["window"] for layer in found.values()]


FLAT = {"id": "flat", "type": "flatten"}
