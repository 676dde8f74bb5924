"""An exported script repeats the engine's step with numpy alone: every value, the loss, every gradient, the update."""

import ast
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.cursor import Cursor
from engine.export.numpy_optimizers import RULES
from engine.export.numpy_script import numpy_script
from engine.optimizers import OPTIMIZERS
from tests.engine.export.running import Elsewhere, assert_close, run
from tests.engine.export.sessions import NETWORKS, NUMBERS, TOLERANCE, skips, step_of
from tests.engine.export.sessions import OPTIMIZERS as UPDATES
from tests.engine.networks import SMOOTH_LOSSES, dense
from tests.engine.sessions import cursor, mazur

BODY = """
value = script.forward({**script.PARAMETERS, **script.GIVEN})
grad = script.backward(value)
new = script.update(value, grad)
answer = {"value": value, "grad": grad, "new": new}
"""


def assert_repeats(session: Cursor, elsewhere: Elsewhere, folder: Path) -> None:
    """The script of a session computes what the session's own step computes."""
    expected = step_of(session)
    answer = elsewhere.ask(numpy_script(session.moment()), folder, BODY)

    tolerance = TOLERANCE[expected.dtype]
    values = {name: answer["value"][name] for name in expected.values}
    assert_close(expected.values, values, tolerance)
    assert_close(expected.gradients, {name: answer["grad"][name] for name in expected.gradients}, tolerance)
    assert_close(expected.parameters, answer["new"], tolerance)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_a_network_with_skips_and_dropout_is_repeated(elsewhere: Elsewhere, tmp_path: Path, dtype: str) -> None:
    """Values, masks, gradients that add up, and the update, in both dtypes."""
    assert_repeats(skips(dtype=dtype, optimizer={"type": "adam", "learning_rate": 0.01}), elsewhere, tmp_path)


@pytest.mark.parametrize("name", NETWORKS)
def test_every_kind_of_network_is_repeated(elsewhere: Elsewhere, tmp_path: Path, name: str) -> None:
    """Images, sequences forward and back in time, tokens with padding, a symbol at each time step."""
    assert_repeats(NETWORKS[name](), elsewhere, tmp_path)


@pytest.mark.parametrize("optimizer", UPDATES, ids=lambda optimizer: optimizer["type"])
def test_every_optimizer_is_repeated(elsewhere: Elsewhere, tmp_path: Path, optimizer: dict[str, Any]) -> None:
    """With its slots as three steps have left them, clipping and penalty."""
    penalty = {"l1": 0.01, "l2": 0.1, "include_biases": optimizer["type"] == "adam"}

    assert_repeats(skips(optimizer=optimizer, regularization=penalty), elsewhere, tmp_path)


def test_no_optimizer_is_left_out() -> None:
    """Each has a rule for scripts, and a session in these tests."""
    assert set(OPTIMIZERS) == set(RULES) == {optimizer["type"] for optimizer in UPDATES}


@pytest.mark.parametrize("loss", ["rmse", "half_squared_error", "mae", {"type": "huber", "threshold": 0.5}])
def test_losses_are_repeated(elsewhere: Elsewhere, tmp_path: Path, loss: Any) -> None:
    """Those of a regression."""
    session = cursor(**{**NUMBERS, "loss": loss}, layers=[dense("output", 1, "linear")], dtype="float64")

    assert_repeats(session, elsewhere, tmp_path)


@pytest.mark.parametrize("op", [0, 3, 9, -2, -1])
def test_wherever_the_session_stands_its_present_step_is_repeated(
    elsewhere: Elsewhere, tmp_path: Path, op: int
) -> None:
    """At the beginning, in the middle, before and after the optimizer has moved its slots; and it stays as it was."""
    session = skips(optimizer={"type": "adam", "learning_rate": 0.01})
    session.seek(3, op % len(session.calls()))
    before = session.numbers().value("input.a")
    seen = None if before is None else before.copy()

    assert_repeats(session, elsewhere, tmp_path)

    after = session.numbers().value("input.a")
    assert (seen is None) == (after is None)
    assert seen is None or after is None or seen.tobytes() == after.tobytes()


def test_a_finished_step_is_left_as_it_is() -> None:
    """After a whole step the values that are shown belong to it; writing down the next one changes none."""
    session = skips()
    names = [name for name, node in session.network.graph.nodes.items() if node.op is None]
    before = {name: session.tensor(name).value.copy() for name in names}  # type: ignore[union-attr]

    session.moment()

    assert all(before[name].tobytes() == session.tensor(name).value.tobytes() for name in names)  # type: ignore[union-attr]


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    loss=st.sampled_from(SMOOTH_LOSSES), units=st.integers(1, 4), activation=st.sampled_from(["selu", "elu", "silu"])
)
def test_other_networks_are_repeated(
    elsewhere: Elsewhere, tmp_path: Path, loss: str, units: int, activation: str
) -> None:
    """Any loss on any activation."""
    output = dense("output", 3, "softmax" if loss == "softmax_cross_entropy" else "sigmoid")
    layers = [dense("a", units, activation), dense("b", units, "sin"), output]

    assert_repeats(cursor(dataset={"name": "iris"}, loss=loss, layers=layers, dtype="float64"), elsewhere, tmp_path)


def test_the_script_tells_the_loss_before_and_after(tmp_path: Path) -> None:
    """Mazur's example: 0.298371109 and, after one step, 0.280471447."""
    said = run(numpy_script(mazur().moment()), tmp_path)

    assert ["0.29837110", "0.28047144"] == [line.split()[-1][:10] for line in said.splitlines()]


def test_equal_sessions_give_equal_scripts() -> None:
    """Nothing in it depends on when or where it was written."""
    assert numpy_script(skips().moment()) == numpy_script(skips().moment())


@pytest.mark.parametrize("name", ['"""; import os #', "back\\slash\\", "line\nbreak", "橙 🍊", '"""', ""])
def test_a_name_stays_a_name(name: str) -> None:
    """Whatever a session is called, the script is Python, and the name stands in its docstring alone."""
    tree = ast.parse(numpy_script(cursor(name=name).moment()))

    assert isinstance(tree.body[0], ast.Expr)
    assert ["base64", "math", "numpy"] == [
        alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names
    ]
