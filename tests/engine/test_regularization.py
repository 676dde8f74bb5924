import numpy as np
import pytest

from engine.regularization import add_penalty_gradient, counted, is_on, penalty
from engine.spec import Regularization

PARAMS = np.array([0.5, -2.0, 0.0, 3.0])  # W of three, b of one


def sizes(spec: Regularization) -> list[tuple[bool, int]]:
    """(whether it counts, numbers) of W and b."""
    return [(True, 3), (spec.include_biases, 1)]


def value(spec: Regularization) -> float:
    """The penalty of PARAMS."""
    return penalty(spec, PARAMS, counted(sizes(spec), "float64"), np.empty(4))


def gradient(spec: Regularization) -> list[float]:
    """What the penalty adds to a gradient of ones, less the ones."""
    grad = np.ones(4)
    add_penalty_gradient(grad, spec, PARAMS, counted(sizes(spec), "float64"), np.empty(4))
    return (grad - 1).tolist()


def test_l1_is_the_sum_of_sizes() -> None:
    """0.1·(0.5 + 2 + 0); its gradient is 0.1·sign(w), 0 at 0; the bias does not count."""
    spec = Regularization(l1=0.1)

    assert 0.25 == pytest.approx(value(spec))
    assert [0.1, -0.1, 0.0, 0.0] == pytest.approx(gradient(spec))


def test_l2_is_half_the_sum_of_squares() -> None:
    """½·0.1·(0.25 + 4); its gradient is 0.1·w."""
    spec = Regularization(l2=0.1)

    assert 0.2125 == pytest.approx(value(spec))
    assert [0.05, -0.2, 0.0, 0.0] == pytest.approx(gradient(spec))


def test_both_add_up_and_biases_count_if_asked() -> None:
    """0.1·5.5 + ½·0.2·13.25."""
    spec = Regularization(l1=0.1, l2=0.2, include_biases=True)

    assert 0.55 + 1.325 == pytest.approx(value(spec))
    assert [0.2, -0.5, 0.0, 0.7] == pytest.approx(gradient(spec))


def test_gradient_is_the_slope_of_the_value() -> None:
    """Central differences along each entry (away from 0, where |w| has a corner)."""
    spec = Regularization(l1=0.3, l2=0.7, include_biases=True)
    mask = counted(sizes(spec), "float64")
    params = np.array([0.5, -2.0, 1.0, 3.0])
    grad = np.zeros(4)
    add_penalty_gradient(grad, spec, params, mask, np.empty(4))
    slopes = []
    for step in np.eye(4) * 1e-6:
        up, down = (penalty(spec, params + sign * step, mask, np.empty(4)) for sign in (1, -1))
        slopes.append((up - down) / 2e-6)

    assert slopes == pytest.approx(grad.tolist(), rel=1e-8)


def test_it_is_off_unless_asked_for() -> None:
    """No penalty, no gradient."""
    spec = Regularization()

    assert not is_on(spec)
    assert is_on(Regularization(l1=1e-9))
    assert is_on(Regularization(l2=1e-9))
    assert 0.0 == value(spec)
    assert [0.0] * 4 == gradient(spec)


def test_single_precision_stays() -> None:
    """The mask has the dtype of the flat vectors; without parameters it is empty."""
    assert np.dtype("float32") == counted(sizes(Regularization()), "float32").dtype
    assert 0 == counted([], "float32").size
