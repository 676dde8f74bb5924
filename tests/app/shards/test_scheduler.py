"""Who computes when: fairness with a clock that only moves when somebody computes."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.shards.scheduler import Scheduler

QUANTUM = 0.004


def scheduler(*names: str) -> Scheduler:
    """With these sessions."""
    made = Scheduler(QUANTUM)
    for name in names:
        made.add(name)
    return made


def shares(made: Scheduler, costs: dict[str, float], seconds: float) -> Counter[str]:
    """Seconds that each got when all have always something to do; a turn ends with the slice that fills its budget."""
    got: Counter[str] = Counter()
    while sum(got.values()) < seconds:
        turn = made.next(lambda _: True)
        assert turn
        name, budget = turn
        spent = 0.0
        while spent < budget:
            spent += costs[name]
        made.charge(name, spent)
        got[name] += spent  # type: ignore[assignment]  # seconds
    return got


@given(st.lists(st.floats(1e-5, 0.05), min_size=2, max_size=8))
def test_everybody_gets_the_same_time_whatever_a_slice_costs(costs: list[float]) -> None:
    """Jain's index of the shares over twenty seconds is at least 0.95."""
    named = {f"s{n}": cost for n, cost in enumerate(costs)}

    got = list(shares(scheduler(*named), named, 20.0).values())

    assert len(named) == len(got)
    assert sum(got) ** 2 / (len(got) * sum(share**2 for share in got)) >= 0.95


def test_who_has_nothing_to_do_saves_nothing_up() -> None:
    """An idle session that becomes busy does not push the others aside."""
    made = scheduler("a", "b")
    for _ in range(1000):
        turn = made.next(lambda name: name == "a")
        assert turn
        made.charge("a", turn[1])

    got = shares(made, {"a": 0.001, "b": 0.001}, 1.0)

    assert got["a"] == pytest.approx(got["b"], rel=0.05)


def test_whose_user_acted_goes_first_once() -> None:
    """Before everybody in the ring, and then in turn again."""
    made = scheduler("a", "b", "c")
    made.acted("c")

    order = []
    for _ in range(4):
        turn = made.next(lambda _: True)
        assert turn
        made.charge(*turn)
        order.append(turn[0])

    assert ["c", "a", "b"] == order[:3]


def test_an_act_without_work_is_forgotten() -> None:
    """A user who only asked something gets no turn for it later."""
    made = scheduler("a", "b")
    made.acted("b")
    assert ("a", QUANTUM) == made.next(lambda name: name == "a")

    turn = made.next(lambda _: True)

    assert turn
    assert "b" == turn[0]


def test_with_nothing_to_do_nobody_computes() -> None:
    """None, so that the loop can wait."""
    assert scheduler("a").next(lambda _: False) is None
    assert scheduler().next(lambda _: True) is None


def test_a_huge_debt_is_not_waited_for_when_alone() -> None:
    """One slice of a minute does not make the loop spin."""
    made = scheduler("a")
    made.charge("a", 60.0)

    turn = made.next(lambda _: True)

    assert turn
    assert turn[1] > 0


def test_who_is_removed_is_forgotten() -> None:
    """Even if its user has just acted; charging it later does nothing."""
    made = scheduler("a", "b")
    made.acted("a")
    made.remove("a")
    made.charge("a", 1.0)

    assert ("b", QUANTUM) == made.next(lambda _: True)
