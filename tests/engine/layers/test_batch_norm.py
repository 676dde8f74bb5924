"""Batch normalisation: the batch's statistics in training, running ones in evaluation."""

from typing import Any

import numpy as np
import pytest

from engine.arrays import Array
from engine.cursor import Cursor
from engine.errors import SpecError
from engine.explain import LEVELS
from engine.spec import SessionSpec
from tests.engine.networks import Layer, dense, trainer_of

NORM: Layer = {"id": "norm", "type": "batch_norm"}
LAYERS = [dense("hidden", 3, "tanh"), NORM, dense("output", 2, "linear")]
X = np.random.default_rng(0).normal(2.0, 3.0, size=(10, 2))


def session(layers: list[Layer] | None = None, **more: Any) -> Cursor:
    """A session of ten examples in batches of four, the last of two."""
    data = {"inline": {"inputs": X.tolist(), "targets": X.tolist()}}
    spec = {"dataset": data, "layers": layers or LAYERS, "loss": "mse", "dtype": "float64", "batch_size": 4, **more}
    return Cursor(SessionSpec.model_validate(spec))


def parameter(made: Cursor, name: str) -> Array:
    """A copy of its present value."""
    return made.plan.parameters[name].copy()


def test_running_statistics_are_not_learned() -> None:
    """They lie behind what is, have no gradient, and are not counted."""
    graph = session().plan.graph

    assert list(graph.parameters)[-2:] == ["norm.running_mean", "norm.running_variance"]
    assert ["hidden.W", "hidden.b", "norm.gamma", "norm.beta", "output.W", "output.b"] == list(graph.learned)
    assert (2 * 3 + 3) + 3 + 3 + (3 * 2 + 2) == graph.parameter_count == graph.flat_size - 6


def test_running_statistics_follow_the_batch_by_hand() -> None:
    """From 0 and 1 a tenth of the way to the batch's mean and to its variance with n - 1."""
    made = session([NORM, dense("output", 2)])
    made.step("batch")
    batch = X[made._timeline.trainer.epoch_order(0)[:4]]

    np.testing.assert_allclose(0.1 * batch.mean(axis=0), parameter(made, "norm.running_mean"))
    np.testing.assert_allclose(0.9 + 0.1 * batch.var(axis=0, ddof=1), parameter(made, "norm.running_variance"))


@pytest.mark.parametrize("shape", [(3,), (3, 2, 5), (4, 3)], ids=["vectors", "images", "sequences"])
def test_a_training_has_pytorch_s_running_statistics(shape: tuple[int, ...]) -> None:
    """After some batches, for features and for channels."""
    torch = pytest.importorskip("torch")
    trainer = trainer_of([NORM, {"id": "flat", "type": "flatten"}, dense("output", 2)], inputs=shape, rows=10)
    channels_last = len(shape) == 2
    theirs = (torch.nn.BatchNorm2d if len(shape) == 3 else torch.nn.BatchNorm1d)(3, dtype=torch.float64)
    for _ in range(7):
        batch = torch.tensor(trainer._inputs[trainer.batch_rows])
        theirs(batch.transpose(1, 2) if channels_last else batch)
        trainer.run_step()

    parameters = trainer.plan.parameters
    np.testing.assert_allclose(theirs.running_mean.numpy(), parameters["norm.running_mean"], rtol=1e-12)
    np.testing.assert_allclose(theirs.running_var.numpy(), parameters["norm.running_variance"], rtol=1e-12)


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "adam", "adamw", "nadam", "adadelta"])
def test_no_optimizer_no_decay_no_penalty_and_no_clipping_touches_them(optimizer: str) -> None:
    """Whatever moves the weights, the running statistics of the first layer depend on the data alone."""
    rule = {"type": optimizer, "learning_rate": 0.1, "clip": {"type": "norm", "limit": 0.1}}
    rule |= {"weight_decay": 0.3} if optimizer == "adamw" else {}
    penalty = {"l1": 0.1, "l2": 0.2, "include_biases": True}
    layers = [NORM, dense("output", 2)]
    plain, ruled = session(layers), session(layers, optimizer=rule, regularization=penalty)
    for made in (plain, ruled):
        made.step("epoch", 2)

    for name in ("norm.running_mean", "norm.running_variance"):
        assert np.array_equal(parameter(plain, name), parameter(ruled, name))


def test_evaluation_does_not_depend_on_the_company() -> None:
    """An example alone gets what it gets among others: normalised by the running statistics, which do not move."""
    made = session()
    made.step("epoch")
    before = parameter(made, "norm.running_mean")

    together, alone = made.forward(X[:5])["outputs"], made.forward(X[2:3])["outputs"]

    np.testing.assert_allclose(together[2:3], alone, rtol=1e-12)
    assert np.array_equal(before, parameter(made, "norm.running_mean"))


