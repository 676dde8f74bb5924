"""Targets in the form that a loss and a number of output units need."""

import numpy as np

from engine.arrays import Array
from engine.datasets.dataset import Dataset
from engine.errors import Loc, ShapeMismatch, SpecError

#: Losses whose targets say which class an example is in.
OF_CLASSES = frozenset({"binary_cross_entropy", "softmax_cross_entropy", "hinge"})


def encode_targets(
    dataset: Dataset, units: int, loss_type: str, *, layer: str = "output", loc: Loc = ()
) -> tuple[Array, Array]:
    """Targets of the training and of the test part, (N, units) each.

    Two classes and one unit: 0 or 1. K classes and K units: one-hot rows. Numbers: as they are, except that those of
    a measured table are standardised (``dataset.target_scale`` undoes it).

    Args:
        dataset: whose targets.
        units: of the last layer.
        loss_type: as in the spec.
        layer: id of the last layer, for the message.
        loc: where its units stand in the request.

    Raises:
        ShapeMismatch: the last layer has not the units that the data needs.
        SpecError: the loss cannot be used with these targets.
    """
    if dataset.y_train.ndim == 1 or _needs_one_hot(dataset, units):
        if dataset.labels_train is None or dataset.labels_test is None:
            raise AssertionError("class indices come with labels")
        _check_classes(dataset, units, loss_type, layer, loc)
        return _encode(dataset.labels_train, units), _encode(dataset.labels_test, units)
    _check_numbers(dataset, units, loss_type, layer, loc)
    return _scaled(dataset, dataset.y_train), _scaled(dataset, dataset.y_test)


def _needs_one_hot(dataset: Dataset, units: int) -> bool:
    """Inline class indices for a layer with a unit for each class."""
    return dataset.labels_train is not None and dataset.outputs == 1 and units > 1


def _encode(labels: Array, units: int) -> Array:
    """labels (N,) -> 0/1 (N, 1), or one-hot (N, units)."""
    if units == 1:
        return labels[:, None].astype(np.float64)
    return np.equal(labels[:, None], np.arange(units)).astype(np.float64)


def _check_classes(dataset: Dataset, units: int, loss_type: str, layer: str, loc: Loc) -> None:
    """One unit for each class; or one for two classes; inline data need not have an example of every class."""
    count = len(dataset.classes)
    if units == count or (units > count and _unnamed(dataset)):
        return
    if units == 1 and count == 2 and loss_type != "softmax_cross_entropy":
        return
    or_one = ", or one for both" if count == 2 and loss_type != "softmax_cross_entropy" else ""
    what = f'the last layer "{layer}" ({count} classes: one unit each{or_one}; {units} came): the target'
    raise ShapeMismatch(what, ("N", count), ("N", units), loc)


def _unnamed(dataset: Dataset) -> bool:
    """Whether the classes are only counted from the indices that occur."""
    return dataset.name == "inline" and dataset.classes == tuple(map(str, range(len(dataset.classes))))


def _check_numbers(dataset: Dataset, units: int, loss_type: str, layer: str, loc: Loc) -> None:
    if units != dataset.outputs:
        plural = "" if dataset.outputs == 1 else "s"
        what = f'the last layer "{layer}" ({dataset.outputs} number{plural} to predict; {units} came): the target'
        raise ShapeMismatch(what, ("N", dataset.outputs), ("N", units), loc)
    if loss_type not in OF_CLASSES:
        return
    if dataset.name != "inline":
        raise SpecError(f"{loss_type} is for classes, but {dataset.name} is about a number: use mse", ("loss",))
    allowed = {
        "binary_cross_entropy": "between 0 and 1",
        "softmax_cross_entropy": "between 0 and 1, with sum 1 in each row",
        "hinge": "-1 or 1 (or 0 or 1)",
    }[loss_type]
    y = np.concatenate([dataset.y_train, dataset.y_test])
    if not _is_allowed(y, loss_type):
        raise SpecError(f"{loss_type} needs targets {allowed}", ("dataset", "inline", "targets"))


def _is_allowed(y: Array, loss_type: str) -> bool:
    if loss_type == "hinge":
        return bool(np.isin(y, (-1.0, 0.0, 1.0)).all())
    within = bool(((y >= 0) & (y <= 1)).all())
    if loss_type == "binary_cross_entropy":
        return within
    return within and bool(np.allclose(y.sum(axis=1), 1.0, atol=1e-6))


def _scaled(dataset: Dataset, y: Array) -> Array:
    """(y - mean) / std by output, where the dataset says so."""
    if dataset.target_scale is None:
        return np.array(y)
    mean, std = np.array(dataset.target_scale).T
    scaled: Array = (y - mean) / std
    return scaled
