"""What holds for every operation."""

import tracemalloc
from operator import attrgetter
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.arrays import Array
from engine.ops import ACTIVATIONS, LOSSES, OPS, Loss, Op
from tests.engine.ops.harness import differentiable, directional_error, run_forward, run_vjp, scratch

every_op = pytest.mark.parametrize("op", OPS.values(), ids=OPS.keys())
every_dtype = pytest.mark.parametrize("dtype", [np.float32, np.float64])

name_of = attrgetter("name")
#: Operations that look at the whole batch at once.
ACROSS = {"pixels", "apart", "roughness", "batch_mean", "batch_variance"}
PARAMETERS = {"image", "W", "b", "gamma", "beta", "mean", "variance", "kernel"}  # inputs without a batch axis


@every_op
@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_vjps_agree_with_central_differences(op: Op, seed: int) -> None:
    """Each registered vjp matches a central difference in a random direction."""
    rng = np.random.default_rng(seed)

    assert directional_error(op, op.example(rng), rng) < 1e-6


@pytest.mark.parametrize(
    "loss", [loss for loss in LOSSES.values() if loss.name != "sequence_cross_entropy"], ids=name_of
)
@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=ACTIVATIONS.keys())
def test_chain_of_dense_activation_and_loss_agrees_with_central_differences(activation: Op, loss: Loss) -> None:
    """The chain rule through dense, any activation and any loss gives the slope of the loss along a random weight."""
    rng = np.random.default_rng(7)
    x, W, b = OPS["dense"].example(rng)
    target = np.eye(2)[[0, 1, 1, 0]]

    def chain(W: Array) -> tuple[Array, Array, Array]:
        z = run_forward(OPS["dense"], x, W, b)
        a = run_forward(activation, z)
        return z, a, run_forward(loss, a, target)

    z, a, _ = chain(W)
    da = run_vjp(loss, loss.inputs[0], 1.0, a, target)
    dW = run_vjp(OPS["dense"], "W", run_vjp(activation, "z", da, z), x, W, b)
    direction = rng.normal(size=W.shape)
    numeric = (chain(W + 1e-6 * direction)[2] - chain(W - 1e-6 * direction)[2]) / 2e-6

    assert np.sum(dW * direction) == pytest.approx(float(numeric), rel=1e-6, abs=1e-9)


@every_dtype
@every_op
def test_precision_stays_what_it_is(op: Op, dtype: type[np.floating[Any]]) -> None:
    """Single precision in, single precision out, with the same numbers as in double precision."""
    inputs = op.example(np.random.default_rng(1))
    cast = tuple(x.astype(dtype) for x in inputs)

    y = run_forward(op, *cast)

    assert dtype == y.dtype
    np.testing.assert_allclose(run_forward(op, *inputs), y, rtol=1e-4, atol=1e-5)
    for vjp, _, repeated in differentiable(op, inputs):
        expected = run_vjp(op, vjp.input, np.ones_like(y), *inputs, **repeated)
        actual = run_vjp(op, vjp.input, np.ones_like(y), *cast, **repeated)
        np.testing.assert_allclose(expected, actual, rtol=1e-4, atol=1e-5)


@every_op
def test_only_the_output_buffer_changes(op: Op) -> None:
    """Forward and vjps leave inputs, output and upstream gradient as they are."""
    inputs = op.example(np.random.default_rng(2))
    y = run_forward(op, *inputs)
    dy = np.ones_like(y)
    for array in (*inputs, y, dy):
        array.flags.writeable = False

    for vjp, place, repeated in differentiable(op, inputs):
        dx = np.empty_like(inputs[place])
        vjp.rule(dx, dy, y, *inputs, *scratch(op, inputs), **op.options, **repeated)
        assert np.isfinite(dx).all()


@every_op
def test_rules_allocate_nothing_of_the_size_of_a_batch(op: Op) -> None:
    """The peak of newly allocated memory stays far below one batch-sized array."""
    inputs = _repeat_rows(op, op.example(np.random.default_rng(3)), 16_384)
    y = run_forward(op, *inputs)
    work = scratch(op, inputs)
    dy = np.ones_like(y)
    calls: list[Any] = [lambda: op.forward(y, *inputs, *work, **op.options)]
    for vjp, place, repeated in differentiable(op, inputs):
        arguments = (np.empty_like(inputs[place]), dy, y, *inputs, *work)
        calls.append(lambda rule=vjp.rule, args=arguments, more=repeated: rule(*args, **op.options, **more))

    for call in calls:
        call()  # constants that are made once
        tracemalloc.start()
        call()
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < inputs[0].nbytes / 4


@pytest.mark.parametrize("op", [op for op in OPS.values() if op.name not in ACROSS], ids=lambda op: op.name)
def test_examples_of_a_batch_are_independent(op: Op) -> None:
    """A batch gives each example what it would get alone; a loss is the mean of the losses of its examples."""
    inputs = op.example(np.random.default_rng(4))
    alone = [run_forward(op, *_row(op, inputs, n)) for n in range(len(inputs[0]))]

    if op.name == "rmse":
        expected = np.sqrt(np.mean(np.square(alone)))
    else:
        expected = np.mean(alone) if op.name in LOSSES else np.concatenate(alone)

    np.testing.assert_allclose(expected, run_forward(op, *inputs), rtol=1e-12)


