"""Operations of a picture that learns, each worked by hand."""

import numpy as np
import pytest

from engine.errors import ShapeMismatch
from engine.ops import OPS
from tests.engine.ops.harness import run_forward, run_vjp

PICTURE = [[[1.0, 2.0], [3.0, 5.0]]]


def test_pixels_put_the_learned_picture_first() -> None:
    """The others stay; the first one's gradient belongs to the pixels, the others' to what was given."""
    x, image, dy = np.zeros((2, 1, 2, 2)), np.array(PICTURE), np.arange(8.0).reshape(2, 1, 2, 2)

    assert [PICTURE, [[[0, 0], [0, 0]]]] == run_forward(OPS["pixels"], x, image).tolist()
    assert [[[0, 1], [2, 3]]] == run_vjp(OPS["pixels"], "image", dy, x, image).tolist()
    assert [[[[0, 0], [0, 0]]], [[[4, 5], [6, 7]]]] == run_vjp(OPS["pixels"], "x", dy, x, image).tolist()


def test_a_gram_matrix_worked_by_hand() -> None:
    """Maps (1, 2) and (3, 4): G = ((5, 11), (11, 25)) / 4; with dG = 1 at (1, 2), each gets the other, over 4."""
    x = [[[[1, 2]], [[3, 4]]]]

    assert [[[[1.25, 2.75], [2.75, 6.25]]]] == run_forward(OPS["gram"], x).tolist()
    assert [[[[0.75, 1.0]], [[0.25, 0.5]]]] == run_vjp(OPS["gram"], "x", [[[[0, 1], [0, 0]]]], x).tolist()


def test_distance_is_that_of_the_first_from_the_other() -> None:
    """3 · mean (1, -2)² = 7.5; the others are not judged."""
    x = [[1.0, 0.0], [5.0, 5.0], [0.0, 2.0]]

    assert [[7.5], [0], [0]] == run_forward(OPS["apart"], x, to=2, weight=3.0).tolist()
    expected = [[3, -6], [0, 0], [-3, 6]]
    assert expected == run_vjp(OPS["apart"], "x", [[1], [9], [9]], x, to=2, weight=3.0).tolist()
    assert [[0]] == run_forward(OPS["apart"], x[:1], to=2, weight=3.0).tolist()


def test_roughness_worked_by_hand() -> None:
    """Down 2, 3, across 1, 2: (4 + 9 + 1 + 4) / 4 = 4.5."""
    x = [PICTURE, PICTURE]

    assert [[4.5], [0]] == run_forward(OPS["roughness"], x, weight=1.0).tolist()
    expected = [[[-1.5, -1.0], [0.0, 2.5]]]
    assert [expected, [[[0, 0], [0, 0]]]] == run_vjp(OPS["roughness"], "x", [[1], [1]], x, weight=1.0).tolist()


@pytest.mark.parametrize("name", ["gram", "roughness"])
def test_rows_are_refused(name: str) -> None:
    """They have no height and width."""
    with pytest.raises(ShapeMismatch, match=r"\(N, C, H, W\)"):
        OPS[name].shape((4, 3), **OPS[name].options)
