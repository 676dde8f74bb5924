"""Questions that change nothing: other examples, one tensor, the data, the followed example, the map."""

from typing import Any

import numpy as np
import pytest

from engine.cursor import Cursor
from engine.errors import LimitExceeded, ShapeMismatch, SpecError, UnknownName
from engine.limits import Limits
from tests.engine.sessions import HIDDEN, OUTPUT, cursor, everything, mazur, spec, straight_to


def test_forward_answers_for_other_inputs_and_changes_nothing() -> None:
    """In the middle of a step; the answer is what the network says now."""
    session = straight_to(cursor, 4, 9)
    before = everything(session)
    answer = session.forward(session.dataset().inputs()[:5].tolist())

    assert before == everything(session)
    assert (5, 1) == answer["outputs"].shape
    assert {"input.a", "hidden1.z", "hidden1.a", "output.z", "output.a"} == set(answer["activations"])


def test_backward_agrees_with_the_training_step() -> None:
    """On the very batch: the same loss and the same gradients, the penalty's included."""
    session = cursor(batch_size="full", dtype="float64", regularization={"l2": 0.1})
    session.run(3)
    data = session.dataset()
    answer = session.backward(data.inputs().tolist(), data.targets().tolist())
    session.step("op", 15)

    assert session.metrics().loss == pytest.approx(answer["loss"])
    assert session.metrics().penalty == pytest.approx(answer["penalty"])
    for name in session.parameters():
        gradient = session.tensor(name).gradient
        assert gradient is not None
        np.testing.assert_allclose(gradient, answer["gradients"]["parameters"][name], rtol=1e-9)
    assert data.inputs().shape == answer["gradients"]["inputs"].shape


def test_backward_changes_nothing() -> None:
    """Not even in the middle of the update."""
    session = straight_to(cursor, 4, 14)
    before = everything(session)
    session.backward([[0.1, 0.2]], [1])

    assert before == everything(session)


@pytest.mark.parametrize(
    ("inputs", "targets", "error", "loc"),
    [
        ([[1, 2, 3]], [1], ShapeMismatch, "inputs"),
        ([1, 2], [1], ShapeMismatch, "inputs"),
        ([[1, [2]]], [1], SpecError, "inputs"),
        ([[1, float("inf")]], [1], SpecError, "inputs"),
        ([[1, 2]], [1, 0], ShapeMismatch, "targets"),
        ([[1, 2]], ["x"], SpecError, "targets"),
        ([], [], SpecError, "inputs"),
    ],
)
def test_bad_examples_are_refused(inputs: Any, targets: Any, error: type[SpecError], loc: str) -> None:
    """With the field that is wrong."""
    with pytest.raises(error) as refused:
        cursor().backward(inputs, targets)

    assert loc == refused.value.loc[0]


def test_too_many_examples_at_once_are_refused() -> None:
    """They would not fit the memory that one session may take."""
    session = Cursor(spec(), limits=Limits(rows=50))
    with pytest.raises(LimitExceeded):
        session.forward([[0.0, 0.0]] * 51)


def test_tensors_are_views_with_their_shapes() -> None:
    """Values have the batch axis, parameters their own, the loss none."""
    session = straight_to(cursor, 1, 0)
    kinds = {
        name: (session.tensor(name).kind, session.tensor(name).shape) for name in ("hidden1.a", "hidden1.W", "loss")
    }

    assert {"hidden1.a": ("value", (8, 3)), "hidden1.W": ("parameter", (2, 3)), "loss": ("scalar", ())} == kinds


def test_a_tensor_that_does_not_exist_is_refused() -> None:
    """With a hint."""
    with pytest.raises(UnknownName, match=r'did you mean "hidden1\.a"'):
        cursor().tensor("hiden1.a")


def test_explain_and_gradcheck_are_asked_through_the_cursor() -> None:
    """The derivation's value is the buffer's; the gradients agree with differences at any place of a step."""
    session = straight_to(lambda: cursor(dtype="float64"), 3, 0)
    gradient = session.tensor("output.W").gradient
    explained = session.explain("output.W", index=(1, 0))

    assert gradient is not None
    assert gradient[1, 0] == explained.value
    for op in (0, 5, 12):
        session.seek(2, op)
        assert session.gradcheck().max_relative_error < 1e-6


