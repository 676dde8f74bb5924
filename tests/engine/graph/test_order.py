from engine.graph.order import ancestors, backward_order, forward_order, with_gradient
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


def summing(name: str, *inputs: str, cuts: tuple[int, ...] = ()) -> Node:
    """A node whose operation hands its gradient back to all inputs."""
    return Node(name, "layer", "add", inputs, (1,), cuts=cuts)


def test_a_gradient_is_had_by_what_lies_between_a_start_and_the_end() -> None:
    """Not by what is beside the way, nor by what only a mask leads on from."""
    nodes = [
        node("x"),
        summing("left", "x", "w"),
        summing("right", "x"),
        Node("masked", "layer", "dropout", ("right", "left"), (1,)),
        summing("top", "left", "masked"),
    ]

    assert {"w", "left", "top"} == with_gradient(["w"], nodes, "top")


def test_a_cut_hands_nothing_back() -> None:
    """The other inputs of that node get theirs."""
    nodes = [summing("a", "w"), summing("b", "v"), summing("top", "a", "b", cuts=(0,))]

    assert {"v", "b", "top"} == with_gradient(["w", "v"], nodes, "top")
