"""The metrics by step: bounded, and a function of how far the training came."""

from engine.history import LIMIT, History, Point


def point(step: int) -> Point:
    """A point whose loss is its step."""
    return Point(step, step // 10, float(step), None, None, 0.5, None)


def filled(until: int) -> History:
    """A history with every point that was due before ``until``."""
    history = History()
    step = history.next_due(0)
    while step < until:
        history.add(point(step))
        step = history.next_due(step + 1)
    return history


def test_every_step_has_a_point_at_first() -> None:
    """As long as they are few, all are kept."""
    assert list(range(100)) == filled(100).step


def test_the_stride_doubles_when_full() -> None:
    """The 1,025th point halves their number."""
    history = filled(LIMIT + 1)

    assert (2, list(range(0, LIMIT + 1, 2))) == (history.stride, history.step)


def test_points_stay_few_and_even_however_long_the_training() -> None:
    """After 100,000 steps the points are multiples of one stride, at most 1,024."""
    history = filled(100_000)

    assert len(history) <= LIMIT
    assert list(range(0, 100_000, history.stride)) == history.step
    assert [float(step) for step in history.step] == history.train_loss


def test_a_point_that_is_held_is_not_due_again() -> None:
    """Walking over known ground adds nothing."""
    history = filled(10)

    assert 10 == history.next_due(3)


def test_forgetting_begins_at_the_step_itself() -> None:
    """An edit changes the numbers at its own step, so that point goes as well."""
    history = filled(10)
    history.forget_from(4)

    assert [0, 1, 2, 3] == history.step
    assert 4 == len(history.test_accuracy)


def test_it_survives_as_a_dict() -> None:
    """Saved and restored it is the same."""
    history = filled(5)

    assert history == History.from_dict(history.as_dict())


def test_a_copy_does_not_grow() -> None:
    """What was handed out stays as it was."""
    history = filled(5)
    copy = history.copy()
    history.add(point(5))

    assert 5 == len(copy)


def test_coarsened_it_has_the_points_of_the_wider_stride() -> None:
    """The same points as if it had been that coarse from the beginning."""
    fine, coarse = filled(20), History(stride=8)
    for step in (0, 8, 16):
        coarse.add(point(step))
    fine.coarsen(8)

    assert coarse == fine
