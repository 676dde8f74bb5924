"""Every layer type, by the tag of its description."""

from engine.layers.activation import ACTIVATION
from engine.layers.add import ADD
from engine.layers.apart import APART
from engine.layers.attention import ATTENTION
from engine.layers.avg_pool2d import AVG_POOL2D
from engine.layers.base import Expansion, LayerType, Node, Parameter, Running, Source
from engine.layers.batch_norm import BATCH_NORM
from engine.layers.concat import CONCAT
from engine.layers.conv1d import CONV1D
from engine.layers.conv2d import CONV2D
from engine.layers.decoder import DECODER
from engine.layers.dense import DENSE
from engine.layers.dropout import DROPOUT
from engine.layers.embedding import EMBEDDING
from engine.layers.flatten import FLATTEN
from engine.layers.global_avg_pool2d import GLOBAL_AVG_POOL2D
from engine.layers.gram import GRAM
from engine.layers.gru import GRU
from engine.layers.input import INPUT
from engine.layers.last import LAST
from engine.layers.layer_norm import LAYER_NORM
from engine.layers.lstm import LSTM
from engine.layers.max_pool2d import MAX_POOL2D
from engine.layers.multiply import MULTIPLY
from engine.layers.one_hot import ONE_HOT
from engine.layers.pixels import PIXELS
from engine.layers.reshape import RESHAPE
from engine.layers.rnn import RNN
from engine.layers.roughness import ROUGHNESS
from engine.layers.slice import SLICE
from engine.layers.transpose import TRANSPOSE
from engine.layers.upsample import UPSAMPLE

__all__ = ["LAYERS", "Expansion", "LayerType", "Node", "Parameter", "Running", "Source"]

LAYERS: dict[str, LayerType] = {
    layer.name: layer
    for layer in (
        INPUT,
        DENSE,
        ACTIVATION,
        ADD,
        CONCAT,
        FLATTEN,
        DROPOUT,
        MULTIPLY,
        RESHAPE,
        TRANSPOSE,
        SLICE,
        ONE_HOT,
        EMBEDDING,
        LAST,
        LAYER_NORM,
        BATCH_NORM,
        ATTENTION,
        CONV2D,
        CONV1D,
        MAX_POOL2D,
        RNN,
        LSTM,
        GRU,
        DECODER,
        AVG_POOL2D,
        GLOBAL_AVG_POOL2D,
        UPSAMPLE,
        PIXELS,
        GRAM,
        APART,
        ROUGHNESS,
    )
}