@pytest.mark.parametrize(("step", "op"), [(3, 0), (2, 11), (2, 13), (2, 14)])
def test_gradcheck_is_of_the_very_gradients_that_are_shown(step: int, op: int) -> None:
    """After a whole step, whose update has moved the weights, in the middle of backward, and of the update."""
    layers = [{**HIDDEN, "units": 4}, {"id": "drop", "type": "dropout", "rate": 0.5}, OUTPUT]
    session = straight_to(lambda: cursor(layers=layers), 4, 0)
    session.seek(step, op)
    shown = {name: session.tensor(name).gradient for name in session.parameters()}
    computed = {name: gradient for name, gradient in shown.items() if gradient is not None}
    report = session.gradcheck()

    assert computed
    assert 2 == report.at_step
    for name, gradient in computed.items():
        np.testing.assert_allclose(gradient.ravel(), report.parameters[name].analytic, rtol=2e-4, atol=1e-7)


def test_every_number_of_a_finished_step_can_be_explained() -> None:
    """Value, gradient and delta of each node and parameter that has one."""
    session = straight_to(mazur, 2, 0)
    for name in (*session.network.graph.nodes, *session.network.graph.parameters):
        view = session.tensor(name)
        for quantity in ("value", "gradient", "delta"):
            array = getattr(view, quantity)
            if array is not None and name not in {"target"}:
                explained = session.explain(name, quantity, (0,) * array.ndim)
                assert explained.computed, (name, quantity)


def test_dropout_gradients_are_checked_with_the_masks_of_the_batch() -> None:
    """Even where no mask has been drawn yet."""
    layers = [{**HIDDEN, "units": 8}, {"id": "drop", "type": "dropout", "rate": 0.5}, OUTPUT]
    session = cursor(layers=layers, dtype="float64")

    assert session.gradcheck(max_entries=4).passed
    session.step("batch")
    assert session.gradcheck("output.W", (0, 0)).passed


def test_the_followed_example_knows_its_row() -> None:
    """In the batch it has a row, and its numbers stand there; the same example later is not in the batch."""
    session = straight_to(cursor, 0, 6)
    example = int(session._timeline.batch_rows[5])
    followed = session.follow(example)
    value = session.tensor("input.a").value
    assert value is not None

    assert (5, True) == (followed.row, followed.in_batch)
    assert value[5].tolist() == followed.inputs.tolist()
    assert followed.label in {"apple", "orange"}
    session.step("batch")
    session.step("op")
    assert (None, False, None) == (
        session.follow(example).row,
        session.follow(example).in_batch,
        session.follow(example).loss,
    )


def test_the_losses_of_the_examples_have_the_mean_that_the_batch_has() -> None:
    """Each example's own loss, where the batch's is the mean of such."""
    session = straight_to(cursor, 0, 6)
    losses = [session.follow(int(example)).loss for example in session._timeline.batch_rows]

    assert session.metrics().loss == pytest.approx(np.mean([loss for loss in losses if loss is not None]), rel=1e-5)
    assert 8 == len(losses)


def test_there_is_no_loss_of_one_example_where_there_is_none() -> None:
    """Before the loss is computed, and for a loss that is no mean over examples."""
    rmse = cursor(loss="rmse")
    rmse.step("batch")

    assert straight_to(cursor, 0, 5).follow(None).loss is None
    assert rmse.follow(None).loss is None


@pytest.mark.parametrize("example", [-1, 28])
def test_an_example_that_does_not_exist_is_refused(example: int) -> None:
    """There are 28 in the training part."""
    with pytest.raises(SpecError) as refused:
        cursor().follow(example)

    assert ("example",) == refused.value.loc