def test_the_backward_question_takes_running_statistics_as_given() -> None:
    """Its gradient with respect to the input is the slope of what forward answers."""
    made = session()
    made.step("epoch")
    targets = np.zeros((3, 2))

    def loss(inputs: Array) -> float:
        return float(np.mean(np.square(made.forward(inputs)["outputs"] - targets)))

    found = made.backward(X[:3], targets)
    nudge = np.zeros((3, 2))
    nudge[1, 0] = 1e-5
    slope = (loss(X[:3] + nudge) - loss(X[:3] - nudge)) / 2e-5

    assert slope == pytest.approx(found["gradients"]["inputs"][1, 0], rel=1e-7)
    assert "norm.running_mean" not in found["gradients"]["parameters"]
    assert "norm.mean" not in found["gradients"]["activations"]


def test_gradients_are_checked_by_the_formula_of_training() -> None:
    """Through mean and variance of the batch; a running statistic has none to check."""
    made = session()
    made.step("batch")

    report = made.gradcheck()

    assert report.passed
    assert set(made.plan.graph.learned) == set(report.parameters)
    with pytest.raises(SpecError, match="running statistic"):
        made.gradcheck("norm.running_mean")


def test_their_ledger_balances_and_their_deltas_are_explained() -> None:
    """W_n = W_0 + Σ deltas holds for them too; a gradient is never computed, and says why."""
    made = session()
    made.step("epoch", 2)

    for name in ("norm.running_mean", "norm.running_variance"):
        assert made.ledger(name).balanced
        found = made.explain(name, "delta", (1,))
        assert found.value == pytest.approx(sum(term.value for term in found.terms), rel=1e-9)
        assert "follows the batch" in (made.explain(name, "gradient", (1,)).reason or "")
        for level in LEVELS:
            assert "{" not in made.explain(name, "delta", (1,), level).text
    assert "the running mean of norm[2]" in made.explain("norm.running_mean", "delta", (1,)).question


def test_of_thousands_of_terms_the_largest_are_shown_and_the_sum_is_exact() -> None:
    """One channel of 64 images of 8 × 8 pixels."""
    flat: Layer = {"id": "flat", "type": "flatten"}
    data = {"dataset": {"name": "digits"}, "batch_size": 64, "loss": "softmax_cross_entropy"}
    made = session([NORM, flat, dense("output", 10, "linear")], **data)
    made.step("batch")

    for name, quantity in (("norm.mean", "value"), ("norm.variance", "value"), ("norm.gamma", "gradient")):
        found = made.explain(name, quantity, (0,))  # type: ignore[arg-type]
        assert 64 * 8 * 8 == sum(term.count for term in found.terms)
        assert len(found.terms) <= 64
        assert found.value == pytest.approx(found.scale * sum(term.value for term in found.terms), rel=1e-9)


def test_time_travel_brings_them_back_bit_for_bit() -> None:
    """There and back again."""
    made = session()
    made.step("batch", 3)
    before = parameter(made, "norm.running_variance")
    made.step("batch", 4)
    assert not np.array_equal(before, parameter(made, "norm.running_variance"))

    made.step("batch", 4, "back")

    assert np.array_equal(before, parameter(made, "norm.running_variance"))


def test_a_fork_goes_on_with_them() -> None:
    """Saved and restored with the weights, bit for bit."""
    made = session()
    made.step("batch", 3)
    fork = made.fork()
    for one in (made, fork):
        one.step("batch", 2)

    for name, value in made.parameters().items():
        assert np.array_equal(value, fork.parameters()[name])


def test_a_saved_session_with_a_negative_variance_is_refused() -> None:
    """Whoever has written it."""
    head, arrays = session().save()
    arrays = {name: array.copy() for name, array in arrays.items()}
    arrays["params"][-1] = -1.0

    with pytest.raises(SpecError, match=r"norm\.running_variance holds a value below 0"):
        Cursor.restore(head, arrays)


def test_a_negative_variance_is_refused() -> None:
    """By hand a running mean may be anything, a variance may not."""
    made = session()
    made.set_parameter("norm.running_mean", -1.0, index=(0,))

    with pytest.raises(SpecError, match=r"norm\.running_variance is a variance: no value may be below 0"):
        made.set_parameter("norm.running_variance", [1.0, -0.5, 1.0])


def test_a_batch_of_one_example_is_finite() -> None:
    """It has no spread: x̂ is 0, and the variance is not divided by n - 1 = 0."""
    made = session(batch_size=3)
    made.step("epoch")

    assert 1 == len(X) % 3
    assert made.diverged is None
    assert np.isfinite(parameter(made, "norm.running_variance")).all()


def test_walking_through_a_step_tells_of_the_batch() -> None:
    """Mean and variance are calls of their own, forward and back."""
    made = session()
    said = {call.label: made.step().sentence for call in made.calls()}

    assert said["norm.mean"].startswith("norm.mean: the average of hidden.a over the whole batch is taken; the largest")
    assert "comes back through batch norm" in said["d norm.variance"]
    assert [(3,), (3,)] == [made.tensor(name).shape for name in ("norm.mean", "norm.variance")]
