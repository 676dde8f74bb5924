"""Recurrent layers: hand-worked values, gradients through time, padding, both directions, truncation."""

from math import tanh
from typing import Any

import numpy as np
import pytest

from engine.arrays import Array
from engine.errors import LimitExceeded, ShapeMismatch, SpecError
from engine.gradcheck import gradcheck
from engine.graph import Form, Graph, compile_graph
from engine.plan import Bound, Plan
from tests.engine.networks import Layer, dense, spec_of

KINDS = ("rnn", "lstm", "gru")
VARIANTS: tuple[dict[str, Any], ...] = (
    {},
    {"return_sequences": True},
    {"reverse": True},
    {"bidirectional": True, "return_sequences": True},
    {"bidirectional": True},
)
every_kind = pytest.mark.parametrize("kind", KINDS)


def network(kind: str, *, steps: int = 4, padded: bool = False, units: int = 3, **options: Any) -> Graph:
    """One recurrent layer over sequences of two numbers, and an output of two."""
    layers: list[Layer] = [{"id": "memory", "type": kind, "units": units, **options}]
    if options.get("return_sequences"):
        layers.append({"id": "flat", "type": "flatten"})
    layers.append(dense("output", 2, "linear"))
    return compile_graph(spec_of(layers), Form((steps, 2), padded=padded))


def sequences(rows: int, steps: int, lengths: tuple[int, ...] | None = None) -> Array:
    """Random (rows, steps, 2), with zeros behind each one's end."""
    x = np.random.default_rng(3).normal(size=(rows, steps, 2))
    for row, length in enumerate(lengths or ()):
        x[row, length:] = 0
    return x


def random_params(graph: Graph) -> Array:
    """Parameters of a size at which gates are neither open nor shut."""
    return np.random.default_rng(5).normal(scale=0.7, size=graph.parameter_count)


def ran(graph: Graph, x: Array, params: Array | None = None) -> Bound:
    """Forward and backward, the gradient of the input included."""
    plan = Plan(graph, len(x), "float64", purpose="probe")
    plan.params[:] = random_params(graph) if params is None else params
    bound = plan.bind(len(x))
    bound.values[graph.input][:] = x
    bound.values["target"][:] = 0.3
    for call in bound.calls:
        call.run()
    return bound


def with_weights(graph: Graph, **values: Any) -> Array:
    """Flat parameters: those of ``memory`` given by name, the output's weights 1, all else 0."""
    plan = Plan(graph, 1, "float64")
    for name, value in values.items():
        plan.parameters[f"memory.{name}"][...] = value
    plan.parameters["output.W"][...] = 1
    return plan.params


def sigmoid(z: float) -> float:
    """1 / (1 + e^-z)."""
    return float(1 / (1 + np.exp(-z)))


def test_an_rnn_by_hand() -> None:
    """h = tanh(x·(1, 0) + 0.1 + 0.5 h_prev) on x = 1, then 2."""
    graph = network("rnn", steps=2, units=1)
    params = with_weights(graph, W_ih=[[1.0], [0.0]], b=0.1, W_hh=0.5)
    first = tanh(1.1)

    values = ran(graph, np.array([[[1.0, 9.0], [2.0, 9.0]]]), params).values

    assert [[first]] == pytest.approx(values["memory.h[0]"])
    assert [[tanh(2.1 + 0.5 * first)]] == pytest.approx(values["memory.a"])


def test_an_lstm_by_hand() -> None:
    """Gates in the order i, f, g, o: each with its own column of weights."""
    graph = network("lstm", steps=2, units=1)
    params = with_weights(
        graph, W_ih=[[1.0, 0.0, 0.5, 0.0], [0.0] * 4], b=[0.0, 1.0, 0.0, -1.0], W_hh=[[0.0, 0.0, 0.0, 2.0]]
    )
    c0 = sigmoid(2.0) * tanh(1.0)
    h0 = sigmoid(-1.0) * tanh(c0)
    c1 = sigmoid(1.0) * c0 + sigmoid(4.0) * tanh(2.0)
    h1 = sigmoid(2 * h0 - 1) * tanh(c1)

    values = ran(graph, np.array([[[2.0, 0.0], [4.0, 0.0]]]), params).values

    named = {"i[0]": sigmoid(2.0), "f[1]": sigmoid(1.0), "g[1]": tanh(2.0), "o[1]": sigmoid(2 * h0 - 1)}
    for name, value in {**named, "c[0]": c0, "h[0]": h0, "c[1]": c1, "h[1]": h1}.items():
        assert [[value]] == pytest.approx(values[f"memory.{name}"]), name
    assert [[h1]] == pytest.approx(values["memory.a"])


