"""What is reported agrees with what one computes from the buffers by hand."""

from typing import Any

import numpy as np
import pytest

from engine.metrics import first_stride
from tests.engine.sessions import HIDDEN, OUTPUT, cursor, straight_to


def length(*arrays: Any) -> float:
    """Euclid's, of all numbers of these arrays."""
    return float(np.linalg.norm(np.concatenate([np.ravel(array) for array in arrays])))


def test_norms_and_ratios_are_those_of_the_buffers() -> None:
    """Gradient, activation and update of a finished step."""
    session = straight_to(cursor, 5, 0)
    metrics = session.metrics()
    dW, db = session.tensor("output.W").gradient, session.tensor("output.b").gradient
    a = session.tensor("hidden1.a").value
    delta = [session.tensor(name).delta for name in ("output.W", "output.b")]
    now = [session.parameters()[name] for name in ("output.W", "output.b")]
    before = [value - moved for value, moved in zip(now, delta, strict=True)]

    assert metrics.gradient_norms["output"] == pytest.approx(length(dW, db))
    assert metrics.signal_norms["hidden1"] == pytest.approx(length(session.tensor("hidden1.z").gradient))
    assert metrics.activation_norms["hidden1"] == pytest.approx(length(a) / np.sqrt(8))
    assert metrics.update_ratio["output"] == pytest.approx(length(*delta) / length(*before), rel=1e-5)


def test_what_is_not_computed_is_none() -> None:
    """In the middle of the forward pass there are no gradients, no loss and no update."""
    metrics = straight_to(cursor, 5, 3).metrics()

    assert metrics.loss is None
    assert {"hidden1": None, "output": None} == metrics.gradient_norms == metrics.update_ratio
    assert metrics.activation_norms["hidden1"] is not None
    assert metrics.activation_norms["output"] is None


def test_the_loss_of_the_whole_part_does_not_depend_on_the_batch() -> None:
    """Full batch: the loss that the next step will show is the present training loss."""
    session = cursor(batch_size="full")
    session.run(3)
    train = session.metrics().train_loss
    session.step("op", 6)

    assert session.metrics().loss == pytest.approx(train, rel=1e-5)


def test_dead_units_are_counted_for_relu_alone() -> None:
    """A bias of -100 silences a unit; tanh has no dead units."""
    session = cursor(layers=[{**HIDDEN, "activation": "relu"}, OUTPUT])
    session.set_parameter("hidden1.b", [-100, 0.5, -100])
    session.step("op", 3)

    assert 2 <= (session.metrics().dead_units["hidden1"] or 0)
    assert {} == cursor().metrics().dead_units


def test_a_dead_unit_of_feature_maps_is_a_filter() -> None:
    """Silent at every place of every example: two of three maps, whatever their size."""
    images = np.random.default_rng(0).random((4, 1, 5, 5)).tolist()
    conv = {"id": "conv", "type": "conv2d", "filters": 3, "activation": "relu"}
    session = cursor(
        dataset={"inline": {"inputs": images, "targets": [0, 1, 0, 1]}},
        layers=[conv, {"id": "flat", "type": "flatten"}, OUTPUT],
    )
    session.set_parameter("conv.b", [-100, 100, -100])
    session.step("op", 3)

    assert {"conv": 2} == session.metrics().dead_units


def test_an_evaluation_of_a_convolution_is_counted_by_its_places() -> None:
    """Few weights, many multiplications: points are further apart than the weights alone would tell."""
    images = np.zeros((400, 1, 28, 28)).tolist()
    conv = {"id": "conv", "type": "conv2d", "filters": 8, "kernel": 5, "activation": "relu"}
    session = cursor(
        dataset={"inline": {"inputs": images, "targets": [0.0] * 400}},
        layers=[conv, {"id": "mean", "type": "global_avg_pool2d"}, OUTPUT],
    )

    assert session.network.graph.parameter_count < 300
    assert 4 <= first_stride(session.network)


def test_regression_has_no_accuracy_and_no_confusion() -> None:
    """There are no classes to be right about."""
    linear = {"id": "output", "type": "dense", "units": 1, "activation": "linear"}
    session = cursor(dataset={"name": "plane"}, layers=[HIDDEN, linear], loss="mse")

    assert (None, None) == (session.metrics().train_accuracy, session.metrics().test_accuracy)
    assert session.confusion() is None


def test_without_a_test_part_there_is_no_test_loss() -> None:
    """And no test matrix."""
    session = cursor(dataset={"name": "fruit", "test_fraction": 0})
    confusion = session.confusion()

    assert session.metrics().test_loss is None
    assert confusion is not None
    assert confusion.test is None


def test_confusion_counts_every_example_and_its_diagonal_is_the_accuracy() -> None:
    """Rows are the truth."""
    softmax = {"id": "output", "type": "dense", "units": 3, "activation": "softmax"}
    session = cursor(dataset={"name": "iris"}, layers=[HIDDEN, softmax], loss="softmax_cross_entropy")
    session.run(100)
    confusion, metrics = session.confusion(), session.metrics()
    assert confusion is not None
    assert confusion.test is not None

    assert ("setosa", "versicolor", "virginica") == confusion.classes
    assert 150 == confusion.train.sum() + confusion.test.sum()
    assert metrics.train_accuracy == pytest.approx(confusion.train.trace() / confusion.train.sum())
    assert metrics.test_accuracy == pytest.approx(confusion.test.trace() / confusion.test.sum())


