"""Numbers that are not finite: found at the very call, explained, and never passed over."""

from typing import Any

import numpy as np
import pytest

from engine.cursor import Cursor
from tests.engine.sessions import HIDDEN, OUTPUT, cursor, everything, spec

LINEAR = {"id": "output", "type": "dense", "units": 1, "activation": "linear"}


def wild(**changes: Any) -> Cursor:
    """Three relu units, mean squared error and a learning rate of 30: it runs away within a few dozen steps."""
    layers = [{**HIDDEN, "activation": "relu"}, LINEAR]
    return Cursor(
        spec(**({"layers": layers, "loss": "mse", "optimizer": {"type": "sgd", "learning_rate": 30}} | changes))
    )


def test_it_stops_right_after_the_call_that_made_it() -> None:
    """Everything before is finite; what that call wrote is not."""
    session = wild()
    ran = session.run(1000)
    diverged = session.diverged

    assert diverged is not None
    assert ran == session.position.step < 1000
    assert diverged.position == session.position
    assert session.last_call == diverged.call
    view = session.tensor(diverged.node)
    array = view.value if diverged.call.phase in {"forward", "loss"} else view.gradient
    assert array is not None
    assert not np.isfinite(array).all()


def test_fast_and_slow_find_the_same_call() -> None:
    """Whether whole steps run or single calls, and however one has walked, it stops at the same place."""
    fast, slow = wild(), wild()
    fast.run(1000)
    while slow.diverged is None:
        slow.step("op", 7)
    again = fast.fork()
    again.step("batch", 3, "back")
    again.run(1000)

    assert everything(fast) == everything(slow) == everything(again)
    assert fast.diverged == slow.diverged


def test_the_words_name_the_actual_learning_rate() -> None:
    """What to change is said with this session's own numbers."""
    session = wild()
    session.run(1000)

    assert session.diverged is not None
    assert "learning rate" in session.diverged.reason
    assert "it is 30" in session.diverged.advice
    assert "clip the gradient" in session.diverged.advice


def test_forward_is_refused_where_it_diverged() -> None:
    """Nothing runs any more; the answer says why. Back works, and then it is no longer diverged."""
    session = wild()
    session.run(1000)
    before = everything(session)
    moved = session.step("batch")
    ran = session.run(5)
    unchanged = before == everything(session)
    session.step("batch", 2, "back")

    assert (0, 0, True) == (moved.count_run, ran, unchanged)
    assert moved.diverged is not None
    assert session.diverged is None


def test_a_lower_learning_rate_after_going_back_heals_it() -> None:
    """The advice works."""
    session = wild()
    session.run(1000)
    session.seek(0)
    session.patch({"optimizer": {"learning_rate": 0.01}})
    session.run(300)

    assert session.diverged is None
    assert 300 == session.position.step


def test_a_weight_set_by_hand_may_be_too_large() -> None:
    """Then it is not the learning rate's fault, and the words do not say so."""
    session = cursor(layers=[{**HIDDEN, "activation": "linear"}, OUTPUT])
    session.set_parameter("hidden1.W", [[3e38] * 3] * 2)
    session.run(3)

    assert session.diverged is not None
    assert "hidden1.z" == session.diverged.node
    assert "learning rate" not in session.diverged.reason
    assert "smaller values" in session.diverged.advice


def test_an_update_that_overflows_is_found_in_the_update() -> None:
    """Finite gradients, but the step is larger than float32 can hold."""
    session = cursor(optimizer={"type": "sgd", "learning_rate": 1e300})
    session.run(3)

    assert session.diverged is not None
    assert "update" == session.diverged.call.phase


def test_a_loss_that_overflows_while_gradients_do_not() -> None:
    """The square of 1e25 is too large for float32, its derivative is not."""
    session = wild(optimizer={"type": "sgd", "learning_rate": 1e-30})
    session.set_parameter("output.b", [1e25])
    session.run(1)

    assert session.diverged is not None
    assert "loss" == session.diverged.node


@pytest.mark.parametrize("optimizer", ["adam", "rmsprop", "momentum"])
@pytest.mark.parametrize("clip", [None, {"type": "value", "limit": 1.0}, {"type": "norm", "limit": 1.0}])
def test_it_is_never_silent(optimizer: str, clip: dict[str, Any] | None) -> None:
    """A weight of 1e30 in a linear network of two layers overflows somewhere, and is noticed at once."""
    session = wild(optimizer={"type": optimizer, "learning_rate": 0.1, "clip": clip})
    session.set_parameter("hidden1.W", [[1e30] * 3] * 2)
    session.set_parameter("output.W", [[1e30]] * 3)
    session.run(3)

    assert session.diverged is not None
    assert 0 == session.diverged.call.index // len(session.calls())
    assert 0 == session.position.step


