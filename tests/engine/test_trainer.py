import tracemalloc
from itertools import pairwise
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given, settings

from engine.cursor import Cursor
from engine.errors import ShapeMismatch, SpecError
from engine.optimizers import OPTIMIZERS
from engine.plan import CallKind
from engine.spec import SessionSpec
from engine.trainer import Trainer
from tests.engine.networks import any_network, any_sequence_network, dense, examples_for, graph_of, spec_of, trainer_of
from tests.engine.sessions import spec as session_spec

LAYERS = [dense("hidden", 5), {"id": "drop", "type": "dropout", "rate": 0.3}, dense("output", 1, "sigmoid")]
EVERYTHING: dict[str, Any] = {
    "loss": "binary_cross_entropy",
    "regularization": {"l1": 0.01, "l2": 0.02},
    "dtype": "float32",
}


def optimizer_of(name: str) -> dict[str, Any]:
    """With a schedule and clipping."""
    return {"type": name, "schedule": {"type": "cosine", "steps": 9}, "clip": {"type": "norm", "limit": 0.1}}


def run_call_by_call(trainer: Trainer) -> None:
    """One step, as the cursor takes it."""
    for call in trainer.calls():
        call.run()
    trainer.finish()


def bits(trainer: Trainer) -> list[bytes]:
    """Everything that training computes, as it lies in memory."""
    plan = trainer.plan
    arrays = [plan.params, plan.grads, plan.delta, plan.before, trainer.ledger, *trainer.slots.values()]
    return [array.tobytes() for array in [*arrays, *plan.values.values(), *plan.gradients.values()]]


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_call_by_call_gives_the_bits_of_whole_steps(name: str) -> None:
    """Over several epochs, with remainders, dropout, penalty, clipping and schedule."""
    fast, slow = (trainer_of(LAYERS, optimizer=optimizer_of(name), **EVERYTHING) for _ in range(2))
    for _ in range(8):
        fast.run_step()
        run_call_by_call(slow)

        assert bits(fast) == bits(slow)


@settings(max_examples=25)
@given(spec=any_network())
def test_any_network_trains_call_by_call_as_in_whole_steps(spec: SessionSpec) -> None:
    """Bit for bit."""
    layers = [layer.model_dump() for layer in spec.layers]
    more = spec.model_dump(exclude={"layers", "dataset", "batch_size"})
    fast, slow = (trainer_of(layers, inputs=(3,), **more) for _ in range(2))
    for _ in range(4):
        fast.run_step()
        run_call_by_call(slow)

    assert bits(fast) == bits(slow)


@settings(max_examples=25)
@given(spec=any_sequence_network())
def test_any_network_of_sequences_trains_call_by_call_as_in_whole_steps(spec: SessionSpec) -> None:
    """Bit for bit, running statistics included."""
    layers = [layer.model_dump() for layer in spec.layers]
    more = spec.model_dump(exclude={"layers", "dataset", "batch_size"})
    fast, slow = (trainer_of(layers, inputs=(3, 2), **more) for _ in range(2))
    for _ in range(4):
        fast.run_step()
        run_call_by_call(slow)

    assert bits(fast) == bits(slow)


def test_a_restored_state_goes_on_bit_for_bit() -> None:
    """Parameters, slots and ledger, wherever in an epoch it was taken."""
    one, other = (trainer_of(LAYERS, optimizer=optimizer_of("adam"), **EVERYTHING) for _ in range(2))
    for _ in range(4):
        one.run_step()
    other.restore(one.state())
    for _ in range(5):
        one.run_step()
        other.run_step()

    assert (one.step, one.epoch, one.batch) == (other.step, other.epoch, other.batch)
    assert bits(one) == bits(other)


def test_a_state_is_a_copy() -> None:
    """Training on does not change it."""
    trainer = trainer_of(LAYERS)
    state = trainer.state()
    before = state.params.copy()
    trainer.run_step()

    np.testing.assert_array_equal(before, state.params)


def test_an_epoch_visits_every_example_once_the_last_batch_with_what_is_left() -> None:
    """10 examples by 4: 4, 4, 2."""
    trainer = trainer_of(LAYERS, rows=10)
    visited = []
    for _ in range(3):
        visited.append(trainer.batch_rows.tolist())
        trainer.run_step()

    assert [4, 4, 2] == [len(batch) for batch in visited]
    assert list(range(10)) == sorted(row for batch in visited for row in batch)
    assert (3, 1, 0) == (trainer.step, trainer.epoch, trainer.batch)


def test_each_epoch_has_an_order_of_its_own_that_seed_and_epoch_tell() -> None:
    """So that any epoch can be reached without the ones before."""
    one, other, unlike = (trainer_of(LAYERS, rows=50, seed=seed) for seed in (1, 1, 2))

    assert one.epoch_order(7).tolist() == other.epoch_order(7).tolist()
    assert one.epoch_order(7).tolist() != one.epoch_order(8).tolist()
    assert one.epoch_order(7).tolist() != unlike.epoch_order(7).tolist()


@pytest.mark.parametrize(
    "more", [{"batch_size": "full"}, {"batch_size": 99}, {"dataset": {"name": "xor", "shuffle": False}}]
)
def test_a_full_batch_and_data_that_are_not_to_be_shuffled_keep_their_order(more: dict[str, Any]) -> None:
    """The order of a batch that holds everything means nothing."""
    spec = SessionSpec.model_validate({**spec_of(LAYERS).model_dump(), **more})
    graph = graph_of(LAYERS)
    trainer = Trainer(spec, graph, *examples_for(graph, 10))

    assert list(range(10)) == trainer.epoch_order(3).tolist()


