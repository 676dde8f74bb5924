"""The chain back to the loss: each stretch multiplies to what it says, and a sum says that it is one."""

import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from engine.cursor import Cursor
from engine.explain.alone import alone
from engine.explain.gradients import derive_gradient, penalties
from engine.explain.terms import is_batched
from engine.spec import SessionSpec

RNG = np.random.default_rng(0)
OUTPUT = {"id": "output", "type": "dense", "units": 2, "activation": "softmax"}
DENSE = [{"id": "hidden1", "type": "dense", "units": 3, "activation": "tanh"}, OUTPUT]
NORMED = [*DENSE[:1], {"id": "norm", "type": "batch_norm"}, OUTPUT]
IMAGES = [
    {"id": "conv", "type": "conv2d", "filters": 2, "kernel": 2, "activation": "tanh"},
    {"id": "flat", "type": "flatten"},
    OUTPUT,
]
SERIES = [{"id": "lstm", "type": "lstm", "units": 3}, OUTPUT]
KINDS: dict[str, tuple[Any, tuple[int, ...]]] = {
    "dense": (DENSE, (3,)),
    "normed": (NORMED, (3,)),
    "images": (IMAGES, (1, 4, 4)),
    "series": (SERIES, (4, 2)),
}


def made(kind: str, **fields: Any) -> Cursor:
    """A session in float64 that has finished two steps of six examples."""
    layers, shape = KINDS[kind]
    inputs, targets = RNG.normal(size=(6, *shape)), [0, 1, 1, 0, 1, 0]
    spec: dict[str, Any] = {"dtype": "float64", "dataset": {"inline": {"inputs": inputs.tolist(), "targets": targets}}}
    spec |= {
        "layers": layers,
        "loss": "softmax_cross_entropy",
        "optimizer": "adam",
        "batch_size": "full",
        "seed": 3,
        **fields,
    }
    cursor = Cursor(SessionSpec.model_validate(spec))
    cursor.step("batch", 2)
    return cursor


@pytest.mark.parametrize("kind", KINDS)
def test_each_stretch_of_the_chain_multiplies_to_what_it_says(kind: str) -> None:
    """The station before, times the factor, is the part; where that is not the whole number, the link says so."""
    cursor = made(kind)
    for name in cursor.network.graph.learned:
        shape = cursor.network.graph.parameters[name].shape
        chain = cursor.explain(name, "gradient", (0,) * len(shape)).chain
        assert chain, name
        for before, link in pairwise(chain[1:]):
            assert link.part == pytest.approx((before.value or 0.0) * (link.factor or 0.0), rel=1e-9, abs=1e-15)
            assert (link.sum is None) == (link.parts == 1)
            if link.parts == 1:
                assert link.value == pytest.approx(link.part, rel=1e-9, abs=1e-15)
        assert chain[-1].parts % 6 == 0, name
        assert "6 examples" in (chain[-1].sum or "")


@pytest.mark.parametrize("kind", KINDS)
def test_parts_of_all_examples_add_up_to_the_gradient(kind: str) -> None:
    """For every entry of every parameter, the penalty apart."""
    cursor = made(kind, regularization={"l1": 0.01, "l2": 0.1})
    view = cursor.numbers()
    for name in cursor.network.graph.learned:
        gradient = view.gradient(name)
        assert gradient is not None
        for index in np.ndindex(gradient.shape):
            extra = sum(term.value for term in penalties(view, name, index))
            parts = [
                math.fsum(term.value for term in derive_gradient(alone(view, row), name, index).terms) - extra
                for row in range(6)
            ]
            assert math.fsum(parts) + extra == pytest.approx(gradient[index], rel=1e-7, abs=1e-12), (name, index)


@pytest.mark.parametrize("kind", KINDS)
def test_the_chain_goes_through_the_followed_example(kind: str) -> None:
    """Whichever of the batch it is; not through the one that happens to bring most."""
    cursor = made(kind)
    graph = cursor.network.graph
    for example in (1, 4):
        row = cursor.follow(example).row
        chain = cursor.explain("output.W", "gradient", (0, 1)).chain

        assert {row} == {link.index[0] for link in chain if is_batched(graph, link.node)}
        assert f"(example {(row or 0) + 1})" in (chain[-1].sum or "")


def test_a_penalty_is_said_to_come_on_top() -> None:
    """The sum of the parts is then not yet the number."""
    chain = made("dense", regularization={"l2": 0.1}).explain("hidden1.W", "gradient", (0, 0)).chain

    assert (chain[-1].sum or "").endswith("to which the penalty’s part is added")
