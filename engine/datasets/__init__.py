"""The datasets: measured tables, points in the plane, images, and the caller's own numbers."""

from functools import lru_cache

from engine.datasets.dataset import Dataset, Examples, InputMap, Part, Task
from engine.datasets.images import read_digits, read_mnist
from engine.datasets.info import DatasetInfo
from engine.datasets.inline import read_inline
from engine.datasets.points import read_points
from engine.datasets.registry import DATASETS
from engine.datasets.split import prepare
from engine.datasets.tables import read_fruit, read_table
from engine.datasets.targets import encode_targets
from engine.spec import (
    DatasetSpec,
    DigitsDataset,
    FruitDataset,
    InlineDataset,
    MnistDataset,
    PointsDataset,
    TableDataset,
)

__all__ = ["DATASETS", "Dataset", "DatasetInfo", "InputMap", "Part", "Task", "encode_targets", "load"]

#: Datasets that are kept for the next session that asks for the same; nobody can write to them.
KEPT = 8


def load(spec: DatasetSpec, *, seed: int) -> Dataset:
    """Read or draw the data, split it, standardise it, compute its features.

    Args:
        spec: which data, and how it becomes inputs.
        seed: of the session; the same seed gives the same points and the same split.

    Raises:
        UnknownName: a feature of a column that does not exist.
        SpecError: inline data that cannot be used.
    """
    if isinstance(spec, InlineDataset):
        return prepare(read_inline(spec.inline), spec, seed)
    if isinstance(spec, MnistDataset) and spec.split == "given":
        seed = 0  # it draws nothing, so all sessions share one
    return _load(spec, seed)


@lru_cache(KEPT)
def _load(spec: DatasetSpec, seed: int) -> Dataset:
    return prepare(_read(spec, seed), spec, seed)


def _read(spec: DatasetSpec, seed: int) -> Examples:
    match spec:
        case FruitDataset():
            return read_fruit(spec)
        case PointsDataset():
            return read_points(spec, seed)
        case TableDataset():
            return read_table(spec)
        case DigitsDataset():
            return read_digits(spec)
        case MnistDataset():
            return read_mnist(spec)
        case InlineDataset():
            return read_inline(spec.inline)