@pytest.mark.parametrize("include_biases", [False, True])
def test_the_penalty_is_that_of_the_call(include_biases: bool) -> None:
    """l1·Σ|w| + ½·l2·Σw², with or without biases, apart from the data loss."""
    session = cursor(regularization={"l1": 0.1, "l2": 0.3, "include_biases": include_biases}, dtype="float64")
    session.set_parameter("hidden1.b", [1, -2, 3])
    before = session.metrics().penalty
    session.step("op", 7)
    value = session.tensor("penalty").value

    assert value is not None
    assert before == pytest.approx(float(value))


def test_without_regularisation_there_is_no_penalty() -> None:
    """None, not 0."""
    assert cursor().metrics().penalty is None


def test_the_history_has_a_point_for_every_step_at_first() -> None:
    """Its losses are those that metrics told at those steps."""
    session = cursor()
    losses = [session.metrics().train_loss]
    for _ in range(5):
        session.step("batch")
        losses.append(session.metrics().train_loss)

    assert losses == session.history().train_loss
    assert [0, 0, 0, 0, 1, 1] == session.history().epoch


def test_the_history_does_not_depend_on_the_way() -> None:
    """Steps in one run, one by one, or with excursions to the past: the same points."""
    direct, winding = cursor(), cursor()
    direct.run(1500)
    winding.step("op", 7)
    winding.run(600)
    winding.seek(300, 4)
    winding.run(1200)

    assert direct.history() == winding.history()


def test_a_costly_evaluation_is_not_made_every_step() -> None:
    """10,000 rows, batches of one, 64 units: points are further apart from the beginning."""
    dear = cursor(dataset={"name": "circle", "size": 10_000}, batch_size=1, layers=[{**HIDDEN, "units": 64}, OUTPUT])

    assert 1 == first_stride(cursor().network)
    assert 1 < first_stride(dear.network) == dear.history().stride


def test_the_learning_rate_follows_its_schedule() -> None:
    """The rate of the step that comes next."""
    session = cursor(optimizer={"type": "sgd", "learning_rate": 0.8, "schedule": {"type": "step", "every": 2}})
    rates = []
    for _ in range(4):
        rates.append(session.metrics().learning_rate)
        session.step("batch")

    assert [0.8, 0.8, 0.4, 0.4] == rates


def test_a_part_that_is_too_large_is_sampled_and_says_so() -> None:
    """10,000 points and a quarter of a million weights: some hundred examples are evaluated, close to the whole."""
    wide = {"type": "dense", "units": 500, "activation": "tanh"}
    session = cursor(dataset={"name": "circle", "size": 10_000}, layers=[wide, wide, OUTPUT])
    metrics = session.metrics()
    data = session.dataset()
    whole = session.network.evaluator.evaluate(data.inputs(), session.network.targets["train"])

    assert 100 <= metrics.train_rows < data.train_rows == 7500
    assert metrics.train_loss == pytest.approx(whole.loss, rel=0.1)
    assert 28 == cursor().metrics().train_rows


def test_the_confusion_of_a_part_that_is_too_large_is_that_of_its_sample() -> None:
    """Its diagonal is the accuracy that is shown beside it."""
    wide = {"type": "dense", "units": 500, "activation": "tanh"}
    session = cursor(dataset={"name": "circle", "size": 10_000}, layers=[wide, wide, OUTPUT])
    confusion, metrics = session.confusion(), session.metrics()
    assert confusion is not None

    assert metrics.train_rows == confusion.train.sum() < 7500
    assert metrics.train_accuracy == pytest.approx(confusion.train.trace() / confusion.train.sum())


@pytest.mark.parametrize("loss", ["binary_cross_entropy", "rmse"])
def test_a_part_that_is_held_ready_is_evaluated_as_any_examples(loss: str) -> None:
    """The same loss and accuracy, also after the weights have moved or were set by hand."""
    session = cursor(loss=loss)
    for _ in range(3):
        session.run(3)
        session.set_parameter("output.b", [0.1])
        network = session.network
        asked = network.evaluator.evaluate(network.inputs["train"], network.targets["train"])
        metrics = session.metrics()

        assert network.standing["train"] is not None
        assert metrics.train_loss == pytest.approx(asked.loss, rel=1e-6)
        assert asked.accuracy == metrics.train_accuracy


def test_a_large_part_is_not_held_ready() -> None:
    """Its values would take too much memory; it is evaluated in pieces."""
    large = {**HIDDEN, "units": 64}
    session = cursor(dataset={"name": "circle", "size": 5000}, layers=[large, OUTPUT])

    assert session.network.standing["train"] is None
    assert session.metrics().train_loss is not None


def test_a_row_of_the_confusion_is_the_truth_and_a_column_the_answer() -> None:
    """Three examples of class 0 are all taken for class 1, the one of class 1 as well."""
    data = {"inline": {"inputs": [[0.0]] * 4, "targets": [0, 0, 0, 1], "classes": ["no", "yes"]}}
    session = cursor(dataset=data, layers=[OUTPUT])
    session.set_parameter("output.b", [5.0])
    confusion = session.confusion()

    assert confusion is not None
    assert [[0, 3], [0, 1]] == confusion.train.tolist()
    assert 0.25 == session.metrics().train_accuracy
