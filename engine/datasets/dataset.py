"""What a dataset is once it is ready for a network, and how raw columns become inputs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from engine.arrays import Array
from engine.datasets.features import Feature, evaluate

Task = Literal["classification", "regression", "sequence"]
Part = Literal["train", "test"]


@dataclass(frozen=True, eq=False)
class Examples:
    """A dataset as it comes: nothing split, nothing scaled.

    Args:
        name: as in the spec; "inline" for the caller's own.
        task: what the targets are.
        columns: names of the raw columns; empty if an example is more than a row of numbers.
        raw: (N, columns), or any shape with N first; integers where pixels or tokens are counted.
        y: (N,) class indices, (N, outputs) numbers, or (N, T) token indices.
        classes: their names; empty for regression and sequences.
        target_name: what is to be predicted.
        units: of columns (and of the target), where there are any.
        tokens: the vocabulary of the inputs, if these are tokens.
        target_tokens: the vocabulary of the targets, if these are sequences.
        lengths: (N,) time steps of each example, if they differ.
        target_lengths: (N,) the same of the targets, the end symbol included.
        groups: (N,) what falls into the same part together; each example by itself if None.
        tested: (N,) true for the test part, if the data come split.
        brightest: the raw value that becomes 1.
    """

    name: str
    task: Task
    columns: tuple[str, ...]
    raw: Array
    y: Array
    classes: tuple[str, ...]
    target_name: str
    units: Mapping[str, str] = field(default_factory=dict)
    tokens: tuple[str, ...] = ()
    target_tokens: tuple[str, ...] = ()
    lengths: Array | None = None
    target_lengths: Array | None = None
    groups: Array | None = None
    tested: Array | None = None
    brightest: float = 1.0


@dataclass(frozen=True, eq=False)
class InputMap:
    """Raw columns -> inputs: standardise, then compute the features. Without columns: raw / brightest."""

    columns: tuple[str, ...]
    features: tuple[Feature, ...]
    mean: Array  # (columns,)
    std: Array  # (columns,)
    brightest: float = 1.0

    def __call__(self, raw: Array) -> Array:
        """(…, columns) -> (…, features); examples without columns keep their shape; float32 unless they are float64."""
        if not self.columns:
            dtype = np.float64 if raw.dtype == np.float64 else np.float32
            return np.divide(raw, self.brightest, dtype=dtype) if self.brightest != 1 else raw.astype(dtype)
        return evaluate(self.features, (raw - self.mean) / self.std)


@dataclass(frozen=True, eq=False)
class Dataset:
    """Ready for a network. All arrays are read-only; N is the examples in the part.

    Numbers are float64 and class indices int64. Pixels and tokens stay the small integers that they are in ``raw`` (and
    in targets), so that many sessions can hold them, and are float32 in ``x`` (exact for tokens).

    Args:
        name: as in the spec; "inline" for the caller's own.
        task: "classification", "regression" or "sequence" (a token at each time step).
        columns: names of the raw columns.
        features: names of the inputs, in the network's order.
        classes: their names; empty for regression and sequences.
        target_name: what is to be predicted.
        units: of columns (and of the target), where there are any.
        rows_train: (N,) which rows of the data are in the training part.
        rows_test: the same of the test part.
        raw_train: (N, columns) as measured, or (N, …).
        raw_test: the same of the test part.
        x_train: (N, D) inputs, or (N, …).
        x_test: the same of the test part.
        y_train: (N,) class indices, (N, outputs) numbers as measured, or (N, T) token indices.
        y_test: the same of the test part.
        t_train: y, standardised where target_scale says so; class indices are not encoded yet.
        t_test: the same of the test part.
        scale: column -> (mean, std) where it is standardised.
        target_scale: (mean, std) by output where targets are standardised, else None.
        transform: raw columns -> inputs, for numbers that are not in the data.
        tokens: the vocabulary of the inputs, which are then (N, T) indices into it; () if they are no tokens.
        target_tokens: the vocabulary of targets that are sequences; index 0 is the end symbol, which also pads.
        lengths_train: (N,) time steps of each example, if they differ; what comes after is padding.
        lengths_test: the same of the test part.
        target_lengths_train: (N,) the same of the targets, the end symbol included.
        target_lengths_test: the same of the test part.
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
    tokens: tuple[str, ...] = ()
    target_tokens: tuple[str, ...] = ()
    lengths_train: Array | None = None
    lengths_test: Array | None = None
    target_lengths_train: Array | None = None
    target_lengths_test: Array | None = None

    @property
    def used_columns(self) -> tuple[str, ...]:
        """The raw columns that the inputs depend on, in the order of their first use."""
        used = (index for feature in self.transform.features for index in feature.columns)
        return tuple(dict.fromkeys(self.columns[index] for index in used))
