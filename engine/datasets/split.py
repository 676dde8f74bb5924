"""Split, standardise, compute the features: from examples to a dataset that a network can train on."""

import numpy as np

from engine.arrays import Array
from engine.datasets.dataset import Dataset, Examples, InputMap
from engine.datasets.features import LOC, parse_features
from engine.datasets.registry import DATASETS
from engine.errors import SpecError
from engine.spec import DatasetBase
from engine.words import say

#: Keeps these numbers apart from all others that a session draws from its seed.
STREAM = 0x73706C74  # "splt"
#: The caller's own table is measured, as those that come with Deltaflow are.
TABLE = "table"


def split_rows(count: int, test_fraction: float, seed: int) -> tuple[Array, Array]:
    """Row numbers of the training and of the test part, each in the order of the data.

    Which rows are tested is a seeded shuffle; no part is empty unless test_fraction is 0 (then nothing is tested).

    Raises:
        SpecError: a single example cannot be split.
    """
    rows = np.arange(count)
    if test_fraction == 0:
        return rows, rows[:0]
    if count == 1:
        raise SpecError(say("one example cannot be split: set test_fraction to 0"), ("dataset", "test_fraction"))
    tested = min(max(round(test_fraction * count), 1), count - 1)
    shuffled = np.random.default_rng([seed, STREAM]).permutation(count)
    return np.sort(shuffled[tested:]), np.sort(shuffled[:tested])


def prepare(examples: Examples, spec: DatasetBase, seed: int) -> Dataset:
    """Mean and std are those of the training part alone, so that the test part stays unseen.

    Raises:
        SpecError: features or standardisation asked of examples that are no rows of numbers; an unknown feature.
    """
    train, test = _parts(examples, spec.test_fraction, seed)
    info = DATASETS.get(examples.name)
    standardize = bool(info and info.standardize) if spec.standardize is None else spec.standardize
    inputs = _input_map(examples, spec, train, standardize)
    is_measured = examples.task == "regression" and (examples.name == TABLE or bool(info and info.standardize))
    target_scale = _target_scale(examples.y[train]) if standardize and is_measured else None
    return Dataset(
        name=examples.name,
        task=examples.task,
        columns=examples.columns,
        features=tuple(feature.text for feature in inputs.features),
        classes=examples.classes,
        target_name=examples.target_name,
        units=examples.units,
        rows_train=_frozen(train),
        rows_test=_frozen(test),
        raw_train=_frozen(examples.raw[train]),
        raw_test=_frozen(examples.raw[test]),
        x_train=_frozen(inputs(examples.raw[train])),
        x_test=_frozen(inputs(examples.raw[test])),
        y_train=_frozen(examples.y[train]),
        y_test=_frozen(examples.y[test]),
        t_train=_frozen(_scaled(examples.y[train], target_scale)),
        t_test=_frozen(_scaled(examples.y[test], target_scale)),
        scale=_scale(inputs) if standardize else {},
        target_scale=target_scale,
        transform=inputs,
        tokens=examples.tokens,
        target_tokens=examples.target_tokens,
        lengths_train=_rows_of(examples.lengths, train),
        lengths_test=_rows_of(examples.lengths, test),
        target_lengths_train=_rows_of(examples.target_lengths, train),
        target_lengths_test=_rows_of(examples.target_lengths, test),
    )


def _parts(examples: Examples, test_fraction: float, seed: int) -> tuple[Array, Array]:
    """Row numbers of both parts: as the data come split, else by a seeded shuffle of the groups or of the examples."""
    if examples.tested is not None:
        return np.flatnonzero(~examples.tested), np.flatnonzero(examples.tested)
    if examples.groups is None:
        return split_rows(len(examples.raw), test_fraction, seed)
    names = np.unique(examples.groups)
    tested = np.isin(examples.groups, names[split_rows(len(names), test_fraction, seed)[1]])
    return np.flatnonzero(~tested), np.flatnonzero(tested)


def _rows_of(lengths: Array | None, rows: Array) -> Array | None:
    return None if lengths is None else _frozen(lengths[rows])


def _input_map(examples: Examples, spec: DatasetBase, train: Array, standardize: bool) -> InputMap:
    columns = examples.columns
    if not columns:
        if spec.features is not None or standardize:
            loc = LOC if spec.features is not None else ("dataset", "standardize")
            raise SpecError(say("only rows of numbers have columns, but {told}", told=_told(examples)), loc)
        return InputMap((), (), np.zeros(0), np.ones(0), examples.brightest)
    info = DATASETS.get(examples.name)
    texts = spec.features or (info and info.features) or columns
    mean, std = _moments(examples.raw[train]) if standardize else (np.zeros(len(columns)), np.ones(len(columns)))
    return InputMap(columns, parse_features(texts, columns), mean, std)


def _told(examples: Examples) -> str:
    return say("these examples are texts") if examples.tokens else say("these examples have more axes")


def _moments(values: Array) -> tuple[Array, Array]:
    """Mean and standard deviation (of N, not N - 1) by column; a column that never changes is not divided."""
    std = values.std(axis=0)
    return values.mean(axis=0), np.where(std > 0, std, 1.0)


def _scale(inputs: InputMap) -> dict[str, tuple[float, float]]:
    return {
        column: (float(mean), float(std))
        for column, mean, std in zip(inputs.columns, inputs.mean, inputs.std, strict=True)
    }


def _target_scale(y: Array) -> tuple[tuple[float, float], ...]:
    mean, std = _moments(y)
    return tuple(zip(mean.tolist(), std.tolist(), strict=True))


def _scaled(y: Array, scale: tuple[tuple[float, float], ...] | None) -> Array:
    """(y - mean) / std by output, where there is a scale."""
    if scale is None:
        return y
    mean, std = np.array(scale).T
    scaled: Array = (y - mean) / std
    return scaled


def _frozen(array: Array) -> Array:
    array.flags.writeable = False
    return array