def test_the_batch_is_gathered_with_its_targets() -> None:
    """Call 0 draws both."""
    graph = graph_of(LAYERS)
    inputs, targets = examples_for(graph, 10)
    trainer = Trainer(spec_of(LAYERS), graph, inputs, targets)
    call = trainer.calls()[0]
    call.run()

    np.testing.assert_array_equal(inputs[trainer.batch_rows], trainer.bound.values["input.a"])
    np.testing.assert_array_equal(targets[trainer.batch_rows], trainer.bound.values["target"])
    assert (0, (("input.a", "value"), ("target", "value"))) == (call.info.index, call.info.writes)


def test_the_calls_are_numbered_and_end_with_clip_delta_and_apply() -> None:
    """One list, no gap, each kind in its phase."""
    infos = [call.info for call in trainer_of(LAYERS, optimizer=optimizer_of("sgd"), **EVERYTHING).calls()]

    assert list(range(len(infos))) == [info.index for info in infos]
    assert ["clip", "delta", "update"] == [info.label for info in infos[-3:]]
    assert set(get_args(CallKind)) == {info.kind for info in infos}
    phases = ["forward", "loss", "backward", "update"]
    assert all(phases.index(before.phase) <= phases.index(after.phase) for before, after in pairwise(infos))


def test_the_ledger_adds_up_to_what_the_weights_have_moved() -> None:
    """W₀ + Σ deltas = W, in double precision."""
    trainer = trainer_of(LAYERS, dtype="float32", optimizer={"type": "adam", "learning_rate": 0.1})
    start = trainer.plan.params.astype(np.float64)
    for _ in range(200):
        trainer.run_step()

    np.testing.assert_allclose(trainer.plan.params, start + trainer.ledger, atol=1e-5)


def test_before_plus_delta_is_after() -> None:
    """The picture of the update animates from ``before``."""
    trainer = trainer_of(LAYERS)
    trainer.run_step()

    np.testing.assert_array_equal(trainer.plan.before + trainer.plan.delta, trainer.plan.params)


def test_the_first_weights_depend_on_seed_and_name_alone() -> None:
    """A layer more or less elsewhere does not redraw them."""
    one = trainer_of([dense("a", 3), dense("output", 1)]).plan
    other = trainer_of([dense("a", 3), dense("b", 2), dense("output", 1)]).plan

    np.testing.assert_array_equal(one.parameters["a.W"], other.parameters["a.W"])
    assert not np.array_equal(
        one.parameters["a.W"], trainer_of([dense("a", 3), dense("output", 1)], seed=1).plan.parameters["a.W"]
    )


def test_an_initializer_that_makes_no_sense_is_named() -> None:
    """With the path to the very field."""
    with pytest.raises(SpecError) as refusal:
        trainer_of([dense("a", 1), dense("output", 1, bias_initializer={"type": "uniform", "low": 1, "high": 0})])

    assert ("layers", 1, "bias_initializer", "low") == refusal.value.loc


@pytest.mark.parametrize(
    ("inputs", "targets"),
    [((10, 3), (10, 1)), ((10, 2), (10,)), ((10, 2), (10, 2)), ((10, 2), (1, 1)), ((0, 2), (0, 1))],
)
def test_examples_that_do_not_fit_are_never_broadcast(inputs: tuple[int, ...], targets: tuple[int, ...]) -> None:
    """Neither along the batch nor along the outputs."""
    with pytest.raises(ShapeMismatch):
        Trainer(spec_of(LAYERS), graph_of(LAYERS), np.zeros(inputs), np.zeros(targets))


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_training_step_allocates_nothing(name: str) -> None:
    """No growth over many steps, and never a number for each example within one.

    numpy's own buffers, 8,192 numbers however large the arrays, come and go.
    """
    layers = [dense("a", 3, "gelu"), {"id": "skip", "type": "add", "inputs": ["a", "a"]}, dense("output", 2, "softmax")]
    optimizer = {"type": name, "clip": {"type": "norm"}}
    trainer = trainer_of(layers, rows=25_000, loss="softmax_cross_entropy", batch_size="full", optimizer=optimizer)
    grown, peak = memory_of(trainer, steps=6)

    assert grown < 1024
    assert peak < 25_000 * 8  # bytes: less than one float64 for each example


def test_a_thousand_steps_grow_by_nothing() -> None:
    """Whatever is made once an epoch or once a step is let go."""
    grown, _ = memory_of(trainer_of(LAYERS, rows=30, optimizer=optimizer_of("nadam"), **EVERYTHING), steps=1000)

    assert grown < 1024


def memory_of(trainer: Trainer, steps: int) -> tuple[int, int]:
    """Bytes by which so many steps grow, and the most that they hold for a while."""
    for _ in range(20):
        trainer.run_step()
    tracemalloc.start()
    for _ in range(20):
        trainer.run_step()
    start = tracemalloc.get_traced_memory()[0]
    tracemalloc.reset_peak()
    for _ in range(steps):
        trainer.run_step()
    now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return now - start, peak - start


@pytest.mark.parametrize("start", [-0.5, 0.0])
def test_l1_lets_a_weight_cross_zero_and_live(start: float) -> None:
    """The penalty pulls towards 0 and pins nothing there: the data win, (w - 1)² + 0.2 |w| is least at w = 0.9."""
    session = Cursor(
        session_spec(
            dataset={"inline": {"inputs": [[1.0]], "targets": [[1.0]]}},
            layers=[{"id": "output", "type": "dense", "units": 1, "use_bias": False}],
            loss="mse",
            regularization={"l1": 0.2},
            optimizer={"type": "sgd", "learning_rate": 0.1},
            dtype="float64",
        ),
        parameters={"output.W": [[start]]},
    )
    session.run(200)

    assert session.parameters()["output.W"][0, 0] == pytest.approx(0.9)
