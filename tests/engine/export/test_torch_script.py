"""A script for PyTorch repeats the engine's step: loss, every gradient, the update.

Where PyTorch is not installed, scripts are still written and compiled, and every name in them is looked up.
"""

import ast
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from engine.cursor import Cursor
from engine.export.torch_network import RESERVED
from engine.export.torch_ops import EXPRESSIONS
from engine.export.torch_optimizers import TORCH_OPTIMIZERS
from engine.export.torch_script import torch_script
from engine.ops import ACTIVATIONS, OPS
from engine.optimizers import OPTIMIZERS
from tests.engine.export.running import Elsewhere, assert_close, run
from tests.engine.export.sessions import (
    NETWORKS,
    NUMBERS,
    TOLERANCE,
    WRITERS,
    assert_written,
    recurrent,
    skips,
    step_of,
)
from tests.engine.export.sessions import OPTIMIZERS as UPDATES
from tests.engine.networks import dense
from tests.engine.sessions import cursor, mazur

WITH_TORCH = find_spec("torch") is not None

BODY = """
import copy
network = script.Network()
script.load(network)
loss = script.loss_of(copy.deepcopy(network), script.GIVEN)
optimizer = script.optimizer_of(network)
output = copy.deepcopy(network)(script.GIVEN["{input}"], script.GIVEN)
clip, optimizer.step = optimizer.step, lambda: None
script.step(network, optimizer)
_, grads = script.in_deltaflow(network)
clip()
new, _ = script.in_deltaflow(network)
named = {{"loss": {{"loss": loss}}, "value": {{"{output}": output}}, "grad": grads, "new": new}}
answer = {{kind: {{name: one.detach().numpy() for name, one in found.items()}} for kind, found in named.items()}}
"""


def assert_repeats(session: Cursor, elsewhere: Elsewhere, folder: Path, *, clipped: bool = False) -> None:
    """The script of a session computes what the session's own step computes."""
    script = torch_script(session.moment())
    assert_is_whole(script)
    if not WITH_TORCH:
        return
    graph, expected = session.network.graph, step_of(session)
    tolerance = TOLERANCE[expected.dtype]

    answer = elsewhere.ask(script, folder, BODY.format(input=graph.input, output=graph.output))

    loss = expected.values["loss"] + expected.values.get("penalty", 0)
    assert_close({"loss": loss}, answer["loss"], tolerance)
    assert_close({graph.output: expected.values[graph.output]}, answer["value"], tolerance)
    if not clipped:  # clipping changes PyTorch's gradients where they are
        assert_close({name: expected.gradients[name] for name in graph.learned}, answer["grad"], tolerance)
    assert_close(expected.parameters, answer["new"], tolerance)


def assert_is_whole(script: bytes) -> None:
    """It compiles, and what it calls of its own is there."""
    tree = ast.parse(script)
    compile(tree, "script.py", "exec")
    defined = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    assert {
        "Network",
        "array",
        "load",
        "places",
        "turned",
        "in_deltaflow",
        "loss_of",
        "optimizer_of",
        "step",
    } <= defined


@pytest.mark.parametrize("name", OPS)
def test_every_operation_can_be_written(name: str) -> None:
    """As an expression of PyTorch."""
    assert name in EXPRESSIONS, f"{name}: add it to engine/export/torch_ops"


@pytest.mark.parametrize("name", NETWORKS)
def test_every_kind_of_network_is_repeated(elsewhere: Elsewhere, tmp_path: Path, name: str) -> None:
    """Skips, images, sequences forward and back in time, tokens with padding."""
    assert_repeats(NETWORKS[name](), elsewhere, tmp_path)


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.skipif(not WITH_TORCH, reason="runs in PyTorch")
def test_a_decoder_writes_without_a_teacher(elsewhere: Elsewhere, tmp_path: Path, name: str) -> None:
    """Without what is given in training it reads what it has written itself."""
    session = NETWORKS[name]()
    source = session.network.graph.input
    moment = session.moment()
    body = f"""
network = script.Network().eval()
script.load(network)
answer = {{"scores": {{"all": network(script.GIVEN["{source}"]).detach().numpy()}}}}
"""

    answer = elsewhere.ask(torch_script(moment), tmp_path, body)

    assert_written(session, moment.given[source], answer["scores"]["all"])


