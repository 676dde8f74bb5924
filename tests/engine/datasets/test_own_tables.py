"""A table of one's own as a dataset."""

from typing import Any

import numpy as np
import pytest
from pydantic import TypeAdapter

from engine.datasets import SHELF, Dataset, load
from engine.errors import LimitExceeded, SpecError, UnknownName
from engine.patching import patched, validated
from engine.spec import DatasetSpec

HOMES = "size;rooms;kind;price\n50;2;flat;200\n80;3;house;300\n60;?;flat;240\n90;4;boat;500\n100;5;house;400\n"


def own(csv: str = HOMES, **options: Any) -> Dataset:
    """The dataset of a text; nothing tested or standardised unless asked for."""
    given = {"csv": csv, "test_fraction": 0, "standardize": False, **options}
    return load(TypeAdapter[DatasetSpec](DatasetSpec).validate_python(given), seed=0)


def test_numbers_are_columns_and_categories_are_indicators() -> None:
    """The row without a value is left out."""
    dataset = own()

    assert ("size", "rooms", "kind=boat", "kind=flat", "kind=house") == dataset.columns
    assert [[50, 2, 0, 1, 0], [80, 3, 0, 0, 1], [90, 4, 1, 0, 0], [100, 5, 0, 0, 1]] == dataset.raw_train.tolist()
    assert [[200], [300], [500], [400]] == dataset.y_train.tolist()
    assert ("price", "regression", "table") == (dataset.target_name, dataset.task, dataset.name)


def test_what_would_become_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows before they are read, numbers before they are made: each value of a category is one for every row."""
    given = TypeAdapter[DatasetSpec](DatasetSpec).validate_python({"csv": HOMES})
    with pytest.raises(LimitExceeded, match=r"rows of data: at most 4 .* 5 were"):
        load(given, seed=0, most_rows=4)

    monkeypatch.setattr("engine.datasets.own_tables.MOST_NUMBERS", 19)
    with pytest.raises(LimitExceeded, match=r"at most 19 .* 20 were") as refused:
        own()
    assert ("dataset", "kinds") == refused.value.loc


def test_missing_numbers_may_be_the_mean() -> None:
    """Of the rows that are used."""
    assert [2, 3, 3.5, 4, 5] == own(missing="mean").raw_train[:, 1].tolist()


def test_of_two_categories_one_column_says_all() -> None:
    """A missing one becomes the most frequent."""
    dataset = own("a,b\nx,1.5\ny,2.5\nx,9.5\n,3.5\n", missing="mean", header=True, kinds={"a": "category"})

    assert ("a=y",) == dataset.columns
    assert [[0], [1], [0], [0]] == dataset.raw_train.tolist()


def test_classes_are_what_stands_there() -> None:
    """In the order of the alphabet, or of the numbers."""
    assert (("boat", "flat", "house"), [1, 2, 0, 2]) == (
        own(target="kind").classes,
        own(target="kind").y_train.tolist(),
    )
    assert ("2", "10") == own("x,y\n1,10\n2,2\n4,10\n", task="classification").classes


def test_the_target_of_a_regression_is_standardised_with_the_columns() -> None:
    """As that of every measured table: prices are large."""
    dataset = own(standardize=True)

    assert np.allclose(0, dataset.t_train.mean())
    assert np.allclose(1, dataset.t_train.std())
    assert dataset.target_scale is not None


@pytest.mark.parametrize(
    ("csv", "options", "words"),
    [
        ("a\n1\n2\n", {}, "from itself"),
        ("a,b\n1,x\nz,x\nz,x\n", {"kinds": {"a": "number"}}, "line 3"),
        ("a,b\n1,x\n2,x\n", {"target": "b", "kinds": {"b": "category"}}, "only one value"),
        ("a,b\nred one,u v\nblue two,w x\n", {"header": True}, "no column"),
    ],
)
def test_what_cannot_be_learned_is_refused(csv: str, options: dict[str, Any], words: str) -> None:
    """With the reason."""
    with pytest.raises(SpecError, match=words):
        own(csv, **options)


def test_a_spec_may_name_a_table_that_is_on_the_shelf() -> None:
    """The same data as from the text itself; an id that is not there is refused."""
    key = SHELF.put(HOMES)
    dataset = load(TypeAdapter[DatasetSpec](DatasetSpec).validate_python({"table": key}), seed=0)
    assert 4 == len(dataset.rows_train) + len(dataset.rows_test)

    with pytest.raises(UnknownName, match="no table"):
        load(TypeAdapter[DatasetSpec](DatasetSpec).validate_python({"table": "0" * 32}), seed=0)
    SHELF.keep(())


def test_a_spec_gives_the_text_or_its_id() -> None:
    """Not both."""
    with pytest.raises(SpecError, match="exactly one of table and csv"):
        validated({"dataset": {"table": "0" * 32, "csv": "a,b"}, "layers": []})


def test_a_patch_to_ones_own_table_takes_nothing_over() -> None:
    """And back again."""
    network = {"layers": [{"id": "output", "type": "dense", "units": 1}], "loss": "mse", "optimizer": "sgd"}
    before = validated({"dataset": {"name": "circle", "noise": 0.3, "features": ["x1^2"]}, **network})

    after = patched(before, {"dataset": {"csv": HOMES, "target": "price"}})

    assert (None, "price") == (after.dataset.features, getattr(after.dataset, "target", None))
    assert "circle" == getattr(patched(after, {"dataset": {"name": "circle"}}).dataset, "name", None)
