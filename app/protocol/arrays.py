"""How an array travels: ``{dtype, shape, data}``, little-endian, C order. Numpy is not needed to read one."""

import math
from typing import Any, Literal

#: numpy's name -> struct's letter
LETTERS: dict[str, Literal["f", "d", "B", "q", "i", "?"]] = {
    "float32": "f",
    "float64": "d",
    "uint8": "B",
    "int64": "q",
    "int32": "i",
    "bool": "?",
}


def wire_array(array: Any) -> dict[str, Any]:
    """A numpy array (n-dimensional, any of LETTERS' dtypes) as a map that MessagePack can carry."""
    if array.dtype.name not in LETTERS:
        array = array.astype("float64" if array.dtype.kind == "f" else "int64")
    little = array.astype(array.dtype.newbyteorder("<"), copy=False)
    return {"dtype": little.dtype.name, "shape": list(little.shape), "data": little.tobytes()}


def is_wire_array(value: object) -> bool:
    """Whether this map is an array on its way."""
    return isinstance(value, dict) and value.keys() == {"dtype", "shape", "data"} and isinstance(value["data"], bytes)


def nested_list(wire: dict[str, Any]) -> Any:
    """The array as nested lists (a bare number if its shape is empty); see ``plain`` for what is not finite."""
    flat = memoryview(wire["data"]).cast(LETTERS[wire["dtype"]])
    shape = wire["shape"]
    if not shape:
        return plain(flat[0])
    values: list[Any] = flat.tolist()
    if not all(map(math.isfinite, values)):
        values = [plain(value) for value in values]
    for size in reversed(shape[1:]):
        values = (
            [values[at : at + size] for at in range(0, len(values), size)] if size else [[] for _ in range(shape[0])]
        )
    return values


def plain(value: Any) -> Any:
    """The same with arrays as nested lists, tuples as lists; "NaN", "Infinity", "-Infinity" for what is not finite."""
    if isinstance(value, float):
        if math.isfinite(value):
            return value
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, dict):
        return nested_list(value) if is_wire_array(value) else {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value
