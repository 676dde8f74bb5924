import numpy as np
import pytest

from engine.datasets.features import evaluate, parse_features
from engine.errors import SpecError, UnknownName

COLUMNS = ("x1", "x2", "a*b")


def test_each_form_is_computed() -> None:
    """Column, square, product and sine of (2, -3, 5); a column's own name wins over what it looks like."""
    features = parse_features(["x1", "x2^2", "x1*x2", "sin(x1)", "a*b", " x1 * x2 "], COLUMNS)

    values = evaluate(features, np.array([[2.0, -3.0, 5.0]]))

    assert [2.0, 9.0, -6.0, np.sin(2.0), 5.0, -6.0] == values[0].tolist()


def test_other_axes_pass() -> None:
    """A grid of points gives a grid of features."""
    assert (4, 5, 2) == evaluate(parse_features(["x1", "x1*x1"], COLUMNS), np.ones((4, 5, 3))).shape


@pytest.mark.parametrize(("text", "column"), [("x3", "x3"), ("x3^2", "x3"), ("x1*x3", "x3"), ("sin(x3)", "x3")])
def test_an_unknown_column_is_named_with_those_that_exist(text: str, column: str) -> None:
    """The error says which feature of the list it is."""
    with pytest.raises(UnknownName, match=f'no column "{column}".*x1, x2') as caught:
        parse_features(["x1", text], COLUMNS)

    assert ("dataset", "features", 1) == caught.value.loc


@pytest.mark.parametrize("text", ["cos(x1)", "x1+x2", "x1^3", "x1*x2*x1", "", "__import__('os')", "sin(x1"])
def test_other_expressions_are_refused_with_the_forms_that_exist(text: str) -> None:
    """Nothing is evaluated."""
    with pytest.raises(SpecError, match=r"sin\(column\)|no column") as caught:
        parse_features([text], COLUMNS)

    assert ("dataset", "features", 0) == caught.value.loc