def test_a_gru_by_hand() -> None:
    """update = 1 keeps what is remembered; the reset gate acts behind the product with W_hh and its bias."""
    graph = network("gru", steps=2, units=1)
    params = with_weights(
        graph, W_ih=[[0.0, 0.0, 1.0], [0.0] * 3], b_ih=[0.0, 1.0, 0.0], W_hh=[[0.0, 0.0, 2.0]], b_hh=[0.5, 0.0, 0.25]
    )
    reset, update = sigmoid(0.5), sigmoid(1.0)
    n0 = tanh(1.0 + reset * 0.25)
    h0 = (1 - update) * n0
    n1 = tanh(-1.0 + reset * (2 * h0 + 0.25))
    h1 = update * h0 + (1 - update) * n1

    values = ran(graph, np.array([[[1.0, 0.0], [-1.0, 0.0]]]), params).values

    for name, value in {"reset[0]": reset, "update[1]": update, "candidate[1]": n1, "h[0]": h0, "h[1]": h1}.items():
        assert [[value]] == pytest.approx(values[f"memory.{name}"]), name


@every_kind
@pytest.mark.parametrize("padded", [False, True])
@pytest.mark.parametrize("variant", VARIANTS, ids=str)
def test_gradients_through_time_agree_with_finite_differences(kind: str, padded: bool, variant: dict[str, Any]) -> None:
    """Those of every parameter, in every direction of time, with and without padding."""
    graph = network(kind, padded=padded, **variant)
    values = {graph.input: sequences(3, 4, (4, 2, 1) if padded else None), "target": np.full((3, 2), 0.3)}

    report = gradcheck(graph, values, random_params(graph))

    assert report.max_relative_error < 1e-6


@every_kind
@pytest.mark.parametrize("padded", [False, True])
def test_the_gradient_of_the_input_agrees_with_finite_differences(kind: str, padded: bool) -> None:
    """Saliency by backpropagation through time."""
    graph = network(kind, padded=padded)
    x = sequences(2, 4, (4, 3) if padded else None)
    direction = np.random.default_rng(1).normal(size=x.shape) * (x != 0)

    def loss(offset: float) -> float:
        return float(ran(graph, x + offset * direction).values["loss"])

    analytic = float(np.sum(ran(graph, x).gradients["input.a"] * direction))

    assert (loss(1e-5) - loss(-1e-5)) / 2e-5 == pytest.approx(analytic, rel=1e-6)


@every_kind
@pytest.mark.parametrize("variant", VARIANTS, ids=str)
def test_padding_changes_nothing(kind: str, variant: dict[str, Any]) -> None:
    """A sequence of two steps among four says what it says alone; the gradients are the same."""
    long, short = network(kind, padded=True, **variant), network(kind, steps=2, **variant)
    if variant.get("return_sequences"):
        return  # there the padding stands in the value, for the loss's mask to leave out
    x = sequences(2, 4, (2, 2))
    params = random_params(short)

    padded, alone = ran(long, x, params), ran(short, x[:, :2], params)

    np.testing.assert_allclose(alone.values["memory.a"], padded.values["memory.a"], rtol=1e-12)
    for name in short.parameters:
        np.testing.assert_allclose(alone.gradients[name], padded.gradients[name], rtol=1e-9, atol=1e-12)


@every_kind
def test_a_batch_gives_each_sequence_what_it_would_get_alone(kind: str) -> None:
    """Also where the batch is smaller than the plan has room for, so that the blocks lie closer together."""
    graph = network(kind, return_sequences=True)
    x = sequences(5, 4)
    plan = Plan(graph, 5, "float64", purpose="evaluation")
    plan.params[:] = random_params(graph)

    def value(rows: Array) -> Array:
        bound = plan.bind(len(rows))
        bound.values[graph.input][:] = rows
        for call in bound.forward:
            call.run()
        return bound.values["memory.a"].copy()

    together = value(x)

    for row in range(5):
        np.testing.assert_allclose(together[row : row + 1], value(x[row : row + 1]), rtol=1e-12)
    np.testing.assert_allclose(together, value(x), rtol=0)


@every_kind
def test_reading_backwards_is_reading_the_reversed_sequence(kind: str) -> None:
    """Time step names stay those of time."""
    x = sequences(2, 4)
    params = random_params(network(kind))

    forwards = ran(network(kind), x[:, ::-1], params)
    backwards = ran(network(kind, reverse=True), x, params)

    np.testing.assert_allclose(forwards.values["memory.a"], backwards.values["memory.a"], rtol=1e-12)
    np.testing.assert_allclose(forwards.values["memory.h[0]"], backwards.values["memory.h[3]"], rtol=1e-12)


