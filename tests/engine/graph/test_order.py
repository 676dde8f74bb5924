from engine.graph.order import ancestors, backward_order, depends_on, forward_order
from engine.layers import Node


def node(name: str, *inputs: str) -> Node:
    """A node that matters only for what it reads."""
    return Node(name, "layer", None, inputs, (1,))


DIAMOND = [node("x"), node("left", "x"), node("right", "x"), node("top", "left", "right")]


def test_forward_order_puts_each_layer_after_what_it_reads() -> None:
    """Otherwise the order given stays."""
    assert (["x", "b", "a"], []) == forward_order({"a": ["b"], "x": [], "b": ["x"]})


def test_forward_order_hands_back_what_stands_on_a_cycle() -> None:
    """And what is behind it."""
    assert (["x"], ["a", "b", "c"]) == forward_order({"x": [], "a": ["b", "x"], "b": ["a"], "c": ["b"]})


def test_forward_order_is_not_bounded_by_the_call_stack() -> None:
    """Unrolled recurrent networks are deep."""
    chain = {str(place): [str(place - 1)] if place else [] for place in range(3000)}

    assert list(chain) == forward_order(chain)[0]


def test_backward_order_visits_a_node_after_all_that_use_it() -> None:
    """So that its gradient is complete when it is passed on."""
    order = [visited.name for visited in backward_order(DIAMOND)]

    assert order.index("x") > max(order.index("left"), order.index("right"))
    assert "top" == order[0]


def test_ancestors_are_everything_with_a_path_there() -> None:
    """Itself included."""
    assert {"x", "left"} == ancestors("left", {n.name: n.inputs for n in DIAMOND})


def test_depends_on_is_everything_computed_from_it() -> None:
    """Itself included."""
    assert {"left", "top"} == depends_on(["left"], DIAMOND)
