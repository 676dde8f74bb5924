from math import sqrt

import numpy as np
import pytest

from tests.engine.optimizers.harness import build, trace


def test_three_steps_by_hand() -> None:
    """Kingma & Ba (2015), algorithm 1, with beta1 = 0.9, beta2 = 0.99, eps = 0.01 outside the root."""
    m1 = 0.1 * 0.5
    v1 = 0.01 * 0.25
    m2 = 0.9 * m1 + 0.1 * -1.0
    v2 = 0.99 * v1 + 0.01 * 1.0
    m3 = 0.9 * m2 + 0.1 * 0.25
    v3 = 0.99 * v2 + 0.01 * 0.0625
    expected = [
        -0.1 * (m1 / 0.1) / (sqrt(v1 / 0.01) + 0.01),
        -0.1 * (m2 / 0.19) / (sqrt(v2 / 0.0199) + 0.01),
        -0.1 * (m3 / 0.271) / (sqrt(v3 / 0.029701) + 0.01),
    ]

    assert [0.05, -0.055, -0.0245] == pytest.approx([m1, m2, m3])
    assert [0.0025, 0.012475, 0.01297525] == pytest.approx([v1, v2, v3])
    assert expected == pytest.approx(trace("adam", beta2=0.99, eps=0.01), rel=1e-12)


def test_the_first_step_is_one_rate_long_whatever_the_gradient() -> None:
    """The bias correction makes m_hat = g and √v_hat = |g|."""
    assert [-0.1, 0.1] == pytest.approx([trace("adam", [3e-3])[0], trace("adam", [-7e4])[0]], rel=1e-5)


def test_a_late_step_has_no_correction_left() -> None:
    """At step 10⁶ both corrections are 1: delta = -0.1·m / (√v + eps) with m = 0.1·g, v = 0.001·g² from empty slots."""
    optimizer = build("adam")
    slots = {name: np.zeros(1) for name in optimizer.slots}
    delta = np.empty(1)
    optimizer.delta(delta, np.array([2.0]), slots, np.zeros(1), 1_000_000, 0.1, np.empty(1))

    assert -0.1 * 0.2 / (sqrt(0.004) + 1e-8) == pytest.approx(delta[0], rel=1e-9)


def test_details_are_the_papers_quantities() -> None:
    """After the second step m, v, m_hat, v_hat and the effective step are what the trace above has."""
    optimizer = build("adam", beta2=0.99, eps=0.01)
    slots = {name: np.zeros(1) for name in optimizer.slots}
    for step, grad in enumerate([0.5, -1.0]):
        optimizer.delta(np.empty(1), np.array([grad]), slots, np.zeros(1), step, 0.1, np.empty(1))

    details = {d.name: d.value for d in optimizer.details(0, np.array([-1.0]), slots, np.zeros(1), 1, 0.1)}

    v_hat = 0.012475 / 0.0199
    expected = {
        "learning_rate": 0.1,
        "m": -0.055,
        "v": 0.012475,
        "m_hat": -0.055 / 0.19,
        "v_hat": v_hat,
        "effective_step": 0.1 / (sqrt(v_hat) + 0.01),
    }
    assert expected == pytest.approx(details, rel=1e-12)
