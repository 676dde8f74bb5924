"""Arrays in frames: whole, quantised, pooled."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from app.shards import summaries
from app.shards.heatmaps import HeatMaps, code, finest
from app.shards.pooling import pool

Array = np.ndarray[Any, Any]
FINITE = st.floats(-1e6, 1e6, width=32)
MATRICES = hnp.arrays(np.float32, hnp.array_shapes(min_dims=1, max_dims=4, min_side=1, max_side=12), elements=FINITE)


def decoded(tensor: dict[str, Any]) -> Array:
    """As a client reads it."""
    codes = np.frombuffer(tensor["data"], np.uint8).reshape(tensor["shape"])
    values: Array = tensor["min"] + codes / 255 * (tensor["max"] - tensor["min"])
    return values


@given(MATRICES)
def test_quantised_values_are_right_to_half_a_code(array: Array) -> None:
    """No value is further off than half the distance of two codes."""
    tensor = summaries.summarise(array, (0, math.inf))

    half = (tensor["max"] - tensor["min"]) / 255 * 0.51 + 1e-4 * abs(array).max()
    np.testing.assert_allclose(array, decoded(tensor), atol=half)


@given(MATRICES, st.integers(1, 50))
def test_pooling_keeps_the_limit_and_the_range(array: Array, cells: int) -> None:
    """At most that many cells, each within the array's extent."""
    pooled = pool(array, cells)

    assert pooled.size <= cells or pooled.shape == array.shape
    assert pooled.min() >= array.min() - abs(array).max() * 1e-5
    assert pooled.max() <= array.max() + abs(array).max() * 1e-5


def test_pooling_is_the_mean_over_blocks() -> None:
    """Worked by hand: 4×4 into 2×2."""
    pooled = pool(np.arange(16.0).reshape(4, 4), 4)

    np.testing.assert_array_equal([[2.5, 4.5], [10.5, 12.5]], pooled)


def test_pooled_images_stay_images() -> None:
    """Two maps of 4×4 into eight cells: two maps of 2×2, each with its own means."""
    maps = np.arange(32.0).reshape(2, 4, 4)

    pooled = pool(maps, 8)

    np.testing.assert_array_equal([[[2.5, 4.5], [10.5, 12.5]], [[18.5, 20.5], [26.5, 28.5]]], pooled)


def test_kernels_keep_their_four_axes() -> None:
    """Of (F, C, kH, kW) with too little room the entries of each kernel are averaged first, then the channels."""
    kernels = np.arange(72.0).reshape(2, 4, 3, 3)

    assert (2, 4, 1, 1) == pool(kernels, 8).shape
    assert (2, 2, 1, 1) == pool(kernels, 4).shape


def test_pooling_of_unequal_blocks() -> None:
    """Five numbers into two blocks: the first two, the last three."""
    np.testing.assert_array_equal([0.5, 3.0], pool(np.arange(5.0), 2))


@pytest.mark.parametrize("size", [3, 500])
def test_what_is_not_finite_is_counted(size: int) -> None:
    """min and max are of the others."""
    array = np.arange(size, dtype=np.float32)
    array[0], array[1] = np.nan, np.inf

    assert (2.0, float(size - 1), 2) == summaries.extent(array)
    assert 2 == summaries.whole(array)["nonfinite"]
    assert 2 == summaries.summarise(array, (0, size))["nonfinite"]


def test_an_array_without_a_finite_number_has_no_range() -> None:
    """None, which is no number."""
    assert (None, None, 4) == summaries.extent(np.full(4, np.nan))
    assert b"\0\0" == summaries.quantise(np.full(2, np.nan), None, None, 2)


def test_an_empty_array_has_no_range() -> None:
    """Nothing in it, nothing wrong with it."""
    assert (None, None, 0) == summaries.extent(np.zeros(0))


@given(st.lists(st.integers(1, 10**6), max_size=20), st.integers(10**4, 10**6))
def test_the_level_fits_the_budget(sizes: list[int], budget: int) -> None:
    """Unless it is the coarsest."""
    full, quantised = summaries.level_for(sizes, budget)

    total = sum(summaries.ENTRY_BYTES + (4 * s if s <= full else min(s, quantised)) for s in sizes)
    assert total <= budget or (full, quantised) == summaries.LEVELS[-1]


@given(hnp.arrays(np.float32, (3, 8, 8), elements=FINITE), hnp.arrays(np.float32, (1, 8, 8), elements=FINITE))
def test_maps_coded_together_are_those_coded_alone(first: Array, second: Array) -> None:
    """Each between its own least and greatest value."""
    for maps, tensor in zip((first, second), code([first, second]), strict=True):
        alone = np.frombuffer(summaries.quantise(maps, float(maps.min()), float(maps.max())), np.uint8)
        together = np.frombuffer(tensor["data"], np.uint8)
        assert abs(alone.astype(int) - together.astype(int)).max() <= 1
        np.testing.assert_allclose(maps.max(axis=(1, 2)), [high for _, high in tensor["limits"]])


def test_maps_with_numbers_that_are_not_finite_say_so() -> None:
    """One bad map does not hide the others."""
    good, bad = np.ones((1, 8, 8)), np.full((2, 8, 8), np.nan)

    coded = code([good, bad])

    assert (1.0, 0, 128) == (coded[0]["max"], coded[0]["nonfinite"], coded[1]["nonfinite"])
    assert [[None, None], [None, None]] == coded[1]["limits"]


class Grids:
    """Counts how often the grid is evaluated, which takes a second."""

    def __init__(self) -> None:
        self.now = 0.0
        self.evaluated = 0

    def grid(self, resolution: int) -> None:
        """No maps, but time passes."""
        self.evaluated += 1
        self.now += 1.0


def test_heat_maps_take_a_tenth_of_the_time_while_playing() -> None:
    """After one second of evaluating, ten seconds of something else."""
    grids = Grids()
    maps = HeatMaps(grids, lambda: grids.now)

    for version in range(100):
        maps.at(version, 32, playing=True)
        grids.now += 0.5

    assert 6 >= grids.evaluated >= 4


def test_heat_maps_are_fresh_when_paused() -> None:
    """Each state has its own; the same state has the same."""
    grids = Grids()
    maps = HeatMaps(grids, lambda: grids.now)

    for version in (1, 1, 2, 2, 3):
        maps.at(version, 32, playing=False)

    assert 3 == grids.evaluated


@pytest.mark.parametrize(
    ("units", "parameters", "expected"), [(17, 105, 32), (200, 10_000, 22), (20, 1_000_000, 14), (4000, 100, 0)]
)
def test_heat_maps_are_as_fine_as_can_be_afforded(units: int, parameters: int, expected: int) -> None:
    """In bytes and in computing; below eight cells a side there is nothing to see."""
    assert expected == finest(32, units=units, parameters=parameters)


def test_without_a_resolution_nothing_is_evaluated() -> None:
    """No maps, no time."""
    grids = Grids()

    assert {} == HeatMaps(grids, lambda: 0.0).at(1, 0, playing=False)
    assert 0 == grids.evaluated
