"""What if one number were another one? The forward pass once more with it, in float64, beside the training.

The network is that of the step that is shown: its batch, its masks, its parameters as the forward pass used them. So
the old values are those on the stage, and nothing changes but the answer.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Self

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, model_validator

from engine.arrays import Array, Shape
from engine.editing import Index
from engine.errors import LimitExceeded, Loc, ShapeMismatch, SpecError, UnknownName
from engine.graph import Graph
from engine.layers import Node
from engine.looking import Followed, example_loss
from engine.numbers import Numbers
from engine.probing import given_to
from engine.rehearsal import Rehearsal
from engine.words import say

#: Changes at once, numbers of one node that are sent whole, and numbers of all nodes together.
MOST_CHANGES, MOST_OF_NODE, MOST_NUMBERS = 16, 4096, 32_768
Number = Annotated[float, Field(allow_inf_nan=False, ge=-1e30, le=1e30)]
Place = Annotated[tuple[Annotated[int, Field(ge=0)], ...], Field(max_length=4)]


class Change(BaseModel):
    """One entry of a parameter, or one number of the followed example's input: set to a value, or moved by one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    parameter: str | None = Field(default=None, max_length=80, description="whose entry it is")
    index: Place | None = Field(default=None, description="of that entry")
    input: Place | None = Field(
        default=None, description="or the place in the followed example, as the network takes it"
    )
    value: Number | None = Field(default=None, description="what it becomes")
    add: Number | None = Field(default=None, description="or what is added to it")

    @model_validator(mode="after")
    def _one_of_each(self) -> Self:
        if (self.parameter is None) == (self.input is None):
            raise ValueError(say("give one of parameter (with its index) and input"))
        if (self.parameter is None) != (self.index is None):
            raise ValueError(say("a parameter comes with the index of one entry"))
        if (self.value is None) == (self.add is None):
            raise ValueError(say("give one of value and add"))
        return self


@dataclass(frozen=True)
class Changed:
    """What was changed, and from what to what."""

    parameter: str | None
    index: Index
    old: float
    new: float


@dataclass(frozen=True)
class Pair:
    """The same number before and after; None where nobody says what is right."""

    old: float | None
    new: float | None


@dataclass(frozen=True)
class Largest:
    """The entry of a node that moves most."""

    index: Index
    old: float
    new: float


@dataclass(frozen=True)
class Ghost:
    """A node's values for the followed example, before and after.

    Args:
        shape: of one example.
        old: None where they are too many to be sent; so is ``new``.
        new: see there.
        moved: how many of them are not what they were.
        largest: the one that moves most; None if none does.
    """

    shape: Shape
    old: Array | None
    new: Array | None
    moved: int
    largest: Largest | None


@dataclass(frozen=True)
class WhatIf:
    """The answer.

    Args:
        example: the followed example's number; None for one's own.
        in_batch: whether the losses are those of the batch; otherwise those of this example alone.
        rows: examples that the losses are of.
        changes: as they were done.
        loss: of the data.
        penalty: None without regularisation.
        minimised: loss and penalty.
        example_loss: of the followed example alone; None where the loss is no mean over examples.
        nodes: by name.
    """

    example: int | None
    in_batch: bool
    rows: int
    changes: tuple[Changed, ...]
    loss: Pair
    penalty: Pair | None
    minimised: Pair
    example_loss: Pair | None
    nodes: dict[str, Ghost]


@np.errstate(all="ignore")
def what_if(
    here: Numbers, batch_rows: Array, followed: Followed, changes: Sequence[Change], nodes: Iterable[str] | None = None
) -> WhatIf:
    """The followed example's values and the losses, as they are and as they would be.

    Args:
        here: where the session stands.
        batch_rows: of the step that is shown.
        followed: the example.
        changes: all of them at once.
        nodes: whose values are wanted; all that are seen if left out.

    Raises:
        UnknownName, ShapeMismatch, SpecError, LimitExceeded: it does not fit; ``loc`` says where.
    """
    if not 1 <= len(changes) <= MOST_CHANGES:
        raise LimitExceeded("changes at once", MOST_CHANGES, len(changes), ("changes",))
    names = _wanted(here.graph, nodes)
    rehearsal = _rehearsal(here, batch_rows, followed)
    row = followed.row or 0
    before = rehearsal.run()
    old = {name: rehearsal.values[name][row].copy() for name in names}
    old_loss = example_loss(here.graph, rehearsal.values.get, row) if before.loss is not None else None
    done = tuple(_apply(rehearsal, row, change, ("changes", place)) for place, change in enumerate(changes))
    after = rehearsal.run()
    new_loss = example_loss(here.graph, rehearsal.values.get, row) if after.loss is not None else None
    return WhatIf(
        example=followed.example,
        in_batch=followed.in_batch,
        rows=rehearsal.rows,
        changes=done,
        loss=Pair(before.loss, after.loss),
        penalty=None if before.penalty is None else Pair(before.penalty, after.penalty),
        minimised=Pair(before.minimised, after.minimised),
        example_loss=None if old_loss is None else Pair(old_loss, new_loss),
        nodes=dict(_ghosts(old, {name: rehearsal.values[name][row] for name in names})),
    )


