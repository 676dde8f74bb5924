"""Real trainings, with the results that are known for them."""

from math import log

import numpy as np
import pytest

from engine.cursor import Cursor
from engine.presets import PRESETS
from tests.engine.sessions import mazur


def preset(name: str) -> Cursor:
    """A session on a preset."""
    return Cursor(PRESETS[name].spec, parameters=PRESETS[name].parameters)


def test_matt_mazurs_example_gives_the_published_numbers() -> None:
    """Error 0.298371109 before the first step; w5+ 0.35891648 after it, and the other seven weights."""
    session = mazur()
    session.step("op", 6)
    error = session.metrics().loss
    session.step("batch")
    hidden, output = session.parameters()["hidden1.W"], session.parameters()["output.W"]

    assert error == pytest.approx(0.298371109, abs=5e-10)
    np.testing.assert_allclose([[0.35891648, 0.51130127], [0.408666186, 0.561370121]], output, atol=5e-9)
    np.testing.assert_allclose([[0.149780716, 0.24975114], [0.19956143, 0.29950229]], hidden, atol=5e-9)


def test_matt_mazurs_forward_pass() -> None:
    """The numbers on the way: net and out of h1, out of o1 and o2."""
    session = mazur()
    session.step("op", 5)

    assert session.tensor("hidden1.z").value[0, 0] == pytest.approx(0.3775)  # type: ignore[index]
    assert session.tensor("hidden1.a").value[0] == pytest.approx([0.593269992, 0.596884378])  # type: ignore[index]
    assert session.tensor("output.a").value[0] == pytest.approx([0.75136507, 0.772928465])  # type: ignore[index]


def test_matt_mazurs_gradient_of_w5() -> None:
    """dE/dw5 = 0.74136507 · 0.186815602 · 0.593269992 = 0.082167041."""
    session = mazur()
    session.step("layer", 6)

    assert session.tensor("output.W").gradient[0, 0] == pytest.approx(0.082167041)  # type: ignore[index]


def test_matt_mazurs_example_after_ten_thousand_steps() -> None:
    """He reports an error of 0.0000351085 with biases that stay; with biases that learn it is smaller still."""
    session = mazur()
    session.run(10_000)
    loss = session.metrics().train_loss

    assert loss is not None
    assert loss < 0.0000351085


def test_a_line_parts_red_apples_from_oranges() -> None:
    """All 30."""
    session = preset("fruit_line")
    session.run(1000)
    confusion = session.confusion()

    assert confusion is not None
    assert 30 == confusion.train.trace() == confusion.train.sum()


def test_no_line_parts_all_38() -> None:
    """It ends at a coin toss: 19 of 38, and the loss is about ln 2."""
    session = preset("fruit_line_fails")
    session.run(2000)
    metrics = session.metrics()

    assert 19 / 38 == metrics.train_accuracy
    assert metrics.train_loss == pytest.approx(log(2), abs=0.01)


def test_six_tanh_units_part_all_38() -> None:
    """38 of 38, and the loss goes towards 0."""
    session = preset("fruit")
    session.run(4000)
    metrics = session.metrics()

    assert 1.0 == metrics.train_accuracy
    assert metrics.train_loss is not None
    assert metrics.train_loss < 1e-3
