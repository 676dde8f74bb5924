"""What a dataset is once it is ready for a network, and how raw columns become inputs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.arrays import Array
from engine.datasets.features import Feature, evaluate

Task = Literal["classification", "regression"]
Part = Literal["train", "test"]


@dataclass(frozen=True, eq=False)
class Examples:
    """A dataset as it comes: nothing split, nothing scaled.

    Args:
        name: as in the spec; "inline" for the caller's own.
        task: what the targets are.
        columns: names of the raw columns; empty if an example is more than a row of numbers.
        raw: (N, columns), or any shape with N first.
        y: (N,) class indices, or (N, outputs) numbers.
        classes: their names; empty for regression.
        target_name: what is to be predicted.
        units: of columns (and of the target), where there are any.
    """

    name: str
    task: Task
    columns: tuple[str, ...]
    raw: Array
    y: Array
    classes: tuple[str, ...]
    target_name: str
    units: Mapping[str, str]


@dataclass(frozen=True, eq=False)
class InputMap:
    """Raw columns -> inputs: standardise, then compute the features."""

    columns: tuple[str, ...]
    features: tuple[Feature, ...]
    mean: Array  # (columns,)
    std: Array  # (columns,)

    def __call__(self, raw: Array) -> Array:
        """(…, columns) -> (…, features); examples without columns pass as they are."""
        if not self.columns:
            return np.array(raw, dtype=np.float64)
        return evaluate(self.features, (raw - self.mean) / self.std)


@dataclass(frozen=True, eq=False)
class Dataset:
    """Ready for a network. All arrays are float64 (class indices int64) and read-only; N is the examples in the part.

    Args:
        name: as in the spec; "inline" for the caller's own.
        task: "classification" or "regression".
        columns: names of the raw columns.
        features: names of the inputs, in the network's order.
        classes: their names; empty for regression.
        target_name: what is to be predicted.
        units: of columns (and of the target), where there are any.
        rows_train: (N,) which rows of the data are in the training part.
        rows_test: the same of the test part.
        raw_train: (N, columns) as measured, or (N, …).
        raw_test: the same of the test part.
        x_train: (N, D) inputs, or (N, …).
        x_test: the same of the test part.
        y_train: (N,) class indices, or (N, outputs) numbers as measured.
        y_test: the same of the test part.
        t_train: y, standardised where target_scale says so; class indices are not encoded yet.
        t_test: the same of the test part.
        scale: column -> (mean, std) where it is standardised.
        target_scale: (mean, std) by output where targets are standardised, else None.
        transform: raw columns -> inputs, for numbers that are not in the data.
    """

    name: str
    task: Task
    columns: tuple[str, ...]
    features: tuple[str, ...]
    classes: tuple[str, ...]
    target_name: str
    units: Mapping[str, str]
    rows_train: Array
    rows_test: Array
    raw_train: Array
    raw_test: Array
    x_train: Array
    x_test: Array
    y_train: Array
    y_test: Array
    t_train: Array
    t_test: Array
    scale: Mapping[str, tuple[float, float]]
    target_scale: tuple[tuple[float, float], ...] | None
    transform: InputMap

    @property
    def used_columns(self) -> tuple[str, ...]:
        """The raw columns that the inputs depend on, in the order of their first use."""
        used = (index for feature in self.transform.features for index in feature.columns)
        return tuple(dict.fromkeys(self.columns[index] for index in used))
