import numpy as np
import pytest

from engine.datasets.numbers import read_numbers
from engine.errors import Loc, SpecError

LOC: Loc = ("dataset", "inline", "inputs")


@pytest.mark.parametrize(
    ("value", "shape"),
    [([1, 2.5], (2,)), ([[1, 2], [3, 4], [5, 6]], (3, 2)), ([[[1]], [[2]]], (2, 1, 1)), ([[[[1.0]]]], (1, 1, 1, 1))],
)
def test_nested_lists_become_an_array(value: list[object], shape: tuple[int, ...]) -> None:
    """Of float64, in the shape of the lists."""
    array = read_numbers(value, LOC)

    assert (shape, np.dtype("float64")) == (array.shape, array.dtype)
    np.testing.assert_array_equal(np.array(value, "float64"), array)


def test_whole_numbers_of_any_length_are_numbers() -> None:
    """Beyond 64 bits, but within what float32 can hold."""
    assert [1e20, 1.0] == read_numbers([10**20, 1], LOC).tolist()


@pytest.mark.parametrize(
    ("value", "message", "place"),
    [
        ([[1, 2], [3]], r"inputs\[1\] has 1 entries, but the first one like it has 2", (1,)),
        ([[1, 2], 3], r"inputs\[1\] is 3, but a list of 2 is expected", (1,)),
        ([[1, 2], [3, [4]]], r"inputs\[1\]\[1\] is a list, but a number is expected", (1, 1)),
        ([[1, 2], [3, "4"]], r'inputs\[1\]\[1\] is "4", but a number is expected', (1, 1)),
        (["1", "2"], r'inputs\[0\] is "1"', (0,)),
        ([1, None], r"inputs\[1\] is null", (1,)),
        ([1, {}], r"inputs\[1\] is an object", (1,)),
        ([1, float("nan")], r"inputs\[1\] is nan, but a finite number", (1,)),
        ([[1.0, float("-inf")]], r"inputs\[0\]\[1\] is -inf, but a finite number", (0, 1)),
        ([1, 10**400], r"inputs\[1\] is 1000.*finite number within", (1,)),
        ([1e39], r"inputs\[0\] is 1e\+39", (0,)),
        ([[], []], r"inputs\[0\] is empty", (0,)),
        ([[[[[1]]]]], "at most 4 axes are understood, but 5 came", ()),
    ],
)
def test_what_is_wrong_is_said_and_where(value: list[object], message: str, place: tuple[int, ...]) -> None:
    """Row and column stand in the message and in the path."""
    with pytest.raises(SpecError, match=message) as caught:
        read_numbers(value, LOC)

    assert (*LOC, *place) == caught.value.loc


def test_deep_nesting_is_refused_without_recursion() -> None:
    """Even deeper than Python's call stack."""
    value: list[object] = [1]
    for _ in range(5000):
        value = [value]

    with pytest.raises(SpecError, match="at most 4 axes"):
        read_numbers(value, LOC)
