"""What a network that reads names must beat: naive Bayes on pairs of characters.

P(class | name) ∝ P(class) Π_t P(c_t | c_{t-1}, class), with add-one smoothing; a name begins after, and ends with, 0.
"""

import numpy as np

from engine.arrays import Array
from engine.datasets.dataset import Dataset


def bigram_accuracy(dataset: Dataset) -> float:
    """The share of the test part that it tells rightly, counted on the training part."""
    classes, tokens = len(dataset.classes), len(dataset.tokens)
    counts = np.ones((classes, tokens, tokens))  # add one
    before, after, real = _pairs(dataset.raw_train)
    labels = np.broadcast_to(dataset.y_train[:, None], real.shape)
    np.add.at(counts, (labels[real], before[real], after[real]), 1.0)
    transition = np.log(counts / counts.sum(axis=2, keepdims=True))  # (K, tokens, tokens)
    prior = np.log(np.bincount(dataset.y_train, minlength=classes) + 1.0)
    before, after, real = _pairs(dataset.raw_test)
    scores = prior[:, None] + (transition[:, before, after] * real).sum(axis=2)  # (K, N)
    return float((scores.argmax(axis=0) == dataset.y_test).mean())


def _pairs(ids: Array) -> tuple[Array, Array, Array]:
    """Each character with the one before it, (N, T + 1) each, and whether the pair is real: (0, 0) is padding."""
    edged = np.pad(ids, ((0, 0), (1, 1)))
    before, after = edged[:, :-1], edged[:, 1:]
    return before, after, (before != 0) | (after != 0)
