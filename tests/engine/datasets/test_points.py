import numpy as np
import pytest

from engine.arrays import Array
from engine.datasets.points import CLASSES, NUMBERS
from tests.engine.datasets.harness import loaded

every_set = pytest.mark.parametrize("name", [*CLASSES, *NUMBERS])


def exact(name: str, size: int = 1000) -> tuple[Array, Array]:
    """Points and targets without noise."""
    data = loaded(name, size=size, noise=0.0, test_fraction=0.0)
    return data.raw_train, data.y_train


@every_set
def test_points_lie_in_the_plane_we_draw(name: str) -> None:
    """Without noise all within ±6, with columns x1 and x2, unscaled."""
    data = loaded(name, noise=0.0, test_fraction=0.0, size=500)

    assert ("x1", "x2") == data.columns == data.features
    assert np.abs(data.raw_train).max() <= 6.0
    np.testing.assert_array_equal(data.raw_train, data.x_train)


@every_set
def test_same_seed_same_points(name: str) -> None:
    """Another seed draws others (the spiral's places are fixed: there the noise differs)."""
    np.testing.assert_array_equal(loaded(name, seed=5).raw_train, loaded(name, seed=5).raw_train)
    assert not np.array_equal(loaded(name, seed=5).raw_train, loaded(name, seed=6).raw_train)


@pytest.mark.parametrize("name", CLASSES)
@pytest.mark.parametrize("size", [4, 5, 200])
def test_classes_are_equally_large(name: str, size: int) -> None:
    """Up to one point."""
    _, y = exact(name, size)

    assert size == len(y)
    assert abs(int(np.sum(y == 0)) - int(np.sum(y == 1))) <= 1


def test_circle_is_told_by_the_radius() -> None:
    """A disc of 2.5, a ring from 3.5 to 5."""
    points, y = exact("circle")
    radius = np.hypot(*points.T)

    assert radius[y == 1].max() <= 2.5
    assert 3.5 <= radius[y == 0].min()
    assert radius.max() <= 5.0


def test_xor_is_told_by_the_signs() -> None:
    """Class 1 where x1·x2 > 0, and nothing within 0.3 of the axes."""
    points, y = exact("xor")

    np.testing.assert_array_equal(points[:, 0] * points[:, 1] > 0, y == 1)
    assert np.abs(points).min() >= 0.3


def test_gauss_has_two_centres() -> None:
    """(2, 2) and (-2, -2), with variance ½."""
    points, y = exact("gauss", 10_000)

    for label, centre in ((1, 2.0), (0, -2.0)):
        np.testing.assert_allclose([centre, centre], points[y == label].mean(axis=0), atol=0.05)
        np.testing.assert_allclose([0.5, 0.5], points[y == label].var(axis=0), atol=0.05)


def test_spiral_arms_are_each_other_turned_by_half() -> None:
    """A point of the second arm is the first's, mirrored at the middle; the radius grows to 5."""
    points, y = exact("spiral", 200)

    np.testing.assert_allclose(points[y == 0], -points[y == 1], atol=1e-12)
    assert 4.9 < np.hypot(*points.T).max() < 5.0


def test_moons_are_half_circles() -> None:
    """The upper about (-1.5, -0.75), the lower about (1.5, 0.75), both of radius 3."""
    points, y = exact("moons")
    upper, lower = points[y == 0] - (-1.5, -0.75), points[y == 1] - (1.5, 0.75)

    np.testing.assert_allclose(3.0, np.hypot(*upper.T))
    np.testing.assert_allclose(3.0, np.hypot(*lower.T))
    assert upper[:, 1].min() >= 0 >= lower[:, 1].max()


def test_plane_grows_along_the_diagonal() -> None:
    """(x1 + x2) / 12."""
    points, y = exact("plane")

    np.testing.assert_allclose(points.sum(axis=1) / 12, y[:, 0])


def test_hills_and_valleys_alternate() -> None:
    """At each centre of gauss_regression the height is ±1, but for what the neighbours add."""
    centres = np.array([(-4, 2.5), (0, 2.5), (4, 2.5), (4, -2.5), (0, -2.5), (-4, -2.5)])

    np.testing.assert_allclose([1, -1, 1, -1, 1, -1], NUMBERS["gauss_regression"](centres), atol=1e-3)


def test_noise_moves_points_but_not_their_targets() -> None:
    """The targets are those of the points without noise; the distance is that of the noise."""
    points, y = exact("xor", 5000)
    moved = loaded("xor", size=5000, noise=0.5, test_fraction=0.0)

    np.testing.assert_array_equal(y, moved.y_train)
    assert 0.5 == pytest.approx((moved.raw_train - points).std(), rel=0.03)