def test_metrics_at_a_divergence_are_none_where_they_are_not_finite() -> None:
    """Never infinity on the wire."""
    session = wild()
    session.run(1000)
    metrics = session.metrics()

    assert all(value is None or np.isfinite(value) for value in (metrics.loss, metrics.train_loss, metrics.test_loss))


def test_a_penalty_that_overflows_is_found() -> None:
    """The sum of squared weights is too large for float32."""
    session = cursor(regularization={"l2": 1.0})
    session.set_parameter("output.W", [[3e19]] * 3)
    session.step("batch")

    assert session.diverged is not None
    assert "penalty" == session.diverged.node


def inline(target: float, **changes: Any) -> Cursor:
    """One example, x = 1, on one linear unit."""
    data = {"inline": {"inputs": [[1.0]], "targets": [[target]]}}
    return Cursor(spec(**({"dataset": data, "layers": [LINEAR], "batch_size": 1} | changes)))


def test_a_gradient_that_overflows_on_its_way_back_is_found_there() -> None:
    """Forward all is finite; dz times a weight of 1e25 is not."""
    session = wild()
    session.set_parameter("hidden1.W", [[0.0] * 3] * 2)
    session.set_parameter("output.W", [[1e25]] * 3)
    session.set_parameter("output.b", [1e18])
    session.run(1)

    assert session.diverged is not None
    assert ("d hidden1.a", "vjp") == (session.diverged.call.label, session.diverged.call.kind)
    assert "flows back through output" in session.diverged.reason


def test_a_penalty_gradient_that_overflows_is_found_there() -> None:
    """l1 times the sign of a tiny weight."""
    session = cursor(regularization={"l1": 1e39})
    for name, value in session.parameters().items():
        session.set_parameter(name, value * 0 + 1e-10)
    session.run(1)

    assert session.diverged is not None
    assert "penalty" == session.diverged.call.kind
    assert "The weights have grown" in session.diverged.reason


def test_a_sum_of_weight_and_delta_that_overflows_is_found_at_its_end() -> None:
    """Both are finite, their sum is not; the position is right after the update."""
    session = inline(3.3e38, loss="mae", optimizer={"type": "sgd", "learning_rate": 3e38})
    session.set_parameter("output.W", [[1.7e38]])
    session.run(5)

    assert session.diverged is not None
    assert ("apply", 1, 0) == (session.diverged.call.kind, session.position.step, session.position.op)
    assert "larger than the weights can hold" in session.diverged.reason
    assert session.diverged.as_dict()["position"] == session.position.as_dict()


def test_large_inputs_are_named() -> None:
    """Data that were never standardised are a usual cause."""
    data = {"inline": {"inputs": [[1000.0], [2000.0]], "targets": [[1.0], [0.0]]}}
    session = Cursor(spec(dataset=data, layers=[LINEAR], loss="mse", batch_size=2))
    session.patch({"optimizer": {"type": "sgd", "learning_rate": 0.1}})
    session.run(100)

    assert session.diverged is not None
    assert "standardise the inputs (they reach 2000)" in session.diverged.advice.replace(",", "")


@pytest.mark.parametrize("unit", ["run", "batch", "op"])
def test_an_infinity_that_a_rule_swallows_is_found(unit: str) -> None:
    """tanh(∞) is 1 and all that follows is finite; the sum was infinite nevertheless, however one walks."""
    session = cursor()
    session.set_parameter("hidden1.W", [[3e38] * 3] * 2)
    if unit == "run":
        session.run(1)
    else:
        session.step(unit, 3)

    assert session.diverged is not None
    assert "hidden1.z" == session.diverged.node


@pytest.mark.parametrize("unit", ["run", "batch"])
def test_a_penalty_that_overflows_is_found_however_one_walks(unit: str) -> None:
    """Sums, loss and gradients are finite and small, the square of a weight alone is not."""
    data = {"inline": {"inputs": [[1e-3]], "targets": [[1.0]]}}
    session = inline(
        0.0, dataset=data, layers=[{**LINEAR, "activation": "tanh"}], loss="mse", regularization={"l2": 1e-10}
    )
    session.set_parameter("output.W", [[3e19]])
    if unit == "run":
        session.run(1)
    else:
        session.step("batch")

    assert session.diverged is not None
    assert "penalty" == session.diverged.node


