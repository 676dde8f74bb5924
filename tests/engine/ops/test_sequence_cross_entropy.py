import numpy as np
import pytest

from engine.errors import ShapeMismatch
from engine.ops import LOSSES
from tests.engine.ops.harness import run_forward, run_per_example, run_vjp

LOSS = LOSSES["sequence_cross_entropy"]
Z = np.log([[[1.0, 3.0], [1.0, 1.0]], [[4.0, 1.0], [7.0, 1.0]]])
TARGET, MASK = [[1.0, 0.0], [0.0, 1.0]], [[1.0, 1.0], [1.0, 0.0]]


def test_exact_values() -> None:
    """Probabilities ¾, ½, ⅘ at the real steps, and ⅛ at the padding, which does not count."""
    assert -np.log([3 / 4, 1 / 2, 4 / 5]).mean() == pytest.approx(float(run_forward(LOSS, Z, TARGET, MASK)))
    assert -np.log([3 / 4, 1 / 2, 4 / 5, 1 / 8]).mean() == pytest.approx(float(run_forward(LOSS, Z, TARGET)))


def test_exact_gradients() -> None:
    """(softmax(z) - onehot) / 3 at the three real steps, 0 at the padding."""
    dz = run_vjp(LOSS, "z", 1.0, Z, TARGET, MASK)

    expected = np.array([[[1 / 4, -1 / 4], [-1 / 2, 1 / 2]], [[-1 / 5, 1 / 5], [0, 0]]])
    np.testing.assert_allclose(expected, 3 * dz, atol=1e-15)


def test_masked_gradients_agree_with_a_central_difference() -> None:
    """In a random direction."""
    rng = np.random.default_rng(1)
    z, direction = rng.normal(size=(2, 2, 3)), rng.normal(size=(2, 2, 3))
    up, down = (float(run_forward(LOSS, z + step * direction, TARGET, MASK)) for step in (1e-5, -1e-5))

    assert (up - down) / 2e-5 == pytest.approx(float((run_vjp(LOSS, "z", 1.0, z, TARGET, MASK) * direction).sum()))


def test_each_sequence_has_its_part_of_the_loss() -> None:
    """The mean of the parts is the loss, however long the sequences are."""
    parts = run_per_example(LOSS, Z, TARGET, MASK)

    assert parts.mean() == pytest.approx(float(run_forward(LOSS, Z, TARGET, MASK)))
    assert parts[1] == pytest.approx(-np.log(4 / 5) * 2 / 3)


def test_an_empty_batch_of_padding_costs_nothing() -> None:
    """Nothing is divided by 0."""
    assert 0 == run_forward(LOSS, Z, TARGET, np.zeros((2, 2)))


def test_targets_are_indices_never_rows() -> None:
    """Expected and actual are named."""
    with pytest.raises(ShapeMismatch, match="loss: target"):
        LOSS.shape((2, 2, 2), (2, 2, 2))