@pytest.mark.parametrize("kind", ["rnn", "lstm", "gru"])
@pytest.mark.parametrize("more", [{}, {"reverse": True}, {"bidirectional": True}], ids=["", "reverse", "both"])
def test_modules_of_pytorch_say_something_at_every_time_step(
    elsewhere: Elsewhere, tmp_path: Path, kind: str, more: dict[str, Any]
) -> None:
    """A recurrent layer that returns sequences is PyTorch's own module, its weights turned round."""
    layers = [
        {"id": "memory", "type": kind, "units": 3, "return_sequences": True, **more},
        {"id": "norm", "type": "layer_norm"},
        {"id": "row", "type": "flatten"},
        dense("output", 1, "linear"),
    ]
    session = recurrent({}, layers=layers)

    assert f"self.memory = nn.{kind.upper()}(" in torch_script(session.moment()).decode()
    assert_repeats(session, elsewhere, tmp_path)


@pytest.mark.parametrize("optimizer", UPDATES, ids=lambda optimizer: optimizer["type"])
def test_every_optimizer_is_repeated(elsewhere: Elsewhere, tmp_path: Path, optimizer: dict[str, Any]) -> None:
    """With its slots as three steps have left them, clipping and penalty."""
    penalty = {"l1": 0.01, "l2": 0.1, "include_biases": optimizer["type"] == "adam"}

    assert_repeats(skips(optimizer=optimizer, regularization=penalty), elsewhere, tmp_path, clipped="clip" in optimizer)


def test_no_optimizer_is_left_out() -> None:
    """Each is written."""
    assert set(OPTIMIZERS) == set(TORCH_OPTIMIZERS)


@pytest.mark.parametrize(
    "loss", ["rmse", "half_squared_error", "mae", "hinge", "binary_cross_entropy", {"type": "huber", "threshold": 0.5}]
)
def test_losses_are_repeated(elsewhere: Elsewhere, tmp_path: Path, loss: Any) -> None:
    """Those of one output; cross-entropy of something that is no sigmoid is not fused."""
    data, function = ({"dataset": {"name": "fruit"}}, "tanh") if loss == "hinge" else (NUMBERS, "linear")
    if loss == "binary_cross_entropy":
        data, function = {"dataset": {"name": "fruit"}}, "softplus"
    layers = [dense("hidden", 3, "sigmoid"), dense("output", 1, function)]

    assert_repeats(cursor(**{**data, "loss": loss}, layers=layers, dtype="float64"), elsewhere, tmp_path)


def test_every_activation_is_repeated(elsewhere: Elsewhere, tmp_path: Path) -> None:
    """All of them in one network."""
    layers = [dense(f"layer-{name}", 3, name) for name in sorted(ACTIVATIONS)] + [dense("output", 1, "linear")]

    assert_repeats(cursor(**NUMBERS, layers=layers, dtype="float64"), elsewhere, tmp_path)


def test_float32_is_repeated(elsewhere: Elsewhere, tmp_path: Path) -> None:
    """As closely as its digits allow."""
    assert_repeats(skips(dtype="float32", optimizer={"type": "adam", "learning_rate": 0.01}), elsewhere, tmp_path)


def test_the_first_step_of_all_is_repeated(elsewhere: Elsewhere, tmp_path: Path) -> None:
    """Mazur's example, from its own weights."""
    assert_repeats(mazur(), elsewhere, tmp_path)


@pytest.mark.parametrize("name", ["train", "forward", "class", "x", "self", "scores", "a-b"])
def test_layers_may_be_called_anything(elsewhere: Elsewhere, tmp_path: Path, name: str) -> None:
    """What PyTorch or Python has taken gets another name there."""
    layers = [dense(name, 3, "tanh"), dense("a_b", 3, "tanh"), dense("output", 1, "sigmoid")]

    assert_repeats(cursor(layers=layers, dtype="float64"), elsewhere, tmp_path)


@pytest.mark.skipif(not WITH_TORCH, reason="asks PyTorch itself for its names")
def test_what_a_module_has_already_is_reserved() -> None:
    """Every public name of nn.Module."""
    torch = pytest.importorskip("torch")

    assert {name for name in dir(torch.nn.Module()) if not name.startswith("_")} <= RESERVED


@pytest.mark.skipif(not WITH_TORCH, reason="runs in PyTorch")
def test_the_script_tells_the_loss_before_and_after(tmp_path: Path) -> None:
    """Mazur's example: 0.298371109 and, after one step, 0.280471447."""
    said = run(torch_script(mazur().moment()), tmp_path)

    assert ["0.29837110", "0.28047144"] == [line.split()[-1][:10] for line in said.splitlines()]
