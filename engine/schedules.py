"""Learning-rate schedules: learning rate of a step = the spec's learning_rate · factor(schedule, step)."""

from collections.abc import Callable
from dataclasses import dataclass
from math import cos, pi, sqrt
from typing import Any

from engine.spec import (
    CosineSchedule,
    LinearSchedule,
    ScheduleSpec,
    StepSchedule,
)


@dataclass(frozen=True)
class Schedule:
    """One schedule: its rule and how it is shown."""

    name: str
    summary: str
    formula: str
    rule: Callable[[Any, int], float]


def constant(spec: object, step: int) -> float:
    """factor = 1."""
    return 1.0


def linear(spec: LinearSchedule, step: int) -> float:
    """factor = 1 + (end_factor - 1)·min(step / steps, 1)."""
    return 1.0 + (spec.end_factor - 1.0) * min(step / spec.steps, 1.0)


def step_decay(spec: StepSchedule, step: int) -> float:
    """factor = decay^floor(step / every);  0 or infinity when that leaves the range of a float."""
    try:
        return float(spec.decay ** (step // spec.every))
    except OverflowError:
        return float("inf")


def cosine(spec: CosineSchedule, step: int) -> float:
    """factor = end + (1 - end)·(1 + cos(π·step / steps)) / 2, then end_factor. Loshchilov & Hutter (2017)."""
    if step >= spec.steps:
        return spec.end_factor
    return spec.end_factor + (1.0 - spec.end_factor) * (1.0 + cos(pi * step / spec.steps)) / 2.0


def inverse_sqrt(spec: object, step: int) -> float:
    """factor = 1 / √(1 + step)."""
    return 1.0 / sqrt(1.0 + step)


#: name in the spec -> schedule
SCHEDULES: dict[str, Schedule] = {
    schedule.name: schedule
    for schedule in (
        Schedule("constant", "The same rate all the way.", r"f = 1", constant),
        Schedule(
            "linear",
            "Falls in a straight line, then stays.",
            r"f = 1 + (f_{\text{end}} - 1) \min(t / T, 1)",
            linear,
        ),
        Schedule("step", "Multiplied by the decay every so many steps.", r"f = d^{\lfloor t / n \rfloor}", step_decay),
        Schedule(
            "cosine",
            "Half a cosine wave down, then stays.",
            r"f = f_{\text{end}} + (1 - f_{\text{end}}) \tfrac12 (1 + \cos(\pi t / T))",
            cosine,
        ),
        Schedule("inverse_sqrt", "Falls with one over the root of the step.", r"f = 1 / \sqrt{1 + t}", inverse_sqrt),
    )
}


def factor(spec: ScheduleSpec, step: int) -> float:
    """What the learning rate is multiplied by at this step (counted from 0)."""
    return SCHEDULES[spec.type].rule(spec, step)
