"""The datasets: measured tables, points in the plane, and the caller's own numbers."""

from engine.datasets.dataset import Dataset, Examples, InputMap, Part, Task
from engine.datasets.inline import read_inline
from engine.datasets.points import read_points
from engine.datasets.registry import DATASETS, DatasetInfo
from engine.datasets.split import prepare
from engine.datasets.tables import read_fruit, read_table
from engine.datasets.targets import encode_targets
from engine.spec import DatasetSpec, FruitDataset, InlineDataset, PointsDataset

__all__ = ["DATASETS", "Dataset", "DatasetInfo", "InputMap", "Part", "Task", "encode_targets", "load"]


def load(spec: DatasetSpec, *, seed: int) -> Dataset:
    """Read or draw the data, split it, standardise it, compute its features.

    Args:
        spec: which data, and how it becomes inputs.
        seed: of the session; the same seed gives the same points and the same split.

    Raises:
        UnknownName: a feature of a column that does not exist.
        SpecError: inline data that cannot be used.
    """
    return prepare(_read(spec, seed), spec, seed)


def _read(spec: DatasetSpec, seed: int) -> Examples:
    match spec:
        case FruitDataset():
            return read_fruit(spec)
        case PointsDataset():
            return read_points(spec, seed)
        case InlineDataset():
            return read_inline(spec.inline)
        case _:
            return read_table(spec)
