import pytest

from tests.engine.optimizers.harness import trace


def test_three_steps_by_hand() -> None:
    """PyTorch's form: u = 0.9·u + g, delta = -0.1·(g + 0.9·u)."""
    u1 = 0.5
    u2 = 0.9 * 0.5 + -1.0  # -0.55
    u3 = 0.9 * -0.55 + 0.25  # -0.245
    expected = [
        -0.1 * (0.5 + 0.9 * u1),
        -0.1 * (-1.0 + 0.9 * u2),
        -0.1 * (0.25 + 0.9 * u3),
    ]

    assert [-0.095, 0.1495, -0.00295] == pytest.approx(expected)
    assert expected == pytest.approx(trace("nesterov"), rel=1e-12)


def test_it_is_nesterovs_own_scheme_seen_from_the_look_ahead_point() -> None:
    """Nesterov (1983) on L = ½·w²: y = w + 0.9·v, v ← 0.9·v - 0.1·y, w ← w + v.  The trained parameter is y."""
    w, v, y = 1.0, 0.0, 1.0
    looked_ahead = [y]
    for _ in range(4):
        v = 0.9 * v - 0.1 * y
        w = w + v
        y = w + 0.9 * v
        looked_ahead.append(y)

    ours, position = [1.0], 1.0
    for count in range(1, 5):
        position = 1.0 + sum(trace("nesterov", ours[:count]))
        ours.append(position)

    assert looked_ahead == pytest.approx(ours, rel=1e-12)