@pytest.mark.parametrize("unit", ["run", "batch"])
@pytest.mark.parametrize("optimizer", ["adagrad", "rmsprop", "adam", "adamw", "nadam", "adadelta"])
def test_a_running_sum_that_overflows_is_found(unit: str, optimizer: str) -> None:
    """A gradient of 2e20 is finite, its square is not: divided by its root every delta would be 0 for good."""
    data = {"inline": {"inputs": [[100.0]], "targets": [[1e18]]}}
    session = inline(0.0, dataset=data, loss="mse", optimizer={"type": optimizer})
    if unit == "run":
        session.run(3)
    else:
        session.step("batch", 3)

    assert session.diverged is not None
    assert "delta" == session.diverged.call.kind
    assert 0 == session.diverged.position.step
    assert session.diverged.reason.startswith("a running sum of the optimizer (1 of 2 numbers) is infinite")


def test_numbers_whose_product_overflows_are_no_divergence() -> None:
    """1.2e19 and 3e19 are finite, though their product is not: training goes on."""
    session = inline(-3e18, loss="mse", optimizer={"type": "sgd", "learning_rate": 1e-12})
    session.set_parameter("output.W", [[1.2e19]])
    twin = session.fork()
    twin.step("op", 5 * len(session.calls()))

    assert 5 == session.run(5)
    assert session.diverged is None
    assert everything(twin) == everything(session)


def test_an_answer_that_is_no_number_is_neither_right_nor_wrong() -> None:
    """Accuracy and confusion of NaN would be those of class 0."""
    session = cursor(layers=[{**HIDDEN, "activation": "linear"}, OUTPUT])
    session.set_parameter("hidden1.W", [[3e38, -3e38, 3e38]] * 2)
    metrics = session.metrics()

    assert metrics.train_loss is None
    assert metrics.train_accuracy is None
    assert session.confusion() is None
    assert session.history().train_accuracy[-1] is None


#: Networks that run away, each in its own way: loss, learning rate, layers on (4, 2) sequences or images.
RUNAWAYS: dict[str, tuple[list[dict[str, Any]], list[int]]] = {
    "rnn": ([{"id": "memory", "type": "rnn", "units": 3, "activation": "relu"}], [6, 2]),
    "rnn both ways": (
        [{"id": "memory", "type": "rnn", "units": 3, "activation": "relu", "bidirectional": True}],
        [6, 2],
    ),
    "rnn below lstm": (
        [
            {"id": "memory", "type": "rnn", "units": 3, "activation": "relu", "return_sequences": True},
            {"id": "lstm", "type": "lstm", "units": 2},
        ],
        [6, 2],
    ),
    "conv2d": (
        [
            {"id": "conv", "type": "conv2d", "filters": 3, "activation": "relu", "padding": "same"},
            {"id": "pool", "type": "max_pool2d"},
            {"id": "more", "type": "conv2d", "filters": 3, "kernel": 2, "activation": "relu"},
            {"id": "flat", "type": "flatten"},
        ],
        [1, 4, 4],
    ),
    "conv1d": (
        [{"id": "conv", "type": "conv1d", "filters": 3, "activation": "relu"}, {"id": "flat", "type": "flatten"}],
        [6, 2],
    ),
    "batch norm": (
        [
            {"id": "conv", "type": "conv2d", "filters": 2, "activation": "relu"},
            {"id": "even", "type": "batch_norm"},
            {"id": "flat", "type": "flatten"},
        ],
        [1, 4, 4],
    ),
    "attention": ([{"id": "look", "type": "attention"}, {"id": "flat", "type": "flatten"}], [3, 2]),
}


@pytest.mark.parametrize("kind", RUNAWAYS)
@pytest.mark.parametrize("rate", [30.0, 1e12])
def test_every_kind_of_network_stops_at_the_first_call_that_made_no_finite_number(kind: str, rate: float) -> None:
    """Whole steps and single calls agree, everything before that call is finite, and the words name it."""
    layers, shape = RUNAWAYS[kind]
    rng = np.random.default_rng(2)
    inline = {"inputs": rng.normal(size=(8, *shape)).tolist(), "targets": rng.normal(size=8).tolist()}
    changes = {"dataset": {"inline": inline}, "layers": [*layers, LINEAR], "loss": "mse", "batch_size": 4}
    fast, slow = (Cursor(spec(**changes, optimizer={"type": "sgd", "learning_rate": rate})) for _ in range(2))
    fast.run(400)
    while slow.diverged is None and slow.position.step < 400:
        slow.step("op")

    assert fast.diverged is not None
    assert fast.diverged == slow.diverged
    assert everything(fast) == everything(slow)
    assert "not finite" in fast.diverged.reason
    assert "learning rate" in fast.diverged.advice
    assert first_broken(fast) == fast.diverged.call.label


def first_broken(session: Cursor) -> str | None:
    """The first call of the step that is shown whose result is not finite."""
    ran = session.position.op or len(session.calls())
    for call in session.network.trainer.calls()[:ran]:
        if not np.isfinite(call.out).all():
            return call.info.label
    return None
