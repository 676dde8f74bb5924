import numpy as np
import pytest

from engine.datasets import DATASETS
from engine.datasets.tables import FOLDER
from tests.engine.datasets.harness import loaded

#: rows, columns, examples of each class (None: regression), one number of the first row.
FACTS = {
    "fruit": (38, 4, [19, 19], 192.0),
    "iris": (150, 4, [50, 50, 50], 5.1),
    "wine": (178, 13, [59, 71, 48], 14.23),
    "breast_cancer": (569, 30, [212, 357], 17.99),
    "diabetes": (442, 10, None, 59.0),
    "auto_mpg": (392, 7, None, 8.0),
}


@pytest.mark.parametrize("name", FACTS)
def test_tables_are_complete(name: str) -> None:
    """Rows, columns, classes and the first number are those of the source."""
    rows, columns, classes, first = FACTS[name]
    data = loaded(name, test_fraction=0.0)

    assert (rows, columns) == data.raw_train.shape
    assert columns == len(data.columns)
    assert first == data.raw_train[0, 0]
    assert classes == (None if classes is None else np.bincount(data.y_train).tolist())
    assert len(data.classes) == (0 if classes is None else len(classes))


@pytest.mark.parametrize(("varieties", "apples"), [("all", 19), ("red", 11), ("pale", 8)])
def test_fruit_may_be_only_red_or_pale_apples(varieties: str, apples: int) -> None:
    """The oranges are always the same 19; an apple is class 1."""
    data = loaded("fruit", varieties=varieties, test_fraction=0.0)

    assert [19, apples] == np.bincount(data.y_train).tolist()
    assert ("orange", "apple") == data.classes
    assert ("width", "color_score") == data.features


def test_red_apples_are_red() -> None:
    """Their colour score is above 0.8, that of the pale ones below."""
    red = loaded("fruit", varieties="red", test_fraction=0.0)
    pale = loaded("fruit", varieties="pale", test_fraction=0.0)

    assert red.raw_train[red.y_train == 1, 3].min() > 0.8
    assert pale.raw_train[pale.y_train == 1, 3].max() < 0.8


def test_target_of_diabetes_is_standardised_on_the_training_part() -> None:
    """target_scale takes it back."""
    data = loaded("diabetes")
    assert data.target_scale is not None
    ((mean, std),) = data.target_scale

    assert [0.0, 1.0] == pytest.approx([data.t_train.mean(), data.t_train.std()], abs=1e-12)
    np.testing.assert_allclose(data.y_test, data.t_test * std + mean)
    assert (25.0, 346.0) == (min(data.y_train.min(), data.y_test.min()), max(data.y_train.max(), data.y_test.max()))


def test_target_of_diabetes_is_raw_without_standardisation() -> None:
    """Then neither inputs nor target are scaled."""
    data = loaded("diabetes", standardize=False)

    assert data.target_scale is None
    np.testing.assert_array_equal(data.y_train, data.t_train)
    np.testing.assert_array_equal(data.raw_train, data.x_train)


def test_every_file_says_where_it_is_from() -> None:
    """The attribution names each file, and no other; each table's file is there."""
    files = {path.name for path in FOLDER.iterdir()} - {"ATTRIBUTION.md"}
    attribution = (FOLDER / "ATTRIBUTION.md").read_text(encoding="utf-8")

    assert files == {line[3:] for line in attribution.splitlines() if line.startswith("## ")}
    assert {f"{name}.csv.gz" for name in FACTS} <= files
    assert set(FACTS) <= set(DATASETS)
