"""Ascent on the input."""

import numpy as np
import pytest

from engine.dreaming import Ascended, Ascent, Wish, beginning
from engine.errors import LimitExceeded, SpecError
from tests.engine.networks import dense, graph_of
from tests.engine.test_sensing import CONV, WORDS, with_parameters


def climb(ascent: Ascent) -> Ascended:
    """To the end."""
    while not ascent.done:
        ascent.go_on()
    return ascent.report()


def test_two_steps_along_a_linear_unit() -> None:
    """z = 3 x1 - 4 x2: each step is ½ (3, -4) / 3.5355…, where 3.5355… is the rms of the gradient (3, -4)."""
    graph = graph_of([dense("output", 1, "linear")])
    wish = Wish("output.a", (0,), steps=2, learning_rate=0.5)
    found = climb(Ascent(graph, np.array([3.0, -4.0, 0.0]), wish, np.zeros(2)))
    rms = np.sqrt(12.5)

    np.testing.assert_allclose(found.input, [3 / rms, -4 / rms], rtol=1e-12)
    np.testing.assert_allclose(found.values, [0, 12.5 / rms, 25 / rms], rtol=1e-12)
    assert (0, 1, 2) == found.moments
    assert found.finite


def test_a_feature_map_is_excited_within_bounds() -> None:
    """The value rises, no pixel leaves the range, the weights stay."""
    graph, params = with_parameters(CONV, (2, 4, 5))
    before = params.copy()
    wish = Wish("conv.a", (1,), steps=40, learning_rate=0.05, bounds=(0.0, 1.0))
    found = climb(Ascent(graph, params, wish, beginning("noise", (2, 4, 5), (0.0, 1.0), seed=1)))

    assert found.values[-1] > found.values[0] + 0.1
    assert found.input.min() >= 0
    assert found.input.max() <= 1
    assert 41 == len(found.values)
    assert (found.moments[0], found.moments[-1], len(found.moments)) == (0, 40, 9)
    np.testing.assert_array_equal(before, params)


def test_l2_draws_back_to_zero() -> None:
    """The stronger, the smaller what is found."""
    graph = graph_of([dense("output", 1, "tanh")])
    params = np.array([0.3, -0.4, 0.0])
    sizes = [
        np.linalg.norm(climb(Ascent(graph, params, Wish("output.a", (0,), 300, 0.02, l2), np.zeros(2))).input)
        for l2 in (0.0, 0.1, 1.0)
    ]

    assert sizes[0] > sizes[1] > sizes[2]


def test_what_cannot_be_climbed_is_refused() -> None:
    """Tokens cannot be moved a little; nobody climbs for hours."""
    words, params = with_parameters(WORDS, (6,))
    with pytest.raises(SpecError, match="tokens"):
        Ascent(words, params, Wish("output.a", (0,), 1), np.zeros(6))
    graph, params = with_parameters(CONV, (2, 4, 5))
    with pytest.raises(LimitExceeded, match="steps of an ascent"):
        Ascent(graph, params, Wish("output.a", (0,), 10**9), np.zeros((2, 4, 5)))
