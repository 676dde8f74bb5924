from typing import Any

import numpy as np
import pytest
from hypothesis import given

from engine import evaluator as module
from engine.errors import ShapeMismatch, SpecError
from engine.evaluator import Evaluator
from engine.spec import SessionSpec
from engine.trainer import Trainer
from tests.engine.networks import Layer, any_network, dense, examples_for, trainer_of

LAYERS: list[Layer] = [dense("hidden", 3), {"id": "drop", "type": "dropout"}, dense("output", 1, "sigmoid")]


def evaluator_of(trainer: Trainer, *, classification: bool = True) -> Evaluator:
    """Beside this trainer."""
    return Evaluator(trainer.graph, trainer.plan.params, trainer.graph.reading(classification=classification))


@pytest.mark.parametrize("loss", ["mse", "rmse", "binary_cross_entropy"])
def test_the_loss_over_chunks_is_that_of_one_batch(loss: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Means are weighted by rows; the root of a mean is taken last."""
    trainer = trainer_of(LAYERS, loss=loss)
    inputs, targets = examples_for(trainer.graph, 23)
    whole = evaluator_of(trainer).evaluate(inputs, targets)
    monkeypatch.setattr(module, "MOST_ROWS", 4)
    chunked = evaluator_of(trainer).evaluate(inputs, targets)

    assert chunked.loss == pytest.approx(whole.loss, rel=1e-12)
    assert chunked.accuracy == whole.accuracy
    np.testing.assert_allclose(whole.outputs, chunked.outputs, rtol=1e-12)


def test_accuracy_is_the_share_of_right_answers() -> None:
    """None where there are no classes."""
    trainer = trainer_of([dense("output", 1, "linear")])
    trainer.plan.parameters["output.W"][:] = [[1], [0]]
    inputs, targets = np.array([[1.0, 0], [0, 0], [0, 0], [1, 0]]), np.array([[1.0], [0], [1], [1]])

    assert 0.75 == evaluator_of(trainer).evaluate(inputs, targets).accuracy
    assert evaluator_of(trainer, classification=False).evaluate(inputs, targets).accuracy is None


def test_an_evaluation_changes_nothing_that_training_uses() -> None:
    """Neither parameters nor the values of the step under way."""
    trainer = trainer_of(LAYERS)
    trainer.run_step()
    before = [array.copy() for array in (trainer.plan.params, trainer.plan.grads, *trainer.plan.values.values())]
    evaluator = evaluator_of(trainer)
    evaluator.forward([[1, 2], [3, 4]])
    evaluator.backward([[1, 2]], [[1]])
    evaluator.evaluate(*examples_for(trainer.graph, 5))

    for old, new in zip(before, (trainer.plan.params, trainer.plan.grads, *trainer.plan.values.values()), strict=True):
        np.testing.assert_array_equal(old, new)


def test_forward_gives_every_value_of_every_layer() -> None:
    """For the parameters as they stand, dropout off."""
    trainer = trainer_of(LAYERS)
    values = evaluator_of(trainer).forward([[1, 2], [3, 4]])
    parameters = trainer.plan.parameters

    assert ["input.a", "hidden.z", "hidden.a", "drop.a", "output.z", "output.a"] == list(values)
    expected = np.tanh(np.array([[1, 2], [3, 4]]) @ parameters["hidden.W"] + parameters["hidden.b"])
    np.testing.assert_allclose(expected, values["drop.a"], rtol=1e-14)


@given(spec=any_network())
def test_the_gradient_of_the_input_agrees_with_central_differences(spec: SessionSpec) -> None:
    """Of any graph of layers with skips."""
    layers = [layer.model_dump() for layer in spec.layers]
    more = spec.model_dump(exclude={"layers", "dataset"})
    trainer = trainer_of(layers, inputs=(3,), **more)
    evaluator = evaluator_of(trainer)
    inputs, targets = examples_for(trainer.graph, 4, seed=5)
    direction = np.random.default_rng(1).normal(size=inputs.shape)
    up, down = (evaluator.backward(inputs + h * direction, targets).loss for h in (1e-5, -1e-5))
    analytic = float((evaluator.backward(inputs, targets).gradients["input.a"] * direction).sum())

    assert abs(analytic - (up - down) / 2e-5) <= 1e-6 * max(abs(analytic), 1e-2)


def test_a_probe_reports_the_penalty_apart_and_its_gradient_within() -> None:
    """As training does."""
    plain = evaluator_of(trainer_of([dense("output", 1)])).backward([[1, 2]], [[1]])
    trainer = trainer_of([dense("output", 1)], regularization={"l2": 0.5})
    probe = evaluator_of(trainer).backward([[1, 2]], [[1]])
    W = trainer.plan.parameters["output.W"]

    assert plain.loss == probe.loss
    assert probe.penalty == pytest.approx(0.25 * float((W * W).sum()))
    np.testing.assert_allclose(plain.parameter_gradients["output.W"] + 0.5 * W, probe.parameter_gradients["output.W"])


def test_a_larger_probe_after_a_smaller_one_has_room() -> None:
    """And the other way round."""
    evaluator = evaluator_of(trainer_of(LAYERS))
    for rows in (2, 5, 3):
        assert (rows, 2) == evaluator.backward(np.ones((rows, 2)), np.ones((rows, 1))).gradients["input.a"].shape


@pytest.mark.parametrize(
    ("inputs", "targets", "loc"),
    [
        ([[1, 2, 3]], [[1]], ("inputs",)),
        ([1, 2], [[1]], ("inputs",)),
        ([[1, 2], [3, 4]], [[1]], ("targets",)),
        ([[1, 2], [3, 4]], [1], ("targets",)),
        ([[1, 2]], [[1, 1]], ("targets",)),
        (np.ones((0, 2)), np.ones((0, 1)), ("inputs",)),
    ],
)
def test_what_does_not_fit_is_never_broadcast(inputs: Any, targets: Any, loc: tuple[str, ...]) -> None:
    """The error says which of the two."""
    with pytest.raises(ShapeMismatch) as refusal:
        evaluator_of(trainer_of(LAYERS)).backward(inputs, targets)

    assert loc == refusal.value.loc


@pytest.mark.parametrize(("inputs", "targets"), [((4, 2), (4,)), ((4, 2), (1, 1)), ((4, 3), (4, 1)), ((0, 2), (0, 1))])
def test_an_evaluation_broadcasts_nothing(inputs: tuple[int, ...], targets: tuple[int, ...]) -> None:
    """And needs an example."""
    with pytest.raises(ShapeMismatch):
        evaluator_of(trainer_of(LAYERS)).evaluate(np.zeros(inputs), np.zeros(targets))


@pytest.mark.parametrize("wrong", [[[1, "two"]], [[1, 2], [3]], [[1, float("nan")]]])
def test_what_is_no_array_of_finite_numbers_is_refused(wrong: Any) -> None:
    """With the path of the entry."""
    with pytest.raises(SpecError) as refusal:
        evaluator_of(trainer_of(LAYERS)).forward(wrong)

    assert "inputs" == refusal.value.loc[0]
