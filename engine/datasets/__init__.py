"""The datasets: measured tables, points in the plane, images, texts, series, and the caller's own data."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from engine.datasets.dataset import Dataset, Examples, InputMap, Part, Task
from engine.datasets.images import read_digits, read_mnist
from engine.datasets.info import DatasetInfo
from engine.datasets.inline import read_inline
from engine.datasets.own_tables import SHELF, read_own_table
from engine.datasets.pictures import read_pictures
from engine.datasets.points import read_points
from engine.datasets.registry import DATASETS
from engine.datasets.series import read_adding, read_recall
from engine.datasets.split import prepare
from engine.datasets.tables import read_fruit, read_table
from engine.datasets.targets import encode_targets
from engine.datasets.text import END, PAD, decode_tokens, encode_text
from engine.datasets.texts import read_number_words, read_surnames, read_tunes
from engine.spec import (
    AddingDataset,
    DatasetBase,
    DatasetSpec,
    DigitsDataset,
    FruitDataset,
    InlineDataset,
    MnistDataset,
    NumberWordsDataset,
    OwnTableDataset,
    PicturesDataset,
    PointsDataset,
    RecallDataset,
    SurnamesDataset,
    TableDataset,
    TunesDataset,
)

__all__ = [
    "DATASETS",
    "END",
    "PAD",
    "SHELF",
    "Dataset",
    "DatasetInfo",
    "InputMap",
    "Part",
    "Task",
    "decode_tokens",
    "encode_targets",
    "encode_text",
    "load",
]

#: How what is stored is read, by the model that describes it.
READERS: dict[type[DatasetBase], Callable[[Any], Examples]] = {
    FruitDataset: read_fruit,
    TableDataset: read_table,
    DigitsDataset: read_digits,
    MnistDataset: read_mnist,
    SurnamesDataset: read_surnames,
    TunesDataset: read_tunes,
    NumberWordsDataset: read_number_words,
    PicturesDataset: read_pictures,
}

#: Datasets that are kept for the next session that asks for the same; nobody can write to them.
KEPT = 8


def load(spec: DatasetSpec, *, seed: int, most_rows: int | None = None) -> Dataset:
    """Read or draw the data, split it, standardise it, compute its features.

    Args:
        spec: which data, and how it becomes inputs.
        seed: of the session; the same seed gives the same points and the same split.
        most_rows: of a table of one's own; more are refused before anything is made of them.

    Raises:
        UnknownName: a feature of a column that does not exist.
        SpecError: data of one's own that cannot be used.
    """
    if isinstance(spec, InlineDataset):
        return prepare(read_inline(spec.inline), spec, seed)
    if isinstance(spec, OwnTableDataset):
        return prepare(read_own_table(spec, most_rows), spec, seed)
    if isinstance(spec, MnistDataset) and spec.split == "given":
        seed = 0  # it draws nothing, so all sessions share one
    return _load(spec, seed)


@lru_cache(KEPT)
def _load(spec: DatasetSpec, seed: int) -> Dataset:
    return prepare(_read(spec, seed), spec, seed)


def _read(spec: DatasetSpec, seed: int) -> Examples:
    """Only points and series draw from the seed."""
    match spec:
        case PointsDataset():
            return read_points(spec, seed)
        case AddingDataset():
            return read_adding(spec, seed)
        case RecallDataset():
            return read_recall(spec, seed)
        case InlineDataset():
            return read_inline(spec.inline)
        case _:
            return READERS[type(spec)](spec)
