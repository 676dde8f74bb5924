"""Changes by hand: a log of edits that is replayed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from engine.arrays import Array
from engine.errors import ShapeMismatch, SpecError, UnknownName
from engine.graph import Graph
from engine.layers import Parameter
from engine.trainer import Trainer
from engine.words import say

Index = tuple[int, ...]

#: Bytes of edits that are kept for replay.
MOST_EDITED = 8 * 2**20


@dataclass(frozen=True)
class Edit:
    """A parameter, or one entry of it, was set by hand when ``step`` was about to begin.

    Args:
        step: the first step that uses it.
        name: the parameter.
        index: the entry; () is all of it.
        value: what it was set to.
        change: value less what was there.
    """

    step: int
    name: str
    index: Index
    value: Array
    change: Array

    @property
    def size(self) -> int:
        """Bytes it holds."""
        return self.value.nbytes + self.change.nbytes

    def put(self, trainer: Trainer) -> None:
        """Set the parameter."""
        trainer.plan.parameters[self.name][self.index] = self.value


@dataclass
class EditLog:
    """The edits of one history in the order in which they were made, which is also that of their steps.

    ``folded`` holds the sums of those that no replay needs any more.
    """

    edits: list[Edit] = field(default_factory=list)
    folded: dict[str, Array] = field(default_factory=dict)

    def at(self, step: int) -> Iterator[Edit]:
        """Those made just before this step."""
        return (edit for edit in self.edits if edit.step == step)

    def next_after(self, step: int) -> int | None:
        """The first later step that has one."""
        return min((edit.step for edit in self.edits if edit.step > step), default=None)

    def has(self, step: int) -> bool:
        """Whether there is one at this step."""
        return any(True for _ in self.at(step))

    def forget_after(self, step: int) -> None:
        """Drop those of a future that will not come."""
        self.edits = [edit for edit in self.edits if edit.step <= step]

    def sum_until(self, step: int, name: str, shape: tuple[int, ...]) -> Array:
        """What the edits up to this step have added to a parameter; float64."""
        total = self.folded[name].copy() if name in self.folded else np.zeros(shape)
        for edit in self.edits:
            if edit.name == name and edit.step <= step:
                total[edit.index] += edit.change
        return total

    def fold(self, parameters: Mapping[str, Parameter]) -> None:
        """Keep only the sums: nothing before now will be replayed any more."""
        last = max((edit.step for edit in self.edits), default=0)
        self.folded = {name: self.sum_until(last, name, entry.shape) for name, entry in parameters.items()}
        self.edits = []

    def add(self, edit: Edit) -> None:
        """One more; what is dragged is set again and again at the same step, and only its last value counts."""
        last = self.edits[-1] if self.edits else None
        if last and (last.step, last.name, last.index) == (edit.step, edit.name, edit.index):
            self.edits[-1] = replace(edit, change=last.change + edit.change)
        else:
            self.edits.append(edit)

    def copy(self) -> "EditLog":
        """One that does not grow with this one."""
        return EditLog(list(self.edits), dict(self.folded))

    @property
    def is_full(self) -> bool:
        """Whether it holds more than is kept for replay."""
        return sum(edit.size for edit in self.edits) > MOST_EDITED


def make_edit(trainer: Trainer, name: str, value: Any, index: Index | None) -> Edit:
    """The edit that sets a parameter or one entry of it; nothing is changed yet.

    Raises:
        UnknownName: there is no such parameter.
        ShapeMismatch: the value has another shape, or the index does not point at an entry.
        SpecError: the value is not made of finite numbers.
    """
    if name not in trainer.graph.parameters:
        raise UnknownName("parameter", name, trainer.graph.parameters, ("name",))
    old = trainer.plan.parameters[name]
    place = _checked_index(name, old, index)
    new = numbers(value, old.dtype, f"the value of {name}")
    if new.shape != old[place].shape:
        raise ShapeMismatch(name, old[place].shape, new.shape, ("value",))
    low = trainer.graph.parameters[name].minimum
    if low is not None and (new < low).any():
        raise SpecError(
            say(
                "{name} is a variance: no value may be below {low:g}, but one is {value:g}",
                name=name,
                low=low,
                value=new.min(),
            ),
            ("value",),
        )
    change = np.subtract(new, old[place], dtype=np.float64)
    return Edit(trainer.step, name, place, new, change)


def numbers(value: Any, dtype: Any, what: str, loc: tuple[str | int, ...] = ("value",)) -> Array:
    """Nested lists as an array of finite numbers of this dtype.

    Raises:
        SpecError: it is ragged, or holds something that is no finite number.
    """
    try:
        with np.errstate(over="ignore"):
            array = np.array(value, dtype=np.float64).astype(dtype)
    except (TypeError, ValueError) as error:
        raise SpecError(say("{what}: expected numbers in nested lists of equal length", what=what), loc) from error
    except OverflowError as error:
        raise SpecError(say("{what}: a number is too large for float64", what=what), loc) from error
    if not np.isfinite(array).all():
        raise SpecError(say("{what}: every number must be finite in {name}", what=what, name=np.dtype(dtype).name), loc)
    return array


def _checked_index(name: str, old: Array, index: Index | None) -> Index:
    if index is None:
        return ()
    fits = len(index) == old.ndim and all(0 <= i < size for i, size in zip(index, old.shape, strict=True))
    if not fits:
        raise ShapeMismatch(
            say("an index into {name}, counted from 0,", name=name), old.shape, tuple(index), ("index",)
        )
    return tuple(index)


def fitting(values: Mapping[str, Array], graph: Graph) -> dict[str, Array]:
    """Those for which the network has a parameter of that name and shape."""
    shapes = {name: parameter.shape for name, parameter in graph.parameters.items()}
    return {name: value for name, value in values.items() if shapes.get(name) == value.shape}


def set_all(trainer: Trainer, parameters: Mapping[str, Any]) -> None:
    """Give these parameters their first values.

    Raises:
        SpecError: one does not exist, has another shape, or holds what is no finite number.
    """
    for name, value in parameters.items():
        try:
            edit = make_edit(trainer, name, value, None)
        except SpecError as error:
            raise SpecError(error.message, ("parameters", name)) from error
        trainer.plan.parameters[name][...] = edit.value