def test_the_dataset_has_what_a_scatter_plot_needs() -> None:
    """Raw columns of both parts, classes and the two columns to plot."""
    data = cursor().dataset()

    assert ("width", "color_score") == data.plot
    assert (28, 10) == (len(data.raw("train")), len(data.raw("test")))
    assert (28, 10) == (len(data.targets()), len(data.targets("test")))
    assert ("orange", "apple") == data.classes
    assert (28, 2) == data.inputs().shape


def test_four_inputs_have_no_map() -> None:
    """A plane has two axes."""
    session = cursor(dataset={"name": "fruit", "features": ["mass", "width", "height", "color_score"]})

    assert session.grid() is None
    assert session.dataset().plot is None


def test_between_tokens_there_is_no_map() -> None:
    """Two columns that a layer looks up are no plane: there is no token one and a half."""
    inline = {"inputs": [[0, 1], [2, 0]], "targets": [0, 1]}
    layers = [{"type": "one_hot", "tokens": 3}, {"type": "flatten"}, {"type": "dense", "units": 1}]

    assert cursor(dataset={"inline": inline}, layers=layers, loss="mse").grid(8) is None


@pytest.mark.parametrize("features", [["x1", "x2"], ["x1", "x2", "x1^2", "x1*x2", "sin(x2)"]])
def test_the_map_is_the_network_at_each_point(features: list[str]) -> None:
    """Through features as well; rows go up with y, columns to the right with x."""
    session = cursor(dataset={"name": "circle", "features": features})
    session.run(20)
    grid = session.grid(9)
    assert grid is not None
    x, y = np.linspace(*grid.x_range, 9)[7], np.linspace(*grid.y_range, 9)[2]
    inputs = session.network.dataset.transform(np.array([[x, y]]))
    answer = session.forward(inputs)["activations"]

    assert (3, 9, 9) == grid.maps["hidden1.a"].shape
    np.testing.assert_allclose(answer["hidden1.a"][0], grid.maps["hidden1.a"][:, 2, 7], rtol=1e-5)


def test_the_map_covers_the_data() -> None:
    """In raw units, with a margin."""
    session = cursor()
    grid, raw = session.grid(), session.dataset().raw()
    assert grid is not None

    assert grid.x_range[0] < raw[:, 1].min() < raw[:, 1].max() < grid.x_range[1]
    assert ("width", "color_score", 32) == (grid.x_column, grid.y_column, grid.resolution)


def test_a_column_that_never_changes_still_has_a_range() -> None:
    """One example is a point; the map around it has a width."""
    session = cursor(
        dataset={"inline": {"inputs": [[1.0, 2.0]], "targets": [1.0]}},
        layers=[{"id": "output", "type": "dense", "units": 1}],
        loss="mse",
    )
    grid = session.grid(4)

    assert grid is not None
    assert (0.0, 2.0) == grid.x_range


def test_questions_change_nothing() -> None:
    """All of them, in the middle of the backward pass."""
    session = straight_to(cursor, 4, 9)
    before = everything(session)
    session.metrics(), session.confusion(), session.history(), session.ledger("output.W"), session.dataset()
    session.follow(3), session.grid(), session.kept(), session.save(), session.gradcheck(), session.parameters()

    assert before == everything(session)


@pytest.mark.parametrize(
    ("name", "quantity", "reason"),
    [
        ("hidden1.W", "value", ""),
        ("hidden1.a", "value", "op 3, hidden1.a, computes it"),
        ("input.a", "gradient", "the data is not learned"),
        ("hidden1.a", "delta", "only parameters"),
        ("nothing", "value", "no operation"),
    ],
)
def test_reasons_say_why_a_number_is_missing(name: str, quantity: str, reason: str) -> None:
    """Not reached, never computed, or no such thing; empty where it is there."""
    found = straight_to(cursor, 2, 1)._timeline.numbers().reason(name, quantity)

    assert reason in found
    assert bool(reason) == bool(found)


def test_a_number_as_target_has_no_label() -> None:
    """Labels are for classes."""
    linear = {"id": "output", "type": "dense", "units": 1}
    session = cursor(dataset={"name": "plane"}, layers=[HIDDEN, linear], loss="mse")

    assert session.follow(0).label is None
    assert session.network is session._timeline.network
