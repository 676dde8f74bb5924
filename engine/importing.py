"""A session from what was exported: its weights, and where its training stood."""

from collections.abc import Mapping
from typing import Annotated, Any

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from engine.arrays import Array, Shape
from engine.editing import numbers
from engine.errors import Loc, ShapeMismatch, SpecError, UnknownName
from engine.graph import Graph
from engine.network import Network
from engine.trainer import TrainerState
from engine.words import say

Count = Annotated[int, Field(ge=0, lt=2**53)]


class Training(BaseModel):
    """Where a training stands, but for the parameters themselves.

    Args:
        step: that comes next, or is under way.
        op: calls of it that have run.
        epoch: it lies in.
        batch: within the epoch.
        optimizer_step: the optimizer's own count of steps.
        slots: what the optimizer keeps, by slot and parameter, as nested lists or arrays.
        first: the values that ``reset`` goes back to, where they are not the initializer's.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True, extra="forbid", frozen=True)

    step: Count
    op: Count
    epoch: Count
    batch: Count
    optimizer_step: Count
    slots: dict[str, dict[str, Any]]
    first: dict[str, Any] = Field(default_factory=dict)


def read(values: Mapping[str, Any], loc: Loc) -> dict[str, Array]:
    """Named nested lists or arrays as arrays of finite numbers.

    Raises:
        SpecError: one is ragged, or holds what is no finite number; ``loc`` names it.
    """
    return {name: numbers(value, "float64", f'"{name}"', (*loc, name)) for name, value in values.items()}


def check_fits(arrays: Mapping[str, Array], graph: Graph, loc: Loc) -> None:
    """Each array is one of the network's parameters, and has its shape: looked at before anything is allocated.

    Raises:
        UnknownName: there is no such parameter. ShapeMismatch: it has another shape.
    """
    for name, array in arrays.items():
        if name not in graph.parameters:
            raise UnknownName("parameter", name, graph.parameters, (*loc, name))
        _check_shape(name, array, graph.parameters[name].shape, (*loc, name))


def resume(network: Network, parameters: Mapping[str, Array], training: Training) -> None:
    """Have the trainer stand where the training stood.

    Raises:
        SpecError: a parameter or a slot is missing or does not fit, or the numbers contradict the network.
    """
    trainer = network.trainer
    _check_all(parameters, network.graph.parameters, ("parameters",))
    if training.batch >= trainer.batches:
        message = say(
            "an epoch has {batches} batches, but batch {batch} is given, counted from 0",
            batches=trainer.batches,
            batch=training.batch,
        )
        raise SpecError(message, ("cursor", "batch"))
    if training.optimizer_step > training.step:
        message = say(
            "the optimizer cannot have done {optimizer_step} steps at step {step}",
            optimizer_step=training.optimizer_step,
            step=training.step,
        )
        raise SpecError(message, ("training", "optimizer_step"))
    flat = np.zeros_like(trainer.plan.params)
    _fill(flat, parameters, network)
    slots = {name: _slot(name, training, network) for name in trainer.slots}
    ledger = np.zeros_like(trainer.ledger)
    trainer.restore(TrainerState(training.step, training.epoch, training.batch, flat, ledger, slots))
    trainer.optimizer_start = training.step - training.optimizer_step


def _slot(name: str, training: Training, network: Network) -> Array:
    """One slot of the optimizer as a flat vector."""
    if name not in training.slots:
        kept = ", ".join(network.trainer.slots)
        message = say(
            '{type} keeps {kept}, but "{name}" is missing', type=network.spec.optimizer.type, kept=kept, name=name
        )
        raise SpecError(message, ("training", "slots", name))
    loc = ("training", "slots", name)
    arrays = read(training.slots[name], loc)
    check_fits(arrays, network.graph, loc)
    _check_all(arrays, network.graph.learned, loc)
    flat = np.zeros_like(network.trainer.plan.params)
    _fill(flat, arrays, network)
    return flat


def _fill(flat: Array, arrays: Mapping[str, Array], network: Network) -> None:
    for name, array in arrays.items():
        network.trainer.plan.view(flat, name)[...] = array


def _check_all(given: Mapping[str, Array], needed: Mapping[str, Any], loc: Loc) -> None:
    for name, parameter in needed.items():
        if name not in given:
            raise SpecError(
                say('"{name}" of shape {shape} is expected, but is missing', name=name, shape=parameter.shape),
                (*loc, name),
            )


def _check_shape(name: str, array: Array, shape: Shape, loc: Loc) -> None:
    if array.shape != shape:
        raise ShapeMismatch(f'"{name}"', shape, array.shape, loc)