@pytest.mark.parametrize("op", [op for op in OPS.values() if op.name not in {*ACROSS, "rmse"}], ids=lambda op: op.name)
def test_gradients_of_a_batch_are_independent(op: Op) -> None:
    """What is handed back to an example does not depend on the others (for a loss: but for the mean's 1/N).

    Not so for rmse: the root of the whole batch's mean is in each gradient.
    """
    inputs = op.example(np.random.default_rng(5))
    y = run_forward(op, *inputs)
    dy = np.random.default_rng(6).normal(size=y.shape)
    rows = range(len(inputs[0]))
    for vjp, _, repeated in differentiable(op, inputs):
        if vjp.input in PARAMETERS:
            continue
        upstream = [dy / len(rows) if op.name in LOSSES else dy[n : n + 1] for n in rows]
        alone = [run_vjp(op, vjp.input, upstream[n], *_row(op, inputs, n), **repeated) for n in rows]
        np.testing.assert_allclose(
            np.concatenate(alone), run_vjp(op, vjp.input, dy, *inputs, **repeated), rtol=1e-12, atol=1e-15
        )


@every_dtype
@pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES.keys())
def test_mean_of_the_examples_losses_is_the_loss(loss: Loss, dtype: type[np.floating[Any]]) -> None:
    """per_example is the loss taken apart; rmse, which is no mean over examples, has none."""
    inputs = tuple(x.astype(dtype) for x in loss.example(np.random.default_rng(8)))
    if loss.per_example is None:
        assert loss.name == "rmse"
        return
    out = np.full(len(inputs[0]), np.nan, dtype)

    loss.per_example(out, *inputs, *scratch(loss, inputs), **loss.options)

    assert np.mean(out) == pytest.approx(float(run_forward(loss, *inputs)), rel=1e-6)


@every_dtype
@pytest.mark.parametrize("size", [1e2, 1e4, 1e15])
@pytest.mark.parametrize("op", ACTIVATIONS.values(), ids=ACTIVATIONS.keys())
def test_activations_are_stable_far_from_zero(op: Op, size: float, dtype: type[np.floating[Any]]) -> None:
    """Pre-activations of any size give finite numbers, and no warning (a warning fails the test)."""
    z = np.array([[size, -size, 0.0], [-size, -size, -size], [size, size, size]], dtype)

    assert np.isfinite(run_forward(op, z)).all()
    assert np.isfinite(run_vjp(op, "z", np.ones_like(z), z)).all()


@every_dtype
@pytest.mark.parametrize("name", ["sigmoid_binary_cross_entropy", "softmax_cross_entropy"])
def test_losses_of_logits_are_stable_far_from_zero(name: str, dtype: type[np.floating[Any]]) -> None:
    """Logits of ±10,000 give finite losses and gradients, and no warning, whichever class is true."""
    z = np.array([[1e4, -1e4], [-1e4, 1e4], [1e4, 1e4]], dtype)
    target = np.array([[1, 0], [1, 0], [0, 1]], dtype)

    assert np.isfinite(run_forward(LOSSES[name], z, target))
    assert np.isfinite(run_vjp(LOSSES[name], "z", 1.0, z, target)).all()


@pytest.mark.parametrize("op", ACTIVATIONS.values(), ids=ACTIVATIONS.keys())
def test_numbers_that_are_not_finite_are_not_hidden(op: Op) -> None:
    """A NaN in the pre-activation is a NaN in the activation."""
    assert np.isnan(run_forward(op, [[np.nan, 1.0]])[0, 0])


@pytest.mark.parametrize("op", [op for op in OPS.values() if op.elementwise], ids=lambda op: op.name)
def test_elementwise_operations_have_a_local_derivative(op: Op) -> None:
    """Each number of dz is the upstream gradient times a number that depends on this z alone."""
    (z,) = op.example(np.random.default_rng(9))
    da = np.random.default_rng(10).normal(size=z.shape)
    local = [[float(run_vjp(op, "z", [[1.0]], [[number]])[0, 0]) for number in row] for row in z.tolist()]

    np.testing.assert_allclose(da * local, run_vjp(op, "z", da, z), rtol=1e-12)


def test_names_are_unique_and_activations_take_z() -> None:
    """The table has each op under its own name; an activation has the one input z."""
    assert list(OPS) == [op.name for op in OPS.values()]
    assert {("z",)} == {op.inputs for op in ACTIVATIONS.values()}
    assert set(ACTIVATIONS) | set(LOSSES) < set(OPS)


def _row(op: Op, inputs: tuple[Array, ...], n: int) -> tuple[Array, ...]:
    """The inputs with example n alone."""
    return tuple(x if name in PARAMETERS else x[n : n + 1] for x, name in zip(inputs, _names(op, inputs), strict=True))


def _repeat_rows(op: Op, inputs: tuple[Array, ...], times: int) -> tuple[Array, ...]:
    """The inputs with each example many times."""
    return tuple(
        x if name in PARAMETERS else np.repeat(x, times, axis=0)
        for x, name in zip(inputs, _names(op, inputs), strict=True)
    )


def _names(op: Op, inputs: tuple[Array, ...]) -> list[str]:
    return [op.inputs[min(place, len(op.inputs) - 1)] for place in range(len(inputs))]
