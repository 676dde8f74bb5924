"""The optimizers, one per file."""

import numpy.typing as npt

from engine.optimizers.adadelta import Adadelta
from engine.optimizers.adagrad import Adagrad
from engine.optimizers.adam import Adam
from engine.optimizers.adamax import Adamax
from engine.optimizers.adamw import AdamW
from engine.optimizers.base import Detail, Entry, Optimizer, Slots, Term, Update
from engine.optimizers.momentum import Momentum
from engine.optimizers.nadam import Nadam
from engine.optimizers.nesterov import Nesterov
from engine.optimizers.rmsprop import RmsProp
from engine.optimizers.sgd import Sgd
from engine.spec import OptimizerSpec

__all__ = ["OPTIMIZERS", "Detail", "Entry", "Optimizer", "Slots", "Term", "Update", "make_optimizer"]

#: name in the spec -> optimizer
OPTIMIZERS: dict[str, type[Optimizer]] = {
    optimizer.name: optimizer
    for optimizer in (Sgd, Momentum, Nesterov, Adagrad, RmsProp, Adam, AdamW, Nadam, Adamax, Adadelta)
}


def make_optimizer(spec: OptimizerSpec, dtype: npt.DTypeLike) -> Optimizer:
    """The optimizer that the spec names, with its constants in this dtype."""
    return OPTIMIZERS[spec.type](spec, dtype)
