"""How the network's answer is read as a class, and targets as a caller may write them.

- K classes on K outputs: one-hot rows; the answer is the largest output.
- 2 classes on 1 output: 0 and 1, the answer is told by ½. Hinge: 0 or -1 against 1, the answer is told by its sign.
- a class at every time step: class indices (N, T) against outputs (N, T, K); the answer is each step's largest output.
- numbers: as they are, in the shape of the output, and not read as a class. Nothing is ever broadcast.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from engine.arrays import Array, Shape
from engine.errors import Loc, ShapeMismatch, SpecError
from engine.losses.base import LossType
from engine.words import say

Indices = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Reading:
    """The reading of answers for one loss and one output.

    Args:
        loss: the loss's entry in the registry.
        shape: of the output, and so of a target, for one example.
        reads: by the largest entry, by that of each time step, by a threshold, or not at all (regression).
        ends: whether a sequence ends at its first 0; what follows is padding, and does not count.
    """

    loss: LossType
    shape: Shape
    reads: Literal["argmax", "steps", "threshold"] | None
    ends: bool = False

    def classes_of(self, values: Array) -> Indices | None:
        """Outputs or targets (n, *shape) -> class indices (n,); None where classes do not exclude each other."""
        read = self.read(values)
        if read is None or self.reads == "steps" or (self.reads == "threshold" and self.shape != (1,)):
            return None
        return read.reshape(len(values)).astype(np.intp)

    def read(self, values: Array) -> Array | None:
        """Outputs or targets -> class indices (n,) or (n, T), or labels true or false (n, *shape)."""
        if self.reads == "steps":
            return np.asarray(values.argmax(axis=-1) if values.ndim == 3 else values.astype(np.intp))
        if self.reads == "argmax":
            return np.asarray(values.argmax(axis=-1))
        return values > self.loss.threshold if self.reads == "threshold" else None

    def accuracy(self, outputs: Array, truth: Array | None) -> float | None:
        """The share of examples that are answered rightly: in all labels, if one has several. None for a regression.

        Of sequences it is the share of real time steps.

        Args:
            outputs: (n, *shape), n at least 1.
            truth: the targets, as ``read`` gives them.
        """
        read = self.read(outputs)
        if read is None or truth is None:
            return None
        same: Array = np.asarray(read == truth)
        if self.reads == "steps":
            return float(same[self.real_steps(truth)].mean())
        if same.ndim > 1:
            same = same[:, 0] if self.shape == (1,) else np.asarray(same.reshape(len(same), -1).all(axis=1))
        return int(np.count_nonzero(same)) / len(same)

    def exact(self, outputs: Array, truth: Array) -> float:
        """The share of sequences that are right at every real time step."""
        read = self.read(outputs)
        right = (read == truth) | ~self.real_steps(truth)
        return float(np.asarray(right).all(axis=1).mean())

    def all_right(self, outputs: Array, truth: Array) -> npt.NDArray[np.bool_]:
        """(n,): which examples are answered rightly: in all labels, at all real time steps.

        Args:
            outputs: (n, *shape).
            truth: the targets, as ``read`` gives them; there are some.
        """
        same: npt.NDArray[np.bool_] = np.asarray(self.read(outputs) == truth)
        if self.reads == "steps":
            same |= ~self.real_steps(truth)
        return np.asarray(same.reshape(len(same), -1).all(axis=1))

    def real_steps(self, truth: Array) -> npt.NDArray[np.bool_]:
        """(n, T): true up to and including the first 0; everywhere, if sequences do not end."""
        real = np.ones(truth.shape, np.bool_)
        if self.ends:
            real[:, 1:] = np.logical_and.accumulate(truth[:, :-1] != 0, axis=1)
        return real

    def accept(self, given: Array, dtype: str, loc: Loc = ("targets",)) -> Array:
        """(n, *shape) numbers, (n,) numbers for a single output, or (n,) class indices for several -> (n, *shape).

        Raises:
            ShapeMismatch: if they have another shape.
            SpecError: if a class does not exist or a number makes no sense for the loss.
        """
        if self.reads == "steps":
            return self._accept_steps(given, dtype, loc)
        if given.ndim and given.shape[1:] in {(), (1,)} and self.shape != (1,) and self.reads == "argmax":
            return np.eye(self.shape[-1], dtype=dtype)[self._indices(given.reshape(-1), loc)]
        if given.ndim == 1 and self.shape == (1,):
            given = given.reshape(-1, 1)
        if not given.ndim or given.shape[1:] != self.shape:
            raise ShapeMismatch("targets", ("N", *self.shape), given.shape, loc)
        self._check_numbers(given, loc)
        return given.astype(dtype)

    def _accept_steps(self, given: Array, dtype: str, loc: Loc) -> Array:
        """(n, T) class indices."""
        if given.ndim != 2 or given.shape[1] != self.shape[0]:
            raise ShapeMismatch("targets", ("N", self.shape[0]), given.shape, loc)
        return self._indices(given, loc).astype(dtype)

    def _check_numbers(self, given: Array, loc: Loc) -> None:
        if self.loss.target_range is not None:
            low, high = self.loss.target_range
            wrong = np.argwhere((given < low) | (given > high))
            if len(wrong):
                value = say("example {row} has {value:g}", row=wrong[0][0], value=given[tuple(wrong[0])])
                raise SpecError(
                    say(
                        "{name} needs targets from {low:g} to {high:g}, but {value}",
                        name=self.loss.name,
                        low=low,
                        high=high,
                        value=value,
                    ),
                    loc,
                )
        if self.loss.exclusive and len(given):
            off = abs(given.sum(axis=-1) - 1)
            row = int(off.argmax())
            if off[row] > 1e-3:  # smoothed labels are rounded to three digits or better
                raise SpecError(
                    say(
                        "a row of targets sums to 1 (one-hot), but row {row} is {value}",
                        row=row,
                        value=given[row].tolist(),
                    ),
                    loc,
                )

    def _indices(self, given: Array, loc: Loc) -> Indices:
        """Whole numbers from 0 to the number of classes less 1."""
        count = self.shape[-1]
        wrong = (given != np.floor(given)) | (given < 0) | (given >= count)
        if wrong.any():
            row, *step = (int(place) for place in np.argwhere(wrong)[0])
            template = "example {row} at step {step}" if step else "example {row}"
            where = say(template, row=row, step=step[0] if step else 0)
            raise SpecError(
                say(
                    "classes are 0 to {last} here, but the target of {where} is {value:g}",
                    last=count - 1,
                    where=where,
                    value=given[row, *step],
                ),
                loc,
            )
        return given.astype(np.intp)


def reading_for(loss: LossType, shape: Shape, *, classification: bool) -> Reading:
    """The reading for an output of this shape.

    Args:
        loss: the loss's entry in the registry.
        shape: of the output for one example.
        classification: whether the data tell classes apart; a loss may insist.
    """
    if shape != (1,) and (classification or loss.exclusive):
        return Reading(loss, shape, "argmax")
    return Reading(loss, shape, "threshold" if classification or loss.classifies else None)
