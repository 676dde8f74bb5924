"""The engine's dataclasses and arrays as plain data: the border between the engine and the wire."""

import dataclasses
from collections.abc import Mapping
from typing import Any

import numpy as np
from pydantic import BaseModel

from app.protocol.arrays import plain, wire_array
from engine.words import Said


def data(value: Any) -> Any:
    """Dataclasses and models as maps, arrays as ``{dtype, shape, data}``, numpy's scalars as Python's."""
    if value is None or isinstance(value, str | int | float | bytes):
        return value.item() if isinstance(value, np.generic) else value
    if isinstance(value, np.ndarray):
        return wire_array(value)
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, BaseModel):
        return data(value.model_dump(mode="json"))
    if dataclasses.is_dataclass(value):
        return {field.name: data(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {key: data(item) for key, item in value.items()}
    return [data(item) for item in value]


def json_data(value: Any) -> Any:
    """The same for JSON: arrays as nested lists, numbers that are not finite as words."""
    return plain(data(value))


def as_said(told: dict[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """This dump of a model with the texts it was given: models make plain ones of those that know how they were made.

    A text may stand in a field, in a list that is a field, or one level deeper (why training has diverged, classes).
    """
    for name, value in given.items():
        if _says(value):
            told[name] = value
        elif isinstance(value, dict) and isinstance(told.get(name), dict):
            told[name] |= {key: item for key, item in value.items() if _says(item)}
    return told


def _says(value: Any) -> bool:
    return isinstance(value, Said) or (isinstance(value, list) and any(isinstance(item, Said) for item in value))


#: What the wire says of a call; what it writes is the engine's own business.
CALL_FIELDS = ("index", "phase", "layer", "node", "op", "label", "formula", "kind")


def call_data(call: Any) -> dict[str, Any]:
    """One operation of the ribbon as a map."""
    return {name: getattr(call, name) for name in CALL_FIELDS}


def diverged_data(diverged: Any) -> dict[str, Any] | None:
    """What the page is told of a number that is not finite; ``call`` is its number in the step."""
    if diverged is None:
        return None
    return {
        "cursor": diverged.position.as_dict(),
        "call": diverged.call.index,
        **{name: getattr(diverged, name) for name in ("node", "reason", "advice")},
    }
