"""Targets in the form that a loss and a number of output units need."""

import numpy as np

from engine.arrays import Array, Shape
from engine.datasets.dataset import Dataset
from engine.errors import Loc, ShapeMismatch, SpecError
from engine.losses import LOSSES, reading_for
from engine.words import say

TARGETS: Loc = ("dataset", "inline", "targets")


def encode_targets(
    dataset: Dataset, shape: Shape, loss_type: str, *, layer: str = "output", loc: Loc = ()
) -> tuple[Array, Array]:
    """Targets of the training and of the test part, (N, units) each, of a sequence (N, T); float64.

    Two classes and one unit: 0 or 1. K classes and K units: one-hot rows. Numbers: as they are, those of a measured
    table standardised (``dataset.target_scale`` undoes it). Under softmax_cross_entropy numbers may be class indices.
    A sequence: the index of the token at each time step, never one-hot.

    Args:
        dataset: whose targets.
        shape: of the last layer's value: (units,), for a sequence (T, K).
        loss_type: as in the spec.
        layer: id of the last layer, for the message.
        loc: where its units (or the layer) stand in the request.

    Raises:
        ShapeMismatch: the last layer has not the units that the data needs.
        SpecError: the loss cannot be used with these targets.
    """
    if dataset.task == "sequence":
        _check_sequence(dataset, shape, loss_type, layer, loc)
        return dataset.t_train.astype(np.float64), dataset.t_test.astype(np.float64)
    if len(shape) != 1:
        what = say(
            'the last layer, "{layer}", has {count} axes: a target that is no sequence', layer=layer, count=len(shape)
        )
        raise ShapeMismatch(what, ("N", "units"), ("N", *shape), loc)
    units = shape[0]
    if dataset.task == "classification":
        _check_classes(dataset, units, loss_type, layer, loc)
        return _encode(dataset.t_train, units), _encode(dataset.t_test, units)
    return _numbers(dataset, units, loss_type, layer, loc)


def _check_sequence(dataset: Dataset, shape: Shape, loss_type: str, layer: str, loc: Loc) -> None:
    """A score for each token at each time step."""
    expected = (dataset.t_train.shape[1], len(dataset.target_tokens))
    if not LOSSES[loss_type].exclusive:
        message = say("{loss_type} is not for sequences of tokens: use softmax_cross_entropy", loss_type=loss_type)
        raise SpecError(message, ("loss", "type"))
    if shape != expected:
        what = say(
            'the last layer, "{layer}": the target of {value} time steps of {value_2} tokens',
            layer=layer,
            value=expected[0],
            value_2=expected[1],
        )
        raise ShapeMismatch(what, ("N", *expected), ("N", *shape), loc)


def _encode(labels: Array, units: int) -> Array:
    """Labels (N,) -> 0/1 (N, 1), or one-hot (N, units)."""
    if units == 1:
        return labels[:, None].astype(np.float64)
    return np.equal(labels[:, None], np.arange(units)).astype(np.float64)


def _check_classes(dataset: Dataset, units: int, loss_type: str, layer: str, loc: Loc) -> None:
    """One unit for each class; or one for two classes, unless the loss compares the units with each other."""
    count = len(dataset.classes)
    one_suffices = count == 2 and not LOSSES[loss_type].exclusive
    if units == count > 1 or (units == 1 and one_suffices):
        return
    needs = say("one unit each, or one for both") if one_suffices else say("one unit each")
    what = say(
        'the last layer, "{layer}", has {units}: the target of {count} classes ({needs})',
        layer=layer,
        units=units,
        count=count,
        needs=needs,
    )
    raise ShapeMismatch(what, ("N", count), ("N", units), loc)


def _numbers(dataset: Dataset, units: int, loss_type: str, layer: str, loc: Loc) -> tuple[Array, Array]:
    loss = LOSSES[loss_type]
    if loss.classifies and dataset.name != "inline":
        raise SpecError(
            say(
                "{loss_type} is for classes, but {name} is about a number: use mse",
                loss_type=loss_type,
                name=dataset.name,
            ),
            ("loss", "type"),
        )
    outputs = dataset.t_train.shape[1]
    are_indices = loss.exclusive and outputs == 1 and units > 1
    if loss.exclusive and units == 1:
        what = say(
            'the last layer, "{layer}", has 1 unit: {loss_type} with one unit for each class',
            layer=layer,
            loss_type=loss_type,
        )
        raise ShapeMismatch(what, ("N", "at least 2"), ("N", 1), loc)
    if units != outputs and not are_indices:
        plural = "" if outputs == 1 else "s"
        what = say(
            'the last layer, "{layer}", has {units}: the target of {outputs} number{plural}',
            layer=layer,
            units=units,
            outputs=outputs,
            plural=plural,
        )
        raise ShapeMismatch(what, ("N", outputs), ("N", units), loc)
    given = np.empty((len(dataset.rows_train) + len(dataset.rows_test), outputs))
    given[dataset.rows_train], given[dataset.rows_test] = dataset.t_train, dataset.t_test
    encoded = reading_for(loss, (units,), classification=False).accept(given, "float64", TARGETS)
    return encoded[dataset.rows_train], encoded[dataset.rows_test]
