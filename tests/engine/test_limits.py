from typing import Any

import pytest

from engine.errors import LimitExceeded
from engine.graph import Form, compile_graph
from engine.limits import Limits, check_graph, check_spec, estimated_flops, multiplications, usage
from tests.engine.networks import dense, graph_of, spec_of

LAYERS = [dense("hidden", 8), dense("output", 1)]


@pytest.mark.parametrize(
    ("limits", "loc"),
    [
        ({"layers": 1}, ("layers",)),
        ({"units": 7}, ("layers", 0, "units")),
        ({"batch": 3}, ("batch_size",)),
    ],
)
def test_what_a_description_alone_tells_is_checked_before_the_data_are_read(
    limits: dict[str, Any], loc: tuple[Any, ...]
) -> None:
    """The path of what is too large stands in the error."""
    check_spec(spec_of(LAYERS), Limits())

    with pytest.raises(LimitExceeded) as refusal:
        check_spec(spec_of(LAYERS), Limits(**limits))

    assert loc == refusal.value.loc


@pytest.mark.parametrize(
    ("limits", "loc"),
    [
        ({"rows": 99}, ("dataset",)),
        ({"batch": 9}, ("batch_size",)),
        ({"columns": 1}, ("dataset",)),
        ({"units": 7}, ("layers", 0)),
        ({"parameters": 32}, ("layers",)),
        ({"values": 100}, ("batch_size",)),
        ({"flops": 1000.0}, ("batch_size",)),
    ],
)
def test_what_a_graph_costs_is_checked_before_anything_is_allocated(
    limits: dict[str, Any], loc: tuple[Any, ...]
) -> None:
    """Every limit on its own."""
    graph = graph_of(LAYERS)
    check_graph(graph, rows=100, batch=10, limits=Limits())

    with pytest.raises(LimitExceeded) as refusal:
        check_graph(graph, rows=100, batch=10, limits=Limits(**limits))

    assert loc == refusal.value.loc


def test_a_layer_is_as_wide_as_its_value_not_as_its_description() -> None:
    """Joints count too."""
    graph = graph_of([dense("a", 5), {"id": "both", "type": "concat", "inputs": ["a", "a"]}, dense("output", 1)])

    with pytest.raises(LimitExceeded, match='units of layer "both": at most 9 are allowed here, but 10'):
        check_graph(graph, rows=1, batch=1, limits=Limits(units=9))


def test_a_flattened_image_is_as_large_as_feature_maps_may_be() -> None:
    """It adds no numbers, so the limit of units does not hold for it."""
    graph = graph_of([{"id": "flat", "type": "flatten"}, dense("output", 1)], inputs=(4, 4))

    check_graph(graph, rows=1, batch=1, limits=Limits(units=2, maps=16, columns=16))


def test_feature_maps_have_a_limit_of_their_own() -> None:
    """8 maps of 24 × 24 are no 4,608 units."""
    conv = {"id": "conv", "type": "conv2d", "filters": 8, "kernel": 5}
    graph = graph_of([conv, {"id": "flat", "type": "flatten"}, dense("output", 1)], inputs=(1, 28, 28))
    check_graph(graph, rows=1, batch=1, limits=Limits())

    with pytest.raises(LimitExceeded, match='numbers in the value of layer "conv": at most 4,607 are allowed here'):
        check_graph(graph, rows=1, batch=1, limits=Limits(maps=4607))
    assert (1, 4608) == tuple(usage(graph, rows=1, batch=1)[name] for name in ("units", "maps"))


def test_a_convolution_costs_its_weights_at_every_place() -> None:
    """8 kernels of 5 × 5 at 24 × 24 places, and each of the 4,608 numbers times its weight."""
    conv = {"id": "conv", "type": "conv2d", "filters": 8, "kernel": 5}
    graph = graph_of([conv, {"id": "flat", "type": "flatten"}, dense("output", 1)], inputs=(1, 28, 28))

    assert 200 * 576 + 4608 == multiplications(graph)
    assert 6 * 20 * multiplications(graph) < estimated_flops(graph, 20)


def test_attention_costs_its_products_and_a_lookup_costs_none() -> None:
    """Four projections of 6 steps, 4 to 4; 6 × 6 scores and mixtures over 4 numbers; the answer's 24 weights."""
    table = {"id": "table", "type": "embedding", "tokens": 1000, "units": 4}
    look = {"id": "look", "type": "attention", "heads": 2}
    graph = graph_of([table, look, {"id": "flat", "type": "flatten"}, dense("output", 1)], inputs=(6,))

    assert 4 * (6 * 4 * 4) + 2 * (6 * 6 * 4) + 24 == multiplications(graph)


def test_three_products_of_matrices_are_most_of_a_step() -> None:
    """Forward, dW and dx: 2·N·fan_in·units each."""
    graph = graph_of([dense("a", 512), dense("b", 512), dense("output", 10)], inputs=(784,))
    products = 6 * 128 * (784 * 512 + 512 * 512 + 512 * 10)

    assert products < estimated_flops(graph, 128) < 1.1 * products


def test_what_a_session_takes_is_told_under_the_names_of_the_limits() -> None:
    """So that the page can show one beside the other."""
    used = usage(graph_of(LAYERS), rows=100, batch=10)

    assert set(used) == set(Limits.model_fields)
    assert {"layers": 2, "units": 8, "parameters": 33, "batch": 10, "rows": 100, "columns": 2}.items() <= used.items()


def test_the_nodes_of_time_steps_are_counted_while_they_are_made() -> None:
    """Sixty recurrences of 256 steps would be half a million nodes: the first that is too many is named."""
    layers = [{"id": f"rnn{n}", "type": "gru", "units": 2, "return_sequences": True} for n in range(60)]
    spec = spec_of([*layers, {"id": "end", "type": "last"}])

    with pytest.raises(LimitExceeded, match=r'up to layer "rnn1": at most 6,144 are allowed') as refusal:
        compile_graph(spec, (256, 2), Limits().nodes)

    assert ("layers", 1) == refusal.value.loc


@pytest.mark.parametrize("kind", ["rnn", "lstm", "gru"])
def test_a_sequence_is_no_longer_than_256_time_steps(kind: str) -> None:
    """257 are refused, and the layer is marked."""
    graph_of([{"id": "memory", "type": kind, "units": 2}], inputs=(256, 2))

    with pytest.raises(LimitExceeded, match='time steps of layer "memory": at most 256') as refusal:
        graph_of([{"id": "memory", "type": kind, "units": 2}], inputs=(257, 2))

    assert ("layers", 0) == refusal.value.loc


def test_what_is_written_is_no_longer_than_256_time_steps() -> None:
    """The targets tell a decoder how many steps it has."""
    layers = [{"id": "read", "type": "gru", "units": 2}, {"id": "write", "type": "decoder", "units": 2, "cell": "gru"}]
    layers[1]["tokens"] = 3

    with pytest.raises(LimitExceeded, match='time steps of layer "write"') as refusal:
        graph_of(layers, inputs=Form((4, 2), steps=257, ends=True))

    assert ("layers", 1) == refusal.value.loc


def test_many_small_calls_cost_more_than_their_numbers() -> None:
    """A recurrence of one unit computes next to nothing, three thousand times."""
    graph = graph_of([{"id": "memory", "type": "lstm", "units": 1}], inputs=(256, 1))

    assert 5e8 < estimated_flops(graph, 1) < 1e9
