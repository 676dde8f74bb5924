"""Histograms of weights and updates over time: exact counts, one axis for all steps, bounded."""

import numpy as np
import pytest

from engine.errors import UnknownName
from engine.histograms import BINS, LIMIT, Counter, Histograms, Point, widened
from tests.engine.networks import dense, graph_of
from tests.engine.sessions import cursor, straight_to

#: Two inputs, one unit: W has two entries, b has one.
COUNTER = Counter(graph_of([dense("output", 1, "linear")]))


def test_weights_are_counted_by_hand() -> None:
    """0.3 and -0.9 reach less than 1, so a bin is 1/16: 0.3 is in bin 16 + 4, -0.9 in bin 16 - 15; 0 begins bin 16."""
    spread = COUNTER.weights(np.array([0.3, -0.9, 0.0]))

    assert ("output.W", "output.b") == COUNTER.names
    assert [1, 20] == np.flatnonzero(spread.counts[0]).tolist()
    assert [16] == np.flatnonzero(spread.counts[1]).tolist()
    assert (1.0, 2.0**-10) == tuple(spread.reach)
    np.testing.assert_allclose(spread.figures[0], [-0.3, 0.6, -0.9, 0.3, 0])
    np.testing.assert_array_equal(spread.figures[1], [0, 0, 0, 0, 1])


def test_a_weight_at_the_edge_belongs_to_the_wider_reach() -> None:
    """1 is not below 1: the bins go to 2; the tiniest negative number is on the negative side."""
    spread = COUNTER.weights(np.array([1.0, -1e-30, -1.0]))

    assert 2.0 == spread.reach[0]
    assert [15, 24] == np.flatnonzero(spread.counts[0]).tolist()
    assert [8] == np.flatnonzero(spread.counts[1]).tolist()


def test_updates_are_counted_by_half_decades() -> None:
    """3e-4 is in [1e-4, 10^-3.5), bin 8 of its side; exact zeros are in no bin, the smallest in the innermost."""
    spread = COUNTER.updates(np.array([3e-4, -3e-4, 0.0]))

    assert [7, 24] == np.flatnonzero(spread.counts[0]).tolist()
    assert 0 == spread.counts[1].sum()
    assert 1 == spread.figures[1][4]
    assert [15, 31] == np.flatnonzero(COUNTER.updates(np.array([5.0, -1e-20, 0.0])).counts[0]).tolist()


@pytest.mark.parametrize("seed", range(5))
def test_wider_bins_hold_what_they_would_have_counted(seed: int) -> None:
    """Two bins made one: the same as counting with the wider reach at once."""
    values = np.random.default_rng(seed).uniform(-1, 1, 1000)
    narrow = np.histogram(values, BINS, (-1, 1))[0].astype(np.uint32)

    np.testing.assert_array_equal(np.histogram(values, BINS, (-4, 4))[0], widened(narrow, 1.0, 4.0))


def test_large_parameters_are_counted_by_evenly_spaced_entries() -> None:
    """And it is said how many: 65,536 of all parameters together."""
    counter = Counter(graph_of([dense("hidden", 300), dense("output", 1)], inputs=(400,)))

    assert (120_000, 300, 300, 1) == counter.sizes
    assert (16_384, 300, 300, 1) == counter.counted
    assert 16_384 == counter.weights(np.linspace(-1, 1, 120_601)).counts[0].sum()


def test_points_stay_few_and_even() -> None:
    """The stride doubles when there are too many; which steps have one depends on nothing else."""
    held = Histograms(COUNTER)
    empty = COUNTER.weights(np.zeros(3))
    for step in range(1000):
        if held.is_due(step):
            held.add(Point(step, COUNTER.names, empty, None))

    assert len(held.points) <= LIMIT
    assert list(range(0, 1000, 16)) == [point.step for point in held.points]


def test_a_session_shows_every_step_and_the_present_one() -> None:
    """Weights from the beginning, updates from the first that there was; in the middle of a step none is new."""
    session = cursor()
    session.run(3)
    strips = session.histograms(["hidden1.W"]).parameters["hidden1.W"]

    assert ((0, 1, 2, 3), (1, 2, 3)) == (strips.weights.steps, strips.updates.steps)
    assert [6] * 4 == strips.weights.counts.sum(axis=1).tolist()
    present = session.parameters()["hidden1.W"]
    np.testing.assert_allclose(strips.weights.figures[-1][:2], [present.mean(), present.std()], rtol=1e-6)
    session.step("op", 2)
    assert (1, 2, 3) == session.histograms(["hidden1.W"]).parameters["hidden1.W"].updates.steps


def test_going_back_shows_no_future_and_coming_again_shows_the_same() -> None:
    """Time travel leaves the points as they are."""
    session = cursor()
    session.run(20)
    whole = session.histograms()
    session.seek(7)
    assert tuple(range(8)) == session.histograms().parameters["hidden1.W"].weights.steps
    session.run(13)

    again, straight = session.histograms(), straight_to(cursor, 20, 0).histograms()
    for name, strips in whole.parameters.items():
        for other in (again, straight):
            np.testing.assert_array_equal(strips.weights.counts, other.parameters[name].weights.counts)
            np.testing.assert_array_equal(strips.updates.counts, other.parameters[name].updates.counts)


def test_a_layer_that_came_later_has_points_from_then_on() -> None:
    """And those that were there before keep theirs."""
    session = cursor()
    session.run(4)
    layers = session.spec.model_dump(mode="json")["layers"]
    session.patch({"layers": [layers[0], {"id": "new", "type": "dense", "units": 2}, layers[1]]})
    session.run(2)
    found = session.histograms().parameters

    assert tuple(range(7)) == found["hidden1.W"].weights.steps
    assert (4, 5, 6) == found["new.W"].weights.steps


def test_what_is_not_learned_has_none() -> None:
    """A wrong name is refused with the names that there are."""
    with pytest.raises(UnknownName, match=r"hidden1\.W"):
        cursor().histograms(["nobody"])
