"""ONNX's messages with the numbers of their fields: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto."""

from collections.abc import Iterable, Mapping

import numpy as np

from engine.arrays import Array
from engine.export.protobuf import data, real, text, texts, whole, wholes
from engine.export.text import LITTLE

#: The operator set whose meaning is meant, and the file format it came with.
OPSET, IR_VERSION = 17, 8
TYPES = {"float32": 1, "int64": 7, "bool": 9, "float64": 11}

Attribute = int | float | str | Array | tuple[int, ...]
#: Lengths of axes; a name stands for any length.
Dims = Iterable[int | str]


def tensor(name: str, array: Array) -> bytes:
    """TensorProto: its numbers as little-endian bytes, in the file itself."""
    kind = array.dtype.name
    raw = np.ascontiguousarray(array, LITTLE.get(kind, array.dtype.newbyteorder("<"))).tobytes()
    return wholes(1, array.shape) + whole(2, TYPES[kind]) + text(8, name) + data(9, raw)


def value_info(name: str, dtype: str, dims: Dims) -> bytes:
    """ValueInfoProto: a name with dtype and shape."""
    axes = b"".join(data(1, text(2, dim) if isinstance(dim, str) else whole(1, dim)) for dim in dims)
    return text(1, name) + data(2, data(1, whole(1, TYPES[dtype]) + data(2, axes)))


def node(op: str, inputs: Iterable[str], output: str, attributes: Mapping[str, Attribute]) -> bytes:
    """NodeProto: one operation."""
    fields = b"".join(data(5, attribute(name, value)) for name, value in attributes.items())
    return texts(1, inputs) + text(2, output) + text(3, output) + text(4, op) + fields


def attribute(name: str, value: Attribute) -> bytes:
    """AttributeProto: its kind is told by the value's."""
    if isinstance(value, int):
        return text(1, name) + whole(3, value) + whole(20, 2)
    if isinstance(value, float):
        return text(1, name) + real(2, value) + whole(20, 1)
    if isinstance(value, str):
        return text(1, name) + text(4, value) + whole(20, 3)
    if isinstance(value, tuple):
        return text(1, name) + wholes(8, value) + whole(20, 7)
    return text(1, name) + data(5, tensor("", value)) + whole(20, 4)


def graph(
    name: str,
    *,
    nodes: Iterable[bytes],
    initializers: Iterable[bytes],
    inputs: Iterable[bytes],
    outputs: Iterable[bytes],
    values: Iterable[bytes],
) -> bytes:
    """GraphProto: operations in order, weights, and what goes in and comes out."""
    parts = {1: nodes, 5: initializers, 11: inputs, 12: outputs, 13: values}
    fields = {number: b"".join(data(number, each) for each in messages) for number, messages in parts.items()}
    return fields[1] + text(2, name) + fields[5] + fields[11] + fields[12] + fields[13]


def model(graph_message: bytes, doc: str, metadata: Mapping[str, str]) -> bytes:
    """ModelProto: the file."""
    props = b"".join(data(14, text(1, key) + text(2, value)) for key, value in metadata.items())
    opset = data(8, text(1, "") + whole(2, OPSET))
    return whole(1, IR_VERSION) + text(2, "Deltaflow") + text(6, doc) + data(7, graph_message) + opset + props
