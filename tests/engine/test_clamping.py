"""Units that are held at a value: what others read, what comes back, and what a change of it leaves alone."""

from typing import Any

import numpy as np
import pytest

from engine.cursor import Cursor
from engine.errors import SpecError
from engine.layers import LAYERS
from tests.engine.layers.test_layers import AROUND, INPUTS, directional_error
from tests.engine.networks import graph_of
from tests.engine.sessions import HIDDEN, MAZUR_WEIGHTS, OUTPUT, cursor, mazur, straight_to


def held(clamps: dict[str, float]) -> dict[str, Any]:
    """The hidden layer with these units held."""
    return {**HIDDEN, "clamps": clamps}


def mazur_with(clamps: dict[str, float]) -> Cursor:
    """Mazur's network, whose hidden units are held."""
    session = mazur()
    layers = [layer.model_dump(mode="json") for layer in session.spec.layers]
    session.patch({"layers": [{**layers[0], "clamps": clamps}, layers[1]]})
    session.step("batch")
    return session


def test_a_killed_unit_by_hand() -> None:
    """Mazur's network without its second hidden unit: z = 0.4 · 0.593269992 + 0.6 = 0.837307997 at the first output."""
    session = mazur_with({"1": 0.0})
    numbers = session.numbers()

    def value(name: str) -> list[float]:
        found = numbers.value(name)
        assert found is not None
        return [float(one) for one in found[0]]

    assert [pytest.approx(0.593269992, abs=1e-9), 0.0] == value("hidden1.a")
    assert pytest.approx(0.596884378, abs=1e-9) == value("hidden1.free")[1]
    assert pytest.approx(0.4 * 0.593269992 + 0.6, abs=1e-9) == value("output.z")[0]


def test_no_gradient_passes_through_a_held_unit() -> None:
    """What stands before it learns nothing from it; the wires behind it learn by its value, 2."""
    session = mazur_with({"1": 2.0})
    numbers = session.numbers()
    gradient = {
        name: numbers.gradient(name) for name in ("hidden1.W", "hidden1.free", "hidden1.a", "output.W", "output.z")
    }
    assert all(array is not None for array in gradient.values())

    assert not gradient["hidden1.W"][:, 1].any()  # type: ignore[index]
    assert gradient["hidden1.W"][:, 0].all()  # type: ignore[index]
    assert gradient["hidden1.a"][0, 1] != 0  # type: ignore[index]
    assert 0 == gradient["hidden1.free"][0, 1]  # type: ignore[index]
    np.testing.assert_allclose(gradient["output.W"][1], 2 * gradient["output.z"][0])  # type: ignore[index]


@pytest.mark.parametrize("kind", [kind for kind in LAYERS if kind not in {"input", "decoder"}])
def test_gradients_of_every_layer_with_held_units_agree_with_finite_differences(kind: str) -> None:
    """Unit 0 of the layer in the middle is held at 0.5: a map of images, a number of each time step of sequences."""
    layers = [{**layer, **({"clamps": {"0": 0.5}} if layer["id"] == "here" else {})} for layer in AROUND[kind]]
    if layers[-1]["id"] == "here":
        layers = [*layers, {"id": "behind", "type": "dense", "units": 2}]
    graph = graph_of(layers, inputs=INPUTS.get(kind, (2,)))

    assert "here.free" in graph.nodes
    assert "clamp" == graph.nodes["here.a"].op
    assert min(directional_error(graph, 3, smooth=step) for step in (1e-5, 1e-7)) < 1e-6


def test_holding_and_letting_go_loses_nothing() -> None:
    """Weights, what the optimizer remembers, and its count of steps."""
    plain, session = straight_to(cursor, 20, 0), straight_to(cursor, 20, 0)
    edited = session.patch({"layers": [held({"1": 0.0}), OUTPUT]})
    session.patch({"layers": [HIDDEN, OUTPUT]})
    plain.run(5)
    session.run(5)

    assert ([], []) == (edited.initialised, edited.dropped)
    assert all(value.tobytes() == session.parameters()[name].tobytes() for name, value in plain.parameters().items())


def test_evaluation_holds_the_units_too() -> None:
    """Test loss and one's own examples see the clamps."""
    session = straight_to(cursor, 50, 0)
    before = session.metrics()
    session.patch({"layers": [held({"0": 0.0, "1": 0.0, "2": 0.0}), OUTPUT]})
    after = session.metrics()
    said = session.forward(session.network.inputs["test"].tolist())

    assert before.test_loss != after.test_loss
    assert 1 == len({value.tobytes() for value in said["outputs"]})
    assert not said["activations"]["hidden1.a"].any()


def test_a_killed_relu_is_not_counted_as_dead() -> None:
    """Dead is who cannot help it: what it would say is not 0."""
    session = straight_to(cursor, 1, 0)
    session.patch({"layers": [{**held({"0": 0.0}), "activation": "relu"}, OUTPUT]})
    session.step("batch")
    free = session.tensor("hidden1.free").value
    assert free is not None

    assert int((free == 0).all(axis=0).sum()) == session.metrics().dead_units["hidden1"]


def test_it_is_checked_saved_and_forked() -> None:
    """Finite differences agree, and a copy holds the same units."""
    session = cursor(layers=[held({"0": -0.5}), OUTPUT], dtype="float64")
    session.step("batch")

    assert session.gradcheck().passed
    assert session.spec == session.fork().spec
    assert {"0": -0.5} == session.fork().spec.layers[0].clamps


@pytest.mark.parametrize(
    ("layers", "says", "loc"),
    [
        ([held({"3": 0.0}), OUTPUT], "3 units, 0 to 2: there is no unit 3", ("layers", 0, "clamps", "3")),
        ([HIDDEN, {**OUTPUT, "clamps": {"0": 1.0}}], "compares", ("layers", 1, "clamps")),
        ([{"id": "input", "type": "input", "clamps": {"0": 1}}, OUTPUT], "holds the data", ("layers", 0, "clamps")),
        ([held({"-1": 0.0}), OUTPUT], "pattern", ("layers", 0, "clamps", "-1")),
        ([held({"0": 1e300}), OUTPUT], "must be at most 1000000, but got 1e\\+300", ("layers", 0, "clamps", "0")),
    ],
)
def test_what_cannot_be_held_is_refused_and_nothing_changes(layers: list[Any], says: str, loc: tuple[Any, ...]) -> None:
    """The message says what is expected, and where."""
    session = cursor()
    before = session.spec
    with pytest.raises(SpecError, match=says) as refused:
        session.patch({"layers": layers})

    assert loc == refused.value.loc
    assert before == session.spec


@pytest.mark.parametrize("level", ["kid", "high_school", "graduate", "tldr", "phd"])
def test_it_is_explained(level: Any) -> None:
    """Held and free units, forward and backward."""
    session = mazur_with({"1": 2.0})

    assert 2.0 == session.explain("hidden1.a", "value", (0, 1), level).value
    assert "2" in session.explain("hidden1.a", "value", (0, 1), level).text
    assert "held" in session.explain("hidden1.a", "value", (0, 1), "tldr").text
    assert "free" in session.explain("hidden1.a", "value", (0, 0), "tldr").text
    assert 0 == session.explain("hidden1.free", "gradient", (0, 1), level).value
    assert MAZUR_WEIGHTS["output.b"] == [0.6, 0.6]
