"""What a cell says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.tables import Decimal
from engine.tables.cells import day, is_missing, is_month_first, number


@pytest.mark.parametrize(
    ("cell", "decimal", "expected"),
    [
        ("1.5", ".", 1.5),
        ("1,5", ",", 1.5),
        ("−3,5", ",", -3.5),
        (".5", ".", 0.5),
        ("1e3", ".", 1000.0),
        ("1,234,567.8", ".", 1234567.8),
        ("1.234,5", ",", 1234.5),
        ("1 234,5", ",", 1234.5),
        ("1\u202f234,5", ",", 1234.5),
        ("1'234.5", ".", 1234.5),
        ("1.5", ",", None),
        ("1,5", ".", None),
        ("1,23,4", ".", None),
        ("abc", ".", None),
        ("nan", ".", None),
        ("infinity", ".", None),
        ("1e999", ".", None),
        ("1_000", ".", None),
        ("٣", ".", None),
        ("", ".", None),
    ],
)
def test_a_number_is_read_as_people_write_it(cell: str, decimal: Decimal, expected: float | None) -> None:
    """With either decimal mark, and marks between thousands; nothing else is taken for a number."""
    assert expected == number(cell, decimal)


@given(st.floats(min_value=-1e30, max_value=1e30, allow_nan=False))
def test_what_python_writes_is_read_again(value: float) -> None:
    """With a point and with a comma."""
    assert value == number(repr(value), ".") == number(repr(value).replace(".", ","), ",")


@pytest.mark.parametrize(
    ("cell", "month_first", "expected"),
    [
        ("1970-01-02", False, 1.0),
        ("1970-01-02T12:00", False, 1.0),
        ("02.01.1970", False, 1.0),
        ("02/01/1970", False, 1.0),
        ("01/02/1970", True, 1.0),
        ("30.02.2024", False, None),
        ("2024", False, None),
    ],
)
def test_a_day_is_counted_from_1970(cell: str, month_first: bool, expected: float | None) -> None:
    """Whichever part comes first."""
    assert expected == day(cell, month_first=month_first)


def test_american_days_are_told_by_those_that_do_not_exist_otherwise() -> None:
    """In doubt the day comes first."""
    assert is_month_first(["01/02/2024", "12/31/2024"])
    assert not is_month_first(["01/02/2024", "03/04/2024"])
    assert not is_month_first(["31/12/2024", "01/02/2024"])


def test_what_stands_for_nothing() -> None:
    """In any case; 0 is a value."""
    assert all(map(is_missing, ["", "NA", "n/a", "NaN", "?", "null", "-"]))
    assert not any(map(is_missing, ["0", "no", "nothing"]))
