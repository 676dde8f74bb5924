"""Handwritten digits: grey pixels (N, 1, H, W), counted in the file, 0 to 1 for the network."""

from functools import cache
from pathlib import Path

import numpy as np

from engine.arrays import Array
from engine.datasets.dataset import Examples
from engine.datasets.registry import DATASETS
from engine.spec import DigitsDataset, MnistDataset

FOLDER = Path(__file__).parent / "data"

#: Of six digits of MNIST the last is from its test part.
SIXTHS = 6


def read_digits(spec: DigitsDataset) -> Examples:
    """1,797 images of 8 × 8; a pixel counts how many of 16 points are ink."""
    arrays = stored("digits")
    return _examples(spec.name, arrays["x"], arrays["y"], brightest=16.0)


def read_mnist(spec: MnistDataset) -> Examples:
    """The first ⅚ of ``size`` images of MNIST's training part, then the first ⅙ of its test part, each of 28 × 28."""
    arrays = stored("mnist")
    tested = spec.size // SIXTHS
    trained = spec.size - tested
    x = np.concatenate([arrays["x_train"][:trained], arrays["x_test"][:tested]])
    y = np.concatenate([arrays["y_train"][:trained], arrays["y_test"][:tested]])
    in_test = np.arange(spec.size) >= trained
    return _examples(spec.name, x, y, brightest=255.0, tested=in_test if spec.split == "given" else None)


def _examples(name: str, pixels: Array, labels: Array, *, brightest: float, tested: Array | None = None) -> Examples:
    """Pixels (N, H, W) uint8, labels (N,) uint8."""
    info = DATASETS[name]
    return Examples(
        name=name,
        task=info.task,
        columns=(),
        raw=pixels[:, None],  # (N, 1, H, W)
        y=labels.astype(np.int64),
        classes=info.classes,
        target_name=info.target_name,
        units=info.units,
        tested=tested,
        brightest=brightest,
    )


@cache
def stored(name: str) -> dict[str, Array]:
    """The arrays of one file, read once for all sessions and read-only."""
    with np.load(FOLDER / f"{name}.npz", allow_pickle=False) as file:
        arrays = {key: file[key] for key in file.files}
    for array in arrays.values():
        array.flags.writeable = False
    return arrays
