"""What convolutions and poolings make of their descriptions, and what they refuse."""

from typing import Any

import pytest
from pydantic import ValidationError

from engine.errors import ShapeMismatch, SpecError
from tests.engine.networks import Layer, dense, graph_of

FLAT: Layer = {"id": "flat", "type": "flatten"}


def shape(layer: Layer, inputs: tuple[int, ...] = (4, 7, 8)) -> tuple[int, ...]:
    """Of the value of this layer on examples of this shape."""
    graph = graph_of([{"id": "here", **layer}, FLAT, dense("output", 1)], inputs=inputs)
    return graph.layers["here"].shape


@pytest.mark.parametrize(
    ("layer", "expected"),
    [
        ({"type": "conv2d", "filters": 2}, (2, 5, 6)),
        ({"type": "conv2d", "filters": 2, "kernel": [2, 3], "stride": [3, 2]}, (2, 2, 3)),
        ({"type": "conv2d", "filters": 2, "padding": "same", "stride": 2}, (2, 4, 4)),
        ({"type": "conv2d", "filters": 2, "padding": "same", "kernel": 4}, (2, 7, 8)),
        ({"type": "conv2d", "filters": 2, "padding": [0, 2], "dilation": 3}, (2, 1, 6)),
        ({"type": "max_pool2d"}, (4, 3, 4)),
        ({"type": "max_pool2d", "size": 3, "stride": 2, "padding": 1}, (4, 4, 4)),
        ({"type": "avg_pool2d", "padding": "same"}, (4, 4, 4)),
        ({"type": "global_avg_pool2d"}, (4,)),
        ({"type": "upsample", "factor": [2, 1]}, (4, 14, 8)),
    ],
    ids=str,
)
def test_the_shape_follows_from_the_window(layer: Layer, expected: tuple[int, ...]) -> None:
    """One place for each stride that the window fits."""
    assert expected == shape(layer)


@pytest.mark.parametrize(
    ("layer", "expected"),
    [
        ({"type": "conv1d", "filters": 2}, (7, 2)),
        ({"type": "conv1d", "filters": 2, "padding": "same", "stride": 2}, (5, 2)),
        ({"type": "conv1d", "filters": 4, "padding": 2, "dilation": 2, "groups": 2}, (9, 4)),
    ],
    ids=str,
)
def test_sequences_keep_their_channels_last(layer: Layer, expected: tuple[int, ...]) -> None:
    """(T, D) becomes (Tout, F)."""
    assert expected == shape(layer, inputs=(9, 4))


def test_parameters_have_the_fans_of_a_window() -> None:
    """fan_in C / groups · kH · kW, fan_out F · kH · kW."""
    layer = {"id": "here", "type": "conv2d", "filters": 6, "kernel": [2, 3], "groups": 2}
    kernel, b = list(graph_of([layer, FLAT, dense("output", 1)], inputs=(4, 7, 8)).parameters.values())[:2]

    assert ("here.kernel", (6, 2, 2, 3), 12, 36) == (kernel.name, kernel.shape, kernel.fan_in, kernel.fan_out)
    assert ("here.b", (6,), True) == (b.name, b.shape, b.is_bias)


@pytest.mark.parametrize(
    ("layer", "inputs", "words"),
    [
        ({"type": "conv2d", "filters": 2}, (5,), r'"here".*\(N, C, H, W\).*\(N, 5\)'),
        ({"type": "max_pool2d"}, (5, 5), r'"here".*reshape.*\(N, C, H, W\)'),
        ({"type": "upsample"}, (5,), r'"here".*\(N, C, H, W\)'),
        ({"type": "global_avg_pool2d"}, (5,), r'"here".*\(N, C, H, W\)'),
        ({"type": "conv1d", "filters": 2}, (5,), r'"here".*embedding.*\(N, T, D\)'),
        ({"type": "conv1d", "filters": 2, "kernel": 9}, (5, 3), r'"here".*padding helps.*at least 9'),
        ({"type": "conv2d", "filters": 2, "kernel": 5}, (1, 4, 9), r'"here".*padding helps.*\(N, 1, 4, 9\)'),
        ({"type": "conv2d", "filters": 2, "groups": 2}, (3, 5, 5), r'"here".*a multiple of 2.*\(N, 3, 5, 5\)'),
        ({"type": "avg_pool2d", "size": 6}, (1, 5, 9), r'"here".*at least 6.*\(N, 1, 5, 9\)'),
    ],
    ids=str,
)
def test_impossible_shapes_are_refused_with_a_hint(layer: Layer, inputs: tuple[int, ...], words: str) -> None:
    """The layer's name, what it expects, what comes, where."""
    with pytest.raises(ShapeMismatch, match=words) as refusal:
        shape(layer, inputs)

    assert "layers" == refusal.value.loc[0]


def test_a_window_never_stands_on_padding_alone() -> None:
    """There would be nothing to choose from."""
    with pytest.raises(SpecError, match='"here": it pads by 2, but its window is 2 × 2') as refusal:
        shape({"type": "max_pool2d", "padding": 2})

    assert ("layers", 0, "padding") == refusal.value.loc


@pytest.mark.parametrize(
    "fields", [{"filters": 3, "groups": 2}, {"filters": 0}, {"filters": 2, "kernel": 0}, {"filters": 2, "padding": -1}]
)
def test_a_description_that_makes_no_sense_is_refused(fields: dict[str, Any]) -> None:
    """Filters that groups cannot share, no filters, no window, less than no padding."""
    with pytest.raises(ValidationError):
        shape({"type": "conv2d", **fields})
