"""An exported network answers in ONNX's own reference evaluator what it answers in the engine."""

import numpy as np
import onnx
import pytest
from onnx.reference import ReferenceEvaluator

from engine.cursor import Cursor
from engine.errors import SpecError
from engine.export import onnx_messages as messages
from engine.export.onnx_builder import Builder
from engine.export.onnx_model import onnx_model
from engine.export.onnx_ops import EMITTERS, NOT_WRITTEN
from engine.layers import Node
from engine.ops import ACTIVATIONS, OPS
from tests.engine.export.sessions import CLASSES, NETWORKS, SILENT, WRITERS, assert_written, skips
from tests.engine.networks import dense
from tests.engine.ops.harness import run_forward
from tests.engine.sessions import cursor

TOLERANCE = {"float64": 1e-9, "float32": 1e-5}
#: The reference evaluator's Erf rounds to 24 bits, whatever comes in.
OF_ERF = 1e-6


def assert_answers(session: Cursor, rows: int = 5) -> onnx.ModelProto:
    """The file is valid, and every value of its network is the engine's, for any number of examples."""
    model = onnx.load_from_string(onnx_model(session.moment()))
    onnx.checker.check_model(model, full_check=True)

    network = session.network
    inputs = network.inputs["train"][:rows]
    expected = session.forward(inputs)["activations"]
    computed = [name for output in model.graph.node for name in output.output if name in expected]
    answers = ReferenceEvaluator(model).run(computed, {network.graph.input: inputs})
    assert network.graph.output in computed
    uses_erf = any(node.op_type == "Erf" for node in model.graph.node)
    tolerance = max(TOLERANCE[session.spec.dtype], OF_ERF if uses_erf else 0)
    for name, answer in zip(computed, answers, strict=True):
        assert expected[name].dtype == answer.dtype
        np.testing.assert_allclose(answer, expected[name], rtol=tolerance, atol=tolerance, err_msg=name)
    return model


@pytest.mark.parametrize("name", OPS)
def test_every_operation_can_be_written_or_says_why_not(name: str) -> None:
    """An operation has its operators, or a reason."""
    assert (name in EMITTERS) != (name in NOT_WRITTEN), f"{name}: add it to engine/export/onnx_ops"


@pytest.mark.parametrize("name", sorted(EMITTERS.keys() & OPS.keys() - {"dropout"}))  # dropout is off
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_every_operation_computes_what_the_engine_computes(name: str, dtype: str) -> None:
    """On the operation's example, as a graph of its own."""
    op = OPS[name]
    given = {f"x{place}": x.astype(dtype) for place, x in enumerate(op.example(np.random.default_rng(5)))}
    batched = {name for name, x in given.items() if len(x) == len(given["x0"])}
    expected = run_forward(op, *given.values())
    build = Builder(dtype, lambda name: given[name].shape[name in batched :], "x0")

    EMITTERS[name](build, Node("y", "layer", name, tuple(given), expected.shape[1:], dict(op.options)), tuple(given))

    graph = messages.graph(
        name,
        nodes=build.nodes,
        initializers=build.initializers,
        inputs=[messages.value_info(name, dtype, x.shape) for name, x in given.items()],
        outputs=[messages.value_info("y", dtype, expected.shape)],
        values=[],
    )
    model = onnx.load_from_string(messages.model(graph, "", {}))
    onnx.checker.check_model(model, full_check=True)
    y = np.asarray(ReferenceEvaluator(model).run(None, given)[0])  # type: ignore[index]  # a list, one for each output
    assert (expected.shape, expected.dtype) == (y.shape, y.dtype)
    tolerance = max(TOLERANCE[dtype], OF_ERF if name == "gelu" else 0)
    np.testing.assert_allclose(y, expected, rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("rows", [1, 5])
def test_a_network_with_skips_answers_alike(dtype: str, rows: int) -> None:
    """Add, concat, flatten, dropout (which is off), biases left out."""
    assert_answers(skips(dtype=dtype), rows)


@pytest.mark.parametrize("name", [name for name in NETWORKS if name not in (*WRITERS, *SILENT)])
def test_every_kind_of_network_answers_alike(name: str) -> None:
    """Images, sequences forward and back in time, tokens with padding, a symbol at a time."""
    assert_answers(NETWORKS[name]())


@pytest.mark.parametrize("name", SILENT)
def test_a_network_that_gives_no_answers_is_refused_in_words(name: str) -> None:
    """It says which layer, and why."""
    with pytest.raises(SpecError, match="a picture that learns"):
        onnx_model(NETWORKS[name]().moment())


@pytest.mark.parametrize("name", WRITERS)
def test_a_decoder_writes_without_a_teacher(name: str) -> None:
    """It reads what it has written itself, as the engine's own writer does."""
    session = NETWORKS[name]()
    model = onnx.load_from_string(onnx_model(session.moment()))
    onnx.checker.check_model(model, full_check=True)
    inputs = session.network.inputs["train"][:5]

    (answer,) = ReferenceEvaluator(model).run(None, {session.network.graph.input: inputs})

    assert_written(session, inputs, np.asarray(answer))


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_every_activation_answers_alike(activation: str, dtype: str) -> None:
    """All of them, in both dtypes."""
    layers = [dense("hidden", 5, activation), dense("output", 3, "softmax")]

    assert_answers(cursor(**CLASSES, layers=layers, dtype=dtype))


def test_weights_lie_in_the_file_under_their_names() -> None:
    """Each parameter is an initializer, bit for bit; nothing is external."""
    session = skips()
    model = assert_answers(session)

    weights = {each.name: onnx.numpy_helper.to_array(each) for each in model.graph.initializer}

    for name, value in session.parameters().items():
        np.testing.assert_array_equal(value, weights[name], strict=True)
    assert not any(each.external_data for each in model.graph.initializer)


def test_the_file_says_what_it_is() -> None:
    """Operator set 17, one input and one output whose first axis is free, the description beside it."""
    model = assert_answers(cursor(name='Fruit "1"'))

    assert [("", 17)] == [(each.domain, each.version) for each in model.opset_import]
    assert "Fruit 1" == model.graph.name
    shape = model.graph.input[0].type.tensor_type.shape.dim
    assert ("N", 2) == (shape[0].dim_param, shape[1].dim_value)
    assert ["input.a"] == [each.name for each in model.graph.input]
    assert ["output.a"] == [each.name for each in model.graph.output]
    assert ["deltaflow.spec"] == [each.key for each in model.metadata_props]
