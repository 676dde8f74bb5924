"""Gradcheck: right gradients pass for everything that can be built, and a wrong one is caught."""

from dataclasses import replace
from typing import get_args

import numpy as np
import pytest

from engine.arrays import Array
from engine.errors import ShapeMismatch, UnknownName
from engine.gradcheck import TOLERANCE, GradcheckReport, gradcheck
from engine.graph import Graph, compile_graph
from engine.losses import LOSSES
from engine.ops import ACTIVATIONS, OPS
from engine.ops.base import Vjp
from engine.spec import ActivationName, SessionSpec

ACTIVATION_NAMES = get_args(ActivationName)


def build(activation: str, loss: str, output: str = "linear", **fields: object) -> Graph:
    """The graph of a 3-4-2 network."""
    layers = [
        {"id": "hidden1", "type": "dense", "units": 4, "activation": activation},
        {"id": "output", "type": "dense", "units": 2, "activation": output},
    ]
    data = {"inline": {"inputs": [[0.0] * 3], "targets": [[0.0] * 2]}}
    spec = SessionSpec.model_validate({"dataset": data, "layers": layers, "loss": loss, **fields})
    return compile_graph(spec, (3,))


def example(graph: Graph, seed: int = 0) -> tuple[dict[str, Array], Array]:
    """A batch of five and parameters; targets are one-hot, which every loss understands."""
    rng = np.random.default_rng(seed)
    targets = np.eye(2)[rng.integers(0, 2, 5)]
    return {graph.input: rng.normal(size=(5, 3)), "target": targets}, rng.normal(0, 0.7, graph.parameter_count)


def check(graph: Graph, seed: int = 0) -> GradcheckReport:
    """The report for an example batch."""
    values, params = example(graph, seed)
    return gradcheck(graph, values, params)


@pytest.mark.parametrize("loss", sorted(LOSSES))
@pytest.mark.parametrize("activation", ACTIVATION_NAMES)
def test_hidden_activation_and_loss_agree_with_finite_differences(activation: str, loss: str) -> None:
    """Each activation in the hidden layer under each loss: relative error below 1e-6."""
    output = "sigmoid" if loss == "binary_cross_entropy" else "linear"

    report = check(build(activation, loss, output))

    assert report.max_relative_error < TOLERANCE
    assert sum(parameter.checked for parameter in report.parameters.values()) == 3 * 4 + 4 + 4 * 2 + 2


@pytest.mark.parametrize("loss", sorted(LOSSES))
@pytest.mark.parametrize("output", ACTIVATION_NAMES)
def test_output_activation_and_loss_agree_with_finite_differences(output: str, loss: str) -> None:
    """Each activation of the output under each loss, fused or not: relative error below 1e-6."""
    assert check(build("tanh", loss, output), seed=3).max_relative_error < TOLERANCE


@pytest.mark.parametrize("include_biases", [False, True])
def test_penalty_is_part_of_what_is_checked(include_biases: bool) -> None:
    """With L1 and L2 the gradient is that of loss plus penalty."""
    rule = {"l1": 0.03, "l2": 0.2, "include_biases": include_biases}

    assert check(build("tanh", "mse", regularization=rule)).passed


def test_wrong_gradient_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """A vjp that is off by one percent makes the check fail, for the parameters behind it and for no other."""
    tanh = ACTIVATIONS["tanh"]

    def wrong(dz: Array, da: Array, a: Array, z: Array) -> None:
        tanh.vjps[0].rule(dz, da, a, z)
        np.multiply(dz, 1.01, dz)

    monkeypatch.setitem(OPS, "tanh", replace(tanh, vjps=(Vjp("z", "wrong", wrong),)))

    report = check(build("tanh", "mse"))

    assert not report.passed
    assert report.parameters["hidden1.W"].relative_error == pytest.approx(0.01 / 1.01, rel=1e-3)
    assert report.parameters["output.W"].relative_error < TOLERANCE


def test_kink_is_reported_and_not_counted() -> None:
    """A ReLU whose pre-activation is exactly 0 has two slopes: the report says kink, and does not fail."""
    graph = build("relu", "half_squared_error")
    values, params = example(graph)
    values[graph.input][:] = 0.0
    params[:] = 0.5
    params[12:16] = 0.0  # hidden1.b: every pre-activation is 0

    report = gradcheck(graph, values, params, parameter="hidden1.b")

    assert report.parameters["hidden1.b"].kinks == 4
    assert report.passed


def test_one_entry_can_be_checked_alone() -> None:
    """With a parameter and an index one entry is checked, and both its numbers are given."""
    graph = build("tanh", "mse")
    values, params = example(graph)

    report = gradcheck(graph, values, params, parameter="output.W", index=(2, 1))

    checked = report.parameters["output.W"]
    assert list(report.parameters) == ["output.W"]
    assert checked.indices == ((2, 1),)
    assert checked.analytic[0] == pytest.approx(checked.numeric[0], rel=1e-6)


def test_parameters_are_left_as_they_were() -> None:
    """The check works on a copy."""
    graph = build("tanh", "mse")
    values, params = example(graph)
    before = params.copy()

    gradcheck(graph, values, params)

    assert np.array_equal(before, params)


def test_large_parameter_is_sampled_evenly() -> None:
    """Beyond max_entries a spread of so many entries is checked, the first and the last among them."""
    graph = build("tanh", "mse")
    values, params = example(graph)

    checked = gradcheck(graph, values, params, parameter="hidden1.W", max_entries=5).parameters["hidden1.W"]

    assert (checked.checked, checked.size) == (5, 12)
    assert checked.indices[0] == (0, 0)
    assert checked.indices[-1] == (2, 3)


def test_unknown_parameter_is_refused() -> None:
    """The error names the parameters that there are."""
    graph = build("tanh", "mse")
    values, params = example(graph)

    with pytest.raises(UnknownName, match=r"hidden1\.W"):
        gradcheck(graph, values, params, parameter="hidden2.W")


def test_index_outside_is_refused() -> None:
    """The error says which shape the parameter has."""
    graph = build("tanh", "mse")
    values, params = example(graph)

    with pytest.raises(ShapeMismatch, match=r"\(3, 4\)"):
        gradcheck(graph, values, params, parameter="hidden1.W", index=(3, 0))


def test_a_gradient_that_is_no_number_never_passes() -> None:
    """Whichever entries come before it: infinity is the worst error, and NaN would get lost in a maximum."""
    graph = build("relu", "mse")
    values, params = example(graph)
    params[-1] = np.nan

    with np.errstate(all="ignore"):
        report = gradcheck(graph, values, params)

    assert not report.passed
    assert np.inf == report.max_relative_error
