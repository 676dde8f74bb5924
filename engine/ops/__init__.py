"""Every operation, by name: the one table that the plan, the catalog, the docs and the gradient checks walk."""

from typing import TypeVar

from engine.ops.add import ADD
from engine.ops.apart import APART
from engine.ops.attend import ATTEND
from engine.ops.attention_mix import ATTENTION_MIX
from engine.ops.attention_scores import ATTENTION_SCORES
from engine.ops.attention_weights import ATTENTION_WEIGHTS
from engine.ops.attention_weights_masked import ATTENTION_WEIGHTS_MASKED
from engine.ops.avg_pool2d import AVG_POOL2D
from engine.ops.base import Loss, Op, Vjp, vjp_of
from engine.ops.batch_mean import BATCH_MEAN
from engine.ops.batch_norm import BATCH_NORM
from engine.ops.batch_variance import BATCH_VARIANCE
from engine.ops.binary_cross_entropy import BINARY_CROSS_ENTROPY
from engine.ops.blend import BLEND
from engine.ops.carry import CARRY
from engine.ops.choose import CHOOSE
from engine.ops.clamp import CLAMP
from engine.ops.concat import CONCAT
from engine.ops.conv1d import CONV1D
from engine.ops.conv2d import CONV2D
from engine.ops.correlate1d import CORRELATE1D
from engine.ops.correlate2d import CORRELATE2D
from engine.ops.dense import DENSE
from engine.ops.dropout import DROPOUT
from engine.ops.elu import ELU
from engine.ops.embedding import EMBEDDING
from engine.ops.flatten import FLATTEN
from engine.ops.gelu import GELU
from engine.ops.global_avg_pool2d import GLOBAL_AVG_POOL2D
from engine.ops.gram import GRAM
from engine.ops.gru_mix import GRU_MIX
from engine.ops.half_squared_error import HALF_SQUARED_ERROR
from engine.ops.hinge import HINGE
from engine.ops.huber import HUBER
from engine.ops.last import LAST
from engine.ops.last_real import LAST_REAL
from engine.ops.layer_norm import LAYER_NORM
from engine.ops.leaky_relu import LEAKY_RELU
from engine.ops.linear import LINEAR
from engine.ops.lstm_cell import LSTM_CELL
from engine.ops.mae import MAE
from engine.ops.matmul import MATMUL
from engine.ops.max_pool2d import MAX_POOL2D
from engine.ops.mse import MSE
from engine.ops.multiply import MULTIPLY
from engine.ops.one_hot import ONE_HOT
from engine.ops.part import PART
from engine.ops.pixels import PIXELS
from engine.ops.real_steps import REAL_STEPS
from engine.ops.recur import RECUR
from engine.ops.relu import RELU
from engine.ops.reshape import RESHAPE
from engine.ops.rmse import RMSE
from engine.ops.roughness import ROUGHNESS
from engine.ops.selu import SELU
from engine.ops.sequence_cross_entropy import SEQUENCE_CROSS_ENTROPY
from engine.ops.sigmoid import SIGMOID
from engine.ops.sigmoid_binary_cross_entropy import SIGMOID_BINARY_CROSS_ENTROPY
from engine.ops.silu import SILU
from engine.ops.sin import SIN
from engine.ops.slice import SLICE
from engine.ops.softmax import SOFTMAX
from engine.ops.softmax_cross_entropy import SOFTMAX_CROSS_ENTROPY
from engine.ops.softplus import SOFTPLUS
from engine.ops.stack import STACK
from engine.ops.tanh import TANH
from engine.ops.transpose import TRANSPOSE
from engine.ops.until_end import UNTIL_END
from engine.ops.upsample2d import UPSAMPLE2D

__all__ = ["ACTIVATIONS", "LOSSES", "OPS", "Loss", "Op", "Vjp", "vjp_of"]

AnyOp = TypeVar("AnyOp", bound=Op)


def _by_name(*ops: AnyOp) -> dict[str, AnyOp]:
    """The ops, each under its own name."""
    return {op.name: op for op in ops}


#: What may stand as the activation of a layer.
ACTIVATIONS: dict[str, Op] = _by_name(
    LINEAR,
    RELU,
    LEAKY_RELU,
    ELU,
    SELU,
    GELU,
    SILU,
    TANH,
    SIGMOID,
    SOFTPLUS,
    SIN,
    SOFTMAX,
)

#: What may be minimised. The sigmoid form is binary_cross_entropy behind a sigmoid, fused with it for stability; on
#: logits, softmax_cross_entropy is fused by nature.
LOSSES: dict[str, Loss] = _by_name(
    MSE,
    RMSE,
    HALF_SQUARED_ERROR,
    MAE,
    HUBER,
    HINGE,
    BINARY_CROSS_ENTROPY,
    SOFTMAX_CROSS_ENTROPY,
    SIGMOID_BINARY_CROSS_ENTROPY,
    SEQUENCE_CROSS_ENTROPY,
)

OPS: dict[str, Op] = {
    **_by_name(DENSE, MATMUL, ADD, CONCAT, FLATTEN, DROPOUT, CLAMP),
    **_by_name(MULTIPLY, RESHAPE, TRANSPOSE, SLICE, ONE_HOT, EMBEDDING, LAST, LAST_REAL, LAYER_NORM),
    **_by_name(PART, RECUR, LSTM_CELL, GRU_MIX, CARRY, STACK, CHOOSE, ATTEND, BLEND, REAL_STEPS, UNTIL_END),
    **_by_name(ATTENTION_SCORES, ATTENTION_WEIGHTS, ATTENTION_WEIGHTS_MASKED, ATTENTION_MIX),
    **_by_name(BATCH_MEAN, BATCH_VARIANCE, BATCH_NORM),
    **_by_name(CONV2D, CORRELATE2D, CONV1D, CORRELATE1D),
    **_by_name(MAX_POOL2D, AVG_POOL2D, GLOBAL_AVG_POOL2D, UPSAMPLE2D),
    **_by_name(PIXELS, GRAM, APART, ROUGHNESS),
    **ACTIVATIONS,
    **LOSSES,
}
