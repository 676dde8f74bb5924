"""Finding a learning rate on a copy."""

from typing import Any

import numpy as np
import pytest

from engine.cursor import Cursor
from engine.errors import LimitExceeded, SpecError
from engine.sweeping import Sweep, Swept, Wish
from tests.engine.sessions import cursor, everything


def swept(session: Cursor, **wish: Any) -> Swept:
    """To the end."""
    sweep = session.sweep(Wish(**wish))
    while not sweep.done:
        sweep.go_on()
    return sweep.report()


def quadratic(curvature: float) -> Cursor:
    """L = ½ h w²: inputs ±√h, targets 0 (the bias stays 0), so that descent needs rates below 2 / h and likes 1 / h."""
    return Cursor(
        cursor(
            dataset={"inline": {"inputs": [[curvature**0.5], [-(curvature**0.5)]], "targets": [[0.0], [0.0]]}},
            layers=[{"id": "output", "type": "dense", "units": 1, "activation": "linear"}],
            loss="half_squared_error",
            optimizer={"type": "sgd", "learning_rate": 0.1},
            dtype="float64",
            batch_size="full",
        ).spec,
        parameters={"output.W": [[3.0]]},
    )


@pytest.mark.parametrize("curvature", [0.1, 1.0, 25.0])
def test_the_order_of_the_best_rate_is_found(curvature: float) -> None:
    """1 / h is best and 2 / h too much: the suggestion is below both, by not much more than an order."""
    found = swept(quadratic(curvature), low=1e-5, high=1e3)

    assert found.suggestion is not None
    assert 0.02 < found.suggestion * curvature < 1
    assert found.exploded


def test_the_losses_are_those_of_the_formula() -> None:
    """w ← (1 - rate) w: each loss is ½ w² before the step at its rate."""
    found = swept(quadratic(1.0), low=0.01, high=0.1, steps=5, smoothing=0.0)
    w = 3.0 * np.cumprod([1.0, *(1 - found.rates[:-1])])

    np.testing.assert_allclose(found.rates, np.geomspace(0.01, 0.1, 5))
    np.testing.assert_allclose(found.losses, w * w / 2, rtol=1e-12)
    np.testing.assert_array_equal(found.losses, found.smoothed)


@pytest.mark.parametrize("ops", [0, 3, 13])
def test_nothing_of_the_session_changes(ops: int) -> None:
    """Bit for bit, wherever it stands; and what it learns afterwards is the same."""
    session, twin = cursor(), cursor()
    for each in (session, twin):
        each.run(5)
        each.step("op", ops) if ops else None
    before = everything(session)
    swept(session)

    assert before == everything(session)
    for each in (session, twin):
        each.run(7)
    assert everything(twin) == everything(session)


def test_the_same_seed_gives_the_same_curve() -> None:
    """Also with dropout and a shuffled order."""
    layers = [
        {"id": "hidden1", "type": "dense", "units": 4, "activation": "tanh"},
        {"id": "drop", "type": "dropout", "rate": 0.3},
        {"id": "output", "type": "dense", "units": 1, "activation": "sigmoid"},
    ]
    first, second = (swept(cursor(layers=layers)) for _ in range(2))

    np.testing.assert_array_equal(first.losses, second.losses)


def test_schedules_do_not_matter() -> None:
    """The rate is what is swept."""
    plain = swept(cursor())
    scheduled = {"type": "adam", "learning_rate": 0.05, "schedule": {"type": "step", "every": 5, "decay": 0.5}}

    np.testing.assert_array_equal(plain.losses, swept(cursor(optimizer=scheduled)).losses)


def test_where_the_loss_cannot_fall_nothing_is_suggested() -> None:
    """At the bottom of the bowl every rate is as good as any."""
    session = quadratic(1.0)
    session.set_parameter("output.W", [[0.0]])
    found = swept(session, high=0.1)

    assert (None, None, None) == (found.steepest, found.smallest, found.suggestion)


def test_what_makes_no_sense_is_refused() -> None:
    """A range that goes down; and a sweep that would take for ever."""
    with pytest.raises(SpecError, match="not below"):
        cursor().sweep(Wish(low=1.0, high=0.1))
    with pytest.raises(LimitExceeded):
        cursor().sweep(Wish(steps=10**8))


def test_a_sweep_can_be_asked_on_the_way() -> None:
    """What has been found so far."""
    sweep: Sweep = cursor().sweep(Wish(steps=10))
    sweep.go_on()
    sweep.go_on()

    assert (2, False) == (len(sweep.report().rates), sweep.done)