@every_kind
def test_truncated_backpropagation_goes_no_further_back(kind: str) -> None:
    """With two steps, what the first two time steps did has no gradient from the last two; the values stay."""
    whole, cut = network(kind), network(kind, truncate=2)
    x, params = sequences(2, 4), random_params(network(kind))

    full, short = ran(whole, x, params), ran(cut, x, params)

    np.testing.assert_array_equal(full.values["memory.a"], short.values["memory.a"])
    assert (short.gradients["input.a"][:, :2] == 0).all()
    np.testing.assert_array_equal(full.gradients["input.a"][:, 2:], short.gradients["input.a"][:, 2:])


@pytest.mark.parametrize("kinds", [("lstm", "gru"), ("rnn", "lstm"), ("gru", "gru")])
def test_stacked_layers_of_padded_sequences_learn_together(kinds: tuple[str, str]) -> None:
    """The first reads both ways and says something at every step, which the second reads; padding reaches it, too."""
    lower = {"id": "lower", "type": kinds[0], "units": 2, "return_sequences": True, "bidirectional": True}
    layers: list[Layer] = [lower, {"id": "upper", "type": kinds[1], "units": 2}, dense("output", 2, "linear")]
    graph = compile_graph(spec_of(layers), Form((4, 2), padded=True))
    values = {graph.input: sequences(3, 4, (4, 2, 1)), "target": np.full((3, 2), 0.3)}

    assert gradcheck(graph, values, random_params(graph)).max_relative_error < 1e-6


def test_the_weights_of_all_time_steps_get_their_gradient_in_one_call() -> None:
    """One product for W_hh and one for W_ih, however long the sequence is."""
    calls = [call.info.label for call in Plan(network("lstm", steps=9), 4, "float32").bind(4).backward]

    assert 1 == calls.count("d memory.W_hh")
    assert 1 == calls.count("d memory.W_ih")
    assert 9 == sum(label.startswith("d memory.z_f") for label in calls)


def test_every_gate_of_every_time_step_has_a_gradient_that_says_when_it_is_computed() -> None:
    """Parts are written with their whole, and the whole is complete with its last part."""
    bound = Plan(network("lstm", steps=3), 4, "float32").bind(4)
    written = [name for call in bound.backward for name, _ in call.info.writes]

    for t in range(3):
        for name in ("z", "z_i", "i", "f", "g", "o", "c", "h"):
            assert f"memory.{name}[{t}]" in written
        assert written.index(f"memory.z[{t}]") > max(written.index(f"memory.z_{gate}[{t}]") for gate in "ifgo")
    assert written.index("memory.from_x") > written.index("memory.from_x[0]")


def test_the_forget_gate_begins_open() -> None:
    """Its bias is 1 unless told otherwise; the others are 0."""
    graph = network("lstm", units=2, forget_bias=0.5)

    assert (2, 4, 0.5) == graph.parameters["memory.b"].shift


@every_kind
def test_a_recurrent_layer_refuses_what_is_no_sequence(kind: str) -> None:
    """It says what it expects, what came, and what helps."""
    layers = [{"id": "memory", "type": kind, "units": 2}, dense("output", 1)]

    with pytest.raises(
        ShapeMismatch, match=r'"memory" \(embedding or one_hot .* expects shape \(N, T, D\), but .* \(N, 5\)'
    ):
        compile_graph(spec_of(layers), (5,))


def test_a_loss_that_compares_no_classes_is_refused_for_sequences() -> None:
    """The message names the one that does."""
    layers = [{"id": "memory", "type": "rnn", "units": 2, "return_sequences": True}, dense("output", 3, "linear")]

    with pytest.raises(SpecError, match="softmax_cross_entropy"):
        compile_graph(spec_of(layers), Form((4, 2), steps=4))


def test_an_output_without_time_steps_is_refused_for_sequences() -> None:
    """The hint says what gives each step a row."""
    layers = [{"id": "memory", "type": "rnn", "units": 2}, dense("output", 3, "softmax")]

    with pytest.raises(ShapeMismatch, match="return_sequences"):
        compile_graph(spec_of(layers, loss="softmax_cross_entropy"), Form((4, 2), steps=4))


def test_a_network_of_too_many_time_steps_is_refused() -> None:
    """Before it is built: each time step is a dozen nodes."""
    layers = [{"id": "memory", "type": "lstm", "units": 2}, dense("output", 1)]

    with pytest.raises(LimitExceeded, match="time steps"):
        compile_graph(spec_of(layers), (3000, 2))
