import re

from pydantic import TypeAdapter

from engine.datasets import DATASETS, load
from engine.presets import PRESETS
from engine.spec import DatasetSpec
from tests.engine.datasets.reference import PAGE, page


def test_reference_page_is_up_to_date() -> None:
    """The page is what the registry gives: otherwise run ``python -m tests.engine.datasets.reference``."""
    assert page() == PAGE.read_text(encoding="utf-8")


def test_every_entry_is_documented() -> None:
    """Each dataset with its columns and classes, each preset with its story."""
    text = PAGE.read_text(encoding="utf-8")

    for info in DATASETS.values():
        assert f"## `{info.name}`" in text
        assert all(f"`{column}`" in text for column in info.columns)
        assert all(name in text for name in info.classes)
    for preset in PRESETS.values():
        assert f"### `{preset.name}`" in text
        assert preset.story in text


def test_the_inline_examples_can_be_sent() -> None:
    """The page's JSON are datasets: rows, sequences of different lengths, texts, a table."""
    examples = re.findall(r"```json\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)

    rows, sequences, texts, table = (
        load(TypeAdapter[DatasetSpec](DatasetSpec).validate_json(example), seed=0) for example in examples
    )

    assert (("left", "right"), [0, 1, 1, 0]) == (rows.columns, rows.y_train.tolist())
    assert (2, 3, 2) == sequences.x_train.shape
    assert ("sequence", (3, 5), (3, 6)) == (texts.task, texts.x_train.shape, texts.y_train.shape)
    assert ("price", "regression", ("size", "kind=house")) == (table.target_name, table.task, table.columns)
