from typing import Any

import numpy as np
import pytest

from engine.errors import ShapeMismatch
from engine.plan import Plan
from tests.engine.networks import Layer, dense, examples_for, graph_of

SKIP: list[Layer] = [
    dense("a", 3),
    dense("b", 3),
    {"id": "sum", "type": "add", "inputs": ["a", "b", "a"]},
    dense("output", 1, "linear"),
]


def plan_of(layers: list[Layer], capacity: int = 4, **more: Any) -> Plan:
    """Its parameters are random."""
    plan = Plan(graph_of(layers, **more), capacity, "float64")
    plan.params[:] = np.random.default_rng(1).normal(size=plan.params.shape)
    return plan


def run(plan: Plan, rows: int = 4) -> None:
    """All calls on random examples."""
    bound = plan.bind(rows)
    bound.values[plan.graph.input][:], bound.values["target"][:] = examples_for(plan.graph, rows)
    for call in bound.calls:
        call.run()


def test_parameters_and_gradients_are_views_of_flat_vectors_in_one_order() -> None:
    """What is written by name is seen in the vector."""
    plan = plan_of([dense("a", 3), dense("output", 1)])

    plan.parameters["a.b"][:] = 7

    assert [7, 7, 7] == plan.params[plan.spans["a.b"]].tolist()
    assert slice(0, 6) == plan.spans["a.W"]
    assert [7, 7, 7] == plan.view(plan.params, "a.b").tolist()
    assert all(np.shares_memory(view, plan.grads) for view in plan.parameter_gradients.values())


def test_a_value_used_several_times_gets_its_gradients_added() -> None:
    """sum = a + b + a, b = tanh(a W): three contributions to the gradient of a."""
    plan = plan_of(SKIP)
    run(plan)
    gradients, parameters = plan.bind(4).gradients, plan.parameters

    through_b = gradients["b.z"] @ parameters["b.W"].T
    expected = gradients["sum.a"] + gradients["sum.a"] + through_b

    np.testing.assert_allclose(expected, gradients["a.a"], rtol=1e-14)


def test_a_gradient_is_complete_after_its_last_contribution() -> None:
    """Only that call says that it writes it; the ones that add are told apart."""
    calls = [call.info for call in plan_of(SKIP).bind(4).backward if call.info.node == "a.a"]

    assert ["d a.a", "d a.a +", "d a.a +"] == [info.label for info in calls]
    assert [(), (), (("a.a", "gradient"),)] == [info.writes for info in calls]
    assert r"\mathrel{+}=" in calls[-1].formula


def test_calls_are_numbered_from_one_through_the_phases() -> None:
    """Number 0, the draw of the batch, is the trainer's."""
    plan = plan_of([dense("output", 1, "sigmoid")], loss="binary_cross_entropy", regularization={"l2": 0.1})
    infos = [call.info for call in plan.bind(4).calls]

    assert list(range(1, len(infos) + 1)) == [info.index for info in infos]
    assert [
        ("forward", "output.z"),
        ("forward", "output.a"),
        ("loss", "loss"),
        ("loss", "penalty"),
        ("backward", "d output.z"),
        ("backward", "d output.W"),
        ("backward", "d output.b"),
        ("backward", "d penalty"),
    ] == [(info.phase, info.label) for info in infos]


def test_every_call_writes_the_buffer_it_says() -> None:
    """Running it again replaces what ``out`` held, or adds to it, and ``writes`` names that buffer."""
    plan = plan_of(SKIP)
    run(plan)
    for call in plan.bind(4).calls:
        call.out[...] = 1e9
        call.run()

        assert (call.out != 1e9).any(), call.info.label
        named = {"value": plan.bind(4).values, "gradient": plan.bind(4).gradients}
        assert all(named[quantity][name] is call.out for name, quantity in call.info.writes)


def test_a_smaller_batch_uses_the_first_rows_and_leaves_the_others() -> None:
    """Views on the same buffers."""
    plan = plan_of([dense("output", 2)])
    plan.values["output.a"][:] = 9
    run(plan, rows=3)

    assert (3, 2) == plan.bind(3).values["output.a"].shape
    assert [9, 9] == plan.values["output.a"][3].tolist()
    assert plan.bind(3) is plan.bind(3)


@pytest.mark.parametrize("rows", [0, 5])
def test_a_batch_that_has_no_room_is_refused(rows: int) -> None:
    """Nothing is broadcast to fit."""
    with pytest.raises(ShapeMismatch, match="1 to 4"):
        plan_of([dense("output", 1)]).bind(rows)


def test_the_gradient_of_a_mean_loss_does_not_depend_on_the_capacity() -> None:
    """The mean is taken over the rows of the batch, not over the buffer."""
    small, large = plan_of([dense("output", 1)], capacity=3), plan_of([dense("output", 1)], capacity=9)
    run(small, rows=3)
    run(large, rows=3)

    np.testing.assert_array_equal(small.grads, large.grads)


def test_training_computes_no_gradient_of_the_input_but_a_probe_does() -> None:
    """It would cost a product of matrices in every step."""
    graph = graph_of([dense("output", 1)])
    probe = Plan(graph, 4, "float64", purpose="probe")

    assert "input.a" not in Plan(graph, 4, "float64").bind(4).gradients
    assert "d input.a" in [call.info.label for call in probe.bind(4).calls]


def test_an_evaluation_has_no_backward_and_holds_no_gradients() -> None:
    """Forward and loss only."""
    plan = Plan(graph_of([dense("output", 1)]), 4, "float64", purpose="evaluation")

    assert () == plan.bind(4).backward
    assert 0 == plan.grads.size


def test_plans_may_share_parameters() -> None:
    """What one learns the other sees."""
    graph = graph_of([dense("output", 1)])
    plan = Plan(graph, 4, "float64")
    other = Plan(graph, 8, "float64", params=plan.params, purpose="evaluation")

    plan.parameters["output.b"][:] = 5

    assert [5] == other.parameters["output.b"].tolist()


def test_a_mask_is_drawn_anew_each_step_and_again_the_same() -> None:
    """A pure function of seed, layer and step; entries are 0 or 1 / (1 - rate)."""
    plan = plan_of([{"id": "drop", "type": "dropout", "rate": 0.2}, dense("output", 1)], capacity=50)
    masks = []
    for plan.step in (3, 4, 3):
        run(plan, rows=50)
        masks.append(plan.values["drop.mask"].copy())

    assert {0.0, 1.25} == set(masks[0].ravel().tolist())
    assert not np.array_equal(masks[0], masks[1])
    np.testing.assert_array_equal(masks[0], masks[2])


def test_dropout_is_off_in_evaluation() -> None:
    """The mask stays at 1."""
    graph = graph_of([{"id": "drop", "type": "dropout"}, dense("output", 1)])
    plan = Plan(graph, 4, "float64", purpose="evaluation")
    run(plan)

    np.testing.assert_array_equal(plan.values["input.a"], plan.values["drop.a"])
