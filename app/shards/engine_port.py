"""The one place where shards touch the engine's cursor: to open one, to restore one, to describe one."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from pydantic import ValidationError

from app.protocol.arrays import is_wire_array
from app.protocol.problems import ProblemError, invalid
from app.shards.checkpoints import decode
from app.shards.describe import describe
from app.shards.shelf import shelved
from engine.cursor import Cursor
from engine.importing import Training
from engine.limits import Limits
from engine.spec import SessionSpec
from engine.words import say

__all__ = ["describe", "open_cursor", "restore_cursor"]


def open_cursor(
    spec: Mapping[str, Any],
    parameters: Mapping[str, Any] | None,
    limits: Mapping[str, float],
    training: Mapping[str, Any] | None = None,
) -> Cursor:
    """A new cursor for a spec given as JSON data, with these values of parameters, going on where a training stood.

    Raises:
        ProblemError: invalid-request. EngineError: it cannot be built.
    """
    try:
        checked = SessionSpec.model_validate(shelved(spec))
    except ValidationError as error:
        raise invalid(error.errors(include_url=False)) from error
    given = {name: _array(value) for name, value in (parameters or {}).items()}
    goes_on = None if training is None else Training.model_validate(training)
    return Cursor(checked, limits=Limits.model_validate(limits), parameters=given, training=goes_on)


def _array(value: Any) -> Any:
    """An array as it has travelled; nested lists as they are."""
    if not is_wire_array(value):
        return value
    return np.frombuffer(value["data"], value["dtype"]).reshape(value["shape"])


def restore_cursor(head: Mapping[str, Any], tensors: bytes, limits: Mapping[str, float]) -> Cursor:
    """The cursor of a checkpoint.

    Raises:
        ProblemError: spec-error, if it is none.
    """
    try:
        cursor_head, arrays = decode(dict(head), tensors)
        cursor_head = {**cursor_head, "spec": shelved(cursor_head["spec"])}
        return Cursor.restore(cursor_head, arrays, limits=Limits.model_validate(limits))
    except (KeyError, ValueError, TypeError) as error:
        raise ProblemError("spec-error", say("the checkpoint cannot be read")) from error
