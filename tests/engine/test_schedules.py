import math

import pytest
from pydantic import TypeAdapter

from engine.schedules import SCHEDULES, factor
from engine.spec import ScheduleSpec


def factors(spec: object, *steps: int) -> list[float]:
    """The factors at these steps."""
    parsed = TypeAdapter[ScheduleSpec](ScheduleSpec).validate_python(spec)
    return [factor(parsed, step) for step in steps]


def test_constant_is_one() -> None:
    """Always."""
    assert [1.0, 1.0] == factors("constant", 0, 10**9)


def test_linear_falls_straight_and_stays() -> None:
    """From 1 to 0.2 in 8 steps."""
    spec = {"type": "linear", "steps": 8, "end_factor": 0.2}

    assert [1.0, 0.8, 0.6, 0.2, 0.2] == pytest.approx(factors(spec, 0, 2, 4, 8, 100))


def test_step_drops_every_so_many_steps() -> None:
    """Halved at 10, 20, …"""
    spec = {"type": "step", "every": 10, "decay": 0.5}

    assert [1.0, 1.0, 0.5, 0.5, 0.25] == factors(spec, 0, 9, 10, 19, 20)


def test_step_may_leave_the_range_of_numbers() -> None:
    """A decay above 1 ends at infinity, one below 1 at 0; neither is an error here."""
    assert [math.inf] == factors({"type": "step", "every": 1, "decay": 10.0}, 1000)
    assert [0.0] == factors({"type": "step", "every": 1, "decay": 0.1}, 1000)


def test_cosine_falls_by_half_a_wave_and_stays() -> None:
    """From 1 to 0.2 in 8 steps: half way it is their mean; at a quarter, cos 45° tells."""
    spec = {"type": "cosine", "steps": 8, "end_factor": 0.2}
    quarter = 0.2 + 0.8 * (1 + math.sqrt(0.5)) / 2

    assert [1.0, quarter, 0.6, 0.2, 0.2] == pytest.approx(factors(spec, 0, 2, 4, 8, 100))


def test_inverse_sqrt_counts_from_one() -> None:
    """1, 1/√2, ½ at the first, second and fourth step."""
    assert [1.0, 1 / math.sqrt(2), 0.5] == pytest.approx(factors("inverse_sqrt", 0, 1, 3))


def test_each_is_registered_under_its_name() -> None:
    """With a formula and a line for people, and 1 at the start."""
    assert list(SCHEDULES) == [schedule.name for schedule in SCHEDULES.values()]
    assert all(schedule.formula and schedule.summary for schedule in SCHEDULES.values())
    assert {1.0} == {factors(name, 0)[0] for name in SCHEDULES}
