from math import sqrt

import numpy as np
import pytest

from tests.engine.optimizers.harness import build, trace


def test_three_steps_by_hand() -> None:
    """Zeiler (2012), algorithm 1, rho = 0.9 and eps = 0.01 inside both roots; rate 1."""
    v1 = 0.1 * 0.25
    r1 = sqrt(0.0 + 0.01) / sqrt(v1 + 0.01) * 0.5
    d1 = 0.1 * r1**2
    v2 = 0.9 * v1 + 0.1 * 1.0
    r2 = sqrt(d1 + 0.01) / sqrt(v2 + 0.01) * -1.0
    d2 = 0.9 * d1 + 0.1 * r2**2
    v3 = 0.9 * v2 + 0.1 * 0.0625
    r3 = sqrt(d2 + 0.01) / sqrt(v3 + 0.01) * 0.25

    assert [-r1, -r2, -r3] == pytest.approx(trace("adadelta", learning_rate=1.0, eps=0.01), rel=1e-12)


@pytest.mark.parametrize("rho", [0.0, 0.9])
def test_the_mean_square_move_before_the_step_is_found_again(rho: float) -> None:
    """The details tell d before the update, although the slot holds d after it."""
    optimizer = build("adadelta", rho=rho)
    slots = {name: np.zeros(1) for name in optimizer.slots}
    before = 0.0
    for step, grad in enumerate([0.5, -1.0, 0.0, 0.25]):
        before = (1 - rho) * float(slots["move_sum"][0])
        optimizer.delta(np.empty(1), np.array([grad]), slots, np.zeros(1), step, 1.0, np.empty(1))

    details = {d.name: d.value for d in optimizer.details(0, np.array([0.25]), slots, np.zeros(1), 3, 1.0)}

    assert before == pytest.approx(details["d_before"], rel=1e-9, abs=1e-15)
