"""Checkpoints: spaced by measured computing, bounded in memory, honest about what is kept."""

import itertools

import numpy as np
import pytest

from engine.checkpoints import OVERHEAD, Checkpoint, Checkpoints
from engine.trainer import TrainerState


def checkpoint(step: int, elapsed: float, numbers: int = 0) -> Checkpoint:
    """One whose state holds so many float32."""
    params = np.zeros(numbers, np.float32)
    return Checkpoint(step, elapsed, TrainerState(step, 0, 0, params, np.zeros(0), {}))


def filled(count: int, *, memory: int = 2**25, gap: float = 0.05) -> Checkpoints:
    """As many as this beside the origin, ten steps and ``gap`` seconds apart."""
    checkpoints = Checkpoints(checkpoint(0, 0.0), memory=memory)
    for n in range(1, count + 1):
        checkpoints.add(checkpoint(10 * n, gap * n))
    return checkpoints


def test_before_finds_the_newest_not_after() -> None:
    """The checkpoint to start from is the newest at or before the step."""
    checkpoints = filled(3)

    assert [0, 0, 10, 30] == [checkpoints.before(step).step for step in (0, 9, 10, 99)]  # type: ignore[union-attr]


def test_before_the_first_there_is_none() -> None:
    """A step before the history's beginning has no checkpoint."""
    assert Checkpoints(checkpoint(5, 0.0)).before(4) is None


def test_everything_is_kept_while_the_spacing_holds() -> None:
    """With checkpoints 0.05 s apart every step is within reach."""
    assert [(0, 105)] == filled(10).kept(105, 0.525)


@pytest.mark.parametrize("capacity", [2, 3, 4, 5, 8, 16])
def test_memory_is_bounded(capacity: int) -> None:
    """However many are added, no more than fit the memory are held, and the newest two always."""
    checkpoints = Checkpoints(checkpoint(0, 0.0), memory=capacity * OVERHEAD)
    for n in range(1, 200):
        checkpoints.add(checkpoint(n, 0.05 * n))

        assert checkpoints.size <= capacity * OVERHEAD
        assert [n - 1, n] == [checkpoints.before(n - 1).step, checkpoints.latest.step]  # type: ignore[union-attr]


def test_two_are_held_even_if_memory_is_too_small() -> None:
    """Without a checkpoint behind the newest one could not step back, so two are always held."""
    checkpoints = filled(9, memory=0)

    assert 2 == len(checkpoints)


def test_the_old_thin_out_first() -> None:
    """The gaps grow with age: the past gets coarser."""
    checkpoints = filled(100, memory=16 * OVERHEAD)
    steps = sorted({checkpoints.before(step).step for step in range(1001)})  # type: ignore[union-attr]
    gaps = [b - a for a, b in itertools.pairwise(steps)]

    assert sorted(gaps, reverse=True) == gaps
    assert 0 == steps[0]


def test_what_lies_too_far_behind_a_checkpoint_is_not_kept() -> None:
    """A gap of 0.4 s leaves the first 0.1 s of it, a quarter of its steps."""
    checkpoints = Checkpoints(checkpoint(0, 0.0))
    checkpoints.add(checkpoint(100, 0.4))

    assert [(0, 25), (101, 120)] == checkpoints.kept(120, 0.44)


def test_a_step_longer_than_the_reach_is_kept_if_it_follows_a_checkpoint() -> None:
    """One step can always be taken back, however slow it is."""
    checkpoints = Checkpoints(checkpoint(0, 0.0))
    checkpoints.add(checkpoint(2, 2.0))

    assert [(0, 1), (3, 3)] == checkpoints.kept(3, 3.0)


def test_forgetting_drops_the_future_only() -> None:
    """After an edit at a step, the checkpoints up to it stay."""
    checkpoints = filled(5)
    checkpoints.forget_after(20)

    assert 20 == checkpoints.latest.step


def test_one_in_a_hole_makes_it_reachable_again() -> None:
    """A checkpoint may be added between others; the same step is not held twice."""
    checkpoints = Checkpoints(checkpoint(0, 0.0))
    checkpoints.add(checkpoint(100, 0.4))
    checkpoints.add(checkpoint(50, 0.2))
    checkpoints.add(checkpoint(50, 0.2))

    assert 3 == len(checkpoints)
    assert [(0, 25), (51, 75)] == checkpoints.kept(100, 0.4)
