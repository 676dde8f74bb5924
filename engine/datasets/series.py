"""Series drawn from the seed: what must be remembered over many time steps.

S. Hochreiter, J. Schmidhuber (1997), Long short-term memory, Neural Computation 9: the adding problem, and long time
lags.
"""

import numpy as np

from engine.datasets.dataset import Examples
from engine.datasets.registry import DATASETS
from engine.datasets.text import PAD
from engine.spec import AddingDataset, RecallDataset

#: Keeps these numbers apart from all others that a session draws from its seed.
ADDING, RECALL = 0x61646469, 0x72656361  # "addi", "reca"

SIGNALS = tuple("ABCDEFGH")
DISTRACTORS = tuple("abcdefgh")


def read_adding(spec: AddingDataset, seed: int) -> Examples:
    """x[n,t] = (value, mark), y[n] = the sum of the two marked values: one in each half of the time steps.

    Values are even in [0, 1], so always answering 1 has a mean squared error of 1/6.
    """
    rng = np.random.default_rng([seed, ADDING])
    n, half = np.arange(spec.size), spec.length // 2
    x = np.zeros((spec.size, spec.length, 2), np.float32)
    x[:, :, 0] = rng.random((spec.size, spec.length), np.float32)
    x[n, rng.integers(0, half, spec.size), 1] = 1
    x[n, rng.integers(half, spec.length, spec.size), 1] = 1
    info = DATASETS[spec.name]
    return Examples(
        name=spec.name,
        task=info.task,
        columns=(),
        raw=x,
        y=np.prod(x, axis=2, dtype=np.float64).sum(axis=1, keepdims=True),
        classes=(),
        target_name=info.target_name,
    )


def read_recall(spec: RecallDataset, seed: int) -> Examples:
    """The first symbol tells the class; ``length`` distractors, which say nothing, come after it."""
    rng = np.random.default_rng([seed, RECALL])
    classes = SIGNALS[: spec.classes]
    y = np.arange(spec.size, dtype=np.int64) % spec.classes
    ids = np.empty((spec.size, 1 + spec.length), np.uint8)
    ids[:, 0] = 1 + y
    ids[:, 1:] = rng.integers(1 + spec.classes, 1 + spec.classes + len(DISTRACTORS), (spec.size, spec.length))
    info = DATASETS[spec.name]
    return Examples(
        name=spec.name,
        task=info.task,
        columns=(),
        raw=ids,
        y=y,
        classes=classes,
        target_name=info.target_name,
        tokens=(PAD, *classes, *DISTRACTORS),
    )
