"""The decoder: what it reads, how it learns, and what it refuses."""

from typing import Any

import numpy as np
import pytest

from engine.arrays import Array
from engine.errors import ShapeMismatch, SpecError
from engine.gradcheck import gradcheck
from engine.graph import Form, Graph, compile_graph
from engine.plan import Plan
from tests.engine.networks import spec_of

FORM = Form((4,), padded=True, steps=3, ends=True)
X = np.array([[1.0, 2.0, 3.0, 1.0], [2.0, 1.0, 0.0, 0.0]])
TARGET = np.array([[1.0, 2.0, 0.0], [3.0, 0.0, 0.0]])


def network(form: Form = FORM, encoder: dict[str, Any] | None = None, **options: Any) -> Graph:
    """Tokens of four kinds -> encoder of two units -> a decoder that writes four kinds."""
    cell = options.get("cell", "lstm")
    layers = [
        {"id": "embed", "type": "embedding", "tokens": 4, "units": 2},
        {
            "id": "encoder",
            "type": cell,
            "units": 2,
            "return_sequences": bool(options.get("attention")),
            **(encoder or {}),
        },
        {"id": "decoder", "type": "decoder", "units": 2, "tokens": 4, "embedding": 2, **options},
    ]
    return compile_graph(spec_of(layers, loss="softmax_cross_entropy"), form)


def values(graph: Graph) -> dict[str, Array]:
    """The two sequences and what is to be written; without a teacher where one may be silent."""
    taught = {"decoder.teacher": np.zeros((2, 3))} if "decoder.teacher" in graph.nodes else {}
    return {graph.input: X, "target": TARGET, **taught}


@pytest.mark.parametrize("cell", ["lstm", "gru"])
@pytest.mark.parametrize("attention", [False, True])
@pytest.mark.parametrize("teacher_forcing", [1.0, 0.5])
def test_gradients_agree_with_finite_differences(cell: str, attention: bool, teacher_forcing: float) -> None:
    """From the symbols that are written, through both memories and the attention, to what was read."""
    graph = network(cell=cell, attention=attention, teacher_forcing=teacher_forcing)
    params = np.random.default_rng(4).normal(scale=0.7, size=graph.parameter_count)

    assert gradcheck(graph, values(graph), params).max_relative_error < 1e-6


def test_it_reads_the_true_symbol_before_and_begins_with_the_end() -> None:
    """The teacher always speaks."""
    graph = network()
    plan = Plan(graph, 2, "float64", purpose="evaluation")
    bound = plan.bind(2)
    bound.values[graph.input][:], bound.values["target"][:] = X, TARGET
    for call in bound.forward:
        call.run()

    assert [[0, 1, 2], [0, 3, 0]] == np.stack([bound.values[f"decoder.token[{t}]"] for t in range(3)], 1).tolist()


def test_it_reads_its_own_guess_where_the_teacher_is_silent() -> None:
    """The best-scored symbol of the step before."""
    graph = network(teacher_forcing=0.0)
    plan = Plan(graph, 2, "float64", purpose="training")
    plan.params[:] = np.random.default_rng(1).normal(size=plan.params.size)
    bound = plan.bind(2)
    bound.values[graph.input][:], bound.values["target"][:] = X, TARGET
    for call in bound.forward:
        call.run()

    for t in (1, 2):
        guess = bound.values[f"decoder.logits[{t - 1}]"].argmax(axis=1)
        assert guess.tolist() == bound.values[f"decoder.token[{t}]"].tolist()


def test_the_teacher_speaks_as_often_as_it_is_told_to() -> None:
    """Drawn anew each training step, and again the same for the same step."""
    graph = network(Form((4,), padded=True, steps=200, ends=True), teacher_forcing=0.75)
    plan = Plan(graph, 4, "float32", seed=3)
    draw = next(call for call in plan.bind(4).forward if call.info.node == "decoder.teacher")
    draw.run()
    first = plan.values["decoder.teacher"].copy()

    assert {0.0, 1.0} == set(first.ravel().tolist())
    assert 0.75 == pytest.approx(first.mean(), abs=0.05)


def test_what_the_teacher_draws_is_not_scaled_in_the_formula_either() -> None:
    """Unlike a dropout mask's, its ones stay ones."""
    calls = Plan(network(teacher_forcing=0.75), 2, "float32").bind(2).forward

    assert [r"m \in \{0, 1\}"] == [call.info.formula for call in calls if call.info.node == "decoder.teacher"]


def test_padding_behind_the_end_costs_nothing() -> None:
    """The second sequence ends at its second symbol: the third step has no gradient."""
    graph = network()
    plan = Plan(graph, 2, "float64", purpose="probe")
    bound = plan.bind(2)
    bound.values[graph.input][:], bound.values["target"][:] = X, TARGET
    for call in bound.calls:
        call.run()

    assert (bound.gradients["decoder.a"][1, 2] == 0).all()
    assert (bound.gradients["decoder.a"][1, 1] != 0).any()
    assert float(np.log(4)) == pytest.approx(float(bound.values["loss"]), abs=1.0)


def test_attention_gives_padding_no_weight() -> None:
    """The second sequence has two tokens of four."""
    graph = network(attention=True)
    plan = Plan(graph, 2, "float32", purpose="evaluation")
    bound = plan.bind(2)
    bound.values[graph.input][:], bound.values["target"][:] = X, TARGET
    for call in bound.forward:
        call.run()

    weights = bound.values["decoder.weights[0]"]
    assert [0, 0] == weights[1, 2:].tolist()
    np.testing.assert_allclose([1, 1], weights.sum(axis=1), rtol=1e-6)


def test_it_refuses_an_encoder_that_has_no_last_state_to_begin_with() -> None:
    """Of another cell, or reading both ways."""
    with pytest.raises(SpecError, match="last state of an lstm layer"):
        network(encoder={"type": "gru"})
    with pytest.raises(SpecError, match="reads one way"):
        network(encoder={"bidirectional": True})


def test_it_refuses_a_state_of_another_size() -> None:
    """The message names the decoder and both sizes."""
    with pytest.raises(ShapeMismatch, match=r'"decoder".*\(N, 2\).*\(N, 3\)'):
        network(encoder={"units": 3})


def test_attention_needs_all_time_steps() -> None:
    """And says what gives them."""
    with pytest.raises(ShapeMismatch, match="return_sequences"):
        network(attention=True, encoder={"return_sequences": False})


def test_it_refuses_targets_that_are_no_sequences() -> None:
    """There is nothing to write."""
    with pytest.raises(SpecError, match="writes sequences"):
        network(Form((4,), padded=True))
