"""What holds for every optimizer."""

import tracemalloc
from typing import Any

import numpy as np
import pytest

from engine.optimizers import OPTIMIZERS
from engine.optimizers.base import Entry, signed, tex
from tests.engine.optimizers.harness import build, empty_slots, trace

every_optimizer = pytest.mark.parametrize("name", OPTIMIZERS)
every_dtype = pytest.mark.parametrize("dtype", ["float32", "float64"])


def run(name: str, dtype: str, size: int = 5, steps: int = 4, **options: Any) -> dict[str, Any]:
    """Everything there is after some steps with random gradients."""
    rng = np.random.default_rng(3)
    optimizer = build(name, dtype, **options)
    params = rng.normal(size=size).astype(dtype)
    slots = empty_slots(optimizer, params)
    delta, scratch = np.empty_like(params), np.empty_like(params)
    for step in range(steps):
        grad, before = rng.normal(size=size).astype(dtype), params.copy()
        optimizer.delta(delta, grad, slots, params, step, 0.05, scratch)
        params += delta
    return {"optimizer": optimizer, "grad": grad, "before": before, "slots": slots, "delta": delta, "step": steps - 1}


@every_optimizer
def test_single_precision_gives_the_same_deltas(name: str) -> None:
    """Slots and deltas stay float32, and agree with float64 as far as float32 can."""
    single, double = run(name, "float32"), run(name, "float64")

    assert {np.dtype("float32")} == {array.dtype for array in (single["delta"], *single["slots"].values())}
    np.testing.assert_allclose(double["delta"], single["delta"], rtol=2e-5)


@every_dtype
@every_optimizer
def test_explanation_agrees_with_the_delta(name: str, dtype: str) -> None:
    """The terms, recomputed from the slots after the update, add up to the delta of each parameter."""
    done = run(name, dtype)
    optimizer = done["optimizer"]
    for index, delta in enumerate(done["delta"]):
        entry = optimizer.entry(index, done["grad"], done["slots"], done["before"], done["step"], 0.05)

        update = optimizer.explain(entry)

        assert delta == pytest.approx(update.value, rel=1e-9 if dtype == "float64" else 1e-4)
        assert update.substituted.startswith(r"\Delta = ")
        assert 0.05 == {detail.name: detail.value for detail in update.details}["learning_rate"]


@every_optimizer
def test_short_forms_tell_the_same(name: str) -> None:
    """``details`` and ``substituted`` are parts of ``explain``."""
    done = run(name, "float64")
    optimizer = done["optimizer"]
    where = (2, done["grad"], done["slots"], done["before"], done["step"], 0.05)
    update = optimizer.explain(optimizer.entry(*where))

    assert list(update.details) == optimizer.details(*where)
    assert update.substituted == optimizer.substituted(*where)


@every_dtype
@every_optimizer
def test_a_step_allocates_nothing(name: str, dtype: str) -> None:
    """The peak of newly allocated memory stays far below one vector of parameters."""
    optimizer = build(name, dtype)
    params = np.ones(200_000, dtype)
    slots = empty_slots(optimizer, params)
    arguments = (np.empty_like(params), np.ones_like(params), slots, params)
    scratch = np.empty_like(params)
    optimizer.delta(*arguments, 0, 0.1, scratch)

    tracemalloc.start()
    optimizer.delta(*arguments, 1, 0.1, scratch)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < params.nbytes / 8


@every_optimizer
def test_gradient_and_parameters_are_only_read(name: str) -> None:
    """An update writes into delta, slots and scratch alone."""
    optimizer = build(name)
    grad, params = np.array([0.5, -2.0]), np.array([1.0, 3.0])
    grad.flags.writeable = params.flags.writeable = False

    optimizer.delta(np.empty(2), grad, empty_slots(optimizer, grad), params, 0, 0.1, np.empty(2))


@every_optimizer
def test_parameters_do_not_influence_each_other(name: str) -> None:
    """A parameter moves as it would alone."""
    grads = np.array([[0.5, -3.0], [-1.0, 0.01], [0.25, 0.0]])
    optimizer = build(name)
    params = np.ones(2)
    slots, delta = empty_slots(optimizer, params), np.empty(2)
    for step, grad in enumerate(grads):
        optimizer.delta(delta, grad, slots, params, step, 0.1, np.empty(2))
        params += delta

    assert [trace(name, grads[:, 0].tolist())[-1], trace(name, grads[:, 1].tolist())[-1]] == pytest.approx(
        delta, rel=1e-12
    )


@every_dtype
@every_optimizer
def test_no_gradient_is_no_division_by_zero(name: str, dtype: str) -> None:
    """Gradients of zero from the start give a delta of zero, even with an eps that float32 cannot hold."""
    options = {"eps": 1e-300} if r"\epsilon" in OPTIMIZERS[name].formula else {}
    optimizer = build(name, dtype, **options)
    params = np.zeros(3, dtype)
    delta = np.empty_like(params)

    optimizer.delta(delta, params, empty_slots(optimizer, params), params, 0, 0.1, np.empty_like(params))

    assert [0.0, 0.0, 0.0] == delta.tolist()


@every_optimizer
def test_a_learning_rate_of_zero_moves_nothing(name: str) -> None:
    """Only the slots change."""
    assert [0.0, 0.0, 0.0] == trace(name, learning_rate=0.0)


@every_optimizer
def test_each_descends_a_bowl(name: str) -> None:
    """On L = ½·w² from w = 1, two hundred steps bring the loss down."""
    optimizer = build(name)
    params = np.ones(1)
    slots, delta = empty_slots(optimizer, params), np.empty(1)
    for step in range(200):
        optimizer.delta(delta, params.copy(), slots, params, step, 0.05, np.empty(1))
        params += delta

    assert abs(params[0]) < 0.96


def test_each_is_registered_under_its_name() -> None:
    """The table has each optimizer under its own name, with a formula and a line for people."""
    assert list(OPTIMIZERS) == [optimizer.name for optimizer in OPTIMIZERS.values()]
    assert all(optimizer.formula and optimizer.summary for optimizer in OPTIMIZERS.values())


def test_numbers_are_written_as_tex() -> None:
    """Powers of ten as such, negative numbers in brackets where they follow an operator, and no number is hidden."""
    assert [r"0.0125", r"-3.2 \cdot 10^{-9}", r"\infty", r"-\infty", r"\text{NaN}"] == [
        tex(0.0125),
        tex(-3.2e-9),
        tex(float("inf")),
        tex(float("-inf")),
        tex(float("nan")),
    ]
    assert ["2", "(-2)"] == [signed(2.0), signed(-2.0)]


@every_optimizer
def test_numbers_that_are_not_finite_are_explained_too(name: str) -> None:
    """When training has blown up, asking why must not fail."""
    optimizer = build(name)
    slots = dict.fromkeys(optimizer.slots, float("inf"))

    update = optimizer.explain(Entry(float("nan"), float("inf"), slots, 3, 0.1))

    assert not np.isfinite(update.value)
