import numpy as np
import pytest

from engine.datasets.images import stored
from engine.datasets.pictures import PICTURES, picture
from engine.errors import SpecError, UnknownName


@pytest.mark.parametrize("name", PICTURES)
def test_pictures_have_colours_from_0_to_1(name: str) -> None:
    """Red, green, blue, in the size that is asked for."""
    image = picture(name, 48)

    assert (3, 48, 48) == image.shape
    assert 0.0 <= image.min() < image.max() <= 1.0


def test_every_stored_picture_is_told_of() -> None:
    """And the other way round; both roles are there."""
    assert set(PICTURES) == set(stored("pictures"))
    assert {"content", "style"} == {info.role for info in PICTURES.values()}


def test_a_smaller_picture_is_the_mean_of_squares() -> None:
    """The whole is what is stored; coffee is brown."""
    whole, half = picture("coffee", 192), picture("coffee", 96)

    np.testing.assert_allclose(stored("pictures")["coffee"] / 255, whole)
    assert whole[1, 4:6, 10:12].mean() == pytest.approx(half[1, 2, 5])
    assert [0.601, 0.305, 0.183] == pytest.approx(half.mean(axis=(1, 2)).tolist(), abs=1e-3)


def test_an_unknown_picture_is_named_with_those_that_exist() -> None:
    """The nearest first."""
    with pytest.raises(UnknownName, match='no picture "cofee"; did you mean "coffee"'):
        picture("cofee")


@pytest.mark.parametrize("size", [0, 7, 100, 384, -96])
def test_only_whole_squares_are_averaged(size: int) -> None:
    """The message says which sizes there are."""
    with pytest.raises(SpecError, match=f"8, 12, 16, 24, 32, 48, 64, 96, 192, but {size} was asked for"):
        picture("coffee", size)
