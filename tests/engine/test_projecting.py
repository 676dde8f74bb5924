"""The table of an embedding seen flat."""

import numpy as np
import pytest

from engine.errors import SpecError, UnknownName
from engine.projecting import components
from tests.engine.sessions import cursor


def test_a_hand_worked_plane() -> None:
    """Rows (±2, 0, 5) and (0, ±1, 5): mean (0, 0, 5), axes e1 and e2, squares 8 and 2 of 10."""
    points, explained = components(np.array([[2.0, 0, 5], [-2, 0, 5], [0, 1, 5], [0, -1, 5]]))

    np.testing.assert_allclose(points, [[2, 0], [-2, 0], [0, 1], [0, -1]], atol=1e-12)
    assert pytest.approx((0.8, 0.2)) == explained


def test_rows_on_a_line_have_one_axis() -> None:
    """One column, or rows that are all alike: what is missing is 0."""
    points, explained = components(np.array([[1.0], [3.0]]))
    np.testing.assert_allclose(points, [[-1, 0], [1, 0]])
    assert (1.0, 0.0) == explained

    points, explained = components(np.ones((3, 4)))
    assert not points.any()
    assert (0.0, 0.0) == explained


def test_distances_within_the_plane_are_those_of_the_table() -> None:
    """Of a table with two columns nothing is lost; and the same table has the same picture every time."""
    table = np.random.default_rng(3).normal(size=(7, 2))
    points, explained = components(table)

    between = np.linalg.norm(table[:, None] - table, axis=-1)
    np.testing.assert_allclose(np.linalg.norm(points[:, None] - points, axis=-1), between)
    assert pytest.approx(1.0) == sum(explained)
    np.testing.assert_array_equal(points, components(table.copy())[0])


def test_a_session_tells_where_its_tokens_stand() -> None:
    """Token by token, of the present table; what is no matrix is refused in words."""
    layers = [
        {"type": "embedding", "id": "letters", "tokens": 29, "units": 4},
        {"type": "rnn", "id": "memory", "units": 3},
        {"type": "dense", "id": "output", "units": 16, "activation": "softmax"},
    ]
    session = cursor(dataset={"name": "surnames"}, layers=layers, loss="softmax_cross_entropy")
    found = session.projection("letters.W")

    assert session.dataset().tokens == found.tokens
    assert (29, 2) == found.points.shape
    np.testing.assert_allclose(found.points.mean(axis=0), 0, atol=1e-12)
    assert () == session.projection("output.W").tokens
    with pytest.raises(SpecError, match="is to be a matrix"):
        session.projection("output.b")
    with pytest.raises(UnknownName):
        session.projection("nothing.W")