def rehearse(here: Numbers, batch_rows: Array) -> Rehearsal:
    """The step that is shown: its batch, masks and parameters."""
    return Rehearsal(here.graph, given_to(here, batch_rows), here.used, "rehearsal")


def _rehearsal(here: Numbers, batch_rows: Array, followed: Followed) -> Rehearsal:
    """On the batch; on an example that is not in it alone, as it is evaluated on the stage."""
    if followed.in_batch:
        return rehearse(here, batch_rows)
    values = {here.graph.input: followed.inputs[None]}
    if followed.target is not None:
        values["target"] = followed.target[None]
    return Rehearsal(here.graph, values, here.network.trainer.plan.params, "evaluation")


def _wanted(graph: Graph, nodes: Iterable[str] | None) -> list[str]:
    """Names of value nodes; parts and what is not asked for are left out."""
    if nodes is None:
        return [name for name, node in graph.nodes.items() if _is_shown(node)]
    named = list(dict.fromkeys(nodes))
    for place, name in enumerate(named):
        if name not in graph.nodes or not graph.nodes[name].has_batch_axis:
            known = [each for each, node in graph.nodes.items() if node.has_batch_axis]
            raise UnknownName("node", name, known, ("nodes", place))
    return named


def _is_shown(node: Node) -> bool:
    return node.kind in {"input", "value"} and not node.is_part


def _apply(rehearsal: Rehearsal, row: int, change: Change, loc: Loc) -> Changed:
    """Do it, after a look at whether it can be done."""
    graph = rehearsal.graph
    if change.parameter is not None:
        if change.parameter not in graph.parameters:
            raise UnknownName("parameter", change.parameter, graph.parameters, (*loc, "parameter"))
        array, index = rehearsal.parameters[change.parameter], change.index or ()
        check_index(change.parameter, index, array.shape, (*loc, "index"))
    else:
        array, index = rehearsal.values[graph.input][row], change.input or ()
        check_index("the input", index, array.shape, (*loc, "input"))
    old = float(array[index])
    new = change.value if change.value is not None else old + (change.add or 0.0)
    if change.parameter is not None:
        check_minimum(graph, change.parameter, new, (*loc, "value" if change.value is not None else "add"))
    array[index] = new
    if change.parameter is None and graph.tokens is not None:
        graph.tokens.check(array[None], (*loc, "value"))
    return Changed(change.parameter, index, old, new)


def check_index(what: str, index: Index, shape: Shape, loc: Loc) -> None:
    """It points at one entry.

    Raises:
        ShapeMismatch: it does not.
    """
    if len(index) != len(shape) or any(i >= n for i, n in zip(index, shape, strict=True)):
        raise ShapeMismatch(say("an index into {what}, counted from 0,", what=what), shape, tuple(index), loc)


def check_minimum(graph: Graph, parameter: str, value: float, loc: Loc) -> None:
    """A variance is not negative.

    Raises:
        SpecError: it would be.
    """
    low = graph.parameters[parameter].minimum
    if low is not None and value < low:
        raise SpecError(
            say(
                "{parameter} is a variance: no value may be below {low:g}, but {value:g} came",
                parameter=parameter,
                low=low,
                value=value,
            ),
            loc,
        )


def _ghosts(old: dict[str, Array], new: dict[str, Array]) -> Iterator[tuple[str, Ghost]]:
    """Whole, as long as there is room; of the others what moves most."""
    room = MOST_NUMBERS
    for name, before in old.items():
        after = new[name]
        fits = before.size <= min(MOST_OF_NODE, room)
        room -= before.size if fits else 0
        kept, kept_new = (before, after.copy()) if fits else (None, None)
        differs = ~((before == after) | (np.isnan(before) & np.isnan(after)))
        yield (
            name,
            Ghost(before.shape, kept, kept_new, int(np.count_nonzero(differs)), _largest(before, after, differs)),
        )


def _largest(old: Array, new: Array, differs: Array) -> Largest | None:
    if not old.size or not differs.any():
        return None
    distance = np.where(differs, np.nan_to_num(np.abs(new - old), nan=np.inf), -1.0)
    index = tuple(int(i) for i in np.unravel_index(int(distance.argmax()), old.shape))
    return Largest(index, float(old[index]), float(new[index]))


__all__ = ["Change", "Changed", "Ghost", "Pair", "WhatIf", "check_index", "check_minimum", "rehearse", "what_if"]
