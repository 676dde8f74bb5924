"""What would be, with one number changed: worked by hand, and changing nothing."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.cursor import Cursor
from engine.errors import LimitExceeded, ShapeMismatch, SpecError, UnknownName
from engine.own import Given, read_own
from engine.whatif import Change
from tests.engine.networks import dense
from tests.engine.sessions import FRUIT, cursor, everything, mazur, spec, straight_to


def by_hand() -> Cursor:
    """A 2-2-1 network of linear units, x = (1, 2), target 1: h = x, y = h₁ + h₂ = 3, L = ½ (y - 1)² = 2."""
    made = Cursor(
        spec(
            dataset={"inline": {"inputs": [[1, 2]], "targets": [[1]]}},
            layers=[dense("hidden1", 2, "linear"), dense("output", 1, "linear")],
            loss="half_squared_error",
            optimizer={"type": "sgd", "learning_rate": 0.1},
            batch_size="full",
        ),
        parameters={
            "hidden1.W": [[1, 0], [0, 1]],
            "hidden1.b": [0, 0],
            "output.W": [[1], [1]],
            "output.b": [0],
        },
    )
    made.step("batch")
    return made


def change(**fields: Any) -> Change:
    """One change."""
    return Change.model_validate(fields)


def test_a_changed_weight_by_hand() -> None:
    """W₁₁ from 1 to 1.5: h₁ = 1.5, y = 3.5, L = ½ · 2.5² = 3.125."""
    found = by_hand().what_if([change(parameter="hidden1.W", index=(0, 0), value=1.5)])
    hidden, output = found.nodes["hidden1.a"], found.nodes["output.a"]
    assert hidden.old is not None
    assert hidden.new is not None
    assert hidden.largest is not None
    assert output.new is not None

    assert (2.0, 3.125) == (found.loss.old, found.loss.new)
    assert ([1.0, 2.0], [1.5, 2.0]) == (hidden.old.tolist(), hidden.new.tolist())
    assert ((0,), 1.0, 1.5, 1) == (hidden.largest.index, hidden.largest.old, hidden.largest.new, hidden.moved)
    assert [3.5] == output.new.tolist()
    assert (1.0, 1.5) == (found.changes[0].old, found.changes[0].new)


def test_a_changed_input_by_hand() -> None:
    """x₂ from 2 to 1: y = 2, L = ½; and both changes at once: y = 2.5, L = 1.125."""
    session = by_hand()
    alone = session.what_if([change(input=(1,), add=-1)])
    both = session.what_if([change(input=(1,), add=-1), change(parameter="hidden1.W", index=(0, 0), value=1.5)])

    assert (2.0, 0.5) == (alone.loss.old, alone.loss.new)
    assert alone.example_loss is not None
    assert (2.0, 0.5) == (alone.example_loss.old, alone.example_loss.new)
    assert 1.125 == both.loss.new


def test_a_gradient_beside_what_is_measured_by_hand() -> None:
    """dL/dW₁₁ = (y - t) · v₁ · x₁ = 2; L(1 + Δ) = ½ (2 + Δ)², so ΔL = 2 Δ + ½ Δ²: for 0.1 it is 0.205, not 0.2."""
    effect = by_hand().effect("hidden1.W", (0, 0), nudge=0.1, points=5, reach=1.0)
    while not effect.done:
        effect.go_on()
    report = effect.report()
    assert report.slice is not None
    assert report.delta is not None
    assert report.step is not None

    assert (1.0, 2.0, 2.0, None) == (report.value, report.gradient, report.minimised, report.reason)
    assert pytest.approx(0.2) == report.nudge.predicted
    assert pytest.approx(0.205) == report.nudge.measured
    # the optimizer's own: Δ = -0.1 · 2 = -0.2, predicted -0.4, measured 2 · -0.2 + ½ · 0.04 = -0.38
    assert pytest.approx(-0.2) == report.delta.by
    assert pytest.approx(-0.4) == report.delta.predicted
    assert pytest.approx(-0.38) == report.delta.measured
    assert (0.0, 0.5, 1.0, 1.5, 2.0) == report.slice.values
    assert tuple(0.5 * (1 + w) ** 2 for w in report.slice.values) == report.slice.losses
    assert (0.0, 1.0, 2.0, 3.0, 4.0) == report.slice.tangent
    # all together: g·Δ = -0.1 · ‖g‖², and g = 2 · (v x; v; h; 1) with v = (1, 1), x = h = (1, 2)
    assert pytest.approx(-0.1 * 4 * (10 + 2 + 5 + 1), rel=1e-6) == report.step.predicted
    assert report.present == pytest.approx(0.8)


def test_it_is_the_network_of_the_step_that_is_shown() -> None:
    """After the update the old values are still those on the stage, and so is the loss."""
    session = straight_to(cursor, 7, 0)
    found = session.what_if([change(parameter="output.b", index=(0,), add=1)])
    numbers = session.numbers()
    row = session.follow(None).row
    for name in ("hidden1.a", "output.z"):
        shown = numbers.value(name)
        old = found.nodes[name].old
        assert shown is not None
        assert old is not None
        np.testing.assert_allclose(shown[row], old, rtol=1e-5)

    assert found.loss.old == pytest.approx(float(numbers.value("loss")), rel=1e-5)  # type: ignore[arg-type]


@given(op=st.integers(0, 15), at=st.tuples(st.integers(0, 1), st.integers(0, 2)), by=st.floats(-3, 3))
def test_asking_changes_nothing(op: int, at: tuple[int, int], by: float) -> None:
    """Bit for bit, wherever the cursor stands, and what comes after is the same too."""
    session, plain = straight_to(cursor, 3, op), straight_to(cursor, 3, op)
    before = everything(session)
    session.what_if([change(parameter="hidden1.W", index=at, add=by), change(input=(0,), value=by)])
    effect = session.effect("hidden1.W", at, nudge=by, points=3)
    while not effect.done:
        effect.go_on()
    effect.report()

    assert before == everything(session)
    session.run(2)
    plain.run(2)
    assert everything(plain) == everything(session)


@given(at=st.tuples(st.integers(0, 1), st.integers(0, 2)), sign=st.sampled_from((-1, 1)))
def test_to_first_order_the_gradient_is_right(at: tuple[int, int], sign: int) -> None:
    """Half the move, a quarter of the error: measured - predicted is O(Δ²)."""
    session = straight_to(lambda: cursor(dtype="float64"), 5, 0)

    def error(nudge: float) -> float:
        moved = session.effect("hidden1.W", at, nudge=sign * nudge).report().nudge
        assert moved.predicted is not None
        return moved.measured - moved.predicted

    large, small = error(1e-2), error(5e-3)
    assert abs(large) < 1e-2
    assert large == pytest.approx(4 * small, rel=0.05, abs=1e-9)


def test_before_the_backward_pass_there_is_no_gradient_and_a_reason() -> None:
    """What is measured there is all the same."""
    report = straight_to(cursor, 3, 2).effect("hidden1.W", (0, 0), points=3).report()

    assert (None, None) == (report.gradient, report.nudge.predicted)
    assert "has not reached it yet" in (report.reason or "")
    assert report.delta is None
    assert math.isfinite(report.nudge.measured)


def test_an_example_that_is_not_in_the_batch_is_asked_alone() -> None:
    """With the weights of now, as it is shown; its loss alone is told."""
    session = straight_to(cursor, 3, 0)
    outside = next(n for n in range(21) if not session.follow(n).in_batch)
    session.follow(outside)
    found = session.what_if([change(parameter="hidden1.b", index=(0,), add=0.5)])

    assert (outside, False, 1) == (found.example, found.in_batch, found.rows)
    assert found.loss.old != found.loss.new


def test_ones_own_example_without_a_target_has_no_loss() -> None:
    """Its values move all the same."""
    session = straight_to(cursor, 3, 0)
    session.own = read_own(session.network, Given(inputs=session.network.inputs["train"][0].tolist()))
    session.follow("own")
    found = session.what_if([change(input=(0,), add=1)])

    assert (None, None, None) == (found.loss.old, found.loss.new, found.example_loss)
    assert found.nodes["output.a"].moved == 1


def test_masks_of_dropout_stay_as_they_were_drawn() -> None:
    """So the old loss is that of the step."""
    layers = [dense("hidden1", 8), {"id": "drop", "type": "dropout", "rate": 0.5}, dense("output", 1, "sigmoid")]
    session = straight_to(lambda: cursor(layers=layers, dataset=FRUIT), 4, 0)
    found = session.what_if([change(parameter="output.b", index=(0,), add=1)])

    assert found.loss.old == pytest.approx(float(session.numbers().value("loss")), rel=1e-5)  # type: ignore[arg-type]


def test_large_nodes_say_only_what_moves_most() -> None:
    """Their values are not sent."""
    inputs = np.random.default_rng(0).normal(size=(3, 1, 70, 70)).tolist()
    layers = [{"id": "conv", "type": "conv2d", "filters": 1, "kernel": 1}, {"type": "flatten"}, dense("output", 1)]
    session = Cursor(spec(dataset={"inline": {"inputs": inputs, "targets": [[0]] * 3}}, layers=layers, loss="mse"))
    found = session.what_if([change(parameter="conv.kernel", index=(0, 0, 0, 0), add=1)]).nodes["conv.a"]

    assert (None, None) == (found.old, found.new)
    assert found.largest is not None
    assert 4900 == found.moved


def test_only_some_nodes_may_be_asked_for() -> None:
    """By name."""
    found = mazur().what_if([change(input=(0,), value=1)], ["output.a"])

    assert ["output.a"] == list(found.nodes)


@pytest.mark.parametrize(
    ("changes", "nodes", "error", "loc"),
    [
        ([], None, LimitExceeded, ("changes",)),
        ([change(input=(0,), add=1)] * 17, None, LimitExceeded, ("changes",)),
        ([change(parameter="hidden1.X", index=(0,), add=1)], None, UnknownName, ("changes", 0, "parameter")),
        ([change(parameter="hidden1.W", index=(0, 3), add=1)], None, ShapeMismatch, ("changes", 0, "index")),
        ([change(input=(9,), add=1)], None, ShapeMismatch, ("changes", 0, "input")),
        ([change(input=(0,), add=1)], ["nobody"], UnknownName, ("nodes", 0)),
    ],
)
def test_what_does_not_fit_is_refused(
    changes: list[Change], nodes: list[str] | None, error: type[SpecError], loc: tuple[Any, ...]
) -> None:
    """With the place."""
    with pytest.raises(error) as refused:
        straight_to(cursor, 1, 0).what_if(changes, nodes)

    assert loc == refused.value.loc


@pytest.mark.parametrize(
    "fields", [{}, {"input": (0,)}, {"parameter": "a", "add": 1}, {"input": (0,), "index": (0,), "add": 1}]
)
def test_a_change_says_what_and_how(fields: dict[str, Any]) -> None:
    """One of parameter and input, one of value and add."""
    with pytest.raises(ValueError, match=r"one of|comes with"):
        Change.model_validate(fields)


@pytest.mark.parametrize(
    ("wish", "error"),
    [
        ({"parameter": "nobody", "index": (0,)}, UnknownName),
        ({"parameter": "hidden1.W", "index": (0,)}, ShapeMismatch),
        ({"parameter": "hidden1.W", "index": (0, 0), "points": 103}, LimitExceeded),
        ({"parameter": "hidden1.W", "index": (0, 0), "points": 4}, SpecError),
    ],
)
def test_an_effect_that_cannot_be_measured_is_refused(wish: dict[str, Any], error: type[SpecError]) -> None:
    """Nothing is computed."""
    with pytest.raises(error):
        straight_to(cursor, 1, 0).effect(**wish)
