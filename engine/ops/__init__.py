"""Every operation, by name: the one table that the plan, the catalog, the docs and the gradient checks walk."""

from typing import TypeVar

from engine.ops.base import Loss, Op, Vjp
from engine.ops.dense import DENSE
from engine.ops.linear import LINEAR
from engine.ops.matmul import MATMUL
from engine.ops.mse import MSE
from engine.ops.sigmoid import SIGMOID
from engine.ops.tanh import TANH

__all__ = ["ACTIVATIONS", "LOSSES", "OPS", "Loss", "Op", "Vjp"]


AnyOp = TypeVar("AnyOp", bound=Op)


def _by_name(*ops: AnyOp) -> dict[str, AnyOp]:
    """The ops, each under its own name."""
    return {op.name: op for op in ops}


#: What may stand as the activation of a layer.
ACTIVATIONS: dict[str, Op] = _by_name(LINEAR, TANH, SIGMOID)

#: What may be minimised.
LOSSES: dict[str, Loss] = _by_name(MSE)

OPS: dict[str, Op] = {
    **_by_name(DENSE, MATMUL),
    **ACTIVATIONS,
    **LOSSES,
}
