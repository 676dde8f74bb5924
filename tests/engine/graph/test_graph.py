import pytest

from tests.engine.networks import dense, graph_of

DROPPED = [dense("a", 2), {"id": "drop", "type": "dropout"}, dense("output", 1, "sigmoid")]


@pytest.mark.parametrize(
    ("node", "words"),
    [
        ("output.a", "fused"),
        ("input.a", "the data is not learned"),
        ("drop.mask", "at random"),
        ("target", "given"),
        ("loss", "is 1"),
        ("penalty", "is 1"),
    ],
)
def test_a_missing_gradient_has_a_reason(node: str, words: str) -> None:
    """Nobody is left to guess why a number is not there."""
    graph = graph_of(DROPPED, loss="binary_cross_entropy", regularization={"l2": 1})

    assert words in graph.why_no_gradient(node)


def test_what_stands_before_all_parameters_gets_no_gradient_in_training() -> None:
    """It would help nobody; it gets one when the input's is asked for."""
    graph = graph_of([{"id": "bend", "type": "activation", "function": "sin"}, dense("output", 1)])

    assert "bend.a" not in graph.differentiable(with_input=False)
    assert {"bend.a", "input.a"} <= graph.differentiable(with_input=True)
    assert "nothing before it is learned" in graph.why_no_gradient("bend.a")


def test_parameters_are_counted() -> None:
    """2·3 + 3 + 3·1 + 1."""
    assert 13 == graph_of([dense("a", 3), dense("output", 1)]).parameter_count
