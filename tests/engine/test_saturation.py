"""Saturated units: counted by hand, of every kind of layer that has sigmoids or tanhs."""

from typing import Any

import numpy as np
import pytest

from engine.cursor import Cursor
from tests.engine.sessions import HIDDEN, OUTPUT, cursor

NAMES: dict[str, Any] = {
    "dataset": {"name": "surnames", "languages": ["German", "Italian"]},
    "layers": [
        {"id": "embed", "type": "embedding", "tokens": 40, "units": 4},
        {"id": "lstm", "type": "lstm", "units": 4},
        {"id": "output", "type": "dense", "units": 2, "activation": "softmax"},
    ],
    "loss": {"type": "softmax_cross_entropy"},
    "batch_size": 8,
}


def biased(activation: str, biases: list[float]) -> Cursor:
    """Three hidden units whose pre-activations are their biases, forward done."""
    session = cursor(layers=[{**HIDDEN, "activation": activation}, OUTPUT])
    session.set_parameter("hidden1.W", [[0.0] * 3] * len(session.parameters()["hidden1.W"]))
    session.set_parameter("hidden1.b", biases)
    session.step("op", 5)
    return session


@pytest.mark.parametrize(
    ("activation", "biases", "share"),
    [
        ("tanh", [0.0, 1.0, 3.0], 1 / 3),  # 1 - tanh² = 1, 0.42, 0.0099
        ("tanh", [-3.0, 2.0, 2.3], 2 / 3),  # 0.0099, 0.071, 0.040
        ("sigmoid", [0.0, 4.0, 4.5], 1 / 3),  # 4 a (1 - a) = 1, 0.071, 0.043
        ("sigmoid", [-10.0, 10.0, 0.0], 2 / 3),
    ],
)
def test_numbers_whose_local_derivative_is_below_a_twentieth_are_counted(
    activation: str, biases: list[float], share: float
) -> None:
    """Of tanh 1 - a², of the sigmoid 4 a (1 - a); for every example of the batch alike."""
    assert share == pytest.approx(biased(activation, biases).metrics().saturated["hidden1"])


def test_what_the_loss_swallows_does_not_count() -> None:
    """A sigmoid under cross-entropy is no obstacle; under the squared error it is one."""
    assert {"hidden1"} == set(cursor().metrics().saturated)
    assert {"hidden1", "output"} == set(cursor(loss="mse").metrics().saturated)


def test_what_is_not_computed_is_not_zero() -> None:
    """Before the forward pass, and where there is nothing to saturate."""
    assert {"hidden1": None} == cursor().metrics().saturated
    assert {} == cursor(layers=[{**HIDDEN, "activation": "relu"}, OUTPUT]).metrics().saturated


def test_gates_of_all_time_steps_count() -> None:
    """A bias of 100 on the gates of an LSTM saturates them all: i, f, o and the candidate."""
    session = cursor(**NAMES)
    session.step("op", 2)
    assert session.metrics().saturated == {"lstm": None}
    session.step("batch", 1)
    before = session.metrics().saturated["lstm"]
    session.set_parameter("lstm.b", np.full(16, 100.0).tolist())
    session.step("batch", 1)
    after = session.metrics().saturated["lstm"]

    assert before is not None
    assert after is not None
    assert before < 0.5 < after
