"""Measured data that comes with Deltaflow; ``data/ATTRIBUTION.md`` says where each table is from."""

import csv
import gzip
from functools import cache
from pathlib import Path

import numpy as np

from engine.arrays import Array
from engine.datasets.dataset import Examples
from engine.datasets.registry import DATASETS
from engine.spec import FruitDataset, TableDataset

FOLDER = Path(__file__).parent / "data"

#: Varieties that are left out.
LEFT_OUT = {
    "all": frozenset[str](),
    "red": frozenset({"granny_smith", "golden_delicious"}),
    "pale": frozenset({"braeburn", "cripps_pink"}),
}


def read_fruit(spec: FruitDataset) -> Examples:
    """Apples (1) against oranges (0), all of them or only the red or pale apples."""
    numbers, varieties = _read("fruit")
    kept = np.array([variety not in LEFT_OUT[spec.varieties] for variety in varieties])
    return _examples("fruit", numbers[kept])


def read_table(spec: TableDataset) -> Examples:
    """Iris, wine, breast_cancer, diabetes or auto_mpg."""
    return _examples(spec.name, _read(spec.name)[0])


def _examples(name: str, numbers: Array) -> Examples:
    """The last column is the target."""
    info = DATASETS[name]
    raw, target = numbers[:, :-1], numbers[:, -1]
    return Examples(
        name=name,
        task=info.task,
        columns=info.columns,
        raw=raw,
        y=target.astype(np.int64) if info.task == "classification" else target[:, None],
        classes=info.classes,
        target_name=info.target_name,
        units=info.units,
    )


@cache
def _read(name: str) -> tuple[Array, tuple[str, ...]]:
    """Numbers (N, columns + 1), and of fruit the variety of each."""
    with gzip.open(FOLDER / f"{name}.csv.gz", "rt", encoding="ascii", newline="") as file:
        rows = list(csv.reader(file))[1:]
    width = len(DATASETS[name].columns) + 1
    numbers = np.array([[float(cell) for cell in row[:width]] for row in rows])
    numbers.flags.writeable = False
    return numbers, tuple(row[-1] for row in rows)
