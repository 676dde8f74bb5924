from math import sqrt

import numpy as np
import pytest

from tests.engine.optimizers.harness import build, trace


def test_three_steps_by_hand() -> None:
    """Dozat (2016) with PyTorch's schedule: mu_t = 0.9·(1 - ½·0.96^(0.004·t)); beta2 = 0.99, eps = 0.01."""
    mu1 = 0.9 * (1 - 0.5 * 0.96**0.004)
    mu2 = 0.9 * (1 - 0.5 * 0.96**0.008)
    mu3 = 0.9 * (1 - 0.5 * 0.96**0.012)
    mu4 = 0.9 * (1 - 0.5 * 0.96**0.016)
    m1, v1 = 0.05, 0.0025
    m2, v2 = -0.055, 0.012475
    m3, v3 = -0.0245, 0.01297525
    m_bar1 = mu2 * m1 / (1 - mu1 * mu2) + (1 - mu1) * 0.5 / (1 - mu1)
    m_bar2 = mu3 * m2 / (1 - mu1 * mu2 * mu3) + (1 - mu2) * -1.0 / (1 - mu1 * mu2)
    m_bar3 = mu4 * m3 / (1 - mu1 * mu2 * mu3 * mu4) + (1 - mu3) * 0.25 / (1 - mu1 * mu2 * mu3)
    expected = [
        -0.1 * m_bar1 / (sqrt(v1 / 0.01) + 0.01),
        -0.1 * m_bar2 / (sqrt(v2 / 0.0199) + 0.01),
        -0.1 * m_bar3 / (sqrt(v3 / 0.029701) + 0.01),
    ]

    assert 0.45 == pytest.approx(mu1, rel=1e-3)
    assert expected == pytest.approx(trace("nadam", beta2=0.99, eps=0.01), rel=1e-12)


def test_a_step_reached_by_going_back_has_the_same_bits() -> None:
    """The momentum's weights are a function of the step, not of the way to it."""
    fresh, used = build("nadam"), build("nadam")
    deltas = []
    for optimizer, visits in ((fresh, (7,)), (used, (0, 1, 2, 50, 7))):
        delta = np.empty(1)
        for step in visits:
            slots = {name: np.zeros(1) for name in optimizer.slots}
            optimizer.delta(delta, np.array([0.3]), slots, np.zeros(1), step, 0.1, np.empty(1))
        deltas.append(delta.tobytes())

    assert deltas[0] == deltas[1]


def test_far_steps_are_reached_at_once() -> None:
    """The product of all momenta is nothing long before step 10⁹, so it need not be multiplied out."""
    delta = np.empty(1)
    optimizer = build("nadam")
    slots = {name: np.zeros(1) for name in optimizer.slots}

    optimizer.delta(delta, np.array([1.0]), slots, np.zeros(1), 1_000_000_000, 0.1, np.empty(1))

    assert np.isfinite(delta[0])
