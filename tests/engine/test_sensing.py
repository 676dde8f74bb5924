"""The gradient of any number with respect to the input."""

import numpy as np
import pytest

from engine.arrays import Array
from engine.errors import SpecError, UnknownName
from engine.graph import Graph
from engine.sensing import saliency
from engine.trainer import initial_parameters
from tests.engine.networks import Layer, dense, graph_of

CONV: list[Layer] = [
    {"id": "conv", "type": "conv2d", "filters": 3, "kernel": 3, "padding": "same", "activation": "tanh"},
    {"id": "flat", "type": "flatten"},
    dense("output", 4, "softmax"),
]
WORDS: list[Layer] = [
    {"id": "embed", "type": "embedding", "tokens": 5, "units": 3},
    {"id": "lstm", "type": "lstm", "units": 4},
    dense("output", 3, "softmax"),
]


def with_parameters(layers: list[Layer], inputs: tuple[int, ...]) -> tuple[Graph, Array]:
    """A graph and its flat parameters, drawn."""
    graph = graph_of(layers, inputs=inputs, loss="softmax_cross_entropy")
    params = np.zeros(graph.parameter_count)
    start = 0
    views = {}
    for name, parameter in graph.parameters.items():
        stop = start + int(np.prod(parameter.shape))
        views[name] = params[start:stop].reshape(parameter.shape)
        start = stop
    initial_parameters(graph, views, seed=3)
    return graph, params


def test_a_linear_unit_answers_with_its_weights() -> None:
    """z = 2 x1 - 3 x2 + 1 at (5, 7): the value is -10, its gradient (2, -3) wherever it is asked for."""
    graph = graph_of([dense("output", 1, "linear")])
    params = np.array([2.0, -3.0, 1.0])

    found = saliency(graph, params, np.array([[5.0, 7.0]]), "output.a", (0,))

    assert [-10.0] == found.values.tolist()
    assert [[2.0, -3.0]] == found.gradient.tolist()
    assert [[2.0, 3.0]] == found.strength.tolist()
    assert "input.a" == found.source


@pytest.mark.parametrize(
    ("node", "index"), [("output.a", (2,)), ("output.z", (1,)), ("conv.a", (1,)), ("conv.z", (0, 2, 3)), ("conv.a", ())]
)
def test_the_gradient_agrees_with_central_differences(node: str, index: tuple[int, ...]) -> None:
    """Of an output behind a softmax, of one before it, of a whole feature map, of one place, of a layer's mean."""
    graph, params = with_parameters(CONV, (2, 4, 5))
    rng = np.random.default_rng(0)
    x, way = rng.normal(size=(3, 2, 4, 5)), rng.normal(size=(3, 2, 4, 5))
    found = saliency(graph, params, x, node, index)
    numeric = [saliency(graph, params, x + sign * 1e-6 * way, node, index).values for sign in (1, -1)]

    np.testing.assert_allclose(
        (found.gradient * way).sum(axis=(1, 2, 3)), (numeric[0] - numeric[1]) / 2e-6, rtol=1e-6, atol=1e-9
    )


def test_the_strongest_answer_is_asked_for_unless_one_is_named() -> None:
    """Each example's own; before the softmax, where a certain answer still has a gradient."""
    graph, params = with_parameters(CONV, (2, 4, 5))
    x = np.random.default_rng(1).normal(size=(6, 2, 4, 5))
    found = saliency(graph, params, x, None, None)

    assert "output.z" == found.node
    assert (6, 4, 5) == found.strength.shape
    largest = [saliency(graph, params, x, None, (k,)).values for k in range(4)]
    np.testing.assert_array_equal(np.max(largest, axis=0), found.values)


def test_of_tokens_the_gradient_is_that_of_their_vectors() -> None:
    """A token cannot be moved a little, its vector can: (N, T, D), and a strength for each character."""
    graph, params = with_parameters(WORDS, (6,))
    x = np.array([[1.0, 4, 2, 0, 0, 3]])
    found = saliency(graph, params, x, None, (1,))
    table = params[: 5 * 3].reshape(5, 3)
    table[4, 2] += 1e-6
    above = saliency(graph, params, x, None, (1,)).values
    table[4, 2] -= 2e-6
    below = saliency(graph, params, x, None, (1,)).values

    assert "embed.a" == found.source
    assert (1, 6) == found.strength.shape
    assert found.gradient[0, 1, 2] == pytest.approx(float((above - below)[0]) / 2e-6, rel=1e-6)


def test_what_cannot_be_asked_is_refused() -> None:
    """Nodes that are no layer's, entries that there are not."""
    graph, params = with_parameters(CONV, (2, 4, 5))
    x = np.zeros((1, 2, 4, 5))
    with pytest.raises(UnknownName, match='no node of a layer "loss"'):
        saliency(graph, params, x, "loss", ())
    with pytest.raises(SpecError, match=r"nothing at \(3,\)"):
        saliency(graph, params, x, "conv.a", (3,))
    with pytest.raises(SpecError, match="shape"):
        saliency(graph, params, x, "output.a", (0, 0))
