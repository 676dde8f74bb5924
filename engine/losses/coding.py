"""How targets are written for the loss, and how the network's answer is read as a class.

- K classes on K outputs: one-hot rows; the answer is the largest output.
- 2 classes on 1 output: 0 and 1, the answer is told by ½; -1 and +1, told by 0, under hinge and for a tanh output.
- numbers: as they are, in the shape of the output. Nothing is ever broadcast.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from engine.arrays import Array, Shape
from engine.errors import Loc, ShapeMismatch, SpecError
from engine.losses.base import LossType

TARGETS: Loc = ("dataset", "inline", "targets")
TWO = 2

Indices = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Coding:
    """The writing of targets and the reading of answers, for one loss and one output.

    Args:
        loss: the loss's entry in the registry.
        kind: how class indices become targets; ``values`` are taken as they are.
        shape: of one example's target: that of the output.
        reads: how an answer is read: by its largest entry, by a threshold, or not at all (regression).
        low: the target of class 0 on a single output; class 1's is 1.
    """

    loss: LossType
    kind: Literal["one_hot", "binary", "values"]
    shape: Shape
    reads: Literal["argmax", "threshold"] | None
    low: float = 0.0

    @property
    def threshold(self) -> float:
        """What lies above it is class 1."""
        return (self.low + 1) / 2

    def encode(self, targets: npt.ArrayLike, dtype: str, loc: Loc = TARGETS) -> Array:
        """(n,) class indices or (n, …) numbers, whichever the data hold -> (n, *shape).

        Raises:
            ShapeMismatch: if the numbers do not have the output's shape.
            SpecError: if a class does not exist or a number makes no sense for the loss.
        """
        given = np.asarray(targets)
        if self.kind == "values":
            return self._numbers(given, loc).astype(dtype)
        indices = self._indices(given, loc)
        if self.kind == "one_hot":
            return np.eye(self.shape[0], dtype=dtype)[indices]
        return np.where(indices == 1, 1.0, self.low).astype(dtype).reshape(-1, 1)

    def accept(self, targets: npt.ArrayLike, dtype: str, loc: Loc = ("targets",)) -> Array:
        """Targets as a caller may write them: numbers in the shape of the output, or as the data hold them.

        Raises:
            ShapeMismatch: if they are neither.
            SpecError: if a number makes no sense for the loss.
        """
        given = np.asarray(targets)
        if given.ndim > 1 and given.shape[1:] == self.shape:
            return self._numbers(given, loc).astype(dtype)
        return self.encode(given, dtype, loc)

    def classes_of(self, values: Array) -> Indices | None:
        """Outputs or encoded targets (n, *shape) -> class indices (n,); None where there are no exclusive classes."""
        if self.reads == "argmax":
            return np.asarray(values.argmax(axis=-1))
        if self.reads == "threshold" and self.shape == (1,):
            return (values[:, 0] > self.threshold).astype(np.intp)
        return None

    def correct(self, outputs: Array, targets: Array) -> npt.NDArray[np.bool_] | None:
        """Which examples are answered rightly, (n,); None for a regression."""
        if self.reads == "argmax":
            return np.asarray(outputs.argmax(axis=-1) == targets.argmax(axis=-1))
        if self.reads == "threshold":
            same = (outputs > self.threshold) == (targets > self.threshold)
            return np.asarray(same.reshape(len(same), -1).all(axis=1))
        return None

    def _numbers(self, given: Array, loc: Loc) -> Array:
        if self.shape == (1,) and given.ndim == 1:
            given = given.reshape(-1, 1)
        if given.shape[1:] != self.shape or not given.ndim:
            raise ShapeMismatch("targets", ("N", *self.shape), given.shape, loc)
        self._check_range(given, loc)
        if self.loss.exclusive:
            off = abs(given.sum(axis=-1) - 1)
            row = int(off.argmax())
            if off[row] > 1e-3:  # noqa: PLR2004 - smoothed labels are rounded to three digits or better
                raise SpecError(f"a row of targets sums to 1 (one-hot), but row {row} is {given[row].tolist()}", loc)
        return given

    def _check_range(self, given: Array, loc: Loc) -> None:
        if self.loss.target_range is None:
            return
        low, high = self.loss.target_range
        wrong = np.argwhere((given < low) | (given > high))
        if len(wrong):
            value = f"example {wrong[0][0]} has {given[tuple(wrong[0])]:g}"
            raise SpecError(f"{self.loss.name} needs targets from {low:g} to {high:g}, but {value}", loc)

    def _indices(self, given: Array, loc: Loc) -> Indices:
        """Whole numbers from 0 to the number of classes less 1."""
        count = self.shape[0] if self.kind == "one_hot" else TWO
        if not given.ndim or given.shape[1:] not in {(), (1,)}:
            raise ShapeMismatch("targets (class indices)", ("N",), given.shape, loc)
        flat = given.reshape(-1)
        wrong = (flat != np.floor(flat)) | (flat < 0) | (flat >= count)
        if wrong.any():
            row = int(wrong.argmax())
            raise SpecError(f"classes are 0 to {count - 1} here, but the target of example {row} is {flat[row]:g}", loc)
        return flat.astype(np.intp)


def coding_for(
    loss: LossType, shape: Shape, activation: str | None, classes: int | None, given: Shape, *, loc: Loc = ()
) -> Coding:
    """The coding for an output of this shape and activation.

    Args:
        loss: the loss's entry in the registry.
        shape: of the output for one example.
        activation: of the output.
        classes: how many the data tell apart; None if the targets are numbers.
        given: the shape of the raw targets, examples first.
        loc: where the output layer stands in the description.

    Raises:
        SpecError: if the output cannot tell the classes apart.
    """
    if loss.exclusive and (len(shape) != 1 or shape[0] == 1):
        raise SpecError(
            f"{loss.name} needs an output unit for each class, at least 2; here it has {_units(shape)}", loc
        )
    if classes is not None:
        return _class_coding(loss, shape, activation, classes, loc)
    if loss.exclusive:
        return Coding(loss, "one_hot" if given[1:] in {(), (1,)} else "values", shape, "argmax")
    return Coding(loss, "values", shape, "threshold" if loss.classifies else None, -1.0 if loss.signed else 0.0)


def _class_coding(loss: LossType, shape: Shape, activation: str | None, classes: int, loc: Loc) -> Coding:
    if shape == (classes,) and classes > 1:
        return Coding(loss, "one_hot", shape, "argmax")
    if classes == TWO and shape == (1,):
        signed = loss.signed or (activation == "tanh" and loss.target_range is None)
        return Coding(loss, "binary", shape, "threshold", -1.0 if signed else 0.0)
    needed = "1 or 2 output units" if classes == TWO else f"{classes} output units"
    raise SpecError(f"{classes} classes need {needed}; here the output has {_units(shape)}", loc)


def _units(shape: Shape) -> str:
    return f"{shape[0]} unit" + "s" * (shape[0] != 1) if len(shape) == 1 else f"shape {shape}"
