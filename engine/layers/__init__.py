"""Every layer type, by the tag of its description."""

from engine.layers.activation import ACTIVATION
from engine.layers.add import ADD
from engine.layers.base import Expansion, LayerType, Node, Parameter, Source
from engine.layers.concat import CONCAT
from engine.layers.dense import DENSE
from engine.layers.dropout import DROPOUT
from engine.layers.flatten import FLATTEN
from engine.layers.input import INPUT

__all__ = ["LAYERS", "Expansion", "LayerType", "Node", "Parameter", "Source"]

LAYERS: dict[str, LayerType] = {
    layer.name: layer for layer in (INPUT, DENSE, ACTIVATION, ADD, CONCAT, FLATTEN, DROPOUT)
}
